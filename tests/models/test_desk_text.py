"""The desk's search holds what each record says, and nothing that only some of its team may read."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from investigations.fulltext.question import question
from investigations.models import Attendance, DeskText, Investigation, Meeting, Person, Quote, Role
from investigations.models.desk_finding import best, find, seen_by
from investigations.models.desk_keeping import HANGING, NAMING, faults, keep_all, kept_together
from investigations.models.desk_text import DESK_INDEX
from investigations.models.desk_words import BY_KIND, SAID
from tests import builders
from tests.models.test_every_model import builder_of
from tests.models.test_visibility import OF_A_TEAM, OF_EVERYBODY

EVERY_KIND = pytest.mark.parametrize("model", SAID, ids=lambda model: model.__name__)


def found(typed, user, *kinds):
    asked = question(typed)
    rows = best(find(seen_by(user, asked, kinds or BY_KIND), 100), asked, user)
    return {(row.kind, row.record) for row in rows}


def row_of(record):
    return DeskText.objects.filter(kind=SAID[type(record)].kind, record=record.pk).first()


# --- Kept in step ---


@EVERY_KIND
def test_what_is_saved_has_a_row_and_what_is_deleted_has_none(model, db):
    record = builder_of(model)()
    assert row_of(record) is not None
    assert list(faults()) == []
    DeskText.objects.filter(kind=SAID[model].kind, record=record.pk).update(words="other")
    assert list(faults()) == [f"{SAID[model].kind} {record.pk} is not found by what it says"]


@pytest.mark.parametrize("model", HANGING, ids=lambda model: model.__name__)
def test_words_that_hang_on_a_record_are_in_its_row_until_they_are_deleted(model, db):
    row = builder_of(model)()
    assert list(faults()) == []
    assert {holder for holder, _ in HANGING[model]} <= set(SAID)
    if model.__name__ not in {"Author", "Merger"}:  # which nothing lets go of
        type(row).objects.filter(pk=row.pk).delete()
        assert list(faults()) == []


def test_a_row_is_gone_with_its_record(investigation):
    meeting = builders.make_meeting(investigation=investigation, title="Dinner at the pier")
    builders.make_attendance(meeting=meeting)
    pk = meeting.pk
    meeting.delete()
    assert not DeskText.objects.filter(kind="meeting", record=pk).exists()
    assert list(faults()) == []


WRITES = {
    "save": lambda: Quote(**spoken(), slug="a").save(),
    "bulk_create": lambda: Quote.objects.bulk_create([Quote(**spoken(), slug="a"), Quote(**spoken(), slug="b")]),
    "update": lambda: Quote.objects.filter(slug="old").update(words="Nobody saw the zeppelin"),
    "bulk_update": lambda: bulk_updated(Quote.objects.get(slug="old")),
    "update_or_create": lambda: Quote.objects.update_or_create(slug="a", defaults=spoken()),
}


def spoken():
    old = Quote.objects.get(slug="old")
    return {
        "investigation": old.investigation,
        "source": old.source,
        "words": "Nobody saw the zeppelin",
        "form": "translated",
    }


def bulk_updated(quote):
    quote.words = "Nobody saw the zeppelin"
    Quote.objects.bulk_update([quote], ["words"])


@pytest.mark.parametrize("write", WRITES)
def test_whatever_writes_has_written_the_search(write, investigation, standards):
    builders.make_quote(investigation=investigation, slug="old")
    WRITES[write]()
    assert {kind for kind, _ in found("zeppelin", standards)} == {"quote"}
    assert list(faults()) == []


@pytest.mark.django_db(transaction=True)
def test_a_save_that_is_undone_has_written_nothing():
    investigation = builders.make_investigation()
    meeting = builders.make_meeting(investigation=investigation, title="Dinner at the pier")

    with transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(title="Zeppelin")
        assert "zeppelin" in row_of(meeting).head
        transaction.set_rollback(True)
    assert "zeppelin" not in row_of(meeting).head


@pytest.mark.django_db(transaction=True)
def test_a_save_outside_a_transaction_falls_with_its_row(monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("investigations.models.desk_keeping.row_of", broken)
    with pytest.raises(RuntimeError):
        Person(name="Robin Zeppelin").save()
    assert not Person.objects.exists()


# --- What is said elsewhere ---


def test_a_person_who_is_renamed_is_found_where_they_are_named(investigation, standards):
    person = builders.make_person(name="Robin Alder")
    meeting = builders.make_meeting(investigation=investigation)
    builders.make_attendance(meeting=meeting, person=person)
    quote = builders.make_quote(
        source=builders.make_source(investigation=investigation, kind="person", title="", person=person)
    )
    person.name = "Robin Zeppelin"
    person.save()
    assert found("zeppelin", standards) >= {("meeting", meeting.pk), ("quote", quote.pk), ("person", person.pk)}
    assert found("alder", standards, "meeting", "quote", "source") == set()
    assert list(faults()) == []


def test_a_role_that_goes_to_somebody_else_leaves_the_first(standards):
    role = builders.make_role(title="harbor zeppelin pilot")
    first, second = role.person, builders.make_person()
    role.person = second
    role.save()
    assert found("zeppelin", standards) == {("person", second.pk)}
    Role.objects.filter(pk=role.pk).update(person=first)
    assert found("zeppelin", standards) == {("person", first.pk)}
    assert list(faults()) == []


def test_what_moves_to_another_investigation_is_found_by_its_team_and_by_no_other(reporter, outsider, investigation):
    other = builders.make_investigation(team=[outsider])
    story = builders.make_story(investigation=investigation, body="The board saw [a zeppelin]{#p1}.")
    builders.make_passage(story=story, words="a zeppelin", mark="p1")
    assert {kind for kind, _ in found("zeppelin", reporter)} == {"story", "passage"}
    assert found("zeppelin", outsider) == set()
    type(story).objects.filter(pk=story.pk).update(investigation=other)
    assert found("zeppelin", reporter) == set()
    assert {kind for kind, _ in found("zeppelin", outsider)} == {"story", "passage"}


@pytest.mark.parametrize("model", NAMING, ids=lambda model: model.__name__)
def test_every_way_to_a_record_that_says_a_title_is_one(model):
    for dependent, path in NAMING[model]:
        assert dependent in SAID
        assert dependent.objects.filter(**{f"{path}__in": [1]}).model is dependent


# --- Who finds what ---


@pytest.mark.parametrize("name", sorted({model.__name__ for model in SAID} & OF_A_TEAM.keys()))
def test_a_record_is_found_by_its_team_and_by_nobody_else(
    name, investigation, reporter, outsider, standards, counsel
):
    record = OF_A_TEAM[name](investigation)
    said = SAID[type(record)]
    assert row_of(record).investigation_id == investigation.pk
    title = next(word for word in row_of(record).head.split() if len(word) > 1)
    assert (said.kind, record.pk) in found(title, reporter)
    assert (said.kind, record.pk) in found(title, standards)
    for stranger in (outsider, counsel):
        assert {kind for kind, _ in found(title, stranger)} <= {"person", "organization"}


def test_every_kind_is_of_a_team_or_everybodys():
    assert {model.__name__ for model in SAID} <= OF_A_TEAM.keys() | OF_EVERYBODY.keys()
    shared = {model.__name__ for model, said in SAID.items() if not said.investigation}
    assert shared == {model.__name__ for model in SAID} & OF_EVERYBODY.keys()


def test_the_limit_is_drawn_among_what_one_may_see(reporter, investigation):
    mine = builders.make_meeting(investigation=investigation, title="Zeppelin over the pier")
    hidden = builders.make_investigation()
    for _ in range(3):
        builders.make_meeting(investigation=hidden, title="Zeppelin over the quarry")
    assert find(seen_by(reporter, question("zeppelin"), BY_KIND), 1) == [row_of(mine).pk]


def test_somebody_on_very_many_teams_still_finds(reporter):
    works = Investigation.objects.bulk_create(Investigation(title=f"Work {n}", slug=f"w-{n}") for n in range(1500))
    reporter.investigations.set(works)
    meeting = builders.make_meeting(investigation=works[700], title="Zeppelin over the pier")
    assert found("zeppelin", reporter) == {("meeting", meeting.pk)}


def test_an_identity_is_in_no_row(standards, reporter):
    source = builders.make_source_identity(by=reporter).source
    builders.make_quote(source=source, terms="background")
    name = builders.secrecy.identities()[0][1]["name"]
    assert name
    assert found(name, standards) == set()
    everything = " ".join(f"{row.head} {row.words}" for row in DeskText.objects.all())
    assert not set(name.lower().split()) & set(everything.split())


# --- Anew ---


def test_all_of_it_is_made_anew_and_what_is_right_stays(investigation):
    quote = builders.make_quote(investigation=investigation)
    meeting, kept = builders.make_meeting(investigation=investigation), row_of(quote)
    kept_pk = kept.pk
    DeskText.objects.filter(kind="meeting").delete()
    DeskText.objects.create(kind="quote", record=999_999, words="zeppelin", marks="kind_quote for_everybody")
    looked = []
    assert keep_all(looked.append) == 2
    assert sum(looked) == sum(model._default_manager.count() for model in SAID)
    assert row_of(meeting) is not None
    assert row_of(quote).pk == kept_pk
    assert list(faults()) == []
    assert keep_all() == 0


def test_what_is_missing_and_what_is_left_over_is_named(investigation):
    quote = builders.make_quote(investigation=investigation)
    DeskText.objects.filter(kind="quote").delete()
    DeskText.objects.create(kind="source", record=999_999, words="zeppelin", marks="kind_source for_everybody")
    assert sorted(faults()) == [
        f"quote {quote.pk} is not found by what it says",
        "words of source 999999 is of a record that is gone",
    ]


def test_no_byte_of_the_index_keeps_what_was_forgotten(db, standards):
    meeting = builders.make_meeting(title="Zeppelinquark over the pier")
    Meeting.objects.filter(pk=meeting.pk).update(title="A dinner", slug="dinner")
    DESK_INDEX.forget(connection)
    assert found("zeppelinquark", standards) == set()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT block FROM {DESK_INDEX.table}_fts_data")
            assert not any(b"zeppelinq" in bytes(row[0]) for row in cursor.fetchall())


def test_many_rows_at_once_are_kept_by_a_fixed_number_of_queries(investigation):
    source, costs = builders.make_source(investigation=investigation), []
    for count in (1, 40):
        with CaptureQueriesContext(connection) as asked:
            Quote.objects.bulk_create(
                Quote(investigation=investigation, source=source, words="We signed", slug=f"q-{count}-{n}")
                for n in range(count)
            )
        costs.append(len(asked))
    assert costs[0] == costs[1] < 15


def test_what_is_written_together_is_kept_once_and_at_its_end(investigation, standards):
    meeting, costs = builders.make_meeting(investigation=investigation), []
    for count in (2, 30):
        with CaptureQueriesContext(connection) as asked, kept_together():
            for number in range(count):
                Attendance(meeting=meeting, descriptor=f"zeppelin {number}").save()
            assert count > 2 or "zeppelin" not in row_of(meeting).words
        costs.append(sum("desktext" in query["sql"] for query in asked))
    assert costs[0] - 1 == costs[1] == 2
    assert found("zeppelin", standards) == {("meeting", meeting.pk)}
    assert list(faults()) == []


def test_what_is_undone_together_is_kept_as_it_was(investigation, standards):
    meeting = builders.make_meeting(investigation=investigation)

    def renamed_and_refused():
        with kept_together():
            Meeting.objects.filter(pk=meeting.pk).update(title="Zeppelin")
            Meeting.objects.create(pk=meeting.pk, investigation=investigation, title="Zeppelin", kind="meeting")

    with pytest.raises(IntegrityError):
        renamed_and_refused()
    assert found("zeppelin", standards) == set()
    assert list(faults()) == []


def test_guests_are_written_at_once(investigation):
    meeting = builders.make_meeting(investigation=investigation)
    Attendance.objects.bulk_create(Attendance(meeting=meeting, descriptor=f"guest {n}") for n in range(40))
    assert "guest 39" in row_of(meeting).words
