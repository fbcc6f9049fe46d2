"""Who sees what: the team and standards editors, and nobody else; what the three groups may do."""

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.core.management import call_command

from investigations.models import groups
from tests import builders


def story_of(investigation):
    return builders.make_story(investigation=investigation, body="The board [met in March]{#p1}.")


def passage_of(investigation):
    return builders.make_passage(story=story_of(investigation))


def unnamed(investigation):
    return builders.make_source(investigation=investigation, descriptor="a former official", identity="known")


# Limited more narrowly than by team: tests/models/test_secrecy.py and tests/publishing/test_gate.py.
OF_WHOM_IT_CONCERNS = {"IdentityAccess", "GateRun", "GateFinding"}
# How to make a row of each kind in an investigation.
OF_A_TEAM = {
    "SourceIdentity": lambda work: builders.make_source_identity(source=unnamed(work)),
    "Confidant": lambda work: builders.make_confidant(source=unnamed(work)),
    "Investigation": lambda team: team,
    "Source": lambda team: builders.make_source(investigation=team),
    "Quote": lambda team: builders.make_quote(investigation=team),
    "Interview": lambda team: builders.make_interview(investigation=team),
    "Coverage": lambda team: builders.make_coverage(source=builders.make_source(investigation=team)),
    "Meeting": lambda team: builders.make_meeting(investigation=team),
    "Attendance": lambda team: builders.make_attendance(meeting=builders.make_meeting(investigation=team)),
    "MeetingClass": lambda team: builders.make_meeting_class(investigation=team),
    "RoleAccount": lambda team: builders.make_role_account(meeting=builders.make_meeting(investigation=team)),
    "Story": story_of,
    "Figure": lambda team: builders.make_figure(story=story_of(team)),
    "CommentRequest": lambda team: builders.make_comment_request(story=story_of(team)),
    "Byline": lambda team: builders.make_byline(story=story_of(team)),
    "Passage": passage_of,
    "Evidence": lambda team: builders.make_evidence(passage=passage_of(team)),
    "Correction": lambda team: builders.make_correction(story=story_of(team)),
    "Approval": lambda team: builders.make_approval(story=story_of(team)),
    "Contribution": lambda team: builders.make_contribution(story=story_of(team)),
    "Consent": lambda team: builders.make_consent(quote=builders.make_quote(investigation=team)),
    "Withdrawal": lambda team: builders.make_withdrawal(source=builders.make_source(investigation=team)),
}
OF_EVERYBODY = {
    "Person": builders.make_person,
    "Organization": builders.make_organization,
    "Role": builders.make_role,
    "Merger": builders.make_merger,
    "Author": builders.make_author,
    "Policy": builders.make_policy,
}
UNLIMITED = {
    "Demonstration": "holds nothing but when the demo made its database",
    "PasswordHold": "asked for by the verbs of the vault alone",
}
TEAM = pytest.mark.parametrize("name", OF_A_TEAM)
SHARED = pytest.mark.parametrize("name", OF_EVERYBODY)


def seen_by(user, row):
    return type(row).objects.visible_to(user).filter(pk=row.pk).exists()


@pytest.fixture
def gone(investigation):
    """Was on the team, and has left the newsroom."""
    user = builders.make_user("gone", "Standards editor")
    investigation.team.add(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def not_staff(investigation):
    """On the team, without a way into the desk."""
    user = builders.make_user("reader", "Standards editor")
    investigation.team.add(user)
    User.objects.filter(pk=user.pk).update(is_staff=False)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def editor_elsewhere(db):
    """An editor on the team of something else."""
    user = builders.make_user("editor-elsewhere", "Editor")
    builders.make_investigation(team=[user])
    return user


def test_every_model_is_limited_or_says_why_not():
    models = {model.__name__: model for model in apps.get_app_config("investigations").get_models()}
    limited = {name for name, model in models.items() if hasattr(model._default_manager.all(), "visible_to")}
    assert limited == OF_A_TEAM.keys() | OF_EVERYBODY.keys() | OF_WHOM_IT_CONCERNS
    assert models.keys() - limited == UNLIMITED.keys()


@TEAM
def test_the_team_sees_it(name, investigation, reporter, editor):
    row = OF_A_TEAM[name](investigation)
    assert seen_by(reporter, row)
    assert seen_by(editor, row)


@TEAM
def test_standards_editors_and_superusers_see_it(name, investigation, standards):
    row = OF_A_TEAM[name](investigation)
    assert seen_by(standards, row)
    assert seen_by(builders.make_user("root", is_superuser=True), row)


@TEAM
def test_nobody_beside_the_team_sees_it(name, investigation, outsider, editor_elsewhere):
    row = OF_A_TEAM[name](investigation)
    assert not seen_by(outsider, row)
    assert not seen_by(editor_elsewhere, row)


@TEAM
def test_nobody_sees_it_who_has_left_or_has_no_way_in(name, investigation, gone, not_staff):
    row = OF_A_TEAM[name](investigation)
    assert not seen_by(gone, row)
    assert not seen_by(not_staff, row)
    assert not seen_by(AnonymousUser(), row)


@SHARED
def test_people_organizations_and_offices_are_the_whole_newsrooms(name, outsider, gone, not_staff):
    row = OF_EVERYBODY[name]()
    assert seen_by(outsider, row)
    assert not seen_by(gone, row)
    assert not seen_by(not_staff, row)


def test_an_account_of_a_class_of_meetings_is_limited_by_the_class(investigation, reporter, outsider):
    group = builders.make_meeting_class(investigation=investigation)
    account = builders.make_role_account(meeting_class=group)
    assert seen_by(reporter, account)
    assert not seen_by(outsider, account)


def test_two_on_the_team_are_one_row_and_not_two(investigation, reporter):
    OF_A_TEAM["Source"](investigation)
    assert apps.get_model("investigations", "Source").objects.visible_to(reporter).count() == 1


def test_whoever_leaves_the_team_sees_no_more_of_it(investigation, reporter):
    row = OF_A_TEAM["Source"](investigation)
    investigation.team.remove(reporter)
    assert not seen_by(reporter, row)


# --- Groups ---


@pytest.mark.parametrize("name", groups.MAY)
def test_a_group_has_exactly_its_permissions(name, db):
    held = Group.objects.get(name=name).permissions
    assert set(held.values_list("codename", flat=True)) == groups.MAY[name]
    assert set(held.values_list("content_type__app_label", flat=True)) == {"investigations"}


def test_each_group_may_do_all_that_the_one_before_it_may(db):
    reporter, editor, standards = (
        set(Group.objects.get(name=name).permissions.all()) for name in ("Reporter", "Editor", "Standards editor")
    )
    assert reporter < editor < standards


def test_a_reporter_neither_publishes_nor_approves(db):
    user = builders.make_user("somebody", "Reporter")
    assert not user.has_perm("investigations.publish_story")
    assert not user.has_perm("investigations.approve_correction")
    assert not user.has_perm("investigations.see_all_investigations")


def test_nobody_deletes_a_record_that_a_story_may_rest_on(db):
    kept = {
        "source",
        "quote",
        "meeting",
        "story",
        "passage",
        "correction",
        "approval",
        "contribution",
        "investigation",
    }
    deletes = {name for may in groups.MAY.values() for name in may if name.startswith("delete_")}
    assert not deletes & {f"delete_{noun}" for noun in kept}


def test_a_migration_puts_a_groups_permissions_right_again(db):
    editor = Group.objects.get(name="Editor")
    editor.permissions.clear()
    editor.permissions.add(Permission.objects.get(codename="add_user"))
    call_command("migrate", verbosity=0)
    assert set(editor.permissions.values_list("codename", flat=True)) == groups.EDITOR_MAY


def test_a_group_of_the_newsrooms_own_is_left_alone(db):
    own = Group.objects.create(name="Interns")
    own.permissions.add(Permission.objects.get(codename="view_person"))
    groups.make_groups()
    assert own.permissions.count() == 1
