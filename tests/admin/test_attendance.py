"""The rows of who was there, and the accounts that open under one whose role is in dispute."""

import pytest

from investigations.models import Attendance, Meeting, RoleAccount
from tests import builders
from tests.admin.forms import posted
from tests.admin.test_records import address

ROW = "attendances-0"


@pytest.fixture
def page(investigation, as_user, reporter):
    """The form of a meeting with one person at it."""
    attendance = builders.make_attendance(meeting=builders.make_meeting(investigation=investigation))
    client = as_user(reporter)
    here = address("meeting", "change", attendance.meeting.pk)

    class Form:
        row, meeting, person = attendance, attendance.meeting, attendance.person

        def get(self):
            return client.get(here)

        def post(self, **changes):
            return client.post(here, posted(self.get(), **changes))

    return Form()


@pytest.fixture
def said(investigation):
    return builders.make_quote(investigation=investigation)


def rows_of(response):
    return response.context["inline_admin_formsets"][0].formset.forms


def test_an_account_under_a_row_is_of_its_person_at_this_meeting(page, said):
    account = {"wording": "as a senator", "stance": "affirms", "quote": said.pk}
    changes = {f"{ROW}-accounts-0-{name}": value for name, value in account.items()}
    assert page.post(**changes, **{f"{ROW}-role_in_dispute": "on"}).status_code == 302
    made = RoleAccount.objects.get()
    assert (made.person, made.meeting, made.meeting_class, made.quote) == (page.person, page.meeting, None, said)
    assert Attendance.objects.get().role_in_dispute


def test_an_account_may_be_about_a_class_of_meetings(page, said, investigation):
    group = builders.make_meeting_class(investigation=investigation, meetings=[page.meeting])
    account = {"wording": "as a senator", "stance": "questions", "quote": said.pk, "meeting_class": group.pk}
    page.post(**{f"{ROW}-accounts-0-{name}": value for name, value in account.items()})
    made = RoleAccount.objects.get()
    assert (made.person, made.meeting, made.meeting_class) == (page.person, None, group)


def test_a_row_shows_the_accounts_of_its_person_here_and_of_the_classes(page, investigation):
    group = builders.make_meeting_class(investigation=investigation, meetings=[page.meeting])
    here = builders.make_role_account(meeting=page.meeting, person=page.person)
    general = builders.make_role_account(meeting_class=group, person=page.person)
    builders.make_role_account(meeting=page.meeting)
    assert rows_of(page.get())[0].accounts.get_queryset() == [here, general]


def test_saving_what_was_shown_changes_nothing(page, investigation):
    group = builders.make_meeting_class(investigation=investigation, meetings=[page.meeting])
    builders.make_role_account(meeting=page.meeting, person=page.person)
    builders.make_role_account(meeting_class=group, person=page.person)
    before = list(RoleAccount.objects.values())
    assert page.post().status_code == 302
    assert list(RoleAccount.objects.values()) == before


def test_an_account_is_taken_away_by_its_box(page):
    builders.make_role_account(meeting=page.meeting, person=page.person)
    page.post(**{f"{ROW}-accounts-0-DELETE": "on"})
    assert not RoleAccount.objects.exists()


def test_a_row_given_to_somebody_else_takes_its_accounts_along(page, investigation):
    account = builders.make_role_account(meeting=page.meeting, person=page.person)
    other = builders.make_person()
    page.post(**{f"{ROW}-person": other.pk, f"{ROW}-accounts-0-wording": "as a guest"})
    account.refresh_from_db()
    assert (account.person, account.wording) == (other, "as a guest")


@pytest.mark.parametrize(
    ("account", "field"),
    [
        ({"wording": "as a senator", "stance": "affirms"}, "__all__"),
        ({"stance": "affirms", "quote": "said"}, "wording"),
    ],
)
def test_what_is_wrong_with_an_account_is_said_in_it_and_nothing_is_saved(page, said, account, field):
    changes = {f"{ROW}-accounts-0-{name}": said.pk if value == "said" else value for name, value in account.items()}
    response = page.post(**changes, **{f"{ROW}-role_note": "who invited him"})
    (row, *_) = rows_of(response)
    assert row.accounts.errors[0].keys() == {field}
    assert row.non_field_errors() == ["Something is wrong with an account under this row."]
    assert not RoleAccount.objects.exists()
    assert Attendance.objects.get().role_note == ""


def test_an_account_of_nobody_is_refused_at_the_person(page, said):
    account = {"wording": "as a senator", "stance": "affirms", "quote": said.pk}
    response = page.post(**{f"attendances-1-accounts-0-{name}": value for name, value in account.items()})
    assert "Accounts are about somebody named: choose whom." in rows_of(response)[1].errors["person"]
    assert not RoleAccount.objects.exists()


def test_a_meeting_without_anyone_is_refused_above_the_rows(investigation, as_user, reporter):
    client, here = as_user(reporter), address("meeting")
    values = {"investigation": investigation.pk, "title": "Visit", "kind": "dinner", "established": "document"}
    response = client.post(here, posted(client.get(here), **values))
    (formset,) = (inline.formset for inline in response.context["inline_admin_formsets"])
    assert "Say who was there" in formset.non_form_errors()[0]
    assert not Meeting.objects.exists()


def test_the_last_row_of_a_meeting_stays(page):
    response = page.post(**{f"{ROW}-DELETE": "on"})
    assert "Say who was there" in response.context["inline_admin_formsets"][0].formset.non_form_errors()[0]
    assert Attendance.objects.exists()


def test_pasted_names_are_somebody(investigation, as_user, reporter):
    client, here = as_user(reporter), address("meeting")
    values = {"investigation": investigation.pk, "title": "Visit", "kind": "dinner", "established": "document"}
    builders.make_person(name="Lee Sample")
    response = client.post(here, posted(client.get(here), **values, names="Lee Sample\nother ambassadors (6)"))
    assert response.status_code == 302
    assert [(row.position, row.headcount) for row in Meeting.objects.get().attendances.all()] == [(1, 1), (2, 6)]


def test_a_new_row_stands_behind_those_that_are_there(page):
    page.row.position = 4
    page.row.save()
    page.post(**{"attendances-1-descriptor": "two aides", "attendances-1-headcount": 2})
    assert Attendance.objects.get(descriptor="two aides").position == 5


def test_a_row_says_what_the_roles_on_file_say_of_that_day(page):
    builders.make_role(person=page.person, title="harbor master", since="2010", in_office=True)
    assert "From the roles: harbor master." in page.get().content.decode()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"when": "September 2016"}, "From the roles: harbor master."),
        ({"when": "2009"}, "The roles on file say nothing of that day."),
        ({"when": "sometime"}, ""),
        ({"when": "2016", "person": ""}, ""),
        ({"when": "2016", "person": "9" * 30}, ""),
    ],
)
def test_a_script_may_ask_for_somebodys_roles_on_a_day(asked, says, as_user, reporter):
    role = builders.make_role(title="harbor master", since="2010", in_office=True)
    answer = as_user(reporter).get("/admin/role-words/", {"person": role.person.pk, **asked})
    assert answer.json() == {"understood": says}
