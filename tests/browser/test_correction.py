"""The case's error on a phone, from a reader's report to the corrected page: a reader, a reporter, an editor."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from investigations.management import demonstration
from investigations.models import Correction, Story
from tests.browser.conftest import PASSWORD
from tests.browser.test_readers_pages import STORY, found_by_axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = 390
QUEUE = "investigations/correction/queue/"


@pytest.fixture
def with_its_error(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """The demonstration as it was before its error was noticed; its address."""
    monkeypatch.setattr(demonstration, "mend", lambda *args: None)
    demonstration.load(PASSWORD)
    return str(live_server.url)


@pytest.fixture
def at_the_desk(with_its_error: str, open_page: Callable[..., Page]) -> Callable[[str], Page]:
    """Logs an account of the demonstration in, on a phone; returns its page."""

    def logged_in(name: str) -> Page:
        page = open_page(f"{with_its_error}/admin/login/?next=/admin/", script=True, width=PHONE)
        page.fill("#id_username", name)
        page.fill("#id_password", PASSWORD)
        page.click("[type=submit]")
        return page

    return logged_in


def looked_at(page: Page) -> None:
    """Nothing that axe complains of, nothing wider than the phone."""
    assert found_by_axe(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, page.url


def wrong_paragraph(page: Page) -> Locator:
    return page.locator(".block", has_text="and so did Burt")


def test_a_readers_report_becomes_a_correction_by_two_accounts(
    with_its_error: str, open_page: Callable[..., Page], at_the_desk: Callable[[str], Page]
) -> None:
    site, acts = with_its_error, demonstration.Acts.read()
    # A reader reports it from the words.
    reader = open_page(site + STORY, width=PHONE, script=True)
    wrong_paragraph(reader).locator(".evidence > summary").click()
    wrong_paragraph(reader).get_by_role("link", name="Spotted an error? In paragraph").click()
    expect(reader.locator("blockquote")).to_contain_text("and so did Burt")
    reader.get_by_label("What is wrong?").fill("Burt was not at the speech.")
    reader.get_by_role("button", name="Send").click()
    receipt = reader.url
    # The reporter begins a correction with it, mends the text, writes the sentence, submits.
    reporter = at_the_desk("reporter")
    reporter.get_by_role("link", name="readers’ reports to read").click()
    reporter.locator("#result_list tbody a").first.click()
    expect(reporter.locator("blockquote")).to_contain_text("and so did Burt")
    looked_at(reporter)
    reporter.get_by_role("button", name="Begin a correction").click()
    draft = Correction.objects.get()
    story = Story.objects.get(pk=draft.story_id)
    reporter.goto(f"{site}/admin/investigations/story/{story.pk}/change/")
    reporter.fill("#id_body", story.body.replace(acts.wrong, acts.right))
    reporter.click("[name=_save]")
    expect(reporter.locator(".messagelist .success")).to_be_visible()
    reporter.goto(f"{site}/admin/investigations/correction/{draft.pk}/change/")
    expect(reporter.locator("del").first).to_contain_text("and so did Burt")
    reporter.fill("#id_note", "Burt was not there.")
    reporter.select_option("#id_cause", "reporting")
    reporter.click("[name=_continue]")
    reporter.get_by_role("button", name="Submit").click()
    expect(reporter.locator(".messagelist .success").last).to_contain_text("Submitted")
    looked_at(reporter)
    # The editor reads the card and sends it back.
    editor = at_the_desk("editor")
    editor.goto(f"{site}/admin/{QUEUE}")
    card = editor.locator(".card")
    expect(card.locator("del")).to_contain_text("and so did Burt")
    looked_at(editor)
    card.get_by_text("Send back").first.click()
    card.get_by_label("What its author should change").fill("Say which speech.")
    card.get_by_role("button", name="Send back").click()
    # The reporter says which, the editor approves and publishes by one press.
    reporter.reload()
    expect(reporter.locator(".steps")).to_contain_text("Say which speech.")
    reporter.fill("#id_note", acts.correction["note"])
    reporter.click("[name=_continue]")
    reporter.get_by_role("button", name="Submit").click()
    editor.goto(f"{site}/admin/{QUEUE}")
    editor.locator(".card").get_by_role("button", name="Approve and publish").click()
    expect(editor.locator(".messagelist .success")).to_be_visible()
    # Readers see it at the words, in the log, in the feed; whoever reported it is answered.
    reader.goto(site + STORY)
    reader.get_by_role("link", name="[Corrected]").click()
    expect(reader.locator("#correction-1")).to_contain_text(acts.correction["note"])
    looked_at(reader)
    reader.goto(f"{site}/corrections/")
    expect(reader.locator("main")).to_contain_text(acts.correction["note"])
    looked_at(reader)
    assert acts.correction["note"] in reader.request.get(f"{site}/corrections.atom").text()
    assert "Burt" in reader.request.get(f"{site}/stories.atom").text()
    reader.goto(receipt)
    expect(reader.locator("main")).to_contain_text("correction 1")
    looked_at(reader)
