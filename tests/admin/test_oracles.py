"""What is hidden can't be asked out: no answer tells a right guess at another team's words from a wrong one."""

import pytest
from django.db import models
from django.urls import reverse

from investigations.models import Correction, Evidence, Investigation, Quote, Source
from tests import builders
from tests.admin import canaries
from tests.admin.canaries import OURS, WORD, WRONG, address, alike
from tests.models.test_every_model import builder_of
from tests.standing import standing

UNLIKELY = 73_400_210
"""A row's number that is no part of any other number on a page."""

EXCHANGED = ("person", "organization", "role", "source", "quote", "meeting")
NOUNS = pytest.mark.parametrize("noun", OURS)


@pytest.fixture(scope="module")
def desk(django_db_setup, django_db_blocker):
    """Rows of others, a word in every field; no test here writes to them."""
    with standing(django_db_blocker):
        yield canaries.desk()


# --- Every address ---


def test_an_outsider_gets_none_of_the_words_at_any_address(desk, own, outsider, as_user):
    client = as_user(outsider)
    seen = {}
    for name, href in canaries.addresses(desk):
        if name == "logout":
            continue
        for response in (client.get(href), client.get(f"{href}?_popup=1"), client.get(href, follow=True)):
            assert response.status_code < 500, name
            assert WORD not in response.content.decode().lower(), name
            seen[name] = response.status_code
    assert len(seen) > 100
    assert list(seen.values()).count(200) > 50


def test_the_words_are_there_for_those_who_may_see_them(desk, standards, as_user):
    client, found = as_user(standards), set()
    for name, href in canaries.addresses(desk):
        if name != "logout" and WORD in client.get(href).content.decode().lower():
            found |= {*name.split("_")}
    assert found >= {"story", "source", "quote", "meeting", "meetingclass", "passage", "correction", "investigation"}


@pytest.mark.parametrize("noun", EXCHANGED)
@pytest.mark.parametrize("format_", ["csv", "json"])
def test_an_outsider_takes_none_of_the_words_away_in_a_file(noun, format_, desk, own, outsider, standards, as_user):
    page = address(noun, "export")
    assert WORD not in as_user(outsider).post(page, {"format": format_}).getvalue().decode().lower()
    told = as_user(standards).post(page, {"format": format_}).getvalue().decode().lower()
    assert (WORD in told) == (noun in {"source", "quote", "meeting"})


# --- Questions to lists ---


def ways_from(model, steps):
    """Every path from a model to a text field, over so many relations in either direction."""
    for field in model._meta.get_fields(include_hidden=True):
        name = field.name
        if field.is_relation:
            if not field.related_model or name.endswith("+"):
                continue
            yield name
            yield f"{name}__isnull"
            if steps:
                yield from (f"{name}__{rest}" for rest in ways_from(field.related_model, steps - 1))
        elif isinstance(field, models.CharField | models.TextField):
            yield f"{name}__startswith"
        else:
            yield name


@NOUNS
def test_a_list_answers_its_own_filters_and_no_other_question(noun):
    screen = OURS[noun]
    declared = {
        each if isinstance(each, str) else each[0] for each in screen.list_filter if not isinstance(each, type)
    }
    assert all(not screen.model._meta.get_field(name).is_relation for name in declared)
    asked = {name for name in ways_from(screen.model, 2) if screen.lookup_allowed(name, "x")}
    named = {each.parameter_name for each in screen.list_filter if isinstance(each, type)}
    assert {name.partition("__")[0] for name in asked - named} <= declared
    assert not screen.lookup_allowed("pk", "1")
    assert not screen.lookup_allowed("password", "x")


QUESTIONS = [
    ("source", "sealed_identity__token__startswith"),
    ("source", "sealed_identity__isnull"),
    ("source", "confidants__user"),
    ("source", "identity_log__reason__startswith"),
    ("source", "descriptor__startswith"),
    ("quote", "source__sealed_identity__token__startswith"),
    ("quote", "source__descriptor__startswith"),
    ("interview", "source__confidants__user__username"),
    ("meeting", "source__title__startswith"),
    ("investigation", "team__username"),
    ("passage", "evidence__quote__words__startswith"),
    ("correction", "story__body__contains"),
    ("identityaccess", "reason__startswith"),
    ("identityaccess", "source__code_name"),
    ("person", "quotes__words__startswith"),
    ("person", "quotes__isnull"),
    ("person", "quotes"),
    ("person", "sources__descriptor__startswith"),
    ("person", "attendances__meeting__title__startswith"),
    ("person", "role_accounts__wording__startswith"),
    ("person", "comment_requests__about__contains"),
    ("organization", "comment_requests__story__headline__startswith"),
    ("organization", "roles__person__quotes__words__startswith"),
    ("role", "person__sources__isnull"),
    ("author", "bylines__story__headline__startswith"),
    ("author", "user__password__startswith"),
    ("policy", "edited_by__password__startswith"),
]


@pytest.mark.parametrize("page", ["changelist", "export"])
def test_a_list_and_a_file_answer_a_right_guess_like_a_wrong_one(page, desk, own, outsider, as_user):
    client = as_user(outsider)
    guesses = (WORD, WRONG, "0", "1", desk.other.pk, desk.other.username, desk.rows["PersonsQuote"].pk)
    asked = [(n, q) for n, q in QUESTIONS if page == "changelist" or n in EXCHANGED]
    for noun, question in asked:
        href = f"{address(noun, page)}?{question}="
        answers = [alike(client.get(f"{href}{guess}"), f"={guess}") for guess in guesses]
        assert answers == [answers[0]] * len(answers), href
        assert answers[0][0] in {302, 400}, href


def test_a_search_answers_a_right_guess_like_a_wrong_one(desk, own, outsider, as_user):
    client = as_user(outsider)
    for noun in OURS:
        page = address(noun, "changelist")
        guesses = (WORD, WRONG, f"{WORD}-source", desk.unnamed.code_name)
        assert len({alike(client.get(f"{page}?q={guess}"), guess) for guess in guesses}) == 1, noun


def test_a_list_in_any_order_holds_no_more_rows(desk, own, outsider, as_user):
    client = as_user(outsider)
    for noun, screen in OURS.items():
        page = address(noun, "changelist")
        count = client.get(page).context["cl"].result_count
        for number in range(1, len(screen.list_display) + 2):
            for order in (f"{number}", f"-{number}"):
                response = client.get(f"{page}?o={order}")
                assert WORD not in response.content.decode().lower(), (noun, order)
                assert response.context["cl"].result_count == count, (noun, order)


@pytest.mark.parametrize(("noun", "filter_"), [(n, "investigation") for n in ("source", "quote", "meeting", "story")])
def test_the_number_of_a_hidden_investigation_answers_like_one_that_isnt_there(
    noun, filter_, desk, own, outsider, as_user
):
    hidden = builders.make_investigation(pk=UNLIKELY, team=[desk.other])
    OURS[noun].model.objects.filter(investigation=desk.hidden).update(investigation=hidden)
    client, page = as_user(outsider), address(noun, "changelist")
    answers = {alike(client.get(f"{page}?{filter_}={pk}"), str(pk)) for pk in (UNLIKELY, UNLIKELY + 1)}
    assert len(answers) == 1


@pytest.mark.parametrize("name", ["_to_field", "_popup", "_facets", "e", "p", "all", "_source_model"])
def test_what_a_popup_asks_for_tells_nothing(name, desk, own, outsider, as_user):
    client = as_user(outsider)
    for value in ("slug", "code_name", "token", "1"):
        for noun in ("source", "quote", "person"):
            response = client.get(f"{address(noun, 'changelist')}?{name}={value}")
            assert response.status_code in {200, 302, 400}
            assert WORD not in response.content.decode().lower()


@pytest.mark.parametrize(
    ("noun", "field"), [("source", "code_name"), ("meeting", "slug"), ("quote", "slug"), ("story", "slug")]
)
def test_a_form_opened_by_another_field_answers_alike(noun, field, desk, outsider, as_user):
    client = as_user(outsider)
    right = getattr({row._meta.model_name: row for row in desk.rows.values()}[noun], field)
    answers = {
        alike(client.get(f"{address(noun, page, guess)}?_to_field={field}"), guess)
        for guess in (right, WRONG)
        for page in ("change",)
    }
    assert len(answers) == 1


# --- Fields that choose ---


def choices():
    """Each foreign key of a screen that leads to rows of a team."""
    limited = {
        model for model in (screen.model for screen in OURS.values()) if getattr(model.objects.all(), "team_path", "")
    }
    for noun, screen in OURS.items():
        for field in screen.model._meta.concrete_fields:
            if field.related_model in limited and noun not in {
                "approval",
                "contribution",
                "identityaccess",
                "passage",
                "recheck",
            }:
                yield noun, field.name


@pytest.mark.parametrize(("noun", "field"), [*choices()])
def test_a_form_filled_by_its_address_shows_no_hidden_row(noun, field, desk, own, outsider, as_user):
    client, model = as_user(outsider), OURS[noun].model._meta.get_field(field).related_model
    within = {} if model is Investigation else {"investigation": desk.hidden}
    if model is Correction:
        within = {"story": builders.make_story(investigation=desk.hidden)}
    canaries.plant(builder_of(model)(pk=UNLIKELY, **within))
    pages = (client.get(f"{address(noun, 'add')}?{field}={pk}") for pk in (UNLIKELY, UNLIKELY + 1))
    hidden, missing = (alike(page, str(pk)) for page, pk in zip(pages, (UNLIKELY, UNLIKELY + 1), strict=True))
    assert hidden == missing
    assert WORD not in hidden[2]


def test_an_autocomplete_answers_a_right_guess_like_a_wrong_one(desk, own, outsider, as_user):
    client, href = as_user(outsider), reverse("admin:autocomplete")
    for noun, field in choices():
        query = {"app_label": "investigations", "model_name": noun, "field_name": field}
        answers = {alike(client.get(href, {**query, "term": guess}), guess) for guess in (WORD, WRONG)}
        assert len(answers) == 1, (noun, field)


@pytest.mark.parametrize(
    ("noun", "field"), [("sourceidentity", "source"), ("confidant", "source"), ("clearance", "story")]
)
def test_a_model_without_a_screen_lends_its_fields_to_no_search(noun, field, desk, own, outsider, as_user):
    query = {"app_label": "investigations", "model_name": noun, "field_name": field, "term": WORD}
    response = as_user(outsider).get(reverse("admin:autocomplete"), query)
    assert WORD not in response.content.decode()
    assert response.json().get("results", []) == []


# --- The desk that is asked ---


def test_it_is_full(desk):
    assert Quote.objects.filter(words__startswith=WORD).exists()
    assert Source.objects.filter(descriptor__startswith=WORD).exists()
    assert Source.objects.filter(code_name__startswith=WORD).exists()
    assert Evidence.objects.filter(label__startswith=WORD).exists()
