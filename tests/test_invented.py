"""The invented investigation: what its readers get, on each kind of terms, and what of it they don't get."""

import re
from collections import Counter
from types import SimpleNamespace

import pytest

from investigations import models
from investigations.lint import check_story
from investigations.management.acts import FOLDER, instant, read_acts
from investigations.record.models import Part
from investigations.vocabulary import Outcome, Showing, Terms
from tests.demonstrated import demonstrated, read

pytestmark = pytest.mark.django_db
STORY = "/stories/the-bid-that-came-after-noon/"
CASE = "/stories/one-man-two-offices/"
RETELLS = "Demonstration. Retells one published account as of June 2017; later findings are not included."
INVENTED = "Demonstration. Wholly invented."
SEEN_TOGETHER = 4
"""So many words in a row are no coincidence."""


@pytest.fixture(scope="module", autouse=True)
def harbor(django_db_setup, django_db_blocker):
    """The demonstration, loaded once for all tests here and taken back: the invented story, all pages as HTML."""
    with demonstrated(django_db_blocker) as pages:
        story = models.Story.objects.get(slug="the-bid-that-came-after-noon")
        yield SimpleNamespace(story=story, work=story.investigation, pages=pages, read=read(pages[STORY]))


def evidence(harbor, **values):
    return models.Evidence.objects.filter(passage__story=harbor.story, **values)


def runs(words):
    """Every run of four words in a text, in small letters."""
    found = re.findall(r"\w+", words.lower())
    return {" ".join(found[at : at + SEEN_TOGETHER]) for at in range(len(found) - SEEN_TOGETHER + 1)}


def told_to_readers(harbor):
    """Every run of four words on any page, JSON too, and in any part of the record."""
    parts = Part.objects.values_list("content", flat=True)
    return set().union(*(runs(read(text)) for text in [*harbor.pages.values(), *parts]))


# --- The story ---


def test_it_is_whole_and_passes_its_check(harbor):
    parsed = harbor.story.parsed()
    assert 350 <= len(parsed.text.split()) <= 450
    assert 8 <= len(parsed.marks) <= 12
    assert Counter(finding.id for finding in check_story(harbor.story)) == {
        "story.W053": 1,
        "story.W062": 4,
        "story.I063": 1,
    }


def test_words_between_quotation_marks_were_said_on_terms_that_let_them_out(harbor):
    quotes = models.Quote.objects.filter(investigation=harbor.work)
    said = " ".join(quote.words for quote in quotes if quote.is_publishable)
    fragments = re.findall("“([^“”]+)”", harbor.story.parsed().text)
    assert len(fragments) >= 8
    assert [words for words in fragments if words.rstrip(".,") not in said] == []


@pytest.mark.parametrize(
    "card",
    [
        "Farrowmere, owner of the Farrowmere Yard. Interview, to our reporter. September 5, 2017. On the record.",
        "An official of the harbor authority. By telephone, to our reporter. September 7, 2017. Not for attribution.",
        "A person who saw the bids opened. Interview, to our reporter. September 8, 2017. On background.",
        "A lawyer who advised on the bidding. September 21, 2017. On background.",
        "A crane driver. Said to The Tarrowmouth Lantern. May 2017. As printed by The Tarrowmouth Lantern, May 2017.",
    ],
)
def test_readers_are_told_who_spoke_when_and_on_what_terms(harbor, card):
    assert card in harbor.read


def test_what_was_looked_for_is_told_with_where_by_whom_and_when(harbor):
    where = "the archive of the Tarrowmouth Harbor Authority and the town’s public register by Nell Quillthorpe"
    assert f"September 12, 2017. Looked for in {where}, and not found." in harbor.read


def test_evidence_that_is_counted_is_told_as_a_number(harbor):
    assert evidence(harbor, showing=Showing.COUNTED).count() == 1
    assert harbor.read.count("And 1 more, not shown.") == 1


def test_the_dinner_has_a_headcount_and_a_role_in_dispute(harbor):
    meeting = models.Meeting.objects.get(investigation=harbor.work)
    page = read(harbor.pages[f"/meetings/{meeting.public_key}/"])
    assert "Harbor pilots (5 people)" in page
    assert "Bertil Quaverley, member of the harbor authority’s board. Came. In what role is in dispute." in page
    assert "As a member of the board: Aldous Threnwick, on the record." in page
    descriptor = "A person who was at the Pilots’ House that evening"
    assert f"As somebody who spoke for Ostrelmark: {descriptor}, on background." in page


def test_those_asked_for_comment_had_a_deadline_before_the_story_went_out(harbor):
    requests = list(harbor.story.comment_requests.all())
    published_at = instant(read_acts(FOLDER / "harbor" / "publication.yaml")["published_at"])
    assert {request.outcome for request in requests} >= {Outcome.REPLIED, Outcome.NO_RESPONSE}
    assert all(request.asked and request.deadline < published_at for request in requests)
    assert "Aldous Threnwick replied." in harbor.read
    assert "Jessamy Dorrocott did not respond. The deadline was September 22, 2017." in harbor.read
    assert [request.about for request in requests if request.about in harbor.read] == []


# --- What readers don't get ---


def test_every_kind_of_terms_is_on_file_and_each_interview_has_its_own(harbor):
    quotes = models.Quote.objects.filter(investigation=harbor.work)
    assert set(quotes.values_list("terms", flat=True)) == {"", *Terms.values}
    interviews = models.Interview.objects.filter(investigation=harbor.work).exclude(terms_wording="")
    assert set(interviews.values_list("terms", flat=True)) == {"on_record", "not_for_attribution", "background"}
    assert [interview for interview in interviews if not interview.quotes.exists()] == []


def test_what_is_off_the_record_is_desk_only_and_what_has_no_terms_is_cited_nowhere(harbor):
    quotes = models.Quote.objects.filter(investigation=harbor.work)
    off_record, unset = quotes.get(terms=Terms.OFF_RECORD), quotes.get(terms="")
    assert [piece.showing for piece in off_record.evidence.all()] == [Showing.DESK_ONLY]
    assert not off_record.role_accounts.exists()
    assert not unset.evidence.exists()
    assert not unset.role_accounts.exists()


def kept_back(harbor):
    """Everything in words of what is desk only, counted, off the record or without terms."""
    pieces = [piece.record for piece in evidence(harbor).exclude(showing=Showing.SHOWN)]
    silent = models.Quote.objects.filter(investigation=harbor.work, terms__in=["", Terms.OFF_RECORD])
    records = {*pieces, *silent}
    assert len(records) == 4
    return [
        text
        for record in records
        for name in ("words", "title", "description", "terms_wording")
        if (text := getattr(record, name, ""))
    ]


def test_nothing_that_is_kept_back_is_given_away_on_any_page(harbor):
    told = told_to_readers(harbor)
    kept = kept_back(harbor)
    assert len(kept) >= 6
    assert [text for text in kept if runs(text) & told] == []


def test_what_is_shown_would_be_found_that_way(harbor):
    told = told_to_readers(harbor)
    shown = [piece.quote.words for piece in evidence(harbor, showing=Showing.SHOWN, quote__isnull=False)]
    assert len(shown) >= 7
    assert [words for words in shown if not runs(words) & told] == []


def test_a_source_that_spoke_off_the_record_alone_is_described_nowhere(harbor):
    source = models.Source.objects.get(quotes__terms=Terms.OFF_RECORD)
    assert source.descriptor
    assert not runs(source.descriptor) & told_to_readers(harbor)


def test_no_unnamed_source_has_a_page_or_a_key(harbor):
    unnamed = models.Source.objects.filter(investigation=harbor.work).exclude(descriptor="")
    keys = {key for row in unnamed.values_list("public_key", "code_name", "quotes__public_key") for key in row}
    everything = "".join([*harbor.pages, *harbor.pages.values()])
    assert len(unnamed) == 6
    assert [key for key in keys if key and key in everything] == []
    named = models.Source.objects.get(person__slug="ottoline-farrowmere")
    assert named.public_key in everything


# --- Banners ---


def banners(html):
    return re.findall(r'<p class="banner">([^<]*)</p>', html)


def test_its_pages_say_that_it_is_invented_and_the_cases_do_not(harbor):
    for path, html in harbor.pages.items():
        if html.startswith("<!doctype"):
            expected = {STORY: [INVENTED], CASE: [RETELLS]}
            assert all(banners(html) == say for start, say in expected.items() if path.startswith(start)), path
    meeting = models.Meeting.objects.get(investigation=harbor.work)
    author = models.Author.objects.get(name="Nell Quillthorpe")
    for path in (f"/meetings/{meeting.public_key}/", f"/authors/{author.public_key}/"):
        assert banners(harbor.pages[path]) == [INVENTED]


def test_pages_of_the_whole_site_carry_both_banners(harbor, client):
    policies = [path for path in harbor.pages if path.startswith("/policies/")]
    assert len(policies) >= 7
    for path in ("/", "/corrections/", *policies):
        assert banners(client.get(path).content.decode()) == [RETELLS, INVENTED], path
    assert banners(client.get("/meetings/").content.decode()) == [RETELLS, INVENTED]
    assert banners(client.get("/nowhere/").content.decode()) == [RETELLS, INVENTED]


def test_no_page_is_without_a_banner_and_stories_are_hidden_from_search_engines(harbor):
    pages = {path: html for path, html in harbor.pages.items() if html.startswith("<!doctype")}
    assert [path for path, html in pages.items() if not set(banners(html)) & {RETELLS, INVENTED}] == []
    assert [path for path, html in pages.items() if "noindex" not in html and "/policies/" not in path] == []


@pytest.mark.parametrize(
    ("name", "seen"),
    [("reporter", [RETELLS, INVENTED]), ("standards", [RETELLS, INVENTED]), ("newcomer", [])],
)
def test_the_desk_carries_the_banners_of_what_its_user_sees(as_user, django_user_model, name, seen):
    html = as_user(django_user_model.objects.get(username=name)).get("/admin/").content.decode()
    assert re.findall(r'<p class="notice-banner">([^<]*)</p>', html) == seen


def test_a_newcomer_sees_neither_investigation(harbor, as_user, django_user_model):
    newcomer = django_user_model.objects.get(username="newcomer")
    for model in (models.Investigation, models.Story, models.Source, models.Quote, models.Interview, models.Meeting):
        assert not model.objects.visible_to(newcomer).exists()
    page = as_user(newcomer).get(f"/admin/investigations/story/{harbor.story.pk}/change/", follow=True)
    assert "after noon" not in page.content.decode()
