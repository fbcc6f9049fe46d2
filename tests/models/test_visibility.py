"""Who sees what: the team and standards editors, and nobody else; what the three groups may do."""

import re

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


def page_of(investigation):
    """The investigation's page: it has one."""
    return getattr(investigation, "page", None) or builders.make_investigation_page(investigation=investigation)


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
    "DeskText": lambda team: builders.make_desk_text(investigation=team),
    "InvestigationPage": page_of,
    "MarkedEvent": lambda team: builders.make_marked_event(page=page_of(team)),
    "PageChoice": lambda team: builders.make_page_choice(page=page_of(team)),
    "Story": story_of,
    "Figure": lambda team: builders.make_figure(story=story_of(team)),
    "CommentRequest": lambda team: builders.make_comment_request(story=story_of(team)),
    "Letter": lambda team: builders.make_letter(story=story_of(team)),
    "Claim": lambda team: builders.make_claim(passage=passage_of(team)),
    "Byline": lambda team: builders.make_byline(story=story_of(team)),
    "Passage": passage_of,
    "Evidence": lambda team: builders.make_evidence(passage=passage_of(team)),
    "Correction": lambda team: builders.make_correction(story=story_of(team)),
    "CorrectionStep": lambda team: builders.make_correction_step(story=story_of(team)),
    "Elsewhere": lambda team: builders.make_elsewhere(story=story_of(team)),
    "DraftNote": lambda team: builders.make_draft_note(story=story_of(team)),
    "ScheduledPublication": lambda team: builders.make_scheduled_publication(story=story_of(team)),
    "StoryComment": lambda team: builders.make_story_comment(story=story_of(team)),
    "StoryReview": lambda team: builders.make_story_review(story=story_of(team)),
    "KeptWords": lambda team: builders.make_kept_words(story=story_of(team)),
    "StoryOpened": lambda team: builders.make_story_opened(story=story_of(team)),
    "Recheck": lambda team: builders.make_recheck(story=story_of(team)),
    "Approval": lambda team: builders.make_approval(story=story_of(team)),
    "Contribution": lambda team: builders.make_contribution(story=story_of(team)),
    "Consent": lambda team: builders.make_consent(quote=builders.make_quote(investigation=team)),
    "Withdrawal": lambda team: builders.make_withdrawal(source=builders.make_source(investigation=team)),
    "FactCheckFileOpened": lambda team: builders.make_fact_check_file(story=story_of(team)),
    "FindingOverride": lambda team: builders.make_finding_override(story=story_of(team)),
    "Clearance": lambda team: builders.make_clearance(story=story_of(team)),
    "WithholdingOrder": lambda team: builders.make_withholding_order(story=story_of(team)),
    "LegalHold": lambda team: builders.make_legal_hold(investigation=team),
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
def test_counsel_sees_nothing_of_it_not_even_on_the_team(name, investigation, counsel):
    row = OF_A_TEAM[name](investigation)
    assert not seen_by(counsel, row)
    investigation.team.add(counsel)
    assert not seen_by(counsel, row)


@TEAM
def test_nobody_sees_it_who_has_left_or_has_no_way_in(name, investigation, gone, not_staff):
    row = OF_A_TEAM[name](investigation)
    assert not seen_by(gone, row)
    assert not seen_by(not_staff, row)
    assert not seen_by(AnonymousUser(), row)


@SHARED
def test_people_organizations_and_offices_are_the_whole_newsrooms(name, outsider, gone, not_staff, counsel):
    row = OF_EVERYBODY[name]()
    assert seen_by(outsider, row)
    assert not seen_by(counsel, row)
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


# --- Names ---

# What a limited row must be the only one of, and that tells nobody of rows which they can't see.
TELLS_NOTHING = {
    "public_key": "random",
    "Correction.number": "readers have it",
    "Investigation.slug": "made with a random end, but for those who see everything",
    "desk_text_once_a_record": "a record has its number from the database, and nobody writes these rows",
}


@TEAM
def test_nothing_must_be_unique_beyond_what_its_team_sees(name):
    meta = apps.get_model("investigations", name)._meta
    within = {
        field.name
        for field in meta.concrete_fields
        if field.remote_field and field.related_model.__name__ in OF_A_TEAM
    }
    alone = {field.name for field in meta.concrete_fields if field.unique and not field.primary_key} - within
    assert {one for one in alone if not {one, f"{name}.{one}"} & TELLS_NOTHING.keys()} == set()
    beyond = [rule.name for rule in meta.constraints if hasattr(rule, "fields") and not within & {*rule.fields}]
    assert set(beyond) <= TELLS_NOTHING.keys()


@pytest.mark.parametrize("name", ["Story", "Meeting", "MeetingClass", "Quote", "Interview"])
def test_a_short_name_of_another_investigation_is_free(name, db):
    first = OF_A_TEAM[name](builders.make_investigation(slug="first"))
    second = OF_A_TEAM[name](builders.make_investigation(slug="second"))
    second.slug = first.slug
    second.full_clean()
    second.save()


@pytest.mark.parametrize(("name", "words"), [("Story", "headline"), ("Meeting", "title"), ("MeetingClass", "label")])
def test_a_made_short_name_says_nothing_of_a_hidden_row_with_the_same_words(name, words, db):
    model = apps.get_model("investigations", name)
    first = OF_A_TEAM[name](builders.make_investigation())
    second, third = (OF_A_TEAM[name](builders.make_investigation()) for _ in range(2))
    for row in (second, third):
        model.objects.filter(pk=row.pk).update(slug="")
        row = model.objects.get(pk=row.pk)
        setattr(row, words, getattr(first if row.pk == second.pk else third, words))
        row.save()
    made = [model.objects.get(pk=row.pk).slug for row in (second, third)]
    assert [slug[-2:] == "-2" for slug in made] == [False, False]
    assert made[0] == first.slug


def test_an_investigations_made_short_name_ends_at_random(db):
    slugs = {builders.make_investigation(title="The quarry").slug for _ in range(5)}
    assert len(slugs) == 5
    assert all(re.fullmatch("the-quarry-[2-9bcdfghjkmnpqrstvwxz]{6}", slug) for slug in slugs)


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


def test_counsel_may_clear_and_nothing_else(db):
    user = builders.make_user("somebody", "Counsel")
    assert user.get_all_permissions() == {"investigations.clear_story"}


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
