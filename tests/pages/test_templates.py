"""Every kind of page, compiled with a marker for each variable that a template misspells."""

import copy

import pytest
from django.template import engines
from django.test.signals import template_rendered

from investigations.models import Investigation
from investigations.pages.indexes import INDEXES
from investigations.publishing.compile import addresses
from investigations.publishing.policy import publish_policy
from investigations.record.models import Part
from tests import builders
from tests.pages.notes import write_note

LATER = builders.NEXT_DAY.replace(day=9)
MARKER = "!!no such variable!!"


@pytest.fixture
def strict(settings):
    """Templates that print a marker where a variable isn't there."""
    changed = copy.deepcopy(settings.TEMPLATES)
    changed[0]["OPTIONS"]["string_if_invalid"] = MARKER
    settings.TEMPLATES = changed


def edited(policy, *, by):
    policy.edit(by=by)
    return policy


@pytest.fixture
def everything(investigation, story, reporter, editor, standards):
    """A published story with every kind of evidence, corrected twice, an entry and a block withheld."""
    Investigation.objects.update(notice="An example.")
    story.investigation.refresh_from_db()
    passage = story.passages.get(mark="p1")
    team = {"investigation": investigation}
    paper = builders.make_source(**team, title="The Gazette", url="https://example.org/", dated="May 2016")
    memo = builders.make_source(**team, title="A memo", relay=paper, origin=paper, description="What it shows.")
    unnamed = builders.make_source(**team, descriptor="a diplomat of the region", relay=paper)
    meeting = builders.make_meeting(**team, source=memo, locator="p. 3", description="A visit.", place="a quay")
    group = builders.make_meeting_class(**team, meetings=[meeting])
    office = builders.make_role(organization=builders.make_organization(), since="2010", in_office=True)
    guest = builders.make_attendance(
        meeting=meeting, person=office.person, role_in_dispute=True, role_note="Not settled."
    ).person
    for presence in ("invited", "did_not_come"):
        builders.make_attendance(meeting=meeting, descriptor="ambassadors", headcount=7, presence=presence)
    paraphrase = builders.make_quote(source=unnamed, terms="as_printed", form="paraphrase")
    placed = builders.make_quote(**team, setting="hearing", to_whom="to the board", locator="1:20")
    builders.make_role_account(meeting=meeting, person=guest, quote=placed)
    builders.make_role_account(meeting_class=group, person=guest, source=unnamed, stance="questions")
    for record in ({"quote": paraphrase}, {"quote": placed}, {"meeting": meeting}, {"source": memo}):
        builders.make_evidence(passage=passage, **record, label="in a few words")
    builders.make_evidence(passage=passage, source=unnamed, stance="contradicts")
    builders.make_evidence(passage=passage, source=paper, stance="context")
    builders.make_evidence(passage=passage, meeting=builders.make_meeting(**team, when=""), showing="counted")
    group.counted = "ambassadors"
    group.save()
    builders.make_figure(story=story)
    builders.make_figure(story=story, after=passage, meeting_class=group, rests_on="What it rests on.")
    builders.make_comment_request(story=story, outcome="declined", detail="through a lawyer")
    builders.make_coverage(source=paper, meeting_class=group)
    publish_policy(edited(builders.make_policy(), by=reporter), by=standards)
    builders.publish_story(story, reporter=reporter, editor=editor)
    builders.correct_story(story, reporter=reporter, editor=editor, severity="serious")
    story.edit(by=reporter, now=builders.NEXT_DAY, headline="Another headline")
    second = builders.make_submitted(story=story, written_by=reporter)
    builders.approve(second, by=editor, now=builders.NEXT_DAY)
    builders.correct(second, by=editor, now=builders.NEXT_DAY)
    on_page = {"meeting": meeting, "source": paper, "person": guest, "group": group}
    builders.publish_whole_page(story, **on_page, reporter=reporter, editor=editor)
    return story


def text_of(address):
    """What is sent there, of a picture nothing that matters here."""
    return address.rendered.body.decode(errors="replace")


def marked(template):
    return engines["django"].from_string(template).render({"page": {"headline": "x"}})


def test_the_marker_marks_what_is_misspelt(strict):
    assert marked("{{ page.headline }}") == "x"
    assert marked("{{ page.headlin }}") == MARKER
    assert marked("{{ pag.headline|upper }}") == MARKER


def test_no_page_prints_a_variable_that_isnt_there(everything, strict):
    pages = list(addresses())
    kinds = {address.path.strip("/").partition("/")[0] for address in pages}
    assert kinds == {
        *("", "stories", "quotes", "meetings", "sources", "corrections", "404"),
        *("people", "organizations", "authors", "investigations", "policies", "pictures"),
        *("stories.atom", "corrections.atom"),
    }
    assert [address.path for address in pages if MARKER in text_of(address)] == []


@pytest.mark.parametrize("kind", ["block", "entry", "header", "correction", "note"])
def test_no_page_of_something_withheld_prints_a_variable_that_isnt_there(everything, strict, kind):
    part = Part.objects.filter(kind=kind, edition__number=3).first()
    for state in ("hidden", "destroyed"):
        builders.withhold_part(part, state, authority="A court's order")
        pages = [text_of(address) for address in addresses()]
        assert any("A court&#x27;s order" in page for page in pages)
        assert not any(MARKER in page for page in pages)


@pytest.mark.parametrize("name", INDEXES)
def test_no_list_prints_a_variable_that_isnt_there(everything, strict, client, name):
    for query in ("", "?since=2016-09-10&until=2016-09-11", "?since=x", "?story=y", "?kind=dinner&in_dispute=on"):
        response = client.get(f"/{name}/{query}")
        assert response.status_code == 200
        assert MARKER not in response.content.decode()


def test_the_list_of_corrections_prints_no_variable_that_isnt_there(everything, strict, client):
    for query in ("", "?kind=correction", "?kind=update", "?kind=x", "?after=2026-01-01.1"):
        response = client.get(f"/corrections/{query}")
        assert response.status_code == 200
        assert MARKER not in response.content.decode()


def test_the_search_prints_no_variable_that_isnt_there(everything, strict, client):
    for query in ("", "?q=x", "?q=the", "?q=nothing+of+it&kind=quote", "?q=the&page=2"):
        response = client.get(f"/search/{query}")
        assert response.status_code == 200
        assert MARKER not in response.content.decode()


def test_no_page_of_changes_prints_a_variable_that_isnt_there(everything, strict, client):
    hidden = Part.objects.filter(kind="block", edition__number=1).first()
    builders.withhold_part(hidden, "hidden", authority="A court's order")
    for query in ("", "?from=1&to=3", "?from=2&to=2"):
        response = client.get(f"/stories/{everything.slug}/changes/{query}")
        assert response.status_code == 200
        assert MARKER not in response.content.decode()


def test_no_page_of_a_retracted_story_prints_a_variable_that_isnt_there(everything, strict, client):
    write_note(everything, noted="2012-05-03", changes=[], wrong_since=None, now=LATER)
    write_note(everything, "editors_note", corrects=1, basis="A list.", now=LATER)
    write_note(everything, "retraction", now=LATER)
    assert [address.path for address in addresses() if MARKER in text_of(address)] == []
    assert MARKER not in client.get("/corrections/").content.decode()


@pytest.fixture
def forms(everything):
    """The addresses of a report's form in each of its states, and of a receipt in each of its."""
    form = f"/report-an-error/?story={everything.slug}&edition=1&passage="
    answered = {"state": "answered", "outcome": "no_correction", "sentence": "No.", "answered_at": builders.NOON}
    reports = [builders.make_report(story=everything, **more) for more in ({}, {"right": "April."}, answered)]
    return [f"{form}p1", form, "/report-an-error/", *(f"/report-an-error/{report.pk}/" for report in reports)]


def test_the_form_and_the_receipt_print_no_variable_that_isnt_there(forms, strict, client):
    pages = [client.get(path) for path in forms]
    pages.append(client.post(forms[0], {"address": "x"}, headers={"sec-fetch-site": "same-origin"}))
    assert [page.status_code for page in pages] == [200] * 7
    assert [page.request["PATH_INFO"] for page in pages if MARKER in page.content.decode()] == []


def test_an_empty_site_prints_no_variable_that_isnt_there(db, strict):
    assert [address.path for address in addresses() if MARKER in text_of(address)] == []


@pytest.fixture
def used():
    """The names of the templates that were rendered."""
    names = set()

    def note(template, **kwargs):
        names.add(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


NOT_TAKEN = "/meetings.csv?kind=nonsense"


def test_every_template_of_readers_is_used(everything, forms, settings, client, used):
    list(addresses())
    others = ("/corrections/", "/search/", f"/stories/{everything.slug}/changes/", NOT_TAKEN)
    for path in (*(index.path for index in INDEXES.values()), *others, *forms):
        client.get(path)
    there = {f"public/{path.name}" for path in (settings.BASE_DIR / "templates" / "public").glob("*.html")}
    assert there - used == set()
