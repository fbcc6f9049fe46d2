"""Mails about corrections: who gets which, after the fact, with nothing in them that anybody wrote."""

import logging

import pytest
from django.core import mail
from django.db import transaction

from investigations.publishing.correct import correct
from investigations.publishing.mailing import check_mail
from investigations.publishing.outgoing import digest_of
from investigations.publishing.queue import approve_and_publish
from investigations.publishing.steps import approve, decline, send_back, submit
from tests import builders
from tests.publishing.corrections import WATCHED

NOTE = "Lee Sample did not watch the vote."


def addressed(user):
    """The account, with an address."""
    user.email = f"{user.username}@news.example"
    user.save()
    return user


@pytest.fixture(autouse=True)
def mailed(settings):
    settings.MAILS_THE_DESK, settings.BASE_URL = True, "https://news.example"


@pytest.fixture
def people(investigation, reporter, editor, standards):
    """Everybody with an address; a second editor on the team, and an editor elsewhere."""
    second, elsewhere = builders.make_user("second", "Editor"), builders.make_user("elsewhere", "Editor")
    investigation.team.add(second)
    return [addressed(user) for user in (reporter, editor, standards, second, elsewhere)]


@pytest.fixture
def draft(people, published, reporter):
    published.edit(by=reporter, now=builders.NEXT_DAY, body=published.body.replace(WATCHED, ""))
    return builders.make_correction(story=published, written_by=reporter, note=NOTE)


@pytest.fixture
def submitted(draft, reporter):
    submit(draft, by=reporter)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def done(django_capture_on_commit_callbacks):
    """Does something, and gives the mails of it: to whom, sorted, and the mails themselves."""

    def doing(verb, *args, **kwargs):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            verb(*args, **kwargs)
        assert all(len(sent.recipients()) == 1 for sent in mail.outbox)
        return sorted(sent.to[0].partition("@")[0] for sent in mail.outbox)

    return doing


def test_submitted_it_is_told_to_all_who_can_approve(draft, reporter, done):
    assert done(submit, draft, by=reporter) == ["editor", "second", "standards"]
    assert {sent.subject for sent in mail.outbox} == {"A correction waits for you"}


def test_whoever_had_a_hand_in_it_is_not_asked_to_approve(draft, reporter, editor, done):
    draft.story.edit(by=editor, standfirst="Another standfirst.")
    assert done(submit, draft, by=reporter) == ["second", "standards"]


@pytest.mark.parametrize(
    ("verb", "said"), [(send_back, {"comment": "Say since when."}), (decline, {"reason": "It was right."})]
)
def test_sent_back_or_declined_it_is_told_to_its_author(submitted, editor, done, verb, said):
    assert done(verb, submitted, by=editor, **said) == ["reporter"]


def test_approved_it_is_told_to_its_author(submitted, editor, done):
    assert done(approve, submitted, by=editor) == ["reporter"]


def test_published_it_is_told_to_its_author_and_the_teams_editors(submitted, editor, done):
    approve(submitted, by=editor)
    assert done(correct, submitted, by=editor) == ["reporter", "second"]


def test_approved_and_published_it_is_told_once(submitted, editor, done):
    told = done(approve_and_publish, submitted, by=editor, seen=digest_of(submitted), opened=None)
    assert told == ["reporter", "second"]


def test_published_alone_it_is_told_to_every_editor_who_may_see_it(submitted, editor, done):
    told = done(correct, submitted, by=editor, alone="It stands on every front page.")
    assert told == ["reporter", "second", "standards"]
    assert {sent.subject for sent in mail.outbox} == {"A correction went out without second approval"}


def test_nobody_is_told_of_what_they_did_themselves(people, published, editor, done):
    draft = builders.make_correction(story=published, written_by=editor, note=NOTE)
    assert done(decline, draft, by=editor, reason="It was right.") == []


def test_an_account_without_an_address_or_closed_gets_none(draft, reporter, editor, standards, done):
    type(editor).objects.filter(pk=editor.pk).update(email="")
    type(editor).objects.filter(pk=standards.pk).update(is_active=False)
    assert done(submit, draft, by=reporter) == ["second"]


def test_a_mail_says_who_did_what_and_where_and_no_word_of_it(draft, reporter, editor, done):
    done(submit, draft, by=reporter)
    queue = "https://news.example/admin/investigations/correction/queue/"
    (body,) = {sent.body for sent in mail.outbox}
    assert body == (
        f"reporter submitted a correction. Read it, and answer:\n\n{queue}?card={draft.pk}#correction-{draft.pk}\n"
    )
    draft.refresh_from_db()
    done(send_back, draft, by=editor, comment="Say since when.")
    (sent,) = mail.outbox
    assert f"/admin/investigations/correction/{draft.pk}/change/" in sent.body
    for words in ("Say since when", NOTE, draft.story.headline, draft.story.investigation.title):
        assert words not in sent.message().as_string()


def test_what_did_not_come_to_pass_is_told_to_nobody(draft, reporter, django_capture_on_commit_callbacks):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        submit(draft, by=reporter)
        transaction.set_rollback(True)
    assert mail.outbox == []


def test_a_mail_that_fails_fails_nothing_else_and_is_logged_without_words(
    draft, reporter, done, settings, caplog, monkeypatch
):
    def fails(*args):
        raise OSError("refused: second@news.example")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fails)
    with caplog.at_level(logging.WARNING):
        assert done(submit, draft, by=reporter) == []
    draft.refresh_from_db()
    assert draft.state == "submitted"
    assert [record.getMessage() for record in caplog.records] == ["A mail about a correction was not sent: OSError"]


def test_without_a_mail_server_nobody_is_told_and_the_start_says_so(draft, reporter, done, settings):
    settings.MAILS_THE_DESK = False
    assert done(submit, draft, by=reporter) == []
    assert [found.id for found in check_mail()] == ["desk.W001"]


def test_with_a_mail_server_the_start_says_nothing():
    assert check_mail() == []
