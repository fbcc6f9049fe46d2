"""What readers get in Chromium: without script, by keyboard, narrow and wide, and what axe says of it."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db.models.functions import Length
from playwright.sync_api import Page, expect

from investigations.record.models import Page as StoredPage

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
STORY = "/stories/one-man-two-offices/"
# The words in a picture that is drawn that lie outside it, if only by a pixel.
CLIPPED = """[...document.querySelectorAll("svg.picture")].flatMap(picture => {
    const all = picture.getBoundingClientRect();
    return [...picture.querySelectorAll("text")].filter(text => {
        const box = text.getBoundingClientRect();
        const out = box.left < all.left - 1 || box.right > all.right + 1 || box.bottom > all.bottom + 1;
        return all.width && box.width && out;
    }).map(text => text.textContent);
})"""


def found_by_axe(page: Page) -> list[str]:
    """Each violation of WCAG 2.2 A and AA, and of good practice, with the first element it was found on."""
    results = Axe().run(page, options={"resultTypes": ["violations"]})
    return [f"{v['id']}: {v['nodes'][0]['target']} {v['help']}" for v in results.response["violations"]]


ON_REQUEST = [
    *("/meetings/", "/quotes/", "/sources/", "/people/", "/organizations/", "/corrections/", "/search/"),
    "/meetings/?in_dispute=on&since=2016-09-02",
    "/meetings/?q=ambassador&until=2016-09-02&established=published_account",
    "/meetings/?kind=speech&in_dispute=on",
    "/quotes/?since=yesterday&q=x",
    "/quotes/?terms=on_record&stance=supports&words=verbatim",
    "/sources/?kind=document",
    "/people/?q=senator",
    "/people/?q=zzzz",
    "/organizations/?q=senate",
    "/corrections/?kind=minor",
    "/search/?q=ambassador",
    "/search/?q=%22zzzz+zz%22&kind=quote",
    "/search/?q=x",
    *(f"{STORY}changes/", "/report-an-error/", f"{STORY}?evidence=all"),
]


def one_of_each() -> list[str]:
    """The address of the longest page of each kind."""
    kinds: dict[str, str] = {}
    pages = StoredPage.objects.filter(variant="", content_type__startswith="text/html")
    for path in pages.order_by(Length("body").desc(), "path").values_list("path", flat=True):
        kind = re.sub(r"^/(stories|investigations|policies)/[^/]+/", r"/\1/x/", path)
        kinds.setdefault(re.sub(r"/[0-9]+/|/[2-9a-z]{12}/", "/x/", kind), path)
    return [*sorted(kinds.values()), *ON_REQUEST]


def test_axe_finds_nothing_on_any_kind_of_page(site: str, open_page: Any) -> None:
    addresses = one_of_each()
    assert len(addresses) >= 40
    page = open_page("about:blank", script=True)
    for path in addresses:
        page.goto(site + path)
        for width, scheme in ((1280, "light"), (390, "dark")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            assert found_by_axe(page) == [], (path, width, scheme)


def test_axe_sees_a_planted_fault(site: str, open_page: Any) -> None:
    page = open_page(site + STORY, script=True)
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/x.png\">')")
    assert any(said.startswith("image-alt") for said in found_by_axe(page))


def test_passages_have_evidence_and_the_correction_stands_at_its_words(site: str, open_page: Any) -> None:
    page = open_page(site + STORY)
    assert page.locator(".passage[id]").count() >= 10
    assert page.locator(".card").count() >= page.locator(".passage[id]").count()
    block = page.locator(".block", has=page.locator(".fixed"))
    expect(block).to_contain_text("watched38 [Corrected]; those of Britain")
    expect(block.locator(".fix")).to_contain_text("he did not attend it")
    expect(page.locator(".corrected-box")).to_contain_text("he did not attend it")


@pytest.mark.parametrize("width", [1280, 390])
def test_evidence_opens_by_keyboard_without_script(site: str, open_page: Any, width: int) -> None:
    page = open_page(site + STORY, width=width)
    block = page.locator(".block", has=page.locator(".card.differ")).first
    card = block.locator(".card.differ").first
    if width == 390:
        block.locator(".evidence > summary").press("Enter")
    card.locator("summary").press("Enter")
    expect(card.locator(".accounts")).to_be_visible()
    expect(card).to_contain_text("That they met is not in dispute.")
    expect(card).to_contain_text("Questioned")


def test_a_reference_leads_to_its_card_and_back(site: str, open_page: Any) -> None:
    page = open_page(site + STORY, width=390)
    page.locator('a.ref[href="#n2"]').click()
    card = page.locator("#n2")
    expect(card).to_be_visible()
    card.get_by_role("link", name="Back to the words").click()
    expect(page).to_have_url(re.compile("#p2$"))


def test_an_open_card_does_not_move_the_text(site: str, open_page: Any) -> None:
    page = open_page(site + STORY)
    tops = "[...document.querySelectorAll('.block')].map(b => b.getBoundingClientRect().top + scrollY)"
    before = page.evaluate(tops)
    page.locator(".card.differ summary").first.click()
    assert page.locator(".card.differ .accounts").first.is_visible()
    assert max(abs(a - b) for a, b in zip(before, page.evaluate(tops), strict=True)) <= 2


def test_no_page_is_wider_than_the_screen_and_no_words_reach_out_of_a_picture(site: str, open_page: Any) -> None:
    page = open_page("about:blank", script=True)
    for path in one_of_each():
        page.goto(site + path)
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            assert page.evaluate(CLIPPED) == [], (path, width)


def test_a_page_asks_nobody_else_and_leaves_no_cookie(site: str, open_page: Any) -> None:
    page = open_page("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site + STORY)
    assert len(asked) >= 2
    assert all(address.startswith(site) for address in asked)
    assert page.context.cookies() == []
    assert page.locator("script:not([type='application/ld+json'])").count() == 0


def test_the_marks_can_be_hidden_and_all_evidence_opened(site: str, open_page: Any) -> None:
    page = open_page(site + STORY)
    cards = page.locator(".card").count()
    page.get_by_role("link", name="Show all").click()
    expect(page.locator(".card[open]")).to_have_count(cards)
    page.get_by_role("link", name="Hide marks").click()
    expect(page.locator(".card, .passage, .ref")).to_have_count(0)
    expect(page.locator("#p2")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_a_reader_reports_an_error_from_the_words_to_the_receipt(
    site: str, open_page: Any, width: int, scheme: str
) -> None:
    page = open_page(site + STORY, width=width, scheme=scheme, script=True)

    def looked_at() -> None:
        assert found_by_axe(page) == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    if width == 390:
        page.locator(".block", has=page.locator("#p2")).locator(".evidence > summary").click()
    page.locator(".block", has=page.locator("#p2")).get_by_role("link", name="Spotted an error? In paragraph").click()
    expect(page.locator("blockquote")).to_contain_text("In January, Senator Al Franken asked the nominee")
    looked_at()
    page.get_by_label("Your e-mail address").fill("zoe")
    page.get_by_role("button", name="Send").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Say what is wrong.")
    looked_at()
    page.get_by_role("link", name="Say what is wrong.").press("Enter")
    expect(page.get_by_label("What is wrong?")).to_be_focused()
    page.get_by_label("What is wrong?").fill("It was in February.")
    page.get_by_label("Your e-mail address").fill("zoe@reader.example")
    page.get_by_role("button", name="Send").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Received")
    expect(page.locator("main")).to_contain_text("It was in February.")
    expect(page.locator("main")).not_to_contain_text("zoe@")
    looked_at()
    assert page.context.cookies() == []
