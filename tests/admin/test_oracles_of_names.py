"""Names that are taken, echoes, shared people: what answers a guess answers right and wrong ones alike."""

from types import SimpleNamespace

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from investigations.models import Investigation
from tests import builders
from tests.admin import canaries
from tests.admin.canaries import OURS, WRONG, address, alike
from tests.admin.files import confirm, upload
from tests.admin.forms import posted
from tests.standing import standing


@pytest.fixture(scope="module")
def desk(django_db_setup, django_db_blocker):
    """Rows of others, a word in every field; no test here writes to them."""
    with standing(django_db_blocker):
        yield canaries.desk()


# --- Names that are taken ---

FORMS = {
    "source": ("code_name", {"kind": "document", "title": "x"}),
    "quote": ("slug", {"words": "x", "form": "verbatim"}),
    "meeting": ("slug", {"title": "x", "kind": "dinner", "established": "document", "names": "a pilot"}),
    "meetingclass": ("slug", {"label": "x"}),
    "story": ("slug", {"headline": "x"}),
    "interview": ("slug", {"manner": "telephone"}),
}


@pytest.mark.parametrize("noun", FORMS)
def test_a_form_takes_a_name_that_a_hidden_row_has_like_one_that_is_free(noun, desk, own, outsider, as_user):
    field, values = FORMS[noun]
    client, model, answers = as_user(outsider), OURS[noun].model, []
    row = {row._meta.model_name: row for row in desk.rows.values()}[noun]
    for guess in (getattr(row, field), f"{WRONG}-name"):
        values = {"investigation": own.investigation.pk, **values, field: guess}
        if noun in {"quote", "interview"}:
            values["source"] = own.source.pk
        page = address(noun, "add")
        response = client.post(page, posted(client.get(page), **values), follow=True)
        made = model.objects.get(investigation=own.investigation, **{field: guess})
        told = [
            str(message).replace(guess, "…").replace(f"/{made.pk}/", "/…/")
            for message in response.context["messages"]
        ]
        answers.append((response.redirect_chain, told))
    assert answers[0] == answers[1]


def test_an_investigations_short_name_is_no_question_to_ask(desk, outsider, standards, as_user):
    client, page, answers = as_user(outsider), address("investigation", "add"), []
    for guess in (desk.hidden.slug, WRONG):
        response = client.post(page, posted(client.get(page), title="New", slug=guess))
        answers.append(response.status_code)
        assert not Investigation.objects.visible_to(outsider).filter(slug=guess).exists()
    assert answers == [302, 302]
    client = as_user(standards)
    client.post(page, posted(client.get(page), title="New", slug="by-hand"))
    assert Investigation.objects.filter(slug="by-hand").exists()


@pytest.mark.parametrize("noun", ["source", "quote", "meeting"])
def test_an_import_takes_a_name_that_a_hidden_row_has_like_one_that_is_free(noun, desk, own, outsider, as_user):
    field, _ = FORMS[noun]
    rows = {
        "source": {"kind": "document", "title": "Minutes"},
        "quote": {"source": own.source.code_name, "words": "Yes"},
        "meeting": {
            "title": "Visit",
            "kind": "dinner",
            "how we know": "document",
            "person": "",
            "descriptor": "an aide",
        },
    }
    hidden = {row._meta.model_name: row for row in desk.rows.values()}[noun]
    client, answers = as_user(outsider), []
    for guess in (getattr(hidden, field), WRONG):
        row = {field.replace("slug", "short name").replace("_", " "): guess, "investigation": "own", **rows[noun]}
        preview = upload(client, noun, [row])
        done = client.get(confirm(client, noun, preview).url)
        told = [str(message) for message in done.context["messages"]]
        seen = alike(preview, guess, preview.context["upload"])
        answers.append(
            (seen, told, OURS[noun].model.objects.filter(investigation=own.investigation, **{field: guess}).count())
        )
    assert answers[0] == answers[1]
    assert answers[0][2] == 1


# --- Echoes ---


def test_reading_a_pasted_quote_says_nothing_of_a_hidden_source(desk, own, outsider, as_user):
    nobody = builders.make_person(name="Nobody Sourced")
    client, page = as_user(outsider), address("quote", "read")
    answers = {
        alike(client.post(page, {"pasted": f"“So it was” ({person.name}, hearing)"}), person.name, f'"{person.pk}"')
        for person in (desk.person, nobody)
    }
    assert len(answers) == 1


@pytest.mark.parametrize("field", ["relay", "origin", "investigation"])
def test_the_source_preview_says_nothing_of_a_hidden_row(field, desk, own, outsider, as_user):
    client, page = as_user(outsider), address("source", "preview")
    row = desk.hidden if field == "investigation" else desk.rows["Source"]
    answers = {
        alike(client.post(page, {"kind": "document", "title": "Minutes", field: pk, "code_name": name}))
        for pk in (row.pk, row.pk + 999)
        for name in (desk.rows["Source"].code_name, WRONG)
    }
    assert len(answers) == 1


def test_what_echoes_dates_and_roles_says_the_same_of_somebody_in_hidden_work(desk, outsider, as_user):
    other = builders.make_role().person
    client = as_user(outsider)
    answers = {
        alike(client.get(reverse("admin:role_words"), {"person": person.pk, "when": "2016"}))
        for person in (desk.person, other)
    }
    assert len(answers) == 1


def test_the_way_to_a_row_on_the_site_is_closed_to_every_row(desk, outsider, as_user):
    client, row = as_user(outsider), desk.rows["Source"]
    kind = ContentType.objects.get_for_model(row).pk
    answers = {alike(client.get(reverse("admin:view_on_site", args=[kind, pk]))) for pk in (row.pk, row.pk + 999)}
    assert len(answers) == 1


# --- People and bodies that the newsroom shares ---


def pages_of(client, found):
    """Everything that an outsider is shown of somebody and of a body."""
    told = {}
    for noun, row in (("person", found.person), ("organization", found.organization), ("role", found.role)):
        for page in ("change", "history", "delete"):
            told[noun, page] = alike(client.get(address(noun, page, row.pk)))
        for query in ("", "?q=Shared", "?o=1", "?o=-2"):
            told[noun, query] = alike(client.get(address(noun, "changelist") + query))
    told["index"] = alike(client.get(reverse("admin:index")))
    query = {"app_label": "investigations", "model_name": "quote", "field_name": "speaker", "term": "Shared"}
    told["search"] = alike(client.get(reverse("admin:autocomplete"), query))
    return told


def test_work_that_is_hidden_changes_nothing_on_the_pages_of_people_and_bodies(outsider, editor, reporter, as_user):
    person, organization = builders.make_person(name="Dana Shared"), builders.make_organization(name="Shared Works")
    role = builders.make_role(person=person, organization=organization)
    shared = SimpleNamespace(person=person, organization=organization, role=role)
    hidden = builders.make_investigation(team=[reporter, editor], handling_reporter=reporter)
    story = builders.make_ready_story(investigation=hidden, by=reporter)
    meeting = builders.make_meeting(investigation=hidden)
    builders.make_attendance(meeting=meeting, descriptor="a pilot")
    builders.make_evidence(passage=story.passages.first(), meeting=meeting)
    builders.publish_story(story, reporter=reporter, editor=editor)
    client = as_user(outsider)
    before = pages_of(client, shared)
    source = builders.make_source(investigation=hidden, person=person)
    builders.make_attendance(meeting=meeting, person=person)  # at a meeting that readers know, and they not of this
    builders.make_role_account(meeting=meeting, person=person, quote=builders.make_quote(source=source))
    builders.make_evidence(passage=story.passages.last(), quote=builders.make_quote(source=source))
    builders.make_interview(source=source)
    builders.make_comment_request(story=story, person=person)
    builders.make_comment_request(story=story, organization=organization)
    builders.make_meeting_class(investigation=hidden, subject=person, meetings=[meeting])
    assert pages_of(client, shared) == before


def test_merging_is_refused_before_anything_is_looked_up(desk, outsider, reporter, as_user):
    for user in (outsider, reporter):
        client = as_user(user)
        answers = {
            alike(client.get(address("person", "merge", pk), {"slug": slug}))
            for pk in (desk.person.pk, 10**6)
            for slug in (desk.person.slug, WRONG)
        }
        assert {status for status, _, _ in answers} == {403}
        assert len(answers) == 1


# --- What somebody did before they left the team ---


def test_whoever_left_the_team_finds_its_words_no_longer_on_their_front_page(story, reporter, as_user):
    client, page = as_user(reporter), address("story", "change", story.pk)
    client.post(page, posted(client.get(page), standfirst="New words"))
    assert LogEntry.objects.filter(user=reporter, object_repr=story.headline).exists()
    assert story.headline in client.get(page).content.decode()  # which also takes up the message
    story.investigation.team.remove(reporter)
    assert story.headline not in client.get(reverse("admin:index")).content.decode()
