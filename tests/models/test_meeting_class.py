"""A class of meetings holds meetings of its own investigation, however they are put in."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from tests import builders
from tests.admin.forms import posted

SAID = "A meeting of another investigation can't be among them."


@pytest.fixture
def group(investigation):
    return builders.make_meeting_class(investigation=investigation)


WAYS = {
    "add": lambda group, meeting: group.meetings.add(meeting),
    "add by number": lambda group, meeting: group.meetings.add(meeting.pk),
    "set": lambda group, meeting: group.meetings.set([meeting]),
    "create": lambda group, meeting: group.meetings.create(
        investigation=meeting.investigation, title="x", kind="dinner", established="document"
    ),
    "from the meeting": lambda group, meeting: meeting.classes.add(group),
    "set from the meeting": lambda group, meeting: meeting.classes.set([group]),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_meeting_of_another_investigation_is_refused(way, group):
    meeting = builders.make_meeting()
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        WAYS[way](group, meeting)
    assert refused.value.message_dict == {"meetings": [SAID]}
    assert not group.meetings.exists()


@pytest.mark.parametrize("way", WAYS)
def test_a_meeting_of_its_own_is_taken(way, group):
    WAYS[way](group, builders.make_meeting(investigation=group.investigation))
    assert group.meetings.count() == 1


def test_a_class_with_meetings_stays_in_its_investigation(group):
    group.meetings.add(builders.make_meeting(investigation=group.investigation))
    group.investigation = builders.make_investigation()
    with pytest.raises(ValidationError) as refused:
        group.full_clean()
    assert refused.value.message_dict == {"meetings": [SAID]}


def test_a_meeting_in_a_class_stays_in_its_investigation(group):
    meeting = builders.make_meeting(investigation=group.investigation)
    group.meetings.add(meeting)
    meeting.investigation = builders.make_investigation()
    with pytest.raises(ValidationError) as refused:
        meeting.full_clean()
    assert "It is in a class of meetings" in refused.value.message_dict["investigation"][0]


def test_the_form_says_so_at_its_field(group, investigation, as_user, reporter):
    other = builders.make_meeting(investigation=builders.make_investigation(team=[reporter]))
    client, page = as_user(reporter), reverse("admin:investigations_meetingclass_change", args=[group.pk])
    response = client.post(page, posted(client.get(page), meetings=[other.pk]))
    assert response.context["adminform"].form.errors["meetings"] == [SAID]
    assert not group.meetings.exists()
