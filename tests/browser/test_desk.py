"""The desk's forms in Chromium: a new reporter enters the case's hard things, by keyboard, narrow and wide."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from investigations.models import Attendance, Interview, Meeting, Quote, RoleAccount, Source
from tests import builders
from tests.browser.conftest import PASSWORD
from tests.browser.test_readers_pages import found_by_axe

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
NOUNS = ["meeting", "interview", "source", "quote", "person", "organization", "role", "story", "commentrequest"]


class Entering:
    """Counts what a reporter does on a form: keys pressed, fields filled in, clicks."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys, self.fields, self.clicks = page, 0, 0, 0

    def type(self, field: Locator, words: str) -> None:
        field.fill(words)
        self.keys, self.fields = self.keys + len(words), self.fields + 1

    def choose(self, field: Locator, value: str) -> None:
        field.select_option(value)
        self.keys, self.fields = self.keys + 2, self.fields + 1

    def click(self, thing: Locator) -> None:
        thing.click()
        self.clicks += 1

    def find(self, select: str, letters: str) -> None:
        """Choose in an autocomplete field by its first letters."""
        self.click(self.page.locator(f"#{select} + .select2 .select2-selection"))
        self.page.locator(".select2-search__field").fill(letters)
        found = self.page.locator(".select2-results__option--highlighted")
        expect(found).to_contain_text(letters)
        self.page.keyboard.press("Enter")
        self.keys, self.fields = self.keys + len(letters) + 1, self.fields + 1

    def save(self) -> None:
        self.click(self.page.locator("[name=_save]"))
        expect(self.page.locator(".messagelist .success")).to_be_visible()

    def at_most(self, *, keys: int, fields: int, clicks: int) -> None:
        assert (self.keys <= keys, self.fields <= fields, self.clicks <= clicks) == (True, True, True), vars(self)


@pytest.fixture
def desk(live_server: Any, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Opens a page of the desk as a reporter on the team of one investigation, the harbor."""
    reporter = builders.make_user("newcomer", "Reporter")
    reporter.set_password(PASSWORD)
    reporter.save()
    builders.make_investigation(title="The harbor", team=[reporter])

    def open_(path: str, **options: Any) -> Page:
        page = open_page(f"{live_server.url}/admin/login/?next=/admin/{path}", script=True, **options)
        page.fill("#id_username", "newcomer")
        page.fill("#id_password", PASSWORD)
        page.click("[type=submit]")
        return page

    return open_


def test_a_meeting_with_six_people_and_a_role_in_dispute(desk: Any) -> None:
    for name in ("Lee Sample", "Kim Sample", "Jo Sample", "Max Sample", "Ada Sample"):
        builders.make_role(person=builders.make_person(name=name), title="harbor master", in_office=True)
    work = builders.Story._meta.get_field("investigation").related_model.objects.get()
    builders.make_quote(investigation=work, slug="as-a-senator")
    page = desk("investigations/meeting/add/")
    entering = Entering(page)
    entering.find("id_investigation", "harbor")
    entering.type(page.locator("#id_when"), "early August 2016")
    expect(page.locator("output[for=id_when]")).to_have_text("Understood: some day from August 1 to 10, 2016.")
    entering.type(page.locator("#id_title"), "Dinner at the club")
    entering.choose(page.locator("#id_kind"), "dinner")
    entering.choose(page.locator("#id_established"), "witness")
    entering.type(page.locator("#id_names"), "Kim Sample\nJo Sample\nMax Sample\nAda Sample\ntwo aides (2)")
    entering.find("id_attendances-0-person", "Lee")
    expect(page.locator("output[for=id_attendances-0-role_as_of]")).to_have_text("From the roles: harbor master.")
    accounts = page.locator("#attendances-0 .accounts")
    expect(accounts).to_be_hidden()
    entering.click(page.locator("#id_attendances-0-role_in_dispute"))
    expect(accounts).to_be_visible()
    entering.type(page.locator("#id_attendances-0-accounts-0-wording"), "as a senator")
    entering.find("id_attendances-0-accounts-0-quote", "as-a-senator")
    entering.save()
    assert Meeting.objects.get().when_latest.isoformat() == "2016-08-10"
    rows = list(Attendance.objects.values_list("person__name", "headcount", "role_in_dispute"))
    assert rows[0] == ("Lee Sample", 1, True)
    assert rows[-1] == (None, 2, False)
    assert len(rows) == 6
    assert RoleAccount.objects.get().person.name == "Lee Sample"
    entering.at_most(keys=160, fields=9, clicks=5)


def test_an_interview_with_three_quotes(desk: Any) -> None:
    work = builders.Story._meta.get_field("investigation").related_model.objects.get()
    builders.make_source(investigation=work, person=builders.make_person(), code_name="plain harbor")
    page = desk("investigations/interview/add/")
    entering = Entering(page)
    entering.find("id_investigation", "harbor")
    entering.find("id_source", "plain")
    entering.type(page.locator("#id_said"), "March 2, 2017")
    entering.choose(page.locator("#id_manner"), "telephone")
    entering.choose(page.locator("#id_terms"), "on_record")
    for number, words in enumerate(("We met twice", "Nobody asked", "I signed it")):
        if number:
            entering.click(page.locator("#quotes-group .add-row a"))
        entering.type(page.locator(f"#id_quotes-{number}-words"), words)
    entering.save()
    assert Interview.objects.get().quotes.count() == 3
    assert {(quote.terms, quote.said, quote.source.code_name) for quote in Quote.objects.all()} == {
        ("on_record", "March 2, 2017", "plain harbor")
    }
    entering.at_most(keys=75, fields=8, clicks=5)


def test_a_source_with_an_agreed_descriptor(desk: Any) -> None:
    page = desk("investigations/source/add/")
    entering = Entering(page)
    entering.find("id_investigation", "harbor")
    entering.choose(page.locator("#id_kind"), "person")
    entering.type(page.locator("#id_descriptor"), "a former official of the port")
    expect(page.locator("#as-readers")).to_contain_text("A former official of the port. On background.")
    entering.choose(page.locator("#id_identity"), "known")
    entering.save()
    source = Source.objects.get()
    assert (source.descriptor, len(source.code_name.split())) == ("a former official of the port", 2)
    entering.at_most(keys=45, fields=4, clicks=2)


def test_a_source_is_entered_by_keyboard_alone(desk: Any) -> None:
    page = desk("investigations/source/add/")
    keyboard = page.keyboard
    page.locator("#id_kind").focus()
    keyboard.type("Per")
    for _ in range(12):
        keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "id_descriptor":
            break
    keyboard.type("a former official")
    keyboard.press("Tab")
    keyboard.type("Known")
    page.locator("#id_investigation + .select2 .select2-selection").focus()
    keyboard.press("Enter")
    expect(page.locator(".select2-search__field")).to_be_focused()
    keyboard.type("harbor")
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text("harbor")
    keyboard.press("Enter")
    page.locator("[name=_save]").focus()
    keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Source.objects.get().descriptor == "a former official"


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_the_desks_forms_and_lists(desk: Any, width: int) -> None:
    page = desk("", width=width)
    searches = ["", "search/?q=harbor", "search/?q=nothing"]
    for address in (*searches, *(f"investigations/{noun}/{kind}" for noun in NOUNS for kind in ("", "add/"))):
        page.goto(page.url.split("/admin/")[0] + f"/admin/{address}")
        assert found_by_axe(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_the_queue_and_its_buttons_are_large(desk: Any, width: int) -> None:
    work = builders.Story._meta.get_field("investigation").related_model.objects.get()
    newcomer = work.team.get()
    newcomer.groups.set(newcomer.groups.model.objects.filter(name="Editor"))
    lee, kim = builders.make_user("lee", "Editor"), builders.make_user("kim", "Editor")
    work.team.add(lee, kim)
    for severity in ("ordinary", "serious"):
        story = builders.make_ready_story(investigation=work, by=lee)
        builders.publish_story(story, reporter=lee, editor=kim)
        story.edit(by=lee, now=builders.NEXT_DAY, body=story.body.replace(" from the gallery", ""))
        builders.make_submitted(story=story, written_by=lee, severity=severity)
    page = desk("investigations/correction/queue/", width=width)
    expect(page.locator(".card")).to_have_count(2)
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("summary").first.click()
    touched = page.locator(".queue :is(button, summary, a):visible").all()
    assert [each.inner_text() for each in touched if each.bounding_box()["height"] < 44] == []


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_forms_with_rows_and_what_rests_on_them(desk: Any, width: int) -> None:
    work = builders.Story._meta.get_field("investigation").related_model.objects.get()
    byline = builders.make_byline(story=builders.make_story(investigation=work, body="It [met]{#p1}."))
    evidence = builders.make_evidence(passage=builders.make_passage(story=byline.story, words="met"))
    page = desk("", width=width)
    for row in (byline.story, evidence.quote, builders.make_role().person):
        name = row._meta.model_name
        page.goto(page.url.split("/admin/")[0] + f"/admin/investigations/{name}/{row.pk}/change/")
        assert found_by_axe(page) == [], name


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_a_letter_and_on_the_front_page_with_what_waits(desk: Any, width: int) -> None:
    work = builders.Story._meta.get_field("investigation").related_model.objects.get()
    newcomer = work.team.get()
    story = builders.make_ready_story(investigation=work, by=newcomer)
    letter = builders.put_to_somebody(story, by=newcomer, marks=["p1", "p2"], steps=3)
    builders.make_comment_request(story=story, deadline=builders.NOON)
    page = desk("", width=width)
    expect(page.get_by_role("heading", name="Your stories")).to_be_visible()
    screen = f"/admin/investigations/commentrequest/{letter.request.pk}/letter/"
    for path in ("/admin/", screen, f"{screen}?anew=1"):
        page.goto(page.url.split("/admin/")[0] + path)
        assert found_by_axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_the_fact_check_file_and_on_its_form(desk: Any, width: int) -> None:
    work = builders.Story._meta.get_field("investigation").related_model.objects.get()
    story = builders.make_ready_story(investigation=work, by=work.team.get())
    page = desk(f"investigations/story/{story.pk}/change/", width=width)
    page.get_by_role("link", name="Fact-check file").click()
    assert found_by_axe(page) == []
    page.get_by_role("button", name="Make the file").click()
    expect(page.locator("body")).to_contain_text("Confidential, prepared for counsel")
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
