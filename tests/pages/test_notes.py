"""Notes of every kind on the story's page, its older editions and in lists; stories that were taken back."""

import json
import re
from dataclasses import replace

import pytest

from investigations.pages import paths
from investigations.publishing.compare import compare_pages, compare_rows
from investigations.publishing.compile import recompile
from investigations.record.models import BylineRow, Page
from tests import builders
from tests.demonstrated import read
from tests.pages.editions import page, sent
from tests.pages.notes import latest_notes, write_edition, write_note

LATER = builders.NEXT_DAY.replace(day=9)
KINDS = {
    "correction": ("[Corrected]", "Correction 1"),
    "clarification": ("[Clarified]", "Clarification 1"),
    "update": ("[Updated]", "Update 1"),
    "editors_note": ("[Editor’s note]", "Editor’s note 1"),
}


def mend(story, reporter, old="was sold", new="was leased", now=builders.NEXT_DAY):
    """Change words of the story on the desk."""
    assert story.body.count(old) == 1
    story.edit(by=reporter, now=now, body=story.body.replace(old, new))


def shown(story, number=0):
    """The story's page, or that of an edition, as readers read it."""
    path = paths.edition(story.slug, number) if number else paths.story(story.slug)
    return read(sent(path).partition("<main")[2])


# Kinds.


@pytest.mark.parametrize("kind", KINDS)
def test_a_note_is_named_by_its_kind_at_the_words_under_them_and_at_its_own_address(published, reporter, kind):
    mend(published, reporter)
    write_note(published, kind)
    tag, name = KINDS[kind]
    html = sent(paths.story(published.slug))
    assert html.count(f'<a class="fixed" href="#correction-1">{tag}</a>') == 1
    assert f'aria-label="{name}"' in html
    assert f"<h1>{name}</h1>" in sent("/corrections/1/")


def test_a_changed_headline_bears_the_tag_of_its_kind(published, reporter):
    published.edit(by=reporter, now=builders.NEXT_DAY, headline="The contract everybody saw")
    write_note(published, "clarification")
    assert '<p><a class="fixed" href="#correction-1">[Clarified]</a></p>' in sent(paths.story(published.slug))


def test_a_place_where_two_notes_meet_bears_both_tags(published, reporter):
    mend(published, reporter)
    write_note(published, "correction")
    mend(published, reporter, old="leased", new="lent", now=LATER)
    write_note(published, "clarification", now=LATER)
    html = sent(paths.story(published.slug))
    assert (html.count(">[Corrected]</a>"), html.count(">[Clarified]</a>")) == (1, 1)


def test_an_editors_note_has_no_place_and_stands_at_top_and_foot(published):
    write_note(published, "editors_note", note="A trial about this matter has begun.")
    html = sent(paths.story(published.slug))
    assert html.count("A trial about this matter has begun.</p>") == 1
    assert shown(published).count("A trial about this matter has begun.") == 2
    assert "Editor’s note, March 3, 2026" in shown(published)
    assert "At the words" not in html
    assert html.count('id="correction-1"') == 1


@pytest.mark.parametrize(("severity", "at_top"), [("serious", 1), ("ordinary", 0)])
def test_a_serious_note_stands_at_the_top_too(published, reporter, severity, at_top):
    mend(published, reporter)
    write_note(published, severity=severity)
    html = sent(paths.story(published.slug))
    assert html.count('<section class="corrected-box"') == at_top
    assert html.count("says what is right.") == 2 + at_top + json_notes(published)


def json_notes(story):
    """How often the structured data tells a note."""
    return len(structured(story).get("correction", []))


def structured(story, path=""):
    html = sent(path or paths.story(story.slug))
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])


def test_a_note_from_before_the_record_is_shown_as_what_it_is(published):
    write_note(published, noted="2012-05-03", wrong_since=None, changes=[])
    said = "of May 3, 2012, from before this record was kept"
    assert said in shown(published)
    note = read(sent("/corrections/1/").partition("<main")[2])
    assert "May 3, 2012, before this record was kept" in note
    assert "Wrong since" not in note
    assert "At the words" not in sent(paths.story(published.slug))
    assert "[Corrected]" not in sent(paths.story(published.slug))


def test_a_note_that_was_wrong_and_the_one_that_corrects_it_lead_to_each_other(published, reporter):
    mend(published, reporter)
    write_note(published)
    write_note(published, now=LATER, corrects=1)
    for path in ("/corrections/1/", paths.story(published.slug)):
        assert '<a href="/corrections/2/">note 2 corrects it</a>' in sent(path)
    for path in ("/corrections/2/", paths.story(published.slug)):
        assert 'It corrects <a href="/corrections/1/">note 1</a>' in sent(path)
    assert "corrects it" not in sent("/corrections/2/")


def test_what_shows_it_is_printed_where_the_newsroom_says_so(published, reporter):
    mend(published, reporter)
    write_note(published, basis="The register of the port, page 12.")
    for path in ("/corrections/1/", paths.story(published.slug)):
        assert "What shows it: The register of the port, page 12." in sent(path)


def test_structured_data_has_every_note_as_it_is_printed(published, reporter):
    words = ["Tom & “Ann” didn’t <vote>.", "It was Ann’s ‘own’ boat; 5 > 3.", "A trial has begun."]
    mend(published, reporter)
    write_note(published, note=words[0])
    mend(published, reporter, old="nobody had asked her", new="somebody asked her", now=LATER)
    write_note(published, "clarification", note=words[1], now=LATER)
    write_note(published, "editors_note", note=words[2], now=LATER)
    html = sent(paths.story(published.slug)).partition('<section class="corrections"')[2]
    printed = [read(found) for found in re.findall(r"<li[^>]*><p>(.*?)</p>", html, re.DOTALL)]
    assert [comment["text"] for comment in structured(published)["correction"]] == printed[:3] == words
    assert [comment["url"].rpartition("/corrections/")[2] for comment in structured(published)["correction"]] == [
        *("1/", "2/", "3/")
    ]


# Lists.


def item(story):
    """The story as the front page shows it."""
    return read(sent("/").partition("<article")[2].partition("</article>")[0].partition(">")[2])


def test_lists_tell_a_serious_note_in_its_words_and_an_ordinary_one_by_its_day(published, reporter):
    mend(published, reporter)
    write_note(published, note="It was leased.")
    assert "Corrected March 3, 2026, 5:00 a.m. EST" in item(published)
    assert "It was leased." not in item(published)
    write_note(published, note="She was asked.", severity="serious", now=LATER)
    assert "Corrected March 9, 2026: She was asked. Correction 2" in item(published)


def test_a_serious_note_is_told_in_lists_though_an_ordinary_one_follows(published, reporter):
    write_note(published, note="She was asked.", severity="serious")
    write_note(published, "update", note="There is more.", now=LATER)
    assert "Corrected March 3, 2026: She was asked." in item(published)


def test_a_minor_edition_does_not_move_the_day_of_the_note(published, reporter):
    write_note(published)
    write_edition(published, now=LATER)
    assert "Corrected March 3, 2026" in item(published)


def test_an_authors_page_tells_the_same_as_the_front(published):
    write_note(published, note="She was asked.", severity="serious")
    (author,) = BylineRow.objects.values_list("author", flat=True)
    assert "Corrected March 3, 2026: She was asked." in read(sent(paths.author(author)).replace("</time>", ""))


# Retraction.


@pytest.fixture
def retracted(published, reporter):
    """A story corrected once and then taken back."""
    mend(published, reporter)
    write_note(published)
    write_note(published, "retraction", now=LATER, severity="serious", note="The papers were forged.")
    return published


def test_a_retracted_story_says_why_under_its_headline_and_nothing_else_of_it(retracted):
    said = shown(retracted)
    assert said.index(retracted.headline) < said.index("Retracted March 9, 2026") < said.index("forged")
    for gone in (retracted.standfirst, "The harbor board", "Marked words", "Evidence"):
        assert gone not in said.replace("The evidence as", "")
    html = sent(paths.story(retracted.slug))
    assert f"<title>Retracted: {retracted.headline}" in html
    assert '<meta name="description" content="The papers were forged.">' in html


@pytest.mark.parametrize("variant", ["", "evidence=all", "evidence=off"])
def test_a_retracted_story_has_the_same_page_in_each_variant(retracted, variant):
    html = sent(paths.story(retracted.slug), variant)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert "Marked words" not in html
    assert "marks are hidden" not in html
    assert set(re.findall(r'href="#([^"]+)"', html)) - set(ids) == set()
    assert len(ids) == len(set(ids))


def test_a_retracted_story_leads_to_what_it_was(retracted):
    assert f'<a href="{paths.edition(retracted.slug, 2)}">as it stood</a>' in sent(paths.story(retracted.slug))


@pytest.mark.parametrize("number", [1, 2])
def test_every_older_edition_says_at_the_top_that_the_story_was_retracted(retracted, number):
    html = sent(paths.edition(retracted.slug, number))
    said = read(html.partition("<main")[2])
    assert said.index("This story was retracted March 9, 2026") < said.index("This is edition")
    assert "The papers were forged." in said
    assert f'<a href="{paths.story(retracted.slug)}">The story’s page now</a>' in html
    assert "The harbor board" in said


def test_lists_say_that_a_story_was_retracted_and_not_what_it_told(retracted):
    write_note(retracted, "editors_note", now=LATER, severity="serious", note="An inquiry has begun.")
    assert "Retracted March 9, 2026: The papers were forged." in item(retracted)
    assert retracted.standfirst not in item(retracted)


def test_a_retracted_storys_structured_data_is_an_article_with_its_notes(retracted):
    data = structured(retracted)
    assert (data["@type"], data["headline"]) == ("NewsArticle", retracted.headline)
    assert [comment["text"] for comment in data["correction"]] == [
        "Note 1 says what is right.",
        "The papers were forged.",
    ]
    assert "description" not in data


def test_a_retracted_story_has_no_annotations(retracted):
    data = json.loads(sent(paths.annotations(retracted.slug)))
    assert (data["total"], data["first"]["items"]) == (0, [])


def test_an_entry_says_that_the_story_citing_it_was_retracted(retracted):
    entry = Page.objects.filter(path__startswith="/quotes/").first()
    assert f"{retracted.headline} (retracted)" in read(bytes(entry.body).decode())


def test_the_record_of_a_retracted_story_holds_and_compiles_to_the_same(retracted):
    before = set(Page.objects.values_list("path", "variant", "etag"))
    recompile()
    assert set(Page.objects.values_list("path", "variant", "etag")) == before
    assert [*compare_pages(), *compare_rows()] == []


# Older editions.


def test_an_older_edition_lists_the_notes_that_came_after_it(published, reporter):
    mend(published, reporter)
    write_note(published, note="It was leased.")
    write_note(published, "update", note="There is more.", now=LATER)
    first, second = shown(published, 1), shown(published, 2)
    assert "Corrected since the edition you came for" in first
    assert first.index("It was leased.") < first.index("There is more.")
    assert second.partition("since the edition you came for")[2].startswith(" There is more. Update 2")
    assert "It was leased." not in second.partition("Read the story as it stands now")[2].partition("Marked words")[0]
    assert "since the edition you came for" not in shown(published)
    assert "since the edition you came for" not in shown(published, 3)


def test_an_older_edition_after_which_nothing_was_noted_lists_nothing(published):
    write_edition(published)
    assert "since the edition you came for" not in shown(published, 1)
    assert "This is edition 1, as readers saw it" in shown(published, 1)


def test_every_note_is_carried_from_edition_to_edition(published, reporter):
    mend(published, reporter)
    write_note(published)
    write_edition(published, now=LATER)
    assert [note["number"] for note in latest_notes(published)] == [1]


# What is said of the words.


@pytest.mark.parametrize(
    ("kind", "said"),
    [("correction", "Wrong since"), ("clarification", "Unclear since"), ("update", ""), ("editors_note", "")],
)
def test_since_when_it_stood_is_told_of_what_was_wrong_or_unclear(published, reporter, kind, said):
    mend(published, reporter)
    write_note(published, kind)
    told = read(sent("/corrections/1/").partition("<main")[2])
    assert (" since" in told) is bool(said)
    assert said in told


def test_a_paragraph_put_in_whole_has_no_words_that_it_said_before(published, reporter):
    published.edit(by=reporter, now=builders.NEXT_DAY, body=f"{published.body}\n\nThe board met again.")
    write_note(published, "update")
    told = sent("/corrections/1/")
    assert "<dt>Put in</dt><dd>“<ins>The board met again.</ins>”</dd>" in told
    assert "It said" not in told


def test_a_note_that_came_with_the_first_edition_has_no_changes_to_lead_to(published):
    write_note(published)
    (view,) = page(published).corrections
    assert view.changes_href == f"/stories/{published.slug}/changes/?from=1&to=2"
    assert replace(view, edition=1).changes_href == ""
    assert replace(view, noted="May 3, 2012").changes_href == ""


def test_what_was_noted_before_a_retraction_no_longer_stands_at_the_top(published, reporter):
    write_note(published, severity="serious", note="She was asked.")
    write_note(published, "retraction", now=LATER, note="The papers were forged.")
    write_note(published, "editors_note", now=LATER, note="An inquiry has begun.")
    assert [note.number for note in page(published).top_corrections] == [3]


def test_an_older_edition_tells_a_retraction_once(retracted):
    assert shown(retracted, 1).count("The papers were forged.") == 1
