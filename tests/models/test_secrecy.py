"""Need to know: who may open what names a source, and that every look and every try is in the log."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied, ValidationError

from investigations.models import Confidant, IdentityAccess, PasswordHold, SourceIdentity, secrecy
from investigations.vault import Sealed
from tests import builders

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WHY = "to call them back about the draft"
WHO = {"name": "Zoë Nandu", "aliases": "Zo", "contact": "zoe@example.org", "employer": "the port", "notes": ""}


@pytest.fixture
def source(investigation):
    return builders.make_source(investigation=investigation, descriptor="a former official", identity="known")


@pytest.fixture
def held(source, reporter):
    """A source in the vault; the reporter is named on it."""
    secrecy.write_identity(source, WHO, by=reporter, now=NOW)
    source.refresh_from_db()
    return source


def acts():
    return list(IdentityAccess.objects.order_by("id").values_list("by__username", "act"))


def test_whoever_writes_the_first_identity_is_named_on_the_source(held, reporter):
    assert held.identity == "held"
    assert [one.user for one in held.confidants.all()] == [reporter]
    assert acts() == [("reporter", "named"), ("reporter", "written")]


def test_the_row_holds_nothing_in_clear(held):
    token = SourceIdentity.objects.get().token
    assert not {word for word in ("Zoë", "Nandu", "zoe@example.org", "port", "name") if word in token}


def test_an_opened_identity_is_read_for_a_quarter_of_an_hour(held, reporter):
    secrecy.open_identity(held, by=reporter, reason=WHY, now=NOW)
    assert secrecy.read_identity(held, by=reporter, now=NOW + timedelta(minutes=14)) == WHO
    with pytest.raises(PermissionDenied):
        secrecy.read_identity(held, by=reporter, now=NOW + timedelta(minutes=15))
    assert [act for _, act in acts()[2:]] == ["opened", "read", "refused"]


def test_a_closed_identity_is_not_read_even_by_somebody_named(held, reporter):
    with pytest.raises(PermissionDenied):
        secrecy.read_identity(held, by=reporter, now=NOW)


def test_an_identity_can_be_closed_before_its_time(held, reporter):
    secrecy.open_identity(held, by=reporter, reason=WHY, now=NOW)
    secrecy.close_identity(held, by=reporter, now=NOW + timedelta(minutes=1))
    assert secrecy.open_until(held, reporter, now=NOW + timedelta(minutes=2)) is None


def test_what_one_has_open_is_not_open_to_another(held, reporter, editor):
    secrecy.name_confidant(held, editor, by=reporter, now=NOW)
    secrecy.open_identity(held, by=reporter, reason=WHY, now=NOW)
    with pytest.raises(PermissionDenied):
        secrecy.read_identity(held, by=editor, now=NOW)


@pytest.mark.parametrize("who", ["editor", "standards", "superuser", "outsider"])
def test_nobody_else_opens_it_and_the_try_is_logged(who, held, request):
    user = builders.make_user("root", is_superuser=True) if who == "superuser" else request.getfixturevalue(who)
    with pytest.raises(PermissionDenied, match="Your try was noted"):
        secrecy.open_identity(held, by=user, reason=WHY, now=NOW)
    line = IdentityAccess.objects.order_by("id").last()
    assert (line.by, line.act, line.reason, line.at) == (user, "refused", WHY, NOW)


@pytest.mark.parametrize("reason", ["", "   ", "needed"])
def test_a_reason_that_says_nothing_opens_nothing(reason, held, reporter):
    with pytest.raises(ValidationError, match="Say why"):
        secrecy.open_identity(held, by=reporter, reason=reason, now=NOW)
    assert secrecy.open_until(held, reporter, now=NOW) is None


def test_somebody_who_has_left_opens_nothing_more(held, reporter):
    secrecy.open_identity(held, by=reporter, reason=WHY, now=NOW)
    reporter.is_active = False
    reporter.save()
    with pytest.raises(PermissionDenied):
        secrecy.read_identity(held, by=reporter, now=NOW)


def test_somebody_taken_off_the_source_opens_nothing_more(held, reporter):
    secrecy.open_identity(held, by=reporter, reason=WHY, now=NOW)
    secrecy.leave(held, by=reporter, now=NOW)
    with pytest.raises(PermissionDenied):
        secrecy.read_identity(held, by=reporter, now=NOW)


# --- Writing ---


def test_an_identity_is_written_anew_only_by_somebody_to_whom_it_is_open(held, reporter, editor):
    for user in (reporter, editor):
        with pytest.raises(PermissionDenied):
            secrecy.write_identity(held, {"name": "Somebody Else"}, by=user, now=NOW)
    secrecy.open_identity(held, by=reporter, reason=WHY, now=NOW)
    secrecy.write_identity(held, {**WHO, "notes": "moved"}, by=reporter, now=NOW)
    assert secrecy.read_identity(held, by=reporter, now=NOW)["notes"] == "moved"
    assert SourceIdentity.objects.count() == 1


@pytest.mark.parametrize("data", [{}, {"name": "  "}, {"name": "Zoë", "shoe size": "38"}])
def test_an_identity_without_a_name_or_with_unknown_fields_is_refused(data, source, reporter):
    with pytest.raises(ValidationError):
        secrecy.write_identity(source, data, by=reporter)
    assert not SourceIdentity.objects.exists()


def test_a_named_source_has_nothing_to_hide(investigation, reporter):
    source = builders.make_source(investigation=investigation, person=builders.make_person())
    with pytest.raises(ValidationError, match="named to readers"):
        secrecy.write_identity(source, WHO, by=reporter)


def test_a_source_says_in_the_vault_only_when_it_is(source, held):
    other = builders.make_source(investigation=held.investigation, descriptor="an aide", identity="known")
    other.identity = "held"
    held.identity = "known"
    for row in (other, held):
        with pytest.raises(ValidationError) as refused:
            row.full_clean()
        assert refused.value.message_dict.keys() == {"identity"}


# --- Naming and handing on ---


def test_somebody_named_names_a_colleague_of_the_team(held, reporter, editor):
    secrecy.name_confidant(held, editor, by=reporter, now=NOW)
    secrecy.open_identity(held, by=editor, reason=WHY, now=NOW)
    assert secrecy.read_identity(held, by=editor, now=NOW) == WHO


def test_nobody_outside_the_team_is_named(held, reporter, outsider):
    with pytest.raises(ValidationError, match="not on the team"):
        secrecy.name_confidant(held, outsider, by=reporter)
    assert Confidant.objects.count() == 1


def test_nobody_names_themselves_and_the_try_is_logged(held, editor):
    with pytest.raises(PermissionDenied):
        secrecy.name_confidant(held, editor, by=editor, now=NOW)
    assert acts()[-1] == ("editor", "refused")


def test_a_source_whose_last_confidant_left_is_handed_on_by_a_standards_editor(held, reporter, editor, standards):
    assert list(secrecy.without_anybody()) == []
    reporter.is_active = False
    reporter.save()
    assert list(secrecy.without_anybody()) == [held]
    secrecy.hand_on(held, editor, by=standards, reason="Reporter has left the newsroom", now=NOW)
    assert list(secrecy.without_anybody()) == []
    assert acts()[-1] == ("standards", "handed_on")
    secrecy.open_identity(held, by=editor, reason=WHY, now=NOW)
    assert secrecy.read_identity(held, by=editor, now=NOW) == WHO
    with pytest.raises(PermissionDenied):
        secrecy.open_identity(held, by=standards, reason=WHY, now=NOW)


def test_a_source_is_not_handed_on_while_somebody_named_is_here(held, editor, standards):
    with pytest.raises(PermissionDenied, match="still here"):
        secrecy.hand_on(held, editor, by=standards, reason="I would like to know", now=NOW)


def test_an_editor_hands_nothing_on(held, reporter, editor):
    secrecy.leave(held, by=reporter)
    with pytest.raises(PermissionDenied):
        secrecy.hand_on(held, editor, by=editor, reason="Nobody is left here", now=NOW)


# --- A lost key ---


def test_without_a_key_nothing_is_written_or_read(held, reporter, source, settings):
    secrecy.open_identity(held, by=reporter, reason=WHY, now=NOW)
    before = SourceIdentity.objects.get().token
    settings.VAULT_KEYS = ()
    with pytest.raises(Sealed):
        secrecy.read_identity(held, by=reporter, now=NOW)
    with pytest.raises(Sealed):
        secrecy.write_identity(held, WHO, by=reporter, now=NOW)
    with pytest.raises(Sealed):
        secrecy.identities()
    assert SourceIdentity.objects.get().token == before


def test_under_a_wrong_key_nothing_is_handed_out(held, reporter, settings):
    secrecy.open_identity(held, by=reporter, reason=WHY, now=NOW)
    settings.VAULT_KEYS = (Fernet.generate_key().decode(),)
    with pytest.raises(Sealed) as said:
        secrecy.read_identity(held, by=reporter, now=NOW)
    assert SourceIdentity.objects.get().token[:20] not in str(said.value)


def test_a_row_copied_under_another_source_opens_nothing(held, reporter, investigation):
    other = builders.make_source(investigation=investigation, descriptor="an aide", identity="known")
    secrecy.write_identity(other, {"name": "Somebody Else"}, by=reporter, now=NOW)
    SourceIdentity.objects.filter(source=other).update(token=SourceIdentity.objects.get(source=held).token)
    with pytest.raises(Sealed):
        secrecy.identities()


# --- The log ---


def test_the_log_is_only_added_to(held):
    line = IdentityAccess.objects.first()
    for change in (line.save, line.delete, IdentityAccess.objects.all().delete):
        with pytest.raises(TypeError):
            change()
    with pytest.raises(TypeError):
        IdentityAccess.objects.update(reason="")


def test_the_log_is_read_by_those_named_and_the_handling_reporter_alone(held, reporter, editor, standards, outsider):
    handling = builders.make_user("handling", "Reporter")
    held.investigation.team.add(handling)
    held.investigation.handling_reporter = handling
    held.investigation.save()
    seen = {
        user.username: IdentityAccess.objects.visible_to(user).count()
        for user in (reporter, editor, standards, outsider, handling)
    }
    assert seen == {"reporter": 2, "editor": 0, "standards": 0, "outsider": 0, "handling": 2}


# --- Passwords set by others ---


@pytest.fixture
def also(held, reporter, editor):
    """An editor named beside the reporter."""
    secrecy.name_confidant(held, editor, by=reporter, now=NOW)
    return editor


def test_a_password_set_by_somebody_else_closes_identities_for_a_day_and_tells_the_others(held, reporter, also):
    reporter.set_password("reset by somebody")
    reporter.save()
    hold = PasswordHold.objects.get()
    assert hold.user == reporter
    with pytest.raises(PermissionDenied, match="set by somebody else"):
        secrecy.open_identity(held, by=reporter, reason=WHY, now=hold.since + timedelta(hours=23))
    assert list(secrecy.holds_beside(also)) == [hold]
    assert list(secrecy.holds_beside(reporter)) == []
    assert secrecy.open_identity(held, by=reporter, reason=WHY, now=hold.since + timedelta(hours=25)).act == "opened"


def test_a_hash_written_past_the_form_holds_too(held, reporter):
    reporter.password = make_password("written by a shell")
    reporter.save()
    assert PasswordHold.objects.filter(user=reporter).exists()


def test_ones_own_new_password_holds_nothing(held, as_user, reporter):
    reporter.set_password("the-old-one-1")
    reporter.proved_password = True
    reporter.save()
    new = "a-new-password-1"
    data = {"old_password": "the-old-one-1", "new_password1": new, "new_password2": new}
    assert as_user(reporter).post("/admin/password_change/", data).status_code == 302
    reporter.refresh_from_db()
    assert reporter.check_password(new)
    assert not PasswordHold.objects.exists()


def test_a_stronger_hash_of_the_same_password_holds_nothing(held, reporter, settings):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    before = reporter.password
    assert reporter.check_password("a-password-of-tests")
    assert reporter.password != before
    assert not PasswordHold.objects.exists()


def test_a_password_of_somebody_named_on_nothing_is_their_own_affair(held, editor):
    editor.set_password("reset by somebody")
    editor.save()
    assert not PasswordHold.objects.exists()
