"""The page of a source's identity: closed to everybody, open for a while to those named."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from investigations.models import IdentityAccess, SourceIdentity, secrecy
from investigations.publishing.refusal import Refused
from tests import builders
from tests.admin.test_front import lines
from tests.admin.test_records import address

WHO = {"name": "Zoë Nandu", "aliases": "Zo", "contact": "zoe@example.org", "employer": "the port", "notes": "shy"}
WHY = "to call them back about the draft"


@pytest.fixture
def source(investigation):
    return builders.make_source(investigation=investigation, descriptor="a former official", identity="known")


@pytest.fixture
def held(source, reporter):
    secrecy.write_identity(source, WHO, by=reporter)
    source.refresh_from_db()
    return source


def page(source):
    return reverse("admin:investigations_source_identity", args=[source.pk])


def shown(client, source):
    return client.get(page(source)).content.decode()


def act(client, source, act_, **values):
    return client.post(page(source), {"act": act_, **values}, follow=True).content.decode()


def test_an_identity_is_entered_on_its_page_and_then_closed(source, as_user, reporter):
    client = as_user(reporter)
    assert act(client, source, "write", **WHO).count("Zoë") == 0
    assert secrecy.identities()[0][1] == WHO
    assert "Closed." in shown(client, source)


def test_somebody_named_opens_reads_and_closes_it(held, as_user, reporter):
    client = as_user(reporter)
    assert "Zoë Nandu" not in shown(client, held)
    said = act(client, held, "open", reason=WHY)
    assert "Zoë Nandu" in said
    assert "zoe@example.org" in said
    assert "Zoë Nandu" not in act(client, held, "close")


def test_a_colleague_sees_who_to_ask_and_a_try_is_noted(held, as_user, editor):
    client = as_user(editor)
    assert "reporter" in shown(client, held)
    said = act(client, held, "open", reason=WHY)
    assert "Your try was noted." in said
    assert "Zoë" not in said
    assert IdentityAccess.objects.filter(by=editor, act="refused", reason=WHY).exists()


def test_a_superuser_who_isnt_named_sees_the_code_name(held, as_user):
    root = builders.make_user("root", is_superuser=True)
    client = as_user(root)
    assert "Zoë" not in act(client, held, "open", reason=WHY)
    assert held.code_name in shown(client, held)


def test_an_outsider_gets_404(held, as_user, outsider):
    assert as_user(outsider).get(page(held)).status_code == 404
    assert as_user(outsider).post(page(held), {"act": "open", "reason": WHY}).status_code == 404


def test_a_named_source_has_no_such_page(investigation, as_user, reporter):
    source = builders.make_source(investigation=investigation, person=builders.make_person())
    client = as_user(reporter)
    assert client.get(page(source)).status_code == 403
    assert "/identity/" not in client.get(address("source", "change", source.pk)).content.decode()


def test_an_open_identity_is_changed(held, as_user, reporter):
    client = as_user(reporter)
    act(client, held, "open", reason=WHY)
    act(client, held, "write", **{**WHO, "notes": "moved to the coast"})
    assert secrecy.identities()[0][1]["notes"] == "moved to the coast"


def test_a_closed_identity_is_not_changed(held, as_user, reporter, editor):
    for user in (reporter, editor):
        act(as_user(user), held, "write", name="Somebody Else")
    assert secrecy.identities()[0][1] == WHO


@pytest.mark.parametrize(
    ("act_", "values", "says"),
    [
        ("open", {"reason": "so"}, "Say why"),
        ("open", {}, "This field is required."),
        ("write", {"name": ""}, "This field is required."),
        ("name", {"user": "7777"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(act_, values, says, held, source, as_user, reporter):
    client = as_user(reporter)
    if act_ == "write":
        act(client, held, "open", reason=WHY)
    assert says in act(client, held, act_, **values)


def test_an_act_that_isnt_one_is_refused(held, as_user, reporter):
    assert as_user(reporter).post(page(held), {"act": "steal"}).status_code == 403


def test_a_sealed_vault_says_so_and_takes_nothing(held, source, as_user, reporter, settings):
    client = as_user(reporter)
    act(client, held, "open", reason=WHY)
    before = SourceIdentity.objects.get().token
    settings.VAULT_KEYS = ()
    said = shown(client, held)
    assert "The vault is sealed" in said
    assert before[:30] not in said
    assert "sealed" in act(client, held, "write", **WHO)
    assert SourceIdentity.objects.get().token == before


def test_the_log_is_on_the_page_for_whom_it_concerns(held, as_user, reporter, editor):
    act(as_user(editor), held, "open", reason="I am curious about this one")
    assert "I am curious about this one" in shown(as_user(reporter), held)
    assert "I am curious about this one" not in shown(as_user(editor), held)


def test_nothing_of_it_is_in_history_or_kept_by_a_browser(held, as_user, reporter):
    client = as_user(reporter)
    act(client, held, "open", reason=WHY)
    response = client.get(page(held))
    assert "no-store" in response["Cache-Control"]
    assert not LogEntry.objects.filter(change_message__contains="Nandu").exists()


def test_the_sources_form_leads_there(held, as_user, reporter):
    assert page(held) in as_user(reporter).get(address("source", "change", held.pk)).content.decode()


# --- What waits ---


def test_a_standards_editor_is_told_of_a_source_that_nobody_is_left_for_and_hands_it_on(
    held, as_user, reporter, editor, standards
):
    assert "sources in the vault that nobody here can open" not in lines(as_user(standards))
    reporter.is_active = False
    reporter.save()
    line = lines(as_user(standards))["sources in the vault that nobody here can open"]
    assert line.count == 1
    assert as_user(standards).get(line.href).context["cl"].result_count == 1
    said = act(as_user(standards), held, "hand_on", user=editor.pk, reason="The reporter has left us")
    assert "Zoë" not in said
    assert "Zoë Nandu" in act(as_user(editor), held, "open", reason=WHY)


def test_those_named_are_told_of_a_colleagues_new_password(held, as_user, reporter, editor):
    secrecy.name_confidant(held, editor, by=reporter)
    reporter.set_password("reset by somebody")
    reporter.save()
    assert (
        lines(as_user(editor))["colleagues named on your sources whose password was set by somebody else"].count == 1
    )
    assert "set by somebody else" in act(as_user(reporter), held, "open", reason=WHY)


def test_the_handling_reporter_is_told_of_refused_tries(held, investigation, as_user, reporter, editor):
    investigation.handling_reporter = reporter
    investigation.save()
    act(as_user(editor), held, "open", reason=WHY)
    line = lines(as_user(reporter))["tries to open an identity that were refused, in the last week"]
    assert line.count == 1
    assert as_user(reporter).get(line.href).context["cl"].result_count == 1
    assert as_user(editor).get(line.href).context["cl"].result_count == 0
    assert "tries to open" not in " ".join(lines(as_user(editor)))


# --- What the leak gate met ---


@pytest.fixture
def met(held, story, reporter, editor):
    """The name of the source stands in a story that the editor tries to sign."""
    story.edit(by=editor, body=f"{story.body}\n\nZoë Nandu told us.")
    with pytest.raises(Refused):
        builders.sign(story, by=editor)
    return held


def test_where_the_gate_met_it_is_told_on_its_page_to_whom_it_concerns(met, as_user, reporter, editor):
    assert "full name, in paragraph 3. Held the text back." in shown(as_user(reporter), met)
    assert "paragraph 3" not in shown(as_user(editor), met)


def test_a_text_held_back_is_a_line_on_the_handling_reporters_front_page(met, as_user, reporter, editor):
    line = lines(as_user(reporter))["texts that the leak gate held back, in the last week"]
    assert line.count == 1
    assert as_user(reporter).get(line.href).context["cl"].result_count == 1
    assert "texts that the leak gate held back, in the last week" not in lines(as_user(editor))


def test_a_name_that_readers_have_anyway_is_confirmed_on_its_page(held, story, as_user, reporter):
    speaker = builders.make_person(name="Zoë Nandu")
    quoted = builders.make_source(investigation=story.investigation, person=speaker)
    builders.make_evidence(passage=story.passages.get(mark="p1"), quote=builders.make_quote(source=quoted))
    builders.sign(story, by=reporter)
    client = as_user(reporter)
    assert "sources of yours whose name readers have anyway: confirm it" in lines(client)
    assert "confirmed by reporter" in act(client, held, "confirm")
    assert "sources of yours whose name readers have anyway: confirm it" not in lines(client)
