"""Tokens in every field that stays inside: nothing that the site gives out has one where it may not be met."""

from io import StringIO
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from investigations.models import Correction, DeskText, secrecy
from investigations.models.source_identity import FIELDS
from investigations.publishing.mailing import SAID, tell
from investigations.publishing.policy import publish_policy
from investigations.record.models import Page
from investigations.text import parse
from tests import builders
from tests.addresses import addresses
from tests.canary import detector
from tests.canary.tokens import OF_THE_TEAM, TEAM, TOKENS, VAULT, WORDS
from tests.canary.walks import Walker, run, unreached
from tests.visitors import ROLES

SEARCHED = {
    "Source": "reason_for_anonymity full_text description code_name",
    "Quote": "words terms_wording",
    "Interview": "terms_wording",
    "Evidence": "label",
    "CommentRequest": "about asked_how",
    "Letter": "words answer",
    "Claim": "words answer",
    "Correction": "basis alone_because",
    "DraftNote": "words anchor links file_name",
    "StoryComment": "said",
}
STORED = {token.field for token in OF_THE_TEAM if token.roles}
INSIDE = tuple(token for token in OF_THE_TEAM if token.field not in {"Source.code_name", "Figure.image"})


# One who sees and one who doesn't: what differs by engine are its errors, not who asks.
ASKED_AGAIN = {"reporter", "outsider"}
ONCE_BUT = [role if role in ASKED_AGAIN else pytest.param(role, marks=pytest.mark.once) for role in ROLES]


@pytest.mark.parametrize("role", ONCE_BUT)
def test_nothing_that_the_desk_answers_gives_anything_away(role, whole, everybody, collector, temporary):
    walker = Walker(collector, role, everybody[role])
    walker.desk(whole)
    walker.files()
    collector.folder(role, temporary)
    collector.cache(role, "at the end")
    assert collector.leaks() == []
    desk = addresses(lambda model: getattr(whole, model._meta.model_name, None), "newsroom.urls_desk")
    assert (
        unreached(walker.asked, [one for one in desk if one.side == "admin" and one.action != "autocomplete"])
        == set()
    )
    seen = {meeting.token.field for meeting in collector.met}
    assert seen == {token.field for token in TOKENS if role in token.roles}


@pytest.mark.parametrize(("role", "tokens"), [("editor", VAULT), ("superuser", VAULT), ("outsider", INSIDE)])
def test_no_search_answers_a_right_guess_unlike_a_wrong_one(role, tokens, whole, everybody, collector):
    Walker(collector, role, everybody[role]).guesses(tokens)
    assert collector.leaks() == []


@pytest.mark.parametrize("grouping", ["sentence", "person"])
def test_a_fact_check_file_without_identities_and_notes_holds_nothing(grouping, planted, everybody, collector):
    walker = Walker(collector, "reporter", everybody["reporter"])
    page = reverse("admin:investigations_story_fact_check", args=[planted.story.pk])
    wanted = {"grouping": grouping, "format": "html"}
    walker.ask("POST", page, {"version": "without", **wanted})
    assert collector.met == set()
    walker.ask("POST", page, {"version": "counsel", **wanted}, action="fact_check full")
    assert "SourceIdentity.name" in {meeting.token.field for meeting in collector.met}
    assert collector.leaks() == []


@pytest.mark.parametrize(
    "role", ["anonymous", *(pytest.param(role, marks=pytest.mark.once) for role in ("reporter", "superuser"))]
)
def test_no_reader_is_given_anything(role, whole, everybody, collector, reporter, editor, standards):
    publish_policy(whole.policy, by=standards, note="")
    builders.publish_whole_page(whole.story, **whole.on_page, reporter=reporter, editor=editor)
    walker = Walker(collector, role, everybody[role])
    walker.readers()
    assert collector.met == set()
    assert unreached(walker.asked, [one for one in addresses() if one.side == "public"]) == set()


def test_no_table_of_the_record_and_no_trace_of_a_request_holds_anything(whole, collector):
    collector.tables("owner", "a query")
    held = {
        (meeting.token.field, meeting.kind) for meeting in collector.met if meeting.kind.startswith("table record")
    }
    assert held == {(f"Report.{name}", "table record_report") for name in ("name", "address")}
    homes = {meeting.token.field: meeting.kind for meeting in collector.met}
    assert homes.keys() == STORED


def test_the_desks_search_holds_what_a_team_reads_and_nothing_else(whole, collector):
    collector.tables("owner", "a query", [DeskText._meta.db_table])
    held = {meeting.token.field for meeting in collector.met}
    assert held == {f"{noun}.{field}" for noun, fields in SEARCHED.items() for field in fields.split()}
    assert all(set(TEAM) <= set(token.roles) for token in TOKENS if token.field in held)


def test_the_database_without_its_key_names_no_source(planted, as_user, collector, reporter):
    page = reverse("admin:investigations_source_identity", args=[planted.source.pk])
    for act in ({"act": "write", **{name: WORDS[f"SourceIdentity.{name}"] for name in FIELDS}}, {"act": "close"}):
        assert as_user(reporter).post(page, act).status_code == 302
    collector.database("the database's bytes")
    collector.tables("owner", "a query")
    assert {meeting.token.field for meeting in collector.met} == STORED


def test_no_command_says_anything(planted, collector, settings, temporary):
    parse.cache_clear()  # what reads the story says so in the log
    old = settings.VAULT_KEYS
    for keys in [(Fernet.generate_key().decode(), *old), ("A" * 43 + "=",), ()]:
        settings.VAULT_KEYS = keys
        for command in ("rotate_keys", "recompile", "reindex", "verify_record", "forget_readers", "demo"):
            run(collector, command, *(["--no-server"] if command == "demo" else []))
        run(collector, "check_story", planted.story.slug)
        run(collector, "fact_check_file", planted.story.slug, "--by", "reporter")
    collector.folder("console", temporary)
    assert collector.leaks() == []
    assert collector.kinds >= {"command", "log"}


def test_the_demo_doesnt_say_whom_its_own_vault_names(db):
    out = StringIO()
    call_command("demo", "--no-server", stdout=out, stderr=out)
    names = {data[field] for _, data in secrecy.identities() for field in ("name", "contact") if data[field]}
    assert len(names) >= 4
    assert "The demonstration is ready." in out.getvalue()
    pages = b"\n".join(bytes(body) for body in Page.objects.values_list("body", flat=True))
    assert detector.found(names, out.getvalue().encode()) == detector.found(names, pages) == set()


def test_no_mail_about_a_correction_says_anything(planted, collector, django_capture_on_commit_callbacks):
    users = get_user_model().objects
    for user in users.all():
        users.filter(pk=user.pk).update(email=f"account-{user.pk}@example.org")
    by, mailed = builders.make_user("somebody", "Editor"), 0
    for act in SAID:
        for correction in Correction.objects.all():
            with django_capture_on_commit_callbacks(execute=True):
                tell(act, correction, by=by)
        assert mail.outbox, act
        mailed += len(mail.outbox)
        collector.mails("a mail server", act)
    assert mailed >= 2 * len(SAID)
    assert collector.met == set()
    assert collector.kinds == {"mail"}


def test_an_error_with_everything_in_its_hands_tells_nothing(planted, everybody, collector, monkeypatch):
    def broken(*args: Any, **kwargs: Any) -> Any:
        everything = " ".join(token.words for token in TOKENS)
        raise ValueError(everything)

    monkeypatch.setattr("investigations.admin.site.waiting_for", broken)
    monkeypatch.setattr("investigations.public.views.index_page", broken)
    for role in ("anonymous", *TEAM):
        everybody[role].client.raise_request_exception = False
        walker = Walker(collector, role, everybody[role])
        for path in ("/admin/", "/meetings/?kind=dinner"):
            walker.ask("GET", path)
    assert collector.met == set()
    assert collector.kinds >= {"page", "mail", "log"}
