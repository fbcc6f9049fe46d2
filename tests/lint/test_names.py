"""Names beside words that go out without one: found in every field that readers get, in the spellings people use."""

from types import SimpleNamespace

import pytest

from investigations.lint import check_story
from investigations.lint.names import holds_name
from tests import builders

QUENTIN = SimpleNamespace(name="Quentin Farthing", family_name="Farthing")


@pytest.fixture
def passage(story):
    found = story.passages.get(mark="p2")
    found.evidence.all().delete()
    return found


@pytest.fixture
def named(investigation):
    return builders.make_source(investigation=investigation, person=builders.make_person(name=QUENTIN.name))


def found(story):
    return [(finding.id, finding.msg) for finding in check_story(story) if finding.id == "story.E038"]


def bars(where):
    return [("story.E038", f"The name of somebody who may not be named stands in “{where}”.")]


@pytest.mark.parametrize("terms", ["background", "not_for_attribution"])
@pytest.mark.parametrize(
    ("field", "where"),
    [("words", "words"), ("speaker_label", "speaker label"), ("setting", "setting"), ("to_whom", "to whom")],
)
def test_the_speakers_name_in_what_goes_along_with_the_words_bars_them(story, passage, named, terms, field, where):
    values = {"speaker_label": "an official", field: "an aide of Quentin Farthing"}
    builders.make_evidence(passage=passage, quote=builders.make_quote(source=named, terms=terms, **values))
    assert found(story) == bars(where)


def test_it_bars_them_over_the_card_and_in_the_relay_too(story, passage, investigation, named):
    quote = builders.make_quote(source=named, terms="background", speaker_label="an official")
    piece = builders.make_evidence(passage=passage, quote=quote, label="Farthing saw it")
    assert found(story) == bars("in a few words")
    piece.label = ""
    piece.save()
    named.relay = builders.make_source(investigation=investigation, title="The diary of Quentin Farthing")
    named.save()
    assert found(story) == bars("as reported by")


def test_the_name_of_a_documents_speaker_bars_it(story, passage, investigation):
    document = builders.make_source(investigation=investigation)
    speaker = builders.make_person(name=QUENTIN.name)
    values = {"speaker": speaker, "speaker_label": "an official", "setting": "Farthing’s office"}
    builders.make_evidence(passage=passage, quote=builders.make_quote(source=document, terms="background", **values))
    assert found(story) == bars("setting")


def test_it_bars_what_goes_out_as_an_account_of_a_role(story, passage, named):
    meeting = builders.make_meeting(investigation=story.investigation)
    person = builders.make_attendance(meeting=meeting).person
    quote = builders.make_quote(source=named, terms="background", speaker_label="a friend of Farthing")
    builders.make_role_account(meeting=meeting, person=person, quote=quote)
    builders.make_evidence(passage=passage, meeting=meeting)
    assert found(story) == bars("speaker label")


@pytest.mark.parametrize(("terms", "showing"), [("on_record", "shown"), ("background", "desk_only")])
def test_a_name_on_the_record_or_on_the_desk_is_no_finding(story, passage, named, terms, showing):
    quote = builders.make_quote(source=named, terms=terms, speaker_label="Farthing, an official")
    builders.make_evidence(passage=passage, quote=quote, showing=showing)
    assert "story.E038" not in [id_ for id_, _ in found(story)]


@pytest.mark.parametrize(
    "words",
    [
        *("Quentin Farthing", "quentin farthing", "QUENTIN FARTHING", "Quentin  Farthing", "Quentin-Farthing"),
        *("quentin.farthing@example.org", "quentin_farthing", "QuentinFarthing", "Quéntin Fárthing"),
        *(
            "Quen\u200btin Far\u00adthing",
            "Ｑｕｅｎｔｉｎ Ｆａｒｔｈｉｎｇ",
            "Farthing, Quentin",
            "Q. Farthing",
            "FARTHING",
        ),
        *("Farthing’s office", "the Farthing-led board", "to Farthing."),
    ],
)
def test_a_name_is_known_however_it_is_written(words):
    assert holds_name(f"so {words}", QUENTIN)


@pytest.mark.parametrize("words", ["a farthing", "Farthingdale", "an official of the port", "", "Quentin Crisp"])
def test_other_words_are_no_name(words):
    assert not holds_name(words, QUENTIN)


@pytest.mark.parametrize(
    ("name", "words"), [("Theresa May", "it may be"), ("An Li", "an listed company"), ("Carter Page", "a page")]
)
def test_a_name_that_is_a_word_is_not_found_in_the_word(name, words):
    assert not holds_name(words, SimpleNamespace(name=name, family_name=name.split()[-1]))
