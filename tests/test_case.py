"""The worked case, row by row: what its tables say is on the desk and on the readers' pages, and nothing else is."""

import csv
import json
import re
from collections import Counter
from datetime import date
from io import StringIO
from types import SimpleNamespace

import pytest
import yaml

from investigations import models, text
from investigations.lint import check_story
from investigations.management.acts import FOLDER
from investigations.management.invented import HARBOR
from investigations.models.month import counted_by_month
from investigations.publishing.projection.story import work_of
from investigations.record.models import AttendanceRow, MeetingRow, Part
from investigations.vocabulary import Presence
from tests.case_tables import (
    ACCOUNTS,
    DOCUMENTS,
    MONTHS,
    OCCASIONS,
    ORGANIZATIONS,
    PEOPLE,
    REQUESTS,
    ROLES,
    SAID,
    UNNAMED,
)
from tests.demonstrated import demonstrated, read
from tests.pages import structured

pytestmark = pytest.mark.django_db
STORY = "/stories/one-man-two-offices/"
PAGE = "/investigations/the-ambassadors-summer/"
NOTICE = "Demonstration. Retells one published account as of June 2017; later findings are not included."


@pytest.fixture(scope="module", autouse=True)
def case(django_db_setup, django_db_blocker):
    """The demonstration, loaded once for all tests here and taken back: the case's story, all pages as HTML."""
    with demonstrated(django_db_blocker) as pages:
        story = models.Story.objects.get(slug="one-man-two-offices")
        yield SimpleNamespace(story=story, pages=pages, read=read(pages[STORY]))


def of_the_case(model):
    """The rows of the case's investigation."""
    return model.objects.filter(investigation__slug="the-ambassadors-summer")


def invented(model):
    """The short names of the people or organizations of the invented investigation: all share these tables."""
    rows = yaml.safe_load((HARBOR / "people.yaml").read_text(encoding="utf-8"))
    return [row["fields"]["slug"] for row in rows if row["model"] == model._meta.label_lower]


def by(quote):
    """Who readers are told said it."""
    return quote.source.descriptor or (quote.speaker.name if quote.speaker else quote.speaker_label)


def attendance(meeting, presence):
    """Who is on file with this presence at a meeting, a number before those who are more than one."""
    rows = meeting.attendances.filter(presence=presence)
    names = [str(row.person or row.descriptor) for row in rows]
    return ", ".join(f"{row.headcount} {n}" if row.headcount > 1 else n for row, n in zip(rows, names, strict=True))


def test_people_and_organizations_are_those_of_the_case(case):
    people, organizations = (
        model.objects.exclude(slug__in=invented(model)) for model in (models.Person, models.Organization)
    )
    assert sorted(people.values_list("name", "description")) == sorted(PEOPLE)
    assert sorted(organizations.values_list("name", flat=True)) == sorted(ORGANIZATIONS)
    assert [name for name, _ in PEOPLE if name not in case.read and name.split()[-1] not in case.read] == []


def test_roles_are_dated_as_stated_and_no_further():
    on_file = [
        (role.person.name, role.title, role.since, "now" if role.in_office else role.until)
        for role in models.Role.objects.exclude(person__slug__in=invented(models.Person)).select_related("person")
    ]
    assert sorted(on_file) == sorted(ROLES)


def test_every_statement_is_on_file_as_it_was_made_and_no_other():
    marks = {"verbatim": "“{}”", "paraphrase": "{}"}
    quotes = of_the_case(models.Quote)
    on_file = [(by(quote), quote.said, marks[quote.form].format(quote.words)) for quote in quotes]
    assert sorted(on_file) == sorted([*SAID, *UNNAMED])


def test_readers_get_every_statement_with_who_said_it_and_when(case):
    for who, when, words in [*SAID, *UNNAMED]:
        name = re.escape(who[:1].upper() + who[1:])
        card = rf"{re.escape(words)}( \(in our words\))? {name}[^“”]* {when or 'date not stated'}\."
        assert re.search(card, case.read, re.IGNORECASE), (who, words)


def test_words_between_quotation_marks_were_said(case):
    said = " ".join(words for *_, words in [*SAID, *UNNAMED]).lower()
    for fragment in re.findall("“([^“”]+)”", case.story.body.replace("\\", "")):
        assert fragment.rstrip(".,").lower() in said or fragment == "Chip"


def test_each_unnamed_source_has_exactly_its_wording():
    on_file = of_the_case(models.Source).exclude(descriptor="").values_list("descriptor", flat=True)
    assert Counter(on_file) == Counter([*{who for who, *_ in UNNAMED}, "another attendee"])


def test_no_unnamed_source_has_a_page_or_a_key(case):
    unnamed = of_the_case(models.Source).exclude(descriptor="")
    keys = [key for pair in unnamed.values_list("public_key", "code_name", "quotes__public_key") for key in pair]
    everything = "".join([*case.pages, *case.pages.values()])
    assert len(keys) == 3 * len(UNNAMED)
    assert [key for key in keys if key in everything] == []


def test_documents_are_those_of_the_case_and_the_list_covers_what_comes_before_its_first_meeting(case):
    on_file = of_the_case(models.Source).exclude(kind="person").values_list("title", "kind")
    assert sorted(on_file) == sorted(DOCUMENTS)
    coverage = models.Coverage.objects.get()
    covers = (coverage.source.title, coverage.meeting_class.slug, coverage.since, coverage.until)
    assert covers == (DOCUMENTS[1][0], "with-ambassadors", date(2016, 1, 1), date(2016, 4, 13))
    assert [title for title, _ in DOCUMENTS[:7] if title not in case.read] == []


def test_who_came_and_who_was_invited_and_did_not_come(case):
    assert sorted(of_the_case(models.Meeting).values_list("slug", flat=True)) == sorted(row[0] for row in OCCASIONS)
    for row in OCCASIONS:
        meeting = models.Meeting.objects.get(slug=row[0])
        away = "stayed_away" if meeting.slug == "second-dinner" else "did_not_come"
        who = [attendance(meeting, presence) for presence in ("came", away, "invited")]
        assert (meeting.slug, meeting.when, meeting.place, *who) == row
        page = case.pages[f"/meetings/{meeting.public_key}/"]
        told = Counter(Presence(row.presence).label for row in meeting.attendances.all())
        assert Counter(label for label in re.findall(r"\. ([^.]+)\.\n", page) if label in Presence.labels) == told
        assert (meeting.place or "place not stated") in read(page)


def test_sessions_and_kislyak_encountered_each_other_three_times_in_five_months():
    both = [row[0] for row in OCCASIONS if "Jeff Sessions" in row[3] and "Sergey Kislyak" in row[3]]
    assert both == ["kislyak-september", "mayflower-reception", "convention-july"]
    meetings = models.Meeting.objects.filter(slug__in=both)
    for name in ("Jeff Sessions", "Sergey Kislyak"):
        keys = AttendanceRow.objects.filter(name=name, presence=Presence.CAME).values("meeting")
        assert meetings.filter(public_key__in=keys).count() == 3


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        (
            "person",
            "Sergey Kislyak",
            {
                "VIP reception on the day of the Mayflower speech": "Published account",
                "Speech at the Mayflower Hotel": "Published account",
                "Receiving line on the day of the Mayflower speech": "Published account",
                "Event beside the Republican convention": "Published account",
                "Meeting with the ambassador of Russia": "Published account",
            },
        ),
        (
            "in_dispute",
            "on",
            {
                "First dinner at the Metropolitan Club": "Published account",
                "Second dinner": "Published account",
                "Meeting with the ambassador of Russia": "Published account",
            },
        ),
    ],
)
def test_readers_find_the_encounters_and_how_each_is_established(case, client, name, value, expected):
    key = models.Person.objects.get(name=value).public_key if name == "person" else value
    investigation = case.story.investigation.public_key
    html = client.get("/meetings/", {name: key, "investigation": investigation}).content.decode()
    rows = [read(row) for row in re.findall(r'<li class="row">.*?</li>', html, re.DOTALL)]
    assert len(rows) == len(expected)
    assert all(any(title in row and known in row for row in rows) for title, known in expected.items())


def test_each_account_of_a_role_says_what_it_is_about(case):
    accounts = list(models.RoleAccount.objects.filter(quote__in=of_the_case(models.Quote)).order_by("position"))
    on_file = [((a.meeting or a.meeting_class).slug, a.stance, a.wording, by(a.quote)) for a in accounts]
    assert on_file == ACCOUNTS
    disputed = of_the_case(models.Meeting).filter(attendances__role_in_dispute=True)
    assert sorted(disputed.values_list("slug", flat=True)) == ["first-dinner", "kislyak-september", "second-dinner"]
    for account in accounts:
        group = account.meeting_class
        about = f" Of {group.label}." if group else ""
        for meeting in group.meetings.all() if group else [account.meeting]:
            page = read(case.pages[f"/meetings/{meeting.public_key}/"])
            told = rf"{account.wording}: {by(account.quote)}, (as printed|on the record)[^:]*\.{about}"
            assert re.search(told, page, re.IGNORECASE), (account.wording, meeting.slug)


def test_ambassadors_are_counted_by_month_and_silence_is_not_zero(case):
    group = models.MeetingClass.objects.get(slug="with-ambassadors")
    months = counted_by_month(group, date(2016, 1, 1), date(2016, 11, 30))
    counts = [int(words[0]) if words[0].isdigit() else None for words in MONTHS.values()]
    assert [month["count"] for month in months] == counts
    assert [month["state"] for month in months[:3]] == ["zero"] * 3
    for month, words in MONTHS.items():
        assert f'<th scope="row">{month} 2016</th><td>{words}</td>' in case.pages[STORY]
    assert "one list, supplied by his own office. Its baseline is two months" in case.read


def test_the_investigations_page_carries_the_count_from_the_record_with_the_appointment_marked(case):
    page = case.pages[PAGE]
    for month, words in MONTHS.items():
        assert f'<th scope="row">{month} 2016</th><td>{words}</td>' in page
    svg, table = (case.pages[f"{PAGE}editions/1/chart.{ending}"] for ending in ("svg", "csv"))
    rows = list(csv.DictReader(StringIO(table.removeprefix("\ufeff"), newline="")))
    counts = ["0", "0", "0", "9", "4", "6", "2", "", "7", "", "1"]
    assert [(row["month"], row["number"]) for row in rows] == [
        (f"2016-{n:02}", count) for n, count in enumerate(counts, start=1)
    ]
    assert [row["what_is_known"].partition(" Marked: ")[0] for row in rows[:3]] == [
        "None: a source covers the whole month."
    ] * 3
    assert "Marked: March 3, 2016: Sessions becomes chairman" in rows[2]["what_is_known"]
    assert "A source counts all from April 1 to 13." in rows[3]["what_is_known"]
    drawn = read(svg)
    order = ["March 3, 2016: Sessions becomes chairman of the Trump campaign’s", "March 0", "April 9", "May 4"]
    order += ["August not stated", "September 7", "October not stated", "November 1, rest not stated"]
    places = [drawn.replace("- ", "-").find(words) for words in order]
    assert -1 not in places
    assert places == sorted(places)
    assert all(row["notice"] == NOTICE for row in rows)
    assert NOTICE.split(";")[0] in drawn


def test_the_investigations_page_says_what_the_count_rests_on_and_lacks_and_what_was_corrected(case):
    told = read(case.pages[PAGE])
    assert "One list, supplied by his own office" in told
    assert (
        "Its baseline is two months, January and February: of earlier years, his spokeswoman said, she had no" in told
    )
    assert (
        "supplied by his spokeswoman counts all of his meetings with ambassadors in 2016 from January 1, 2016" in told
    )
    assert "he did not attend it" in told
    assert "The Atlantic, June 2017" in told


def test_what_the_page_counts_is_what_the_record_holds(case):
    (chart,) = Part.objects.filter(kind="figure", key="chart")
    counted = {row["meeting"]: row["count"] for row in json.loads(chart.content)["counts"]}
    rows = MeetingRow.objects.filter(key__in=counted)
    assert {row.key: row.headcount - 1 for row in rows} == counted  # all but Sessions himself
    assert sum(counted.values()) == 29


def test_each_request_for_comment_is_told_with_what_came_of_it(case):
    asked = re.search(r'<section class="requests".*?</section>', case.pages[STORY], re.DOTALL)
    assert [(read(item),) for item in re.findall("<li>(.*?)</li>", asked[0])] == REQUESTS


def test_the_story_is_whole_and_passes_its_check(case):
    parsed = case.story.parsed()
    assert 1200 <= len(parsed.text.split()) <= 1800
    assert len(parsed.marks) >= 25
    assert [(finding.id, finding.obj) for finding in check_story(case.story)] == [
        ("story.W071", "7 requests for comment"),
        ("story.I063", "64 quotes"),
    ]


def test_the_second_edition_takes_away_what_was_wrong_in_the_first(case):
    first, second = (read(case.pages[f"{STORY}editions/{n}/"]) for n in (1, 2))
    assert "and so did Burt" in first
    assert "[Corrected]; those of Britain" in second
    assert case.read.count("he did not attend it") >= 2


def test_the_two_editions_differ_in_the_corrected_words_and_the_note_alone(case):
    first, second = (
        {
            (part.kind, part.key): json.loads(part.content)
            for part in Part.objects.filter(edition__number=number, edition__work=work_of(case.story))
        }
        for number in (1, 2)
    )
    assert first.keys() - second.keys() == set()
    assert [kind for kind, _ in second.keys() - first.keys()] == ["correction"]
    changed = [name for name in first if first[name] != second[name]]
    assert [kind for kind, _ in changed] == ["block"]
    (name,) = changed
    assert "and so did Burt" in first[name]["text"]
    assert "and so did Burt" not in second[name]["text"]


def test_every_page_of_the_case_says_that_it_is_a_demonstration(case):
    html = {path: html for path, html in case.pages.items() if html.startswith("<!doctype")}
    mine = [page for path, page in html.items() if path.startswith((STORY, PAGE))]
    meetings = [case.pages[f"/meetings/{meeting.public_key}/"] for meeting in of_the_case(models.Meeting)]
    assert len(mine) >= 5
    assert all(NOTICE in page and "noindex" in page for page in [*mine, *meetings])


def test_policies_are_short_and_without_faults():
    rows = yaml.safe_load((FOLDER / "policies.yaml").read_text(encoding="utf-8"))
    policies = {row["fields"]["slug"]: text.parse(row["fields"]["body"]) for row in rows}
    assert set(policies) == {"corrections", "unnamed-sources", "how-we-check"}
    for policy in policies.values():
        assert (120 <= len(policy.text.split()) <= 200, policy.problems) == (True, ())


def test_machines_are_told_what_the_table_lists_and_nothing_that_the_page_doesnt_say():
    emitted, unsaid, quoted = set(), [], set()
    for kind, html, data in structured.told():
        emitted |= {(kind, path) for path, _ in structured.leaves(data)}
        unsaid += [(kind, *fault) for fault in structured.not_on(html, data)]
        if data["@type"] == "Quotation":
            quoted.add(data["creator"]["name"])
    assert unsaid == []
    assert emitted - structured.allowed() == set()
    assert len(emitted) > 60
    assert {"Jeff Sessions", "Al Franken", "Sarah Isgur Flores"} <= quoted
    assert quoted <= set(models.Person.objects.values_list("name", flat=True))


def test_machines_are_told_a_day_only_where_the_page_names_one():
    said = {data["name"]: data.get("startDate") for _, _, data in structured.told() if data["@type"] == "Event"}
    days = {name for name, day in said.items() if day and len(day) == 10}
    on_file = {m.title: m for m in models.Meeting.objects.all()}
    assert len(days) >= 6
    assert {name for name in days if on_file[name].when_earliest != on_file[name].when_latest} == set()
    assert {on_file[name].when for name, day in said.items() if day is None} >= {"early August 2016"}
