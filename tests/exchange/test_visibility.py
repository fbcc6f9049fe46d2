"""Files hold what the person sees; a hidden record is, word for word, one that isn't there."""

import pytest

from investigations.exchange.meeting import MeetingResource
from investigations.exchange.people import PersonResource
from investigations.exchange.quote import QuoteResource
from investigations.exchange.source import SourceResource
from investigations.models import Meeting, Quote, Source
from tests import builders
from tests.exchange.conftest import exported, taken

LIMITED = [SourceResource, QuoteResource, MeetingResource]
EVERY = pytest.mark.parametrize("resource_class", [*LIMITED, PersonResource], ids=lambda found: found.__name__)
EVERY_LIMITED = pytest.mark.parametrize("resource_class", LIMITED, ids=lambda found: found.__name__)

ROWS = {
    SourceResource: {"code name": "KEY", "investigation": "own", "kind": "document", "title": "Minutes"},
    QuoteResource: {"short name": "KEY", "investigation": "own", "source": "own fern", "words": "Yes"},
    MeetingResource: {
        **{"short name": "KEY", "investigation": "own", "title": "Visit", "kind": "dinner"},
        **{"how we know": "document", "person": "", "descriptor": "an aide"},
    },
}
NAMES = [
    (SourceResource, "investigation"),
    (SourceResource, "as reported by"),
    (SourceResource, "relies on"),
    (QuoteResource, "investigation"),
    (QuoteResource, "source"),
    (QuoteResource, "interview"),
    (MeetingResource, "investigation"),
    (MeetingResource, "source"),
]


@pytest.fixture
def desk(outsider):
    """An investigation the outsider is on, and one with a row of each kind that they can't see."""
    own = builders.make_investigation(slug="own", team=[outsider])
    builders.make_source(investigation=own, code_name="own fern")
    hidden = builders.make_investigation(slug="hidden")
    source = builders.make_source(investigation=hidden, code_name="hidden")
    builders.make_interview(source=source, slug="hidden")
    builders.make_quote(source=source, slug="hidden")
    builders.make_attendance(meeting=builders.make_meeting(investigation=hidden, slug="hidden"))
    return own


def keyed(resource_class, key):
    return {name: key if value == "KEY" else value for name, value in ROWS[resource_class].items()}


@EVERY_LIMITED
def test_an_export_holds_what_the_person_sees(resource_class, desk, outsider, standards):
    hidden = {"hidden"}
    key = resource_class(user=None).column_names()[0]
    assert not hidden & {row[key] for row in exported(resource_class, user=outsider)}
    assert hidden & {row[key] for row in exported(resource_class, user=standards)}


@EVERY
def test_without_a_person_nothing_is_exported_and_nothing_is_found(resource_class, desk):
    builders.make_person()
    assert exported(resource_class, user=None) == []
    if resource_class in ROWS:
        verdict = taken(resource_class, [keyed(resource_class, "x")], user=None)
        assert any("There is no investigation “own”" in sentence for sentence in verdict.sentences())


@pytest.mark.parametrize(("resource_class", "column"), NAMES)
def test_a_hidden_record_is_refused_in_the_words_for_one_that_isnt_there(resource_class, column, desk, outsider):
    told = []
    for key in ("hidden", "nowhere"):
        row = {**keyed(resource_class, "new"), column: key}
        verdict = taken(resource_class, [row], user=outsider)
        told.append([sentence.replace(key, "…") for sentence in verdict.sentences()])
    assert told[0] == told[1] != []


@EVERY_LIMITED
def test_a_preview_says_the_same_of_a_hidden_records_short_name_as_of_a_free_one(resource_class, desk, outsider):
    seen = []
    for key in ("hidden", "nowhere"):
        verdict = taken(resource_class, [keyed(resource_class, key)], user=outsider, dry_run=True)
        entries = repr(verdict.new).replace(key, "…")
        seen.append((verdict.sentences(), verdict.new_count, verdict.changed_count, entries))
    assert seen[0] == seen[1]


@EVERY_LIMITED
def test_a_hidden_record_is_never_changed(resource_class, desk, outsider):
    model = resource_class._meta.model
    manager, before = model.objects, model.objects.filter(investigation__slug="hidden").values().get()
    verdict = taken(resource_class, [keyed(resource_class, "hidden")], user=outsider)
    assert (verdict.sentences(), verdict.new_count) == ([], 1)
    assert manager.filter(investigation__slug="hidden").values().get() == before
    assert manager.filter(investigation=desk, **{resource_class(user=None).key_names[0]: "hidden"}).exists()


@EVERY_LIMITED
def test_a_key_that_two_investigations_have_finds_the_one_that_the_row_names(
    resource_class, desk, outsider, standards
):
    taken(resource_class, [keyed(resource_class, "hidden")], user=outsider)
    there = resource_class._meta.model.objects.count()
    rows = exported(resource_class, user=standards)
    key = resource_class(user=None).column_names()[0]
    assert len([row for row in rows if row[key] == "hidden"]) == 2
    verdict = taken(resource_class, rows, user=standards)
    assert (verdict.sentences(), verdict.new_count, verdict.changed_count) == ([], 0, 0)
    assert resource_class._meta.model.objects.count() == there


@EVERY_LIMITED
def test_a_key_that_two_investigations_have_is_refused_where_the_row_names_neither(
    resource_class, desk, outsider, standards
):
    taken(resource_class, [keyed(resource_class, "hidden")], user=outsider)
    row = {name: value for name, value in keyed(resource_class, "hidden").items() if name != "investigation"}
    verdict = taken(resource_class, [row], user=standards)
    assert "“hidden” stands in more than one investigation: say in which." in " ".join(verdict.sentences())


def test_a_key_stands_in_a_file_with_its_investigation_or_without_and_not_both_ways(desk, outsider):
    rows = [keyed(QuoteResource, "q-1"), {**keyed(QuoteResource, "q-1"), "investigation": ""}]
    sentences = taken(QuoteResource, rows, user=outsider).sentences()
    assert "Row 3, column investigation: Say in which investigation, as in row 2." in sentences


def test_a_name_that_two_investigations_have_leads_to_the_rows_own(desk, outsider, standards):
    builders.make_source(investigation=desk, code_name="hidden")
    taken(QuoteResource, [{**keyed(QuoteResource, "q-1"), "source": "hidden"}], user=standards)
    assert Quote.objects.get(slug="q-1").source.investigation == desk


def test_nobody_is_added_to_a_hidden_meeting(desk, outsider):
    taken(MeetingResource, [keyed(MeetingResource, "hidden")], user=outsider)
    assert Meeting.objects.get(investigation__slug="hidden").attendances.count() == 1


def test_an_unnamed_source_is_in_files_by_code_name_and_descriptor(desk, outsider):
    unnamed = builders.make_source(investigation=desk, code_name="blue cove", descriptor="a pilot", identity="known")
    builders.make_quote(source=unnamed, slug="q-1", terms="background")
    (row,) = (row for row in exported(SourceResource, user=outsider) if row["code name"] == "blue cove")
    assert {name: value for name, value in row.items() if value} == {
        "code name": "blue cove",
        "investigation": "own",
        "kind": "person",
        "descriptor": "a pilot",
        "identity of the unnamed": "known",
    }
    (quote,) = exported(QuoteResource, user=outsider)
    assert (quote["source"], quote["speaker"], quote["speaker label"]) == ("blue cove", "", "")


def test_a_quote_of_an_unnamed_source_cant_be_given_a_speaker_by_a_file(desk, outsider):
    builders.make_source(investigation=desk, code_name="blue cove", descriptor="a pilot")
    builders.make_person(slug="lee")
    row = {**keyed(QuoteResource, "q-1"), "source": "blue cove", "speaker": "lee"}
    (sentence,) = taken(QuoteResource, [row], user=outsider).sentences()
    assert sentence == "Row 2, column speaker: This source may not be named: leave the speaker empty."
    assert not Quote.objects.filter(investigation=desk).exists()
    assert Source.objects.filter(investigation=desk).count() == 2
