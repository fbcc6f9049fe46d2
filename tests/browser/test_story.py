"""A story in Chromium, from an annotated draft to the page: a reporter, an editor, and what both do counted."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from investigations.models import Evidence, Passage, Story
from investigations.record.models import Edition
from tests import builders
from tests.browser import reservoir
from tests.browser.conftest import PASSWORD
from tests.browser.test_readers_pages import found_by_axe

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def work() -> SimpleNamespace:
    """A fresh investigation: a reporter, an editor, what the reporter holds on file before the draft comes."""
    lee, sam = builders.make_user("lee", "Reporter"), builders.make_user("sam", "Editor")
    for user in (lee, sam):
        user.set_password(PASSWORD)
        user.save()
    investigation = builders.make_investigation(title="The reservoir", team=[lee, sam])
    of = {"investigation": investigation}
    for title, url in (("Minutes of the board", reservoir.MINUTES), ("Audit of Dry Fork", reservoir.AUDIT)):
        builders.make_source(title=title, url=url, kind="document", **of)
    checked = {"checked_by": sam, "terms": "on_record", **of}
    for name, words in (("Orla Vance", reservoir.SAID), ("Pim Dorsey", reservoir.ASKED)):
        source = builders.make_source(person=builders.make_person(name=name), **of)
        builders.make_checked_quote(source=source, words=words, speaker=source.person, **checked)
    log = builders.make_source(title="Visitors’ log of the works", kind="document", **of)
    walk = builders.make_meeting(title="Walk along the dam", when="May 19, 2019", source=log, **of)
    builders.make_attendance(meeting=walk, person=builders.make_person(name="Gus Halloran"))
    builders.make_author(name="Lee Example")
    return SimpleNamespace(lee=lee, sam=sam, investigation=investigation, walk=walk)


@pytest.fixture
def at_the_desk(live_server: Any, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Logs somebody in at a page of the desk."""

    def logged_in(name: str, path: str = "", **options: Any) -> Page:
        page = open_page(f"{live_server.url}/admin/login/?next=/admin/{path}", script=True, **options)
        page.fill("#id_username", name)
        page.fill("#id_password", PASSWORD)
        page.click("[type=submit]")
        return page

    return logged_in


class Hands:
    """Counts what somebody does: each click, each key or chord, each field filled in is one action."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions, self.keys = page, 0, 0

    def click(self, thing: Locator) -> None:
        thing.click()
        self.actions += 1

    def press(self, chord: str) -> None:
        self.page.keyboard.press(chord)
        self.actions += 1

    def type(self, field: Locator, words: str) -> None:
        field.fill(words)
        self.actions, self.keys = self.actions + 1, self.keys + len(words)

    def since(self, before: int) -> int:
        return self.actions - before


def select(page: Page, words: str) -> None:
    """Select words of the body, as a drag of the mouse does."""
    page.locator("#id_body").wait_for()
    page.evaluate(
        """words => {
            const body = document.getElementById("id_body");
            body.focus();
            const at = body.value.indexOf(words);
            body.setSelectionRange(at, at + words.length);
        }""",
        words,
    )


def shown_by(page: Page, hands: Hands, letters: str) -> None:
    """Press the key, type letters, take the first that is found."""
    hands.press("Control+k")
    hands.type(page.locator("#shows-letters"), letters)
    expect(page.locator("#shows-found [aria-selected=true]")).to_contain_text(letters)
    hands.press("Enter")
    expect(page.locator("#foot-said")).to_contain_text(letters)


def findings(page: Page) -> str:
    """What the check says in its tab."""
    page.click("#tab-check")
    return page.locator("#beside-check").inner_text()


def test_a_draft_with_eight_comments_becomes_a_story_that_two_people_sign(
    work: SimpleNamespace, at_the_desk: Callable[..., Page], live_server: Any
) -> None:
    page = at_the_desk("lee", "investigations/story/from-draft/")
    hands = Hands(page)
    page.locator("#id_file").set_input_files(
        {"name": "reservoir.docx", "mimeType": "application/zip", "buffer": reservoir.make_draft()}
    )
    hands.actions += 1
    hands.click(page.locator("[type=submit][value=Preview]"))
    expect(page.locator("#content-main")).to_contain_text("Of 8 comments and footnotes 8 get a marked passage")
    hands.click(page.get_by_role("button", name="Bring it in"))
    expect(page.locator(".messagelist")).to_contain_text("8 passages marked")
    story = Story.objects.get()
    assert 550 <= len(story.body.split()) <= 700
    assert Evidence.objects.filter(passage__story=story).count() == 6
    # Two addresses that nobody had on file are shown to readers once somebody looked at them.
    for address in (reservoir.GAUGE, reservoir.PERMIT):
        note = page.locator("li", has_text=address)
        hands.click(note.get_by_role("button", name="Show its source to readers, settled"))
        expect(note.get_by_role("button")).to_have_count(0)
    # Two comments were no records: the meeting is found by a few letters, and so is the audit.
    page.goto(f"{live_server.url}/admin/investigations/story/{story.pk}/change/")
    for words, letters in (("The chair of the board met", "Walk along"), ("The county has refunded", "Audit of")):
        before = hands.actions
        select(page, words)
        hands.actions += 1
        shown_by(page, hands, letters)
        assert hands.since(before) <= 4
    assert story.passages.filter(evidence__isnull=False).distinct().count() == 8
    # The notes of the two wait, nobody's name stands over it: the check says so, and the editor can't publish.
    said = findings(page)
    assert "story.W090" in said
    page.goto(f"{live_server.url}/admin/investigations/story/{story.pk}/notes/")
    settled = page.get_by_role("button", name="Settled", exact=True)
    for waiting in (3, 2, 1):
        expect(settled).to_have_count(waiting)
        hands.click(settled.first)
    expect(settled).to_have_count(0)
    page.goto(f"{live_server.url}/admin/investigations/story/{story.pk}/change/")
    editor = at_the_desk("sam", f"investigations/story/{story.pk}/change/")
    editor.get_by_role("button", name="Publish", exact=True).click()
    expect(editor.locator(".messagelist .error").first).to_contain_text("Nobody has signed the story")
    assert not Edition.objects.exists()
    # Mended, signed by both, published, read.
    passages = hands.actions
    hands.click(page.locator("#bylines-group .add-row a"))
    page.locator("#id_bylines-0-author + .select2 .select2-selection").click()
    page.locator(".select2-search__field").fill("Lee Ex")
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text("Lee Example")
    page.keyboard.press("Enter")
    hands.actions += 3
    hands.click(page.locator(".foot [name=_continue]"))
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert "Must fix: 0" in findings(page)
    hands.click(page.get_by_role("button", name="Sign as it stands"))
    expect(page.locator(".messagelist .success")).to_contain_text("Signed")
    editor.reload()
    editor.get_by_role("button", name="Sign as it stands").click()
    expect(editor.locator(".messagelist .success")).to_contain_text("Signed")
    editor.get_by_role("button", name="Publish", exact=True).click()
    expect(editor.locator(".messagelist .success")).to_contain_text("Published.")
    page.goto(f"{live_server.url}/stories/{story.slug}/")
    assert page.locator(".passage[id]").count() == 8
    assert passages <= 16, f"{passages} actions for eight passages"


def test_what_shows_this_takes_four_actions_and_finds_the_exact_quote_by_itself(
    work: SimpleNamespace, at_the_desk: Callable[..., Page]
) -> None:
    body = f"Vance was sure. “{reservoir.SAID},” she said."
    story = builders.make_story(investigation=work.investigation, body=body)
    page = at_the_desk("lee", f"investigations/story/{story.pk}/change/")
    hands = Hands(page)
    select(page, reservoir.SAID)
    hands.actions += 1
    hands.press("Control+k")
    expect(page.locator("#shows-found [aria-selected=true]")).to_contain_text("Exactly:")
    assert found_by_axe(page) == []
    hands.press("Enter")
    expect(page.locator("#foot-said")).to_contain_text("p1: Quote")
    expect(page.locator("#beside-evidence")).to_contain_text(reservoir.SAID)
    assert hands.actions == 3
    piece = Evidence.objects.get()
    assert (piece.passage.words, piece.added_by) == (reservoir.SAID, work.lee)


def test_a_new_record_is_made_without_leaving_the_text(
    work: SimpleNamespace, at_the_desk: Callable[..., Page]
) -> None:
    story = builders.make_story(investigation=work.investigation, body="The permit was issued in nine days.")
    page = at_the_desk("lee", f"investigations/story/{story.pk}/change/")
    select(page, "issued in nine days")
    page.keyboard.press("Control+k")
    with page.expect_popup() as opened:
        page.locator("#add_shows_source").click()
    form = opened.value
    form.select_option("#id_kind", "document")
    form.fill("#id_title", "Permit W-2207")
    form.locator("[name=_save]").click()
    expect(page.locator("#shows-said")).to_contain_text("The new source is chosen")
    page.keyboard.press("Enter")
    expect(page.locator("#beside-evidence")).to_contain_text("Permit W-2207")
    assert Evidence.objects.get().source.title == "Permit W-2207"


def test_what_is_pasted_keeps_its_form_and_the_next_save_counts_what_looks_checkable(
    work: SimpleNamespace, at_the_desk: Callable[..., Page]
) -> None:
    story = builders.make_story(investigation=work.investigation, body="The lake was full.")
    page = at_the_desk("lee", f"investigations/story/{story.pk}/change/")
    page.locator("#id_body").evaluate(
        """(field) => {
          const data = new DataTransfer();
          data.setData("text/html", "<p>It was <i>dry</i>.</p><p>On May 3 the board paid 42 million dollars.</p>");
          field.setSelectionRange(field.value.length, field.value.length);
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    pasted = "The lake was full.\n\nIt was *dry*.\n\nOn May 3 the board paid 42 million dollars."
    expect(page.locator("#id_body")).to_have_value(pasted)
    page.keyboard.press("Control+s")
    expect(page.locator("#foot-said")).to_contain_text(
        "1 sentence looks checkable; 0 match a record. Step through them."
    )
    page.locator("#foot-said a").click()
    page.wait_for_url("**/checkable/")


def test_two_browsers_on_one_story_lose_nothing(work: SimpleNamespace, at_the_desk: Callable[..., Page]) -> None:
    story = builders.make_story(investigation=work.investigation, body="The lake was full.")
    address = f"investigations/story/{story.pk}/change/"
    lee, sam = at_the_desk("lee", address, refused="409"), at_the_desk("sam", address)
    expect(sam.locator("#foot-others")).to_contain_text("lee has had this open since")
    sam.fill("#id_body", "The lake was half full.")
    sam.keyboard.press("Control+s")
    expect(sam.locator("#foot-said")).to_contain_text("Saved at")
    lee.fill("#id_body", "The lake was full on paper.")
    expect(lee.locator("#foot-others")).to_contain_text("sam has had this open since")
    lee.keyboard.press("Control+s")
    expect(lee.locator("#foot-said")).to_contain_text("sam saved this story at")
    assert Story.objects.get().body == "The lake was half full."
    lee.locator(".foot [name=_continue]").click()
    expect(lee.locator(".meanwhile ins")).to_have_text("half ")
    expect(lee.locator("#id_body")).to_have_value("The lake was full on paper.")
    lee.fill("#id_body", "The lake was half full, and full on paper.")
    lee.get_by_role("button", name="Save mine over it").click()
    expect(lee.locator(".messagelist .success")).to_be_visible()
    assert Story.objects.get().body == "The lake was half full, and full on paper."


def test_words_outlive_a_logout(work: SimpleNamespace, at_the_desk: Callable[..., Page]) -> None:
    story = builders.make_story(investigation=work.investigation, body="The lake was full.")
    address = f"investigations/story/{story.pk}/change/"
    page = at_the_desk("lee", address, refused="403")
    page.fill("#id_body", "The lake was full in May.")
    expect(page.locator("#foot-said")).to_contain_text("Kept at")
    page.context.clear_cookies()
    page.fill("#id_body", "The lake was full in May alone.")
    page.locator(".foot [name=_continue]").click()
    expect(page.locator("#foot-said")).to_contain_text("You are logged out")
    expect(page.locator("#id_body")).to_have_value("The lake was full in May alone.")
    # Logged in again in another window, the first one goes on.
    other = page.context.new_page()
    other.goto(page.url.split("/admin/")[0] + f"/admin/login/?next=/admin/{address}")
    other.fill("#id_username", "lee")
    other.fill("#id_password", PASSWORD)
    other.click("[type=submit]")
    expect(other.locator(".kept ins")).to_have_text(" in May")
    page.locator(".foot [name=_continue]").click()
    expect(page.locator("#foot-said")).to_contain_text("Saved at")
    assert Story.objects.get().body == "The lake was full in May alone."


def test_axe_finds_nothing_on_the_story_screen_and_its_tabs(
    work: SimpleNamespace, at_the_desk: Callable[..., Page]
) -> None:
    story = builders.make_ready_story(investigation=work.investigation, by=work.lee)
    builders.make_figure(story=story, alt_text="")
    page = at_the_desk("sam", f"investigations/story/{story.pk}/change/")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for tab in ("evidence", "check", "preview"):
            page.click(f"#tab-{tab}")
            expect(page.locator(f"#beside-{tab} .beside-content")).not_to_be_empty()
            assert found_by_axe(page) == [], (tab, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_nothing_on_the_pages_about_a_story_and_its_records(
    work: SimpleNamespace, at_the_desk: Callable[..., Page]
) -> None:
    story = builders.make_ready_story(investigation=work.investigation, by=work.sam)
    story.body += "\n\nOn May 3, 2016 the board paid 42 million dollars to Oleg Petrov."
    story.save()
    interview = builders.make_interview(investigation=work.investigation)
    quote = builders.make_quote(interview=interview, source=interview.source, words=reservoir.SAID)
    builders.make_evidence(passage=story.passages.get(mark="p1"), quote=quote)
    builders.make_draft_note(story=story, by=work.lee)
    Passage.objects.update(words="The lake was full in May, and on paper in June.")
    pages = {
        f"story/{story.pk}/checkable/": "42 million",
        f"story/{story.pk}/preview/": "42 million",
        f"story/{story.pk}/notes/": "Ask the board",
        "passage/words-changed/": "on paper in June",
        f"quote/{quote.pk}/thread/": "The lake",
        f"interview/{interview.pk}/check/": reservoir.SAID,
    }
    page = at_the_desk("lee", "")
    for address, words in pages.items():
        page.goto(f"{page.url.split('/admin/')[0]}/admin/investigations/{address}")
        expect(page.locator("body")).to_contain_text(words)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert found_by_axe(page) == [], (address, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)


def test_the_story_screen_is_worked_by_keyboard_alone(
    work: SimpleNamespace, at_the_desk: Callable[..., Page]
) -> None:
    story = builders.make_story(investigation=work.investigation, body="The walk was short.")
    page = at_the_desk("lee", f"investigations/story/{story.pk}/change/")
    page.locator("#id_body").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Control+k")
    expect(page.locator("#shows-words")).to_have_text("The walk was short")
    page.keyboard.type("walk")
    expect(page.locator("#shows-found [role=option]").first).to_contain_text("Walk along the dam")
    page.keyboard.press("Enter")
    expect(page.locator("#foot-said")).to_contain_text("p1: Meeting")
    assert page.evaluate("document.activeElement.id") == "id_body"
    page.locator("#tab-evidence").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#beside-check")).to_be_visible()
    expect(page.locator("#beside-evidence")).to_be_hidden()
    page.keyboard.press("End")
    expect(page.locator("#beside-preview")).to_contain_text("The walk was short")
