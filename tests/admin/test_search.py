"""The desk's search: what somebody may see, best first; of the rest neither a hit nor a number nor a sign."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from investigations.admin import search, search_box
from investigations.models import DeskText, Meeting, Person, Quote
from investigations.models.desk_words import BY_KIND
from tests import builders
from tests.admin.canaries import WORD, WRONG, address, alike

SEARCH = reverse("admin:search")


def asked(client, q, **more):
    return client.get(SEARCH, {"q": q, **more})


def labels(response):
    return [hit.label for hit in response.context["hits"]]


def titles(response):
    return ["".join(run.text for run in hit.title) for hit in response.context["hits"]]


# --- What is found ---


def test_each_kind_is_found_and_leads_to_its_screen(rows, desk_of_all_kinds, as_user, reporter):
    client = as_user(reporter)
    for kind, record in desk_of_all_kinds.items():
        said = BY_KIND[kind]
        response = asked(client, said.title(record), kind=kind)
        hrefs = [hit.href for hit in response.context["hits"]]
        assert hrefs, kind
        assert {client.get(href).status_code for href in hrefs} == {200}, kind
        assert any(f"/{said.at_of(record)}/" in href for href in hrefs), kind


@pytest.fixture
def desk_of_all_kinds(rows, investigation, reporter):
    page = builders.make_investigation_page(investigation=investigation)
    extra = {
        "storycomment": builders.make_story_comment(story=rows.story),
        "markedevent": builders.make_marked_event(page=page),
        "investigationpage": page,
    }
    return {kind: extra.get(kind) or getattr(rows, kind) for kind in BY_KIND}


def test_case_accents_and_signs_dont_matter_and_quotation_marks_do(as_user, reporter, investigation):
    for title in ("A visit to Žofia’s Quarry", "The quarry of Žofia"):
        builders.make_meeting(investigation=investigation, title=title)
    client = as_user(reporter)
    assert len(titles(asked(client, "QUARRY zofia"))) == 2
    assert titles(asked(client, '"zofia s quarry"')) == ["A visit to Žofia’s Quarry"]


@pytest.mark.parametrize(
    "q",
    [
        '"',
        "' OR 1=1 --",
        "quarry AND",
        "NEAR(quarry)",
        "quarry*",
        "head:quarry",
        "kind_quote",
        "for_1 quarry",
        "%",
        "\x00",
        "(" * 300,
        "🐟",
    ],
)
def test_whatever_is_typed_is_words(q, as_user, reporter, investigation):
    builders.make_meeting(investigation=investigation, title="A visit to the quarry")
    assert asked(as_user(reporter), q).status_code == 200


def test_marks_of_kind_and_team_cant_be_asked_for(as_user, reporter, investigation):
    meeting = builders.make_meeting(investigation=investigation)
    assert titles(asked(as_user(reporter), "kind_meeting")) == []
    assert titles(asked(as_user(reporter), f"for_{meeting.investigation_id}")) == []


def test_what_was_found_is_marked_and_nothing_else_is_markup(as_user, reporter, investigation):
    builders.make_meeting(investigation=investigation, title="A visit", description="They saw <b>the quarry</b>.")
    body = asked(as_user(reporter), "quarry").content.decode()
    assert "&lt;b&gt;the <mark>quarry</mark>&lt;/b&gt;" in body


def test_the_best_comes_first(as_user, reporter, investigation):
    long = builders.make_meeting(investigation=investigation, title="A visit", description="word " * 300 + "quarry")
    short = builders.make_meeting(investigation=investigation, title="Quarry")
    builders.make_meeting(investigation=investigation, title="Else", description="other " * 300 + "quarry")
    found = titles(asked(as_user(reporter), "quarry"))
    assert (found[0], long.title in found) == (short.title, True)


def test_more_than_are_ranked_is_said_and_pages_can_be_turned(as_user, reporter, investigation, monkeypatch):
    monkeypatch.setattr(search, "RANKED", 30)
    Meeting.objects.bulk_create(
        Meeting(
            investigation=investigation, title=f"Quarry {n}", slug=f"m-{n}", kind="meeting", established="document"
        )
        for n in range(31)
    )
    client = as_user(reporter)
    first, second = asked(client, "quarry"), asked(client, "quarry", page="2")
    assert "More than 30 records have this." in first.content.decode()
    assert len({*titles(first), *titles(second)}) == 30
    assert 'rel="next"' in first.content.decode()
    assert 'rel="next"' not in second.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "²"])
def test_a_page_that_isnt_there_counts_as_one_that_is(page, as_user, reporter, investigation):
    builders.make_meeting(investigation=investigation, title="Quarry")
    assert titles(asked(as_user(reporter), "quarry", page=page)) == ["Quarry"]


def test_the_way_to_it_is_on_every_page_of_whoever_may_use_it(as_user, reporter, counsel):
    assert SEARCH in as_user(reporter).get(address("quote", "changelist")).content.decode()
    assert SEARCH not in as_user(counsel).get(reverse("admin:index")).content.decode()


def test_its_queries_dont_grow(as_user, reporter, investigation):
    client, costs = as_user(reporter), []
    source = builders.make_source(investigation=investigation)
    for count in (2, 40):
        builders.make_meeting(investigation=investigation, title="Quarry")
        Quote.objects.bulk_create(
            Quote(investigation=investigation, source=source, words="The quarry", slug=f"q-{count}-{n}")
            for n in range(count)
        )
        with CaptureQueriesContext(connection) as queries:
            asked(client, "quarry")
        costs.append(len(queries))
    assert costs[0] == costs[1] < 30


# --- What isn't ---


def test_a_right_guess_at_what_is_hidden_is_answered_like_a_wrong_one(desk, own, outsider, standards, as_user):
    client = as_user(outsider)
    guesses = {WORD, *(word for row in desk.rows.values() for word in words_of(row))}
    assert len(guesses) > 40
    wrong = alike(asked(client, WRONG), WRONG)
    for guess in sorted(guesses):
        assert alike(asked(client, guess), guess) == wrong
        for kind in ("quote", "source", "meeting", "story"):
            assert alike(asked(client, guess, kind=kind), guess) == alike(asked(client, WRONG, kind=kind), WRONG)
    assert len(labels(asked(as_user(standards), WORD))) == 20


def words_of(row):
    """The words planted in a row's fields."""
    return {str(value) for value in vars(row).values() if isinstance(value, str) and value.startswith(WORD)}


def test_what_one_may_not_see_takes_no_place_of_what_one_may(as_user, outsider, own, monkeypatch):
    monkeypatch.setattr(search, "RANKED", 2)
    mine = builders.make_meeting(investigation=own.investigation, title="Zeppelin over the pier")
    hidden = builders.make_investigation()
    for _ in range(5):
        builders.make_meeting(investigation=hidden, title="Zeppelin over the quarry")
    response = asked(as_user(outsider), "zeppelin")
    assert titles(response) == [mine.title]
    assert response.context["said"] == "1 record."


def test_whoever_may_not_open_a_kind_of_screen_finds_none_of_it(as_user, investigation, reporter):
    builders.make_meeting(investigation=investigation, title="Quarry")
    builders.make_quote(investigation=investigation, words="The quarry")
    group = reporter.groups.get()
    group.permissions.remove(*group.permissions.filter(codename__in=["view_meeting", "change_meeting"]))
    response = asked(as_user(reporter), "quarry")
    assert labels(response) == ["Quotes"]
    assert "meeting" not in dict(response.context["kinds"])


def test_a_row_that_says_the_wrong_team_shows_nothing(as_user, outsider, own):
    hidden = builders.make_meeting(title="Zeppelin over the quarry")
    row = row_of(hidden)
    row.investigation = own.investigation
    row.marks = f"kind_meeting for_{own.investigation.pk}"
    row.save()
    response = asked(as_user(outsider), "zeppelin")
    assert titles(response) == []
    assert "quarry" not in response.content.decode()


def row_of(record):
    return DeskText.objects.get(kind=record._meta.model_name, record=record.pk)


# --- Boxes of lists ---


def listed(client, noun, q):
    return list(client.get(address(noun, "changelist"), {"q": q}).context["cl"].result_list)


@pytest.mark.parametrize("few", [20_000, 0], ids=["by the index", "where the list comes by"])
def test_a_lists_box_finds_words_the_last_of_which_may_go_on(few, as_user, reporter, investigation, monkeypatch):
    monkeypatch.setattr(search_box, "FEW", few)
    person = builders.make_person(name="Žofia Kislyak")
    meeting = builders.make_meeting(investigation=investigation, title="A dinner", place="Kyiv")
    builders.make_attendance(meeting=meeting, person=person)
    builders.make_meeting(investigation=investigation, title="Lunch", place="Kyiv")
    client = as_user(reporter)
    assert listed(client, "meeting", "zofia kis") == [meeting]
    assert listed(client, "meeting", '"dinner kyiv"') == []
    assert listed(client, "meeting", "yiv") == []
    assert len(listed(client, "meeting", "kyiv")) == 2
    assert listed(client, "meeting", "%") == []
    assert listed(client, "person", "kislyak") == [person]


@pytest.mark.parametrize("few", [20_000, 0], ids=["by the index", "where the list comes by"])
def test_a_lists_box_finds_only_what_one_may_see(few, as_user, outsider, own, monkeypatch):
    monkeypatch.setattr(search_box, "FEW", few)
    builders.make_meeting(title="Zeppelin over the quarry")
    assert listed(as_user(outsider), "meeting", "zeppelin") == []


def test_where_the_index_finds_too_much_a_box_finds_the_same(as_user, standards, monkeypatch):
    people = [builders.make_person(name=f"Robin {name}") for name in ("Alder", "Birch", "Birchman")]
    client = as_user(standards)
    for typed, count in (
        ("robin", 3),
        ("robin birch", 2),
        ("birch", 2),
        ("birch robin", 1),
        ("rob", 3),
        ('"robin birch"', 1),
    ):
        monkeypatch.setattr(search_box, "FEW", 20_000)
        by_index = set(listed(client, "person", typed))
        monkeypatch.setattr(search_box, "FEW", 0)
        assert by_index == set(listed(client, "person", typed))
        assert len(by_index) == count, typed
    assert Person.objects.count() >= len(people)
