"""The lists of what the record holds: each question, page after page, what stands beside a choice."""

import re
from datetime import date
from types import SimpleNamespace

import hypothesis.strategies as st
import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings

from investigations import dates
from investigations.public import listing
from investigations.public.facets import OFFERED
from investigations.public.free_text import PAGE_SIZE
from investigations.public.indexes import FILTERS
from investigations.publishing.entry_rows import LISTS
from investigations.record.models import AttendanceRow, CountRow, FacetRow, MeetingRow
from tests import builders
from tests.public.index_rows import attend, count, facet, meeting_row, quote_row, source_row, story_row

ASKED = [
    ("meetings", {"person": "alba"}, ["dinner", "hearing"]),
    ("meetings", {"organization": "port"}, ["dinner"]),
    ("meetings", {"investigation": "harbor"}, ["dinner", "hearing"]),
    ("meetings", {"story": "second"}, ["hearing", "talk"]),
    ("meetings", {"kind": "dinner"}, ["dinner"]),
    ("meetings", {"established": "official_list"}, ["talk"]),
    ("meetings", {"stance": "contradicts"}, ["talk"]),
    ("meetings", {"in_dispute": "on"}, ["hearing"]),
    ("meetings", {"since": "2016-06-01"}, ["hearing", "talk"]),
    ("meetings", {"until": "2016-04-30"}, ["dinner", "talk"]),
    ("meetings", {"person": "alba", "story": "second", "since": "2016-06-01"}, ["hearing"]),
    ("quotes", {"person": "alba"}, ["plain"]),
    ("quotes", {"organization": "port"}, ["plain"]),
    ("quotes", {"investigation": "harbor"}, ["plain", "citedone", "citedtwo"]),
    ("quotes", {"story": "second"}, ["citedtwo"]),
    ("quotes", {"words": "paraphrase"}, ["ours"]),
    ("quotes", {"terms": "background"}, ["citedone", "citedtwo"]),
    ("quotes", {"stance": "supports"}, ["plain", "citedone"]),
    ("quotes", {"since": "2017-01-01"}, ["ours", "citedone", "citedtwo"]),
    ("sources", {"kind": "document"}, ["minutes"]),
    ("sources", {"person": "alba"}, ["albaherself"]),
    ("sources", {"investigation": "harbor"}, ["minutes", "albaherself"]),
    ("sources", {"story": "first"}, ["minutes"]),
    ("sources", {"stance": "context"}, ["minutes"]),
    ("people", {"organization": "port"}, ["alba"]),
    ("people", {"investigation": "harbor"}, ["alba", "brook"]),
    ("people", {"story": "second"}, ["alba", "brook"]),
    ("organizations", {"investigation": "harbor"}, ["port"]),
    ("organizations", {"story": "first"}, ["port"]),
]
PORT = {"title": "harbor master", "organization": {"key": "port", "name": "The port"}}
OFFICE = PORT | {"since": None, "until": None, "in_office": False}


@pytest.fixture
def record(db):
    """A few rows of each list, in two stories of one investigation."""
    story_row("first", "The first story", "harbor")
    story_row("second", "The second story", "harbor")
    dinner = meeting_row("dinner", "April 14, 2016", kind="dinner")
    hearing = meeting_row("hearing", "September 2016", role_in_dispute=True)
    talk = meeting_row("talk", "", established="official_list")
    attend(dinner, "alba")
    attend(hearing, "alba")
    attend(hearing, "brook")
    AttendanceRow.objects.filter(meeting=dinner).update(roles=[OFFICE])
    plain = quote_row("plain", "May 2016", speaker="alba", sort_name="Alba")
    ours = quote_row("ours", "2017", form="paraphrase")
    cited = [
        quote_row(key, "", by="a diplomat", terms="background", work=f"story:{work}", href=f"/stories/{work}/#p1")
        for key, work in (("citedone", "first"), ("citedtwo", "second"))
    ]
    minutes = source_row("minutes", "The minutes of the board")
    herself = source_row("albaherself", "Robin Alba", kind="person", person="alba", person_name="Robin Alba")
    for row in (dinner, plain):
        facet(row, "organization", "port")
    facet(plain, "person", "alba")
    facet(herself, "person", "alba")
    for row, story in (
        (dinner, "first"),
        (hearing, "second"),
        (talk, "second"),
        (minutes, "first"),
        (plain, "first"),
    ):
        facet(row, "story", story, edition=1)
    for row in (dinner, hearing, minutes, herself, plain):
        facet(row, "investigation", "harbor")
    for row, stance in ((talk, "contradicts"), (plain, "supports"), (minutes, "context"), (ours, "context")):
        facet(row, "stance", stance)
    for row, story in zip(cited, ("first", "second"), strict=True):
        facet(row, "story", story, edition=1, counted=False)
        facet(row, "investigation", "harbor", counted=False)
    facet(cited[0], "stance", "supports", counted=False)
    count()


def page(client, name: str, **questions) -> str:
    """The page of a list."""
    answer = client.get(f"/{name}/", questions)
    assert answer.status_code == 200
    return answer.content.decode()


def places(name: str, **questions):
    """The keys that answer, as the list is read."""
    query = QueryDict(mutable=True)
    query.update(questions)
    chosen = FILTERS[name](query, FILTERS[name].Meta.model.objects.all())
    assert chosen.form.is_valid(), chosen.form.errors
    return [key for _, key in listing.found(chosen, 10_000)]


@pytest.mark.parametrize(("name", "questions", "keys"), ASKED, ids=str)
def test_a_question_finds_what_answers_it_and_nothing_else(record, name, questions, keys):
    assert places(name, **questions) == keys


@pytest.mark.parametrize(("name", "questions", "keys"), ASKED, ids=str)
def test_it_finds_the_same_whichever_way_leads(record, monkeypatch, name, questions, keys):
    monkeypatch.setattr(listing, "COMMON", 0)
    assert places(name, **questions) == keys


@pytest.mark.parametrize("name", FILTERS)
def test_a_value_nobody_knows_is_told_and_finds_nothing(record, client, name):
    told = page(client, name, story="nowhere")
    assert "No story of this key is in this list." in told
    assert '<li class="' not in told


@pytest.mark.parametrize("name", FILTERS)
def test_an_address_with_questions_can_be_shared_and_is_not_for_search_engines(record, client, name):
    told = page(client, name, story="first")
    assert '<option value="first" selected>' in told
    assert '<meta name="robots" content="noindex">' in told
    assert f'<link rel="canonical" href="http://127.0.0.1:8000/{name}/">' in told


# Page after page.


@pytest.fixture
def spans(db):
    """Meetings with spans of every reach, many that begin on one day, some open, some without a date."""
    words = [
        "2015",
        "2016",
        "spring 2016",
        "before 2016",
        "after March 3, 2016",
        "early August 2016",
        "",
        "about 2016",
    ]
    words += ["between December 28, 2015 and January 3, 2016", "March 2016", "2016-01-01", "2016-03-01", "2016-08-09"]
    for n in range(60):
        row = meeting_row(f"k{n * 37 % 60:02}", words[n % len(words)], kind="dinner" if n % 3 else "speech")
        facet(row, "person", "alba" if n % 2 else "brook")
    count()


def of_form(key: str, **questions):
    """Whether a meeting answers, asked of its own words."""
    row = MeetingRow.objects.get(key=key)
    span = dates.parse(row.when) if row.when else SimpleNamespace(earliest=None, latest=None)
    return dates.overlaps(span, questions.get("since"), questions.get("until"))


DAYS = st.none() | st.dates(date(2015, 6, 1), date(2017, 1, 31))
UNHURRIED = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@UNHURRIED
@given(since=DAYS, until=DAYS, person=st.sampled_from(["", "alba"]), size=st.integers(1, 30), common=st.booleans())
def test_the_pages_of_an_answer_hold_each_row_once_in_order(spans, since, until, person, size, common):
    since, until = sorted((since, until)) if since and until else (since, until)
    asked = {name: str(day) for name, day in (("since", since), ("until", until)) if day}
    asked |= {"person": person} if person else {}
    query = QueryDict(mutable=True)
    query.update(asked)
    chosen = FILTERS["meetings"](query, MeetingRow.objects.all())
    assert chosen.form.is_valid()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listing, "COMMON", 0 if common else 5000)
        read, after = [], None
        while some := listing.found(chosen, size, after):
            read += some
            after = listing._place(chosen, f"{some[-1][0]}.{some[-1][1]}")
    theirs = FacetRow.objects.filter(name="person", value=person).values("key")
    rows = MeetingRow.objects.filter(key__in=theirs) if person else MeetingRow.objects.all()
    wanted = [row.key for row in rows.order_by("sort_day", "key") if of_form(row.key, since=since, until=until)]
    assert [key for _, key in read] == wanted


@pytest.mark.parametrize("name", ["sources", "people"])
def test_a_list_by_name_goes_on_behind_the_last_one(db, client, monkeypatch, name):
    for n in range(7):
        row = source_row(
            f"s{n}", "The same title" if n < 4 else f"A.N. Other {n}", person=f"p{n}", person_name="R.B."
        )
        facet(row, "person", f"p{n}")
    count()
    monkeypatch.setattr(listing, "PAGE_SIZE", 2)
    read, query = [], "?"
    while query:
        told = client.get(f"/{name}/{query}").content.decode()
        read += re.findall(rf'<h2><a href="/{name}/(\w+)/"', told)
        following = re.search(r'href="(\?after=[^"]*)" rel="next"', told)
        query = following[1] if following else ""
    assert sorted(read) == [f"{name[0]}{n}" for n in range(7)]


# What stands beside a choice, and what an empty answer says.


def test_beside_a_choice_stands_how_much_it_finds(record, client):
    told = page(client, "meetings")
    assert '<option value="alba">Robin Alba (2)</option>' in told
    assert '<option value="dinner">Dinner (1)</option>' in told
    assert '<option value="hearing">Hearing</option>' in told
    assert "Role in dispute (1)" in told
    assert "3 meetings." in told


def test_a_filter_with_one_choice_is_left_out_unless_it_is_asked(record, client):
    assert 'name="organization"' not in page(client, "meetings")
    assert 'name="organization"' in page(client, "meetings", organization="port")


def test_beyond_those_with_most_somebody_is_offered_who_was_asked_for(record, client, monkeypatch):
    monkeypatch.setattr("investigations.public.facets.OFFERED", 1)
    assert 'value="brook"' not in page(client, "meetings")
    assert '<option value="brook" selected>Robin Brook (1)</option>' in page(client, "meetings", person="brook")


def test_an_empty_answer_says_what_each_question_shuts_out(record, client):
    told = page(client, "meetings", kind="dinner", in_dispute="on", since="2016-09-01")
    assert "No meeting answers these questions together." in told
    assert "Without “Kind: Dinner” there would be 1." in told
    assert "Without “Role in dispute” there would be none either." in told
    assert "Without “From: September 1, 2016” there would be none either." in told


def test_what_a_question_shuts_out_is_counted_up_to_a_bound(record, client, monkeypatch):
    monkeypatch.setattr(listing, "COUNTED_TO", 1)
    assert "there would be more than 1." in page(client, "meetings", kind="press_conference")


@pytest.mark.parametrize("name", FILTERS)
def test_a_list_takes_as_many_queries_however_long_it_is(record, client, name):
    def queries(**questions):
        with CaptureQueriesContext(connection) as found:
            page(client, name, **questions)
        return len(found)

    asked = [{}, {"story": "first", "investigation": "harbor"}]
    few = [queries(**questions) for questions in asked]
    for n in range(20):
        meeting = meeting_row(f"m{n}", "May 2016")
        attend(meeting, "alba")
        facet(meeting, "story", "first", edition=1)
        facet(quote_row(f"q{n}", speaker="alba"), "story", "first", edition=1)
        facet(source_row(f"s{n}", f"Paper {n}"), "story", "first", edition=1)
    count()
    assert [queries(**questions) for questions in asked] == few
    assert max(few) <= 12


# Sources that are not named.


def test_a_quote_of_nobody_named_stands_in_the_list_once_a_citation_and_leads_to_its_place(record, client):
    told = page(client, "quotes")
    assert told.count("a diplomat") >= 2
    assert 'href="/stories/first/#p1"' in told
    assert 'href="/stories/second/#p1"' in told
    assert "/quotes/citedone/" not in told


def test_no_number_counts_the_unnamed(record, client):
    told = page(client, "quotes")
    assert '<option value="background">On background</option>' in told
    assert '<option value="first">The first story (1)</option>' in told
    assert '<option value="second">The second story</option>' in told  # nothing but a citation is found by it
    assert "2 quotes by name, and what sources said who are not named." in told
    assert not CountRow.objects.filter(list="quotes", value__in=["background", "second"], number__gt=0).exists()


@pytest.mark.parametrize(
    "questions",
    [{"terms": "background", "words": "paraphrase"}, {"person": "alba", "terms": "background"}],
)
def test_what_a_question_shuts_out_leaves_the_unnamed_out(record, client, questions):
    name = next(iter(questions))
    told = page(client, "quotes", **questions)
    left_out = "Words: Paraphrase" if name == "terms" else "Said by: Robin Alba"
    assert f"Without “{left_out}” there would be none either." in told


def test_nothing_is_found_by_a_descriptor(record):
    described = {("person", "a diplomat"), ("person", "")}
    assert not described & set(FacetRow.objects.values_list("name", "value"))
    assert set(FacetRow.objects.filter(counted=False).values_list("name", flat=True)) <= {
        *("story", "investigation", "stance", "form", "terms"),
    }
    assert set(LISTS) == {"meetings", "quotes", "sources"}


def test_no_words_but_their_own_find_what_the_unnamed_said(story, investigation, reporter, editor, client):
    source = builders.make_source(
        investigation=investigation, descriptor="a diplomat of the region", identity="known"
    )
    for mark, words in (("p1", "They burned the ledger"), ("p2", "Nobody asked who owned the quarry")):
        quote = builders.make_checked_quote(source=source, checked_by=editor, terms="background", words=words)
        builders.make_evidence(passage=story.passages.get(mark=mark), quote=quote)
    builders.publish_story(story, reporter=reporter, editor=editor)
    for words, found in (("burned the ledger", 1), ("a diplomat of the region", 0)):
        asked = {"q": f'"{words}"'}
        assert client.get("/quotes/", asked).content.decode().count('<li class="row">') == found, words
        assert len(client.get("/quotes.csv", asked).getvalue().splitlines()) == 1 + found


@pytest.mark.parametrize("ending", ["/", ".csv", ".json"])
def test_a_sign_that_a_database_takes_in_no_text_is_no_choice(db, client, ending):
    for n in range(OFFERED + 2):
        attend(meeting_row(f"m{n}"), f"person{n}")
    count()
    for asked in ("\x00", "a\x00b"):
        assert client.get(f"/meetings{ending}", {"person": asked}).status_code in (200, 400)


def test_titles_without_a_letter_are_paged_like_any_other(db, client):
    for n in range(PAGE_SIZE + 1):
        source_row(f"s{n:03}", "...")
    assert "The last source." in client.get("/sources/", {"after": f".s{PAGE_SIZE - 1:03}"}).content.decode()


def test_a_list_that_names_what_is_hidden_from_search_engines_is_hidden_too(db, client):
    story_row("one", "Open")
    assert "noindex" not in client.get("/meetings/").content.decode()
    hidden = story_row("two", "Hidden")
    type(hidden).objects.filter(pk=hidden.pk).update(hidden_from_search_engines=True)
    assert "noindex" in client.get("/meetings/").content.decode()
