"""No drop-down of the desk and no filter grows with its rows: one searches, or is offered so many."""

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin, RelatedFieldWidgetWrapper
from django.contrib.auth.models import Group
from django.test import RequestFactory

from investigations.admin.filters import OFFERED
from investigations.models import Investigation
from investigations.record.models import Report, StoryRow
from tests import builders
from tests.admin.files import address

OURS = {model: screen for model, screen in admin.site._registry.items() if model not in {Group}}
EVERY_SCREEN = pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)

ONCE = dict.fromkeys(("published_at", "changed_at", "told_at"), builders.NOON)
# Choices among rows of which a newsroom never has many.
FEW = {"User.groups": "four groups", "User.user_permissions": "what the software knows"}


@pytest.fixture
def request_of(db):
    request = RequestFactory().get("/admin/")
    request.user = builders.make_user("owner", is_superuser=True)
    return request


def fields_of(screen, request):
    """Every field of a screen's form and of the rows below, by name."""
    for name, field in screen.get_form(request, change=not screen.has_add_permission(request))().fields.items():
        yield f"{screen.model.__name__}.{name}", field
    for inline in screen.get_inline_instances(request):
        for name, field in inline.get_formset(request).form().fields.items():
            yield f"{inline.model.__name__}.{name}", field


def is_searched(field):
    widget = field.widget
    widget = widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget
    return isinstance(widget, AutocompleteMixin | forms.HiddenInput)


@EVERY_SCREEN
def test_whoever_chooses_a_row_searches_for_it(model, request_of):
    fields = dict(fields_of(OURS[model], request_of))
    choosing = {name for name, field in fields.items() if isinstance(field, forms.ModelChoiceField)}
    assert {name for name in choosing if not is_searched(fields[name])} <= FEW.keys()


def test_there_are_choices_to_look_at(request_of):
    found = [name for screen in OURS.values() for name, field in fields_of(screen, request_of) if is_searched(field)]
    assert {"Quote.source", "Attendance.person", "Evidence.quote", "Story.investigation"} <= set(found)


@EVERY_SCREEN
def test_a_filter_offers_no_more_with_more_rows(model, request_of):
    Investigation.objects.bulk_create(
        Investigation(title=f"Work {number:03}", slug=f"w-{number}") for number in range(OFFERED + 20)
    )
    stories = StoryRow.objects.bulk_create(
        StoryRow(work=f"story:{number}", slug=f"s-{number}", headline=f"Work {number:03}", edition=1, **ONCE)
        for number in range(OFFERED + 20)
    )
    Report.objects.bulk_create(
        Report(work=row.work, wrong="x", edition=1, received_at=builders.NOON) for row in stories
    )
    shown = OURS[model].get_changelist_instance(request_of)
    offered = {spec.title: len(list(spec.choices(shown))) for spec in shown.filter_specs}
    assert {title: count for title, count in offered.items() if count > OFFERED + 1} == {}


def test_beyond_what_is_offered_one_types_words_of_a_name(as_user, standards, outsider):
    works = [builders.make_investigation(title=f"Work {number:03}") for number in range(OFFERED + 20)]
    story = builders.make_story(investigation=works[-1], headline="The pier")
    builders.make_story(investigation=works[0], headline="The quarry")
    works[0].team.add(outsider)
    page = address("story", "changelist")
    listed = lambda user, **query: list(as_user(user).get(page, query).context["cl"].result_list)  # noqa: E731
    assert 'id="filter_investigation"' in as_user(standards).get(page).content.decode()
    assert listed(standards, investigation="work 069") == [story]
    assert listed(standards, investigation=str(works[-1].pk)) == [story]
    assert listed(standards, investigation="nothing") == []
    assert listed(outsider, investigation="work 069") == []
    assert 'id="filter_investigation"' not in as_user(outsider).get(page).content.decode()
