"""What changed between two editions: which two, in which words, what is withheld, and at what cost."""

import re

import pytest

from investigations.pages import changes as module
from investigations.pages import paths
from investigations.record.models import Part
from investigations.vocabulary import WithholdingState
from tests import builders
from tests.demonstrated import read
from tests.pages.editions import sent
from tests.pages.notes import write_edition, write_note

LATER = builders.NEXT_DAY.replace(day=9)
PARAGRAPH = "A paragraph that was written for the third edition alone."


@pytest.fixture
def thrice(published, reporter):
    """A story in three editions: words replaced, then a paragraph and a headline added."""
    body = published.body.replace("was sold", "was leased")
    published.edit(by=reporter, now=builders.NEXT_DAY, body=body)
    write_note(published, note="It was leased.")
    published.edit(by=reporter, now=LATER, body=f"{body}\n\n{PARAGRAPH}", headline="The contract everybody saw")
    write_edition(published, now=LATER)
    return published


def answer(client, story, **query):
    """What is sent for these two editions."""
    return client.get(paths.changes(story.slug), query)


def shown(client, story, **query):
    """The page’s words, as somebody hears them."""
    html = answer(client, story, **query).content.decode()
    return read(html.partition('<p class="counted">')[2])


# Which editions.


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, (2, 3)),
        ({"from": "1", "to": "2"}, (1, 2)),
        ({"from": "1"}, (1, 3)),
        ({"to": "2"}, (1, 2)),
        ({"from": "3", "to": "1"}, (1, 3)),
        ({"from": "", "to": ""}, (2, 3)),
        ({"nonsense": "7"}, (2, 3)),
    ],
)
def test_two_editions_are_compared_the_last_two_unless_others_are_named(thrice, client, query, expected):
    first, second = expected
    html = answer(client, thrice, **query).content.decode()
    assert re.findall(r'<option value="(\d)" selected>', html) == [str(first), str(second)]
    assert f"From edition {first}, March" in shown(client, thrice, **query)
    assert f"to edition {second}, March" in shown(client, thrice, **query)


@pytest.mark.parametrize(
    "query", [{"to": "4"}, {"from": "0"}, {"from": "x"}, {"from": "-1"}, {"to": "²"}, {"to": "01"}]
)
def test_an_edition_that_never_was_is_not_found(thrice, client, query):
    assert answer(client, thrice, **query).status_code == 404


def test_a_story_that_never_was_is_not_found(thrice, client):
    assert client.get("/stories/nothing/changes/").status_code == 404


def test_a_policy_is_no_story(db, client, standards, reporter):
    assert client.get("/stories/policy/changes/").status_code == 404


def test_an_edition_and_itself_is_told_as_that(thrice, published, client):
    html = read(answer(client, thrice, **{"from": "2", "to": "2"}).content.decode())
    assert "This is one edition and the same" in html


def test_a_story_in_one_edition_has_nothing_to_compare(published, client):
    assert "This is one edition and the same" in read(answer(client, published).content.decode())


def test_every_edition_can_be_chosen(thrice, client):
    html = answer(client, thrice).content.decode()
    assert re.findall(r'<option value="(\d)"[^>]*>([^<]+)<', html)[:3] == [
        ("1", "1 · First edition"),
        ("2", "2 · Correction"),
        ("3", "3 · Minor change"),
    ]
    assert '<form class="filters" method="get"' in html


# In which words.


def test_words_taken_out_and_put_in_are_told_in_words_too(thrice, client):
    html = answer(client, thrice, **{"from": "1", "to": "2"}).content.decode()
    assert '<del><span class="said">[removed: </span>sold<span class="said">]</span></del>' in html
    assert '<ins><span class="said">[added: </span>leased<span class="said">]</span></ins>' in html
    assert "the port was [removed: sold][added: leased]." in shown(client, thrice, **{"from": "1", "to": "2"})


def test_headline_and_standfirst_are_compared(thrice, client, reporter):
    thrice.edit(by=reporter, now=LATER, standfirst="How a harbor was leased.")
    write_edition(thrice, now=LATER)
    said = shown(client, thrice, **{"from": "1", "to": "4"})
    assert "Headline The contract [removed: nobody" in said
    assert "Standfirst How a harbor was [removed: sold][added: leased]." in said


def test_a_new_paragraph_is_told_as_added_and_one_that_is_gone_as_removed(thrice, client, reporter):
    assert f"Added [added: {PARAGRAPH}]" in shown(client, thrice)
    thrice.edit(by=reporter, now=LATER, body=thrice.body.replace(PARAGRAPH, ""))
    write_edition(thrice, now=LATER)
    assert f"Removed [removed: {PARAGRAPH}]" in shown(client, thrice)


def test_what_is_the_same_is_counted_and_not_told_again(thrice, client):
    said = shown(client, thrice, **{"from": "1", "to": "2"})
    assert "nobody had asked her" not in said
    assert "1 paragraph unchanged" in said
    assert "2 paragraphs unchanged" in shown(client, thrice)


def test_editions_of_the_same_words_say_so(published, client):
    write_edition(published)
    assert "The words of the story are the same." in shown(client, published)


def test_the_notes_between_the_two_are_told(thrice, client):
    assert "Correction 1: It was leased." in shown(client, thrice, **{"from": "1", "to": "3"})
    assert "It was leased." not in shown(client, thrice)


def test_nothing_in_a_text_is_read_as_markup(published, client, reporter):
    published.edit(by=reporter, now=LATER, headline="<b>Bold</b> & <script>", standfirst="")
    write_edition(published, now=LATER)
    html = answer(client, published).content.decode()
    assert "<b>Bold" not in html
    assert "&lt;b&gt;Bold" in html


def test_a_retracted_story_is_told_as_all_removed(published, client):
    write_note(published, "retraction", note="The papers were forged.")
    said = shown(client, published)
    assert said.count("[removed:") == 2
    assert "Retraction 1: The papers were forged." in said


# Withheld.


@pytest.mark.parametrize("edition", [1, 2])
@pytest.mark.parametrize("state", [WithholdingState.HIDDEN, WithholdingState.DESTROYED])
def test_what_is_withheld_says_so_and_reveals_nothing(published, client, reporter, standards, edition, state):
    secret = ("was sold", "was leased")[edition - 1]
    published.edit(by=reporter, now=builders.NEXT_DAY, body=published.body.replace("was sold", "was leased"))
    write_edition(published)
    part = Part.objects.get(kind="block", key="b1", edition__number=edition)
    for act in dict.fromkeys((WithholdingState.HIDDEN, state)):
        builders.withhold_part(part, act, authority="A court's order", now=LATER)
    html = answer(client, published).content.decode()
    assert secret not in html
    assert f"{'removed for good' if state == 'destroyed' else 'withheld'} on March 9, 2026" in read(html)


@pytest.mark.parametrize("number", [1, 2])
def test_an_edition_that_is_withheld_is_not_compared_with_any(thrice, client, standards, number):
    builders.withhold(by=standards, story=thrice, edition=number, now=LATER.replace(day=10))
    html = answer(client, thrice, **{"from": "1", "to": "2"}).content.decode()
    assert "One of these editions was withheld on March 10, 2026" in read(html)
    for words in ("the port was", "harbor board", "[removed:", "[added:"):
        assert words not in html


def test_editions_that_are_not_withheld_are_still_compared(thrice, client, standards):
    builders.withhold(by=standards, story=thrice, edition=1, now=LATER.replace(day=10))
    assert f"Added [added: {PARAGRAPH}]" in shown(client, thrice, **{"from": "2", "to": "3"})


# Large stories.


def test_past_a_limit_paragraphs_are_shown_whole_and_that_is_said(thrice, client, monkeypatch):
    monkeypatch.setattr(module, "EFFORT", 0)
    said = shown(client, thrice, **{"from": "1", "to": "2"})
    assert "So much changed that paragraphs are shown whole." in said
    assert re.search(r"Removed \[removed: The harbor board .* was sold\.\]", said)
    assert re.search(r"Added \[added: The harbor board .* was leased\.\]", said)


def test_within_the_limit_nothing_is_said_of_it(thrice, client):
    assert "shown whole" not in shown(client, thrice)


@pytest.mark.parametrize("editions", [2, 20])
def test_the_page_takes_the_same_queries_however_many_editions_there_are(
    published, client, editions, django_assert_num_queries
):
    for number in range(2, editions + 1):
        write_edition(published, now=LATER.replace(minute=number))
    with django_assert_num_queries(3):
        assert answer(client, published).status_code == 200


# Links.


def test_each_edition_but_the_first_and_each_note_leads_to_what_changed(thrice, client):
    html = sent(paths.story(thrice.slug))
    for first, second in ((1, 2), (2, 3)):
        assert f'href="{paths.changes(thrice.slug)}?from={first}&amp;to={second}">What changed<' in html
    assert html.count(">What changed<") == 2
    for path in (paths.story(thrice.slug), "/corrections/1/"):
        assert re.search(rf'href="{paths.changes(thrice.slug)}\?from=1&amp;to=2">[Aa]ll that changed<', sent(path))


def test_search_engines_are_sent_to_the_story(thrice, client):
    assert '<meta name="robots" content="noindex">' in answer(client, thrice).content.decode()
