"""The table of terms: by each way that words go out, under each of the terms, with named and unnamed sources."""

import json
import re
from types import SimpleNamespace

import pytest

from investigations.models import Evidence, Quote, Source
from investigations.publishing.publish import publish
from investigations.publishing.refusal import Refused
from investigations.publishing.signatures import sign
from investigations.record.models import DERIVED, Edition, Page, Part
from investigations.vocabulary import Terms
from tests import builders
from tests.publishing.wall import over_the_wall

NAME, LABEL, DESCRIPTOR, BARRED = "by name", "as the speaker is described", "by the descriptor", "not at all"
SAID = "It was signed before we met"
# What goes out for each source and each of the terms. The source of a document is the document, its speaker a person.
TABLE = {
    "named": {
        "on_record": NAME,
        "not_for_attribution": LABEL,
        "background": LABEL,
        "off_record": BARRED,
        "as_printed": BARRED,
        "": BARRED,
    },
    "named, relayed": {
        "on_record": NAME,
        "not_for_attribution": LABEL,
        "background": LABEL,
        "off_record": BARRED,
        "as_printed": NAME,
        "": BARRED,
    },
    "unnamed": {
        "on_record": BARRED,
        "not_for_attribution": DESCRIPTOR,
        "background": DESCRIPTOR,
        "off_record": BARRED,
        "as_printed": BARRED,
        "": BARRED,
    },
    "unnamed, relayed": {
        "on_record": BARRED,
        "not_for_attribution": DESCRIPTOR,
        "background": DESCRIPTOR,
        "off_record": BARRED,
        "as_printed": DESCRIPTOR,
        "": BARRED,
    },
    "document": {
        "on_record": NAME,
        "not_for_attribution": LABEL,
        "background": LABEL,
        "off_record": BARRED,
        "as_printed": BARRED,
        "": BARRED,
    },
}
ROWS = [(source, terms, goes) for source, row in TABLE.items() for terms, goes in row.items()]
WAYS = ["card", "account of a meeting", "account of a class of meetings"]


@pytest.fixture
def world(investigation):
    """Somebody with an office, and what would lead to them."""
    person = builders.make_person(name="Quentin Farthing", description="keeper of the seal")
    builders.make_role(person=person, title="port clerk")
    paper = builders.make_source(investigation=investigation, kind="publication", title="The Harbor Review")
    return SimpleNamespace(investigation=investigation, person=person, paper=paper)


def make_source(world, kind):
    values = {"investigation": world.investigation}
    if "relayed" in kind:
        values["relay"] = world.paper
    if kind.startswith("unnamed"):
        values |= {"descriptor": "a pilot of the port", "how_they_know": "who saw the draft"}
        values |= {"reason_for_anonymity": "fears for the post"}
    elif kind.startswith("named"):
        values |= {"person": world.person, "description": "Kept the minutes."}
    else:
        values |= {"title": "Minutes of the harbor board", "description": "Kept in the vault."}
    return builders.make_source(**values)


def make_quote(world, kind, terms):
    source = make_source(world, kind)
    values = {} if source.is_unnamed else {"speaker": world.person, "speaker_label": "an official of the port"}
    return builders.make_quote(
        source=source,
        terms=terms,
        words=SAID,
        setting="a talk at the pier",
        to_whom="to the desk",
        locator="Tape 4",
        terms_wording="as we shook hands on it",
        slug="q-of-the-table",
        **values,
    )


def cite(story, quote, way):
    """Let the quote be evidence for the story's first passage, in one of the ways there are."""
    passage = story.passages.get(mark="p1")
    if way == "card":
        builders.make_evidence(passage=passage, quote=quote)
        return
    meeting = builders.make_meeting(investigation=story.investigation)
    person = builders.make_attendance(meeting=meeting).person
    about = {"meeting": meeting}
    if "class" in way:
        about = {"meeting_class": builders.make_meeting_class(investigation=story.investigation, meetings=[meeting])}
    builders.make_role_account(person=person, quote=quote, **about)
    builders.make_evidence(passage=passage, meeting=meeting)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("kind", "terms", "goes"), ROWS)
def test_words_go_out_as_their_terms_allow_and_not_otherwise(kind, terms, goes, way, world, story, reporter, editor):
    quote = make_quote(world, kind, terms)
    cite(story, quote, way)
    source, person = quote.source, world.person
    if goes == BARRED:
        with pytest.raises(Refused, match="The story can't go out"):
            publish(story, by=editor, now=builders.NOON)
        assert not any(model.objects.exists() for model in (Edition, Part, *DERIVED))
        return
    builders.publish_story(story, reporter=reporter, editor=editor)
    said = over_the_wall()
    assert SAID in said
    for inside in (source.code_name, quote.slug, quote.terms_wording, "fears for the post"):
        assert inside not in said
    leads = [quote.public_key, source.public_key, "Tape 4"]
    names = [person.name, "Farthing", person.public_key]
    if goes == NAME:
        assert [one for one in [*leads, *names] if one not in said] == []
        return
    described = "an official of the port" if goes == LABEL else "a pilot of the port"
    assert described in said
    assert ("who saw the draft" in said) == (goes == DESCRIPTOR)
    hidden = [*leads, *names, "port clerk", "keeper of the seal", "Kept the minutes", "Kept in the vault"]
    assert [one for one in [*hidden, "Minutes of the harbor board"] if one in said] == []
    if way == "card":
        assert "a talk at the pier" in said


def test_the_table_has_every_one_of_the_terms():
    assert all(row.keys() == {"", *Terms.values} for row in TABLE.values())


# --- Unnamed in public ---


def cited_by(way, source, n):
    """What may be evidence by an unnamed source, the n-th time."""
    values = {"investigation": source.investigation}
    if way == "quote":
        return {"quote": builders.make_quote(source=source, terms="background", words=f"Said {n}")}
    if way == "source":
        return {"source": source}
    if way in {"relay", "origin"}:
        return {"source": builders.make_source(title=f"Memo {n}", **{way: source}, **values)}
    meeting = builders.make_meeting(title=f"Meeting {n}", **values)
    if way == "meeting":
        meeting.source = source
        meeting.save()
        return {"meeting": meeting}
    person = builders.make_attendance(meeting=meeting).person
    quote = builders.make_quote(source=source, terms="background", words=f"Said {n}")
    for by in ({"quote": quote}, {"source": source}):
        builders.make_role_account(meeting=meeting, person=person, **by)
    return {"meeting": meeting}


@pytest.fixture(params=["quote", "source", "meeting", "relay", "origin", "account"])
def cited_three_times(request, story, investigation, reporter, editor):
    """Two citations of one unnamed source, and one of another that goes by the same words; published."""
    alike = {
        "investigation": investigation,
        "descriptor": "a pilot of the port",
        "identity": "known",
        "how_they_know": "who saw the draft",
    }
    one, other = builders.make_source(**alike), builders.make_source(**alike)
    passage = story.passages.get(mark="p1")
    pieces = [
        builders.make_evidence(passage=passage, **cited_by(request.param, source, n))
        for n, source in enumerate((one, one, other), start=1)
    ]
    builders.publish_story(story, reporter=reporter, editor=editor)
    return pieces


def leaves(value, path=""):
    """Every value in a part's content, with the keys that lead to it."""
    if isinstance(value, dict):
        return {leaf for key, inner in value.items() for leaf in leaves(inner, f"{path}/{key}")}
    if isinstance(value, list):
        return {leaf for inner in value for leaf in leaves(inner, path)}
    return {(path, value)}


def told_of(piece):
    """All that the record says at a citation: its note, and the entry this leads to."""
    note = Part.objects.get(kind="note", key=piece.public_key)
    found = leaves(json.loads(note.content))
    if entry := json.loads(note.content)["entry"]:
        found |= leaves(json.loads(Part.objects.get(kind="entry", key=entry).content))
    return found


def test_two_citations_of_one_source_share_no_more_than_two_of_two_sources(cited_three_times):
    first, second, another = (told_of(piece) for piece in cited_three_times)
    assert first & second == first & another
    assert any(value == "a pilot of the port" for _, value in first)
    notes = Part.objects.filter(kind="note", key__in=[piece.public_key for piece in cited_three_times])
    assert len({note.commitment for note in notes}) == len({bytes(note.salt) for note in notes}) == 3


def test_nothing_that_a_row_is_known_by_goes_out_and_no_id_stands_twice(cited_three_times, story):
    unnamed = Source.objects.exclude(descriptor="")
    quotes = Quote.objects.filter(source__in=unnamed)
    known = {value for row in unnamed for value in (row.public_key, row.code_name)}
    known |= {value for quote in quotes for value in (quote.public_key, quote.slug)}
    assert [value for value in known if value in over_the_wall()] == []
    html = bytes(Page.objects.get(path=f"/stories/{story.slug}/", variant="").body).decode()
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_annotations_say_what_the_page_says(story, investigation, reporter, editor):
    source = builders.make_source(
        investigation=investigation, descriptor="a pilot of the port", how_they_know="who saw the draft"
    )
    builders.make_evidence(passage=story.passages.get(mark="p1"), **cited_by("quote", source, 1))
    builders.publish_story(story, reporter=reporter, editor=editor)
    annotations = json.loads(bytes(Page.objects.get(path=f"/stories/{story.slug}/annotations.json").body))
    said = [item["body"].get("value") for item in annotations["first"]["items"]]
    assert "a pilot of the port, who saw the draft: Said 1" in said


def test_how_they_know_is_printed_behind_the_descriptor_and_left_out_where_it_is_empty(
    story, investigation, reporter, editor
):
    for words, how in (("Said once", "who saw the draft"), ("Said twice", "")):
        source = builders.make_source(investigation=investigation, descriptor="a pilot", how_they_know=how)
        quote = builders.make_quote(source=source, terms="background", words=words)
        builders.make_evidence(passage=story.passages.get(mark="p1"), quote=quote)
    builders.publish_story(story, reporter=reporter, editor=editor)
    html = bytes(Page.objects.get(path=f"/stories/{story.slug}/", variant="").body).decode()
    assert "A pilot, who saw the draft." in html
    assert "A pilot." in html
    notes = [json.loads(part.content) for part in Part.objects.filter(kind="note")]
    assert sorted("how_they_know" in (note["inline"] or {}) for note in notes) == [False, False, False, True]


def test_what_an_unnamed_source_of_a_meeting_is_known_from_has_no_locator(story, investigation, reporter, editor):
    unnamed = builders.make_source(investigation=investigation, descriptor="a pilot", how_they_know="who was there")
    meeting = builders.make_meeting(investigation=investigation, source=unnamed, locator="Notebook 7")
    builders.make_evidence(passage=story.passages.get(mark="p1"), meeting=meeting)
    builders.publish_story(story, reporter=reporter, editor=editor)
    said = over_the_wall()
    assert "Notebook 7" not in said
    assert "who was there" in said


# --- Embargo ---


def test_an_embargo_bars_publication_until_its_instant_and_not_after(story, reporter, editor):
    quote = Evidence.objects.filter(passage__story=story).first().quote
    quote.embargo_until = builders.NOON
    quote.save()
    sign(story, by=reporter)
    sign(story, by=editor)
    with pytest.raises(Refused, match=r"may not go out before March 2, 2026, 7:00 a\.m\. EST"):
        publish(story, by=editor, now=builders.MORNING)
    assert not Edition.objects.exists()
    publish(story, by=editor, now=builders.NOON)


def test_what_is_agreed_is_asked_inside_the_transaction_that_writes(story, reporter, editor, monkeypatch):
    from investigations.publishing import publish as publishing

    quote = Evidence.objects.filter(passage__story=story).first().quote
    sign(story, by=reporter)
    sign(story, by=editor)

    def tightened_meanwhile():
        type(quote)._base_manager.filter(pk=quote.pk).update(embargo_until=builders.NEXT_DAY)

    monkeypatch.setattr(publishing, "lock_chain", tightened_meanwhile)
    with pytest.raises(Refused, match="may not go out before"):
        publish(story, by=editor, now=builders.NOON)


def test_a_correction_of_a_story_is_barred_by_an_embargo_too(published, reporter, editor):
    quote = Evidence.objects.filter(passage__story=published).first().quote
    quote.embargo_until = builders.NEXT_DAY.replace(year=2030)
    quote.save()
    with pytest.raises(Refused, match="may not go out before"):
        builders.correct_story(published, reporter=reporter, editor=editor)
    assert Edition.objects.count() == 1
