"""Pages of people, organizations and entries: what the record says of them, in which edition, and how to cite it."""

import csv
import re
from datetime import date
from io import StringIO

import pytest

from investigations.pages import along, named, paths
from investigations.pages.offices import offices
from investigations.publishing.named_pages import drop_old_named_pages, named_addresses
from investigations.record.models import AttendanceRow, MeetingRow, Page, PersonRow
from tests import builders


def text_of(client, path: str) -> str:
    """What a reader reads at this address."""
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def when(words: str, earliest: str, latest: str) -> dict[str, str]:
    """A projected date."""
    return {"words": words, "earliest": earliest, "latest": latest}


MARCH = when("March 2016", "2016-03-01", "2016-03-31")
FEBRUARY = when("February 8, 2017", "2017-02-08", "2017-02-08")


@pytest.mark.parametrize(
    ("since", "until", "in_office", "said"),
    [
        (MARCH, FEBRUARY, False, "since March 2016, until February 8, 2017"),
        (MARCH, None, False, "since March 2016; until when is not stated"),
        (None, FEBRUARY, False, "until February 8, 2017; since when is not stated"),
        (None, None, False, "when is not stated"),
        (MARCH, None, True, "since March 2016, and still when this was published"),
        (None, None, True, "when this was published"),
    ],
)
def test_what_is_not_stated_of_an_office_is_said_to_be_not_stated(since, until, in_office, said):
    role = {"title": "clerk", "organization": None, "since": since, "until": until, "in_office": in_office}
    (office,) = offices([role])
    assert (office.from_to, office.words) == (said, f"clerk, {said}")
    assert (office.since.earliest, office.until.latest) == (
        date(2016, 3, 1) if since else None,
        date(2017, 2, 8) if until else None,
    )


@pytest.fixture
def officer(db):
    """A harbor master."""
    person = builders.make_person(name="Robin Alba", family_name="Alba")
    builders.make_role(person=person, organization=builders.make_organization(name="The port"), since="2010")
    return person


@pytest.fixture
def told(story, officer, investigation, reporter, editor):
    """A story with a meeting of a harbor master whose role is in dispute, and with what they said of it after."""
    meeting = builders.make_meeting(investigation=investigation, when="September 8, 2016", title="A visit")
    builders.make_attendance(meeting=meeting, person=officer, role_in_dispute=True)
    away = builders.make_meeting(investigation=investigation, when="May 2016", title="A dinner")
    builders.make_attendance(meeting=away, person=officer, presence="stayed_away")
    source = builders.make_source(investigation=investigation, person=officer)
    quote = builders.make_quote(source=source, said="March 2, 2017", words="I was there", setting="hearing")
    account = builders.make_quote(investigation=investigation, words="He came as the master")
    builders.make_role_account(meeting=meeting, person=officer, quote=account, wording="as the master of the port")
    passage = story.passages.get(mark="p1")
    for record in ({"meeting": meeting}, {"meeting": away}, {"quote": quote}):
        builders.make_evidence(passage=passage, **record)
    builders.publish_story(story, reporter=reporter, editor=editor)
    meeting.quote, meeting.account = quote, account
    return meeting


def files_of(client, person):
    """The picture of somebody as a file, and the rows of its table."""
    drawn, table = (client.get(f"/people/{person.public_key}/time.{ending}") for ending in ("svg", "csv"))
    assert (drawn["Content-Type"], table["Content-Type"]) == (
        "image/svg+xml; charset=utf-8",
        "text/csv; charset=utf-8",
    )
    return drawn.content.decode(), list(csv.DictReader(StringIO(table.content.decode("utf-8-sig"))))


def test_the_picture_of_a_person_can_be_taken_away_with_what_it_draws(told, officer, client):
    drawn, rows = files_of(client, officer)
    for ending in ("svg", "csv"):
        assert (
            f'href="/people/{officer.public_key}/time.{ending}"'
            in client.get(f"/people/{officer.public_key}/").content.decode()
        )
    assert [row["kind"] for row in rows] == ["office", "on record", "on record", "said"]
    assert [row["presence"] for row in rows] == ["", "Stayed away", "", ""]
    assert {row["page"] for row in rows} == {paths.absolute(f"/people/{officer.public_key}/")}
    assert all("/stories/" in row["edition"] for row in rows)
    assert "Robin Alba, in: " in drawn


def test_somebody_who_stayed_away_is_not_drawn_like_one_who_came(told, officer, client):
    drawn, _ = files_of(client, officer)
    labels = re.findall(r">([^<]*)</text>", drawn)
    assert "Stayed away: A dinner" in labels
    assert "A visit" in labels


def test_the_files_go_with_the_picture(told, officer, client):
    person = PersonRow.objects.get(key=officer.public_key)
    drop_old_named_pages([person.key], [], list(named_addresses([person.key], [])))
    assert len(files_of(client, officer)) == 2
    person.roles = []
    person.save()
    AttendanceRow.objects.filter(person=person.key).delete()
    drop_old_named_pages([person.key], [], list(named_addresses([person.key], [])))
    answers = [client.get(f"/people/{person.key}/{name}").status_code for name in ("", "time.svg", "time.csv")]
    assert answers == [200, 404, 404]


def test_a_picture_that_is_cut_says_so(told, officer, client, monkeypatch):
    monkeypatch.setattr(along, "MOST", 2)
    (page, *_), (_, drawn, _) = (
        [address.rendered.body.decode() for address in named_addresses([officer.public_key], [])] for _ in range(2)
    )
    sentence = "Only the first 2 of 3 are drawn; the list below has all."
    assert sentence in page
    assert sentence in drawn


def test_what_was_said_stands_beside_the_record_in_the_years_that_have_both_and_nowhere_is_an_empty_column(
    told, officer, client
):
    def shown():
        page = client.get(f"/people/{officer.public_key}/").content.decode()
        return re.findall(r'<h3>([^<]+)</h3>\s*<ol class="([^"]+)">', page)

    assert shown() == [("2016", "moments"), ("2017", "moments")]
    MeetingRow.objects.filter(title="A visit").update(earliest=date(2017, 3, 3), latest=date(2017, 3, 3))
    Page.objects.filter(path=f"/people/{officer.public_key}/").update(
        body=next(iter(named_addresses([officer.public_key], []))).rendered.body
    )
    assert shown() == [("2016", "moments"), ("2017", "moments both")]


def test_a_person_has_offices_meetings_and_quotes_in_the_order_of_their_days(told, officer, client):
    said = text_of(client, f"/people/{officer.public_key}/")
    assert "What published records say, and nothing more: named in 2 records of meetings, 1 quote." in said
    assert "Harbor master , The port Since 2010; until when is not stated" in said
    places = [said.index(words) for words in ("A dinner", "A visit", "“I was there”")]
    assert places == sorted(places)
    assert "A dinner Stayed away" in said
    assert said.count("in what role is in dispute") == 1
    assert "Hearing · As harbor master" in said


def test_a_persons_page_says_which_edition_of_which_story_names_them(told, officer, story, client):
    page = client.get(f"/people/{officer.public_key}/").content.decode()
    assert f'<a href="/stories/{story.slug}/">{story.headline}</a>, as of ' in page
    assert f'<a href="/stories/{story.slug}/editions/1/">edition 1</a>' in page


def test_a_persons_page_leads_to_the_lists_of_all_that_they_said_and_where_they_were(told, officer, client):
    page = client.get(f"/people/{officer.public_key}/").content.decode()
    for name, found in (("meetings", 2), ("quotes", 1)):
        path = f"/{name}/?person={officer.public_key}"
        assert f'href="{path}"' in page
        assert client.get(path).content.decode().count('<li class="row">') == found


def test_a_long_page_says_that_it_shows_the_first_alone(told, officer, client, monkeypatch):
    monkeypatch.setattr(named, "LONGEST", 1)
    row = PersonRow.objects.get(key=officer.public_key)
    page = named.person_page(row, [], [], [], [])
    assert page.shortened
    monkeypatch.setattr(named, "LONGEST", 2)
    assert not page.shortened


def test_an_organization_has_who_held_which_office_in_it(told, officer, client):
    path = re.search(r'href="(/organizations/\w+/)"', client.get(f"/people/{officer.public_key}/").content.decode())[
        1
    ]
    said = text_of(client, path)
    assert "Published records say that 1 person held office in it." in said
    assert "Robin Alba Harbor master Since 2010; until when is not stated" in said
    assert "The port, in: “" in said


def test_the_pages_of_a_meeting_and_of_a_quote_lead_to_whom_they_name(told, officer, client):
    for path in (f"/meetings/{told.public_key}/", f"/quotes/{told.quote.public_key}/"):
        assert f'href="/people/{officer.public_key}/"' in client.get(path).content.decode()


def test_a_meeting_has_the_accounts_of_a_role_beside_each_other_with_who_says_so_and_on_what_terms(told, client):
    said = text_of(client, f"/meetings/{told.public_key}/")
    assert "In what role is in dispute." in said
    assert f"Affirmed As the master of the port : {told.account.speaker.name} , on the record." in said
    assert "Questioned Nobody is on record." in said


def test_a_record_is_cited_in_the_edition_that_holds_it(told, story, client):
    said = text_of(client, f"/meetings/{told.public_key}/")
    assert (
        f"A visit, September 8, 2016, in: “{story.headline},” The Record Desk, edition 1, March 2, 2026, "
        f"http://127.0.0.1:8000/stories/{story.slug}/editions/1/; record: "
        f"http://127.0.0.1:8000/meetings/{told.public_key}/" in said
    )


def test_a_record_behind_another_says_so(told, story, client):
    said = text_of(client, f"/quotes/{told.account.public_key}/")
    assert f"In the evidence of {story.headline} , as of edition 1 , behind another record" in said
    assert "Cited in" not in said


def test_a_story_is_cited_by_who_wrote_it_in_the_edition_that_is_read(told, story, reporter, editor, client):
    builders.correct_story(story, reporter=reporter, editor=editor)
    name = story.bylines.get().author.name
    for number, path in ((2, f"/stories/{story.slug}/"), (1, f"/stories/{story.slug}/editions/1/")):
        line = re.search(r'<p class="line">(.*?)</p>', client.get(path).content.decode())[1]
        assert line.startswith(f"{name}, “{story.headline},” The Record Desk, edition {number}, March ")
        assert line.endswith(f"/stories/{story.slug}/editions/{number}/")


def test_nothing_withheld_is_cited(told, standards, client):
    builders.withhold(by=standards, entry=f"meeting/{told.public_key}")
    assert "Cite this" not in text_of(client, f"/meetings/{told.public_key}/")
