"""An invented record: as large as asked, the same for one seed, and never beside anybody's work."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from investigations.management.plausible import A_STORY, NOTICE, plausible
from investigations.models import Demonstration
from investigations.record.models import Edition, MeetingRow, Page, Part, SearchRow, StoryRow
from tests import builders


def generate(**options) -> str:
    """Run the command; what it printed."""
    out = StringIO()
    call_command("generate", stdout=out, **options)
    return out.getvalue()


def made(entries: int, seed: int):
    """What would be published, as plain data."""
    works = plausible(entries, seed)
    return [(one.name, one.published_at, [(p.kind, p.key, p.content) for p in one.parts]) for one in works]


def test_a_generated_record_holds_what_was_asked_for_and_is_verified(db):
    entries = A_STORY + 20
    assert generate(entries=entries, pages=2) == (
        f"Invented {entries} entries in 2 stories; {Page.objects.count()} pages.\n"
    )
    assert Part.objects.filter(kind="entry").count() == entries
    assert MeetingRow.objects.count() == SearchRow.objects.filter(kind="meeting").count() > 40
    call_command("verify_record", stdout=StringIO())


def test_every_generated_story_says_that_it_is_invented_and_hides_from_search_engines(db):
    generate(entries=3, pages=0)
    assert set(StoryRow.objects.values_list("notice", "hidden_from_search_engines")) == {(NOTICE, True)}


def test_one_seed_gives_the_same_words_and_another_others():
    assert made(30, 1) == made(30, 1)
    assert made(30, 1) != made(30, 2)


@pytest.mark.parametrize(("entries", "pages"), [(0, 1), (-5, 1), (5, -1)])
def test_a_number_that_is_none_is_refused(db, entries, pages):
    with pytest.raises(CommandError, match="like --entries 10000"):
        generate(entries=entries, pages=pages)


def test_the_demonstrations_database_is_refused(db):
    Demonstration.objects.create()
    with pytest.raises(CommandError, match="This is the demonstration’s database"):
        generate(entries=5)
    assert not Edition.objects.exists()


def test_a_database_with_an_edition_is_refused_a_generated_one_too(db):
    generate(entries=2, pages=0)
    with pytest.raises(CommandError, match="could never be taken out of its record"):
        generate(entries=2)
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    "make", [builders.make_investigation, builders.make_person, lambda: builders.make_user("lee")]
)
def test_a_database_in_which_somebody_works_is_refused(db, make):
    make()
    with pytest.raises(CommandError, match="Somebody works in this database"):
        generate(entries=5)
    assert not Edition.objects.exists()
