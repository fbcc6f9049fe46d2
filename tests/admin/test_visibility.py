"""The screens of every noun: the team gets them, an outsider gets 404 and empty lists, forms refuse hidden rows."""

import pytest
from django.contrib import admin
from django.urls import reverse

from investigations.models import (
    Correction,
    Evidence,
    Meeting,
    MeetingClass,
    Quote,
    Source,
    Story,
)
from tests import builders
from tests.admin.forms import posted

LIMITED = (
    *("investigation", "source", "quote", "meeting", "meetingclass", "story", "passage"),
    *("interview", "correction", "approval", "contribution", "commentrequest", "consent", "withdrawal", "recheck"),
    *("withholdingorder", "legalhold", "investigationpage"),
)
SHARED = ("person", "organization", "role", "author", "policy")
OF_STANDARDS_EDITORS = {"policy", "withholdingorder", "legalhold"}
WRITTEN_BY_SOFTWARE = {"passage", "approval", "contribution", "consent", "recheck"}
# Told to those named on a source and to its handling reporter alone: tests/models/test_secrecy.py.
CONFIDENTIAL = ("identityaccess", "gaterun")
# The inbox has a screen of the desk's: tests/admin/test_report.py.
OURS = [model for model in admin.site._registry if model._meta.app_label == "investigations"]
LIMITED_NOUNS = pytest.mark.parametrize("noun", LIMITED)
EVERY_NOUN = pytest.mark.parametrize("noun", LIMITED + SHARED)


def address(noun, page, *args):
    return reverse(f"admin:investigations_{noun}_{page}", args=args)


def chosen_by_search():
    """Each foreign key that a screen lets one search for, with the noun it leads to."""
    for model in OURS:
        options = admin.site._registry[model]
        for screen in (options, *(inline(model, admin.site) for inline in options.inlines)):
            for name in screen.autocomplete_fields:
                yield screen.model._meta.model_name, name, screen.model._meta.get_field(name).related_model


SEARCHES = sorted({(noun, name, model._meta.model_name) for noun, name, model in chosen_by_search()})
LIMITED_SEARCHES = [search for search in SEARCHES if search[2] in LIMITED]


def found(client, noun, name, term=""):
    query = {"app_label": "investigations", "model_name": noun, "field_name": name, "term": term}
    return client.get(reverse("admin:autocomplete"), query).json()["results"]


def test_every_screen_is_tested():
    assert {model._meta.model_name for model in OURS} == {*LIMITED, *SHARED, *CONFIDENTIAL}
    assert len(LIMITED_SEARCHES) > 10


# --- The team ---


@EVERY_NOUN
def test_the_team_and_standards_editors_list_open_and_trace_it(noun, rows, as_user, reporter, editor, standards):
    row = getattr(rows, noun)
    for user in (reporter, editor, standards):
        client = as_user(user)
        assert row in client.get(address(noun, "changelist")).context["cl"].result_list
        assert client.get(address(noun, "change", row.pk)).status_code == 200
        assert client.get(address(noun, "history", row.pk)).status_code == 200


@EVERY_NOUN
def test_the_add_form_opens_for_what_people_write_and_not_for_what_software_does(noun, rows, as_user, reporter):
    status = as_user(reporter).get(address(noun, "add")).status_code
    assert status == (403 if noun in WRITTEN_BY_SOFTWARE | OF_STANDARDS_EDITORS else 200)


@EVERY_NOUN
def test_nothing_is_deleted_from_a_screen(noun, rows, as_user, standards):
    client, row = as_user(standards), getattr(rows, noun)
    assert client.post(address(noun, "delete", row.pk), {"post": "yes"}).status_code == 403
    client.post(
        address(noun, "changelist"), {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    )
    assert type(row).objects.filter(pk=row.pk).exists()


def test_the_team_finds_its_rows_to_choose(rows, as_user, reporter):
    client = as_user(reporter)
    for noun, name, model in LIMITED_SEARCHES:
        choices = {choice["id"] for choice in found(client, noun, name)}
        assert (noun, name, str(getattr(rows, model).pk) in choices) == (noun, name, True)


# --- The outsider ---


@LIMITED_NOUNS
def test_an_outsider_gets_404_as_for_a_row_that_isnt_there(noun, rows, as_user, outsider):
    client, row = as_user(outsider), getattr(rows, noun)
    for page in ("change", "history", "delete"):
        hidden, missing = (client.get(address(noun, page, pk)) for pk in (row.pk, row.pk + 999))
        assert (page, hidden.status_code, missing.status_code) == (page, 404, 404)
        assert client.post(address(noun, page, row.pk), {"post": "yes"}).status_code == 404


@LIMITED_NOUNS
def test_an_outsiders_list_is_empty_and_says_nothing_of_the_rest(noun, rows, as_user, outsider):
    builders.make_investigation(title="The second quarry nobody knows of")
    response = as_user(outsider).get(address(noun, "changelist"))
    assert response.context["cl"].result_count == 0
    page = response.content.decode()
    told = [rows.investigation.title, "The second quarry", rows.story.headline, rows.source.code_name, "diplomat"]
    assert [words for words in told if words in page] == []


@LIMITED_NOUNS
def test_the_lists_filters_offer_an_outsider_no_hidden_investigation(noun, rows, as_user, reporter):
    builders.make_investigation(title="The second quarry nobody knows of")
    builders.make_investigation(title="The third quarry", team=[reporter])
    page = as_user(reporter).get(address(noun, "changelist")).content.decode()
    assert "The second quarry" not in page


def test_an_outsider_finds_nothing_to_choose(rows, as_user, outsider):
    client = as_user(outsider)
    assert {(noun, name): found(client, noun, name) for noun, name, _ in LIMITED_SEARCHES} == {
        (noun, name): [] for noun, name, _ in LIMITED_SEARCHES
    }


@pytest.mark.parametrize("term", ["diplomat", "region"])
def test_a_search_by_descriptor_shows_the_team_a_code_name_and_nothing_else(rows, as_user, reporter, outsider, term):
    (choice,) = found(as_user(reporter), "quote", "source", term)
    assert choice["text"] == rows.source.code_name
    assert found(as_user(outsider), "quote", "source", term) == []


@pytest.mark.parametrize(
    ("noun", "query"),
    [
        ("quote", "source__descriptor__startswith=a"),
        ("quote", "source__identity=not_held"),
        ("meeting", "source__descriptor__startswith=a"),
        ("evidence", "quote__words__startswith=T"),
        ("person", "quotes__words__startswith=T"),
        ("person", "role_accounts__wording__startswith=a"),
        ("organization", "roles__person__quotes__words__startswith=T"),
    ],
)
def test_an_address_puts_no_question_to_rows_behind_a_row(noun, query, rows, as_user, outsider):
    if noun == "evidence":
        noun, query = "passage", f"evidence__{query}"
    response = as_user(outsider).get(f"{address(noun, 'changelist')}?{query}")
    assert response.status_code in {302, 400}


@pytest.mark.parametrize("who", ["reporter", "outsider"])
@pytest.mark.parametrize("page", ["auth_user_changelist", "auth_group_changelist", "auth_user_add"])
def test_accounts_are_nobodys_business_at_the_desk(who, page, as_user, request):
    assert as_user(request.getfixturevalue(who)).get(reverse(f"admin:{page}")).status_code == 403


def test_colleagues_are_found_by_name_to_put_on_a_team(as_user, reporter, outsider):
    assert [choice["text"] for choice in found(as_user(reporter), "investigation", "team", "outsi")] == ["outsider"]


def test_whoever_is_no_staff_is_sent_to_the_login(client, rows):
    reader = builders.make_user("reader", "Standards editor", is_superuser=False)
    type(reader).objects.filter(pk=reader.pk).update(is_staff=False)
    client.force_login(type(reader).objects.get(pk=reader.pk))
    response = client.get(address("source", "change", rows.source.pk))
    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("admin:login"))


# --- Hidden rows in forms ---

FORMS = [
    ("source", "investigation", "investigation", {"kind": "document", "title": "x"}),
    ("source", "relay", "source", {"kind": "document", "title": "x"}),
    ("source", "origin", "source", {"kind": "document", "title": "x"}),
    ("quote", "investigation", "investigation", {"words": "x", "form": "verbatim"}),
    ("quote", "source", "source", {"words": "x", "form": "verbatim"}),
    ("meeting", "investigation", "investigation", {"title": "x", "kind": "dinner", "established": "document"}),
    ("meeting", "source", "source", {"title": "x", "kind": "dinner", "established": "document"}),
    ("meetingclass", "investigation", "investigation", {"label": "x"}),
    ("meetingclass", "meetings", "meeting", {"label": "x"}),
    ("story", "investigation", "investigation", {"headline": "x"}),
    ("correction", "story", "story", {"note": "x"}),
]
MODELS = {
    "source": Source,
    "quote": Quote,
    "meeting": Meeting,
    "meetingclass": MeetingClass,
    "story": Story,
    "correction": Correction,
}


@pytest.mark.parametrize(("noun", "field", "hidden", "values"), FORMS)
def test_a_form_refuses_a_hidden_row_like_one_that_isnt_there(noun, field, hidden, values, rows, as_user, outsider):
    own = builders.make_investigation(team=[outsider])
    client, before = as_user(outsider), MODELS[noun].objects.count()
    if noun != "correction":
        values = {"investigation": own.pk, **values}
    if noun == "quote":
        values = {"source": builders.make_source(investigation=own).pk, **values}
    empty = client.get(address(noun, "add"))
    errors = []
    for pk in (getattr(rows, hidden).pk, 10**6):
        response = client.post(address(noun, "add"), posted(empty, **{**values, field: pk}))
        errors.append(str(response.context["adminform"].form.errors[field]).replace(str(pk), "…"))
    assert errors[0] == errors[1]
    assert MODELS[noun].objects.count() == before


@pytest.mark.parametrize("record", ["quote", "meeting", "source"])
def test_evidence_refuses_a_hidden_record_like_one_that_isnt_there(record, rows, as_user, outsider):
    own = builders.make_investigation(team=[outsider])
    passage = builders.make_passage(story=builders.make_story(investigation=own))
    client, page = as_user(outsider), address("passage", "change", passage.pk)
    empty = client.get(page)
    for pk in (getattr(rows, record).pk, 10**6):
        response = client.post(page, posted(empty, **{f"evidence-0-{record}": pk}))
        assert record in response.context["inline_admin_formsets"][0].formset.errors[0]
    assert not Evidence.objects.filter(passage=passage).exists()


@pytest.mark.parametrize("said", ["quote", "source"])
def test_an_account_refuses_a_hidden_quote_or_source(said, rows, as_user, outsider):
    own = builders.make_investigation(team=[outsider])
    meeting = builders.make_meeting(investigation=own)
    client, page = as_user(outsider), address("meeting", "change", meeting.pk)
    empty = client.get(page)
    there = "attendances-0"
    account = {"wording": "as chair", "stance": "affirms", said: getattr(rows, said).pk}
    data = {f"{there}-accounts-0-{name}": value for name, value in account.items()}
    response = client.post(page, posted(empty, **data, **{f"{there}-person": rows.person.pk}))
    (row,) = response.context["inline_admin_formsets"][0].formset.forms
    assert row.accounts.errors[0].keys() == {said}
    assert not meeting.role_accounts.exists()
