"""The worked case, row by row: what its tables say is on the desk and on the readers' pages, and nothing else is."""

import json
import re
from collections import Counter
from datetime import date
from html import unescape
from types import SimpleNamespace

import pytest
import yaml
from django.db import transaction
from django.test import override_settings

from investigations import models, text
from investigations.lint import check_story
from investigations.management import demonstration
from investigations.publishing.projection.figure import months_between, project_month
from investigations.record.models import AttendanceRow, Page, Part
from investigations.vocabulary import Presence

pytestmark = pytest.mark.django_db
STORY = "/stories/one-man-two-offices/"
NOTICE = "Demonstration. Retells one published account as of June 2017; later findings are not included."


def table(rows: str) -> list[tuple[str, ...]]:
    """Rows of a table in plain text: cells between bars, a long row goes on indented."""
    lines = re.sub(r"\n {4}", " ", rows.strip()).split("\n")
    return [tuple(cell.strip() for cell in line.split("|")) for line in lines]


# The tables of the case. An empty cell is what is not stated.
PEOPLE = table("""
Jeff Sessions |
Rick Dearborn |
J.D. Gordon | in charge of foreign policy for the Trump campaign; former Pentagon spokesman
Stephen Miller | speechwriter for Jeff Sessions; went to the Trump campaign in January 2016
Sergey Kislyak | ambassador of Russia
Elena Poptodorova | ambassador of Bulgaria
Donald Trump | candidate, then president
Jared Kushner | son-in-law of Donald Trump
Carter Page | campaign adviser on Russia
Dimitri Simes | Russia specialist, Center for the National Interest
Richard Burt | former U.S. ambassador to Germany; lobbyist, McLarty and Associates
Sarah Isgur Flores | spokeswoman for Jeff Sessions
Sarah Huckabee Sanders | White House spokeswoman
Al Franken | U.S. senator
Patrick Leahy | U.S. senator
Eliot Engel | U.S. representative; ranking Democrat, House Foreign Affairs Committee
James Comey | former FBI director
Robert L. Walker | former chief counsel, Senate Select Committee on Ethics
Wallace “Chip” Gregson | retired Marine lieutenant general; former assistant secretary of defense
John Negroponte | former director of national intelligence; had endorsed Hillary Clinton
Zalmay Khalilzad | former U.S. ambassador to Afghanistan
K.T. McFarland | television commentator, later deputy national-security adviser
""")
ORGANIZATIONS = {
    *("U.S. Senate", "Senate Armed Services Committee", "Senate Select Committee on Ethics", "Trump campaign"),
    *("Trump campaign policy office, Alexandria, Virginia", "Center for the National Interest", "CNN", "FBI"),
    *("Heritage Foundation", "Metropolitan Club", "McLarty and Associates", "Department of State"),
    *("The Washington Post", "The Atlantic", "Embassy of the Philippines"),
    *(f"Embassy of {name}" for name in ("Russia", "Bulgaria", "Germany", "Italy", "Singapore", "Britain", "France")),
}
# Who, as what, from, to; "now": in office at publication.
ROLES = table("""
Jeff Sessions | U.S. senator | before 2016 | February 8, 2017
Jeff Sessions | member of the Senate Armed Services Committee | before 2016 | February 8, 2017
Jeff Sessions | chairman of the Trump campaign’s national-security advisory board | March 3, 2016 |
Jeff Sessions | nominal head of the Trump campaign’s policy office | spring 2016 |
Jeff Sessions | Attorney General | February 8, 2017 | now
Rick Dearborn | chief of staff to Senator Jeff Sessions | before 2016 |
Rick Dearborn | day-to-day manager of the Trump campaign’s policy office | spring 2016 |
Rick Dearborn | senior White House official | | now
J.D. Gordon | in charge of foreign policy for the Trump campaign | |
Stephen Miller | speechwriter for Jeff Sessions | |
Stephen Miller | with the Trump campaign | January 2016 |
Sergey Kislyak | ambassador of Russia | |
Elena Poptodorova | ambassador of Bulgaria | |
Richard Burt | lobbyist | |
Dimitri Simes | Russia specialist | |
Carter Page | adviser on Russia | |
Al Franken | U.S. senator | |
Patrick Leahy | U.S. senator | |
""")
# Who, when, what: the words themselves stand between quotation marks, everything else is in ours.
SAID = table("""
Al Franken | January 10, 2017 | “communicated with the Russian government”
Jeff Sessions | January 10, 2017 | “I’m not aware of any of those activities.”
Jeff Sessions | January 10, 2017 | “I have been called a surrogate at a time or two in that campaign and I didn’t
    have—did not have communications with the Russians, and I’m unable to comment on it.”
Jeff Sessions | March 1, 2017 | Called the report of two meetings “false.”
Jeff Sessions | March 1, 2017 | “never met with any Russian officials to discuss issues of the campaign”
Sarah Isgur Flores | March 1, 2017 | “He was asked during the hearing about communications between Russia and the
    Trump campaign—not about meetings he took as a senator and a member of the Armed Services Committee.”
Jeff Sessions | March 2, 2017 | “I did meet with this one Russian official a couple of times”
Jeff Sessions | March 2, 2017 | “never had meetings with Russian operatives or government intermediaries about the
    Trump campaign”
Sarah Huckabee Sanders | March 2017 | “As a senator he obviously in his official capacity met with the ambassador”
Sarah Huckabee Sanders | March 2017 | “as a senator not as a campaign official”
Sarah Huckabee Sanders | March 2017 | “pretty unfair to the attorney general”
Sarah Isgur Flores | March 2017 | “as a senior member of the [Senate] Armed Services Committee”
Jeff Sessions | | The contacts were a routine part of his duties as a senator.
Sarah Isgur Flores | 2017 | “he met with several ambassadors every year”
Sarah Isgur Flores | 2017 | She had no records for earlier years.
Senators Al Franken and Patrick Leahy | 2017 | “testimony that could be construed as perjury”
Senators Al Franken and Patrick Leahy | 2017 | If he had not been truthful, “he needs to resign.”
Eliot Engel | spring 2017 | Members of Congress meet ambassadors all the time.
Center for the National Interest | March 2017 | “inherently brief and could not be private”
Center for the National Interest | March 2017 | “pleasantries appropriate on such occasions”
Center for the National Interest | March 2017 | Not aware of any conversation of Kislyak and Sessions at the
    reception.
Center for the National Interest | March 2017 | A “meaningful private conversation” there without being noticed was
    “unlikely.”
Robert L. Walker | 2017 | “not novel guidance, but a reminder of long-standing guidance”
Robert L. Walker | 2017 | Would not say whether meeting in the Senate office broke the guidance.
Wallace “Chip” Gregson | 2017 | “At least speaking for myself, I knew [Sessions] was working with the Trump campaign”
Wallace “Chip” Gregson | 2017 | “was looking for an update on things”
John Negroponte | 2017 | “chose to drop out”
John Negroponte | 2017 | Feared that the campaign would use it.
Rick Dearborn | summer 2016 | Campaign work was in his own time.
Rick Dearborn | summer 2016 | “When I’m vacation, I do help when I can.”
Richard Burt | summer 2016 | Denied that he helped to write the April speech.
""")
# The agreed wording of each source that is not named, letter for letter; two have the same.
UNNAMED = table("""
a White House official | March 2017 | “in an official capacity as a member of the Senate Armed Services Committee”
a source close to Sessions | summer 2016 | He met Central European and Baltic ambassadors regularly.
a European diplomat who met with Sessions several times in 2016 | | “He was double-headed all the time, so it was
    very hard to distinguish”
one senior Republican Senate staffer | | Sessions is no foreign-policy specialist.
one senior Republican Senate staffer | | “He’s clueless.”
a long-serving Republican Senate national-security staffer | | “was definitely interested in some of the issues”
a long-serving Republican Senate national-security staffer | | Recalls nothing that Sessions did on foreign policy;
    he was no influential figure.
one former Trump campaign staffer | | Sessions was the man to go to for foreign-policy people with ideas for the
    campaign.
one source with direct knowledge | | Burt helped to write the April speech.
a source who saw it | | Trump met Kislyak briefly in the receiving line.
a source familiar with the event | | “It’s possible, but we have no record of that”
a source familiar with the event | | Nobody watched for it.
a source familiar with the event | | “A substantive conversation would probably be noticed.”
a source familiar with the participants | | “help him with [foreign-policy] ideas”
a former campaign staffer | | Dearborn was “the head” of the policy office.
a former campaign staffer | | A colleague met embassy people at the policy office.
a former campaign staffer | | Everyone knew of “that embassy thing.”
a former campaign staffer | | This one was rather “behind the curve.”
a former campaign staffer | | “It was understood that he was aware that there were these rules and that he was
    managing them.”
a former campaign advisor | | “it was primarily a one-way operation”
a former campaign advisor | | There were very few such meetings; none, to the advisor’s knowledge, with the Russians.
one European diplomatic source present at one of the 2016 meetings | | “wanted to know the policies of the Trump team”
one European diplomatic source present at one of the 2016 meetings | | “wanted to have feedback”
one European diplomatic source present at one of the 2016 meetings | | “We meet with people from the Hill as often as
    possible and of course it was well known that Sessions was close to the Trump campaign, he even had a formal role”
one European diplomatic source present at one of the 2016 meetings | | “similar interactions with the Clinton
    campaign”
one of the diplomats in attendance | | “was interpreting what Trump was thinking”
one of the diplomats in attendance | | Sessions had no authority to set policy.
another diplomat at the meeting | | Came “99 percent” because of the campaign role.
one of the attendees | | The assumption was to share ideas with the campaign.
another attendee | | Sessions was what one wants of a campaign’s representative; the group was non-partisan and ad
    hoc.
another attendee | | It was for Sessions’s own insight; participants were not sure how much of it reached the
    candidate.
one source familiar with the dinners | | The campaign wanted endorsements and generals.
one source familiar with the dinners | | “no transmission belt so it stopped”
""")
DOCUMENTS = table("""
The Atlantic, June 2017 | publication
List of Sessions’s meetings with ambassadors in 2016, supplied by his spokeswoman | document
The Washington Post, March 1, 2017 | publication
CNN, early June 2017 | publication
Statement by the Center for the National Interest, March 2017 | document
“Dear Colleague” letter, Senate Select Committee on Ethics, April 2016 | document
Security-clearance form of Jeff Sessions | document
Requests of Senators Al Franken and Patrick Leahy to the FBI, 2017 | document
""")
# What, when, where; who came; who was invited and did not come; who was invited, whether they came is not stated.
OCCASIONS = table("""
poptodorova-april-14 | April 14, 2016 | | Jeff Sessions, Elena Poptodorova | |
eight-ambassadors-april | second half of April 2016 | | Jeff Sessions, 8 eight ambassadors | |
four-ambassadors-may | May 2016 | his Senate office | Jeff Sessions, 4 four ambassadors | |
six-ambassadors-june | June 2016 | his Senate office | Jeff Sessions, 6 six ambassadors | |
two-ambassadors-july | July 2016 | his Senate office | Jeff Sessions, 2 two ambassadors | |
kislyak-september | September 2016 | his Senate office | Jeff Sessions, Sergey Kislyak | |
six-other-ambassadors-september | September 2016 | | Jeff Sessions, 6 six other ambassadors | |
germany-november-11 | November 11, 2016 | | Jeff Sessions, the ambassador of Germany | |
mayflower-speech | April 2016 | Mayflower Hotel | Sergey Kislyak, the ambassador of Italy, the ambassador of
    Singapore, the ambassador of the Philippines | the ambassador of Britain, the ambassador of France, the ambassador
    of Germany |
mayflower-receiving-line | April 2016 | | Donald Trump, Sergey Kislyak | |
mayflower-reception | April 2016 | | Jeff Sessions, Sergey Kislyak | |
convention-july | July 2016 | | Jeff Sessions, Sergey Kislyak, J.D. Gordon, Carter Page | |
first-dinner | June 28, 2016 | Metropolitan Club | Jeff Sessions, Richard Burt, Zalmay Khalilzad, John Negroponte,
    Wallace “Chip” Gregson | | K.T. McFarland
second-dinner | early August 2016 | | Jeff Sessions, Richard Burt | John Negroponte |
heritage-roundtable | September 15, 2016 | | Jeff Sessions | | 31 more than 30 ambassadors and deputies
confirmation-hearing | January 10, 2017 | U.S. Senate | Jeff Sessions, Al Franken | |
press-conference-march-2 | March 2, 2017 | | Jeff Sessions | |
""")
# About what, how, the role, who says so.
ACCOUNTS = table("""
with-kislyak | affirms | as a routine part of his duties as a senator | Jeff Sessions
with-kislyak | affirms | as a senator and a member of the Armed Services Committee | Sarah Isgur Flores
with-kislyak | affirms | as a member of the Senate Armed Services Committee, in an official capacity
    | a White House official
with-kislyak | affirms | as a senator, in his official capacity | Sarah Huckabee Sanders
with-ambassadors | affirms | as a senior member of the Armed Services Committee | Sarah Isgur Flores
with-ambassadors | questions | in two roles at once, very hard to distinguish
    | a European diplomat who met with Sessions several times in 2016
with-ambassadors | questions | as one of the people from the Hill, and as somebody close to the campaign
    | one European diplomatic source present at one of the 2016 meetings
heritage-roundtable | affirms | as an interpreter of the candidate | one of the diplomats in attendance
heritage-roundtable | affirms | in his campaign role | another diplomat at the meeting
the-dinners | affirms | to share ideas with the campaign | one of the attendees
the-dinners | affirms | as what one wants of a campaign’s representative | another attendee
the-dinners | affirms | for his own insight | another attendee
the-dinners | affirms | known to be working with the campaign | Wallace “Chip” Gregson
the-dinners | affirms | looking for an update | Wallace “Chip” Gregson
""")
MONTHS = {
    **{"January": "0", "February": "0", "March": "0", "April": "9", "May": "4", "June": "6", "July": "2"},
    **{"August": "not stated", "September": "7", "October": "not stated", "November": "1, rest not stated"},
}
UNKNOWN = "Jared Kushner, Stephen Miller, Carter Page, Donald Trump, Sergey Kislyak, K.T. McFarland"
REQUESTS = table("""
Sarah Isgur Flores replied. She also supplied the list of his meetings with ambassadors.
Whether Jeff Sessions was asked for comment is not stated. His spokeswoman, Sarah Isgur Flores, answered.
Others answered for Rick Dearborn. The White House would not make him available.
Richard Burt did not respond. There were several requests. In 2016 he had denied that he helped to write the April
    speech.
Dimitri Simes declined to comment.
J.D. Gordon declined to comment on the record.
Zalmay Khalilzad did not respond.
""") + [(f"Whether {name} was asked for comment is not stated.",) for name in UNKNOWN.split(", ")]


@pytest.fixture(scope="module", autouse=True)
def case(django_db_setup, django_db_blocker):
    """The demonstration, loaded once for all tests here and taken back: its story, its pages as HTML."""
    quick = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with django_db_blocker.unblock(), quick, transaction.atomic():
        demonstration.load("a-password-of-tests")
        pages = {str(page): bytes(page.body).decode() for page in Page.objects.all()}
        yield SimpleNamespace(story=models.Story.objects.get(), pages=pages, read=read(pages[STORY]))
        transaction.set_rollback(True)


def read(html: str) -> str:
    """A page's words as readers see them."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def by(quote):
    """Who readers are told said it."""
    return quote.source.descriptor or (quote.speaker.name if quote.speaker else quote.speaker_label)


def attendance(meeting, presence):
    """Who is on file with this presence at a meeting, a number before those who are more than one."""
    rows = meeting.attendances.filter(presence=presence)
    names = [str(row.person or row.descriptor) for row in rows]
    return ", ".join(f"{row.headcount} {n}" if row.headcount > 1 else n for row, n in zip(rows, names, strict=True))


def test_people_and_organizations_are_those_of_the_case(case):
    assert sorted(models.Person.objects.values_list("name", "description")) == sorted(PEOPLE)
    names = models.Organization.objects.values_list("name", flat=True)
    assert sorted(names) == sorted(ORGANIZATIONS)
    assert [name for name, _ in PEOPLE if name not in case.read and name.split()[-1] not in case.read] == []


def test_roles_are_dated_as_stated_and_no_further():
    on_file = [
        (role.person.name, role.title, role.since, "now" if role.in_office else role.until)
        for role in models.Role.objects.select_related("person")
    ]
    assert sorted(on_file) == sorted(ROLES)


def test_every_statement_is_on_file_as_it_was_made_and_no_other():
    marks = {"verbatim": "“{}”", "paraphrase": "{}"}
    on_file = [(by(quote), quote.said, marks[quote.form].format(quote.words)) for quote in models.Quote.objects.all()]
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
    on_file = models.Source.objects.exclude(descriptor="").values_list("descriptor", flat=True)
    assert Counter(on_file) == Counter([*{who for who, *_ in UNNAMED}, "another attendee"])


def test_no_unnamed_source_has_a_page_or_a_key(case):
    unnamed = models.Source.objects.exclude(descriptor="")
    keys = [key for pair in unnamed.values_list("public_key", "code_name", "quotes__public_key") for key in pair]
    everything = "".join([*case.pages, *case.pages.values()])
    assert len(keys) == 3 * len(UNNAMED)
    assert [key for key in keys if key in everything] == []


def test_documents_are_those_of_the_case_and_the_list_covers_what_comes_before_its_first_meeting(case):
    on_file = models.Source.objects.exclude(kind="person").values_list("title", "kind")
    assert sorted(on_file) == sorted(DOCUMENTS)
    coverage = models.Coverage.objects.get()
    covers = (coverage.source.title, coverage.meeting_class.slug, coverage.since, coverage.until)
    assert covers == (DOCUMENTS[1][0], "with-ambassadors", date(2016, 1, 1), date(2016, 4, 13))
    assert [title for title, _ in DOCUMENTS[:7] if title not in case.read] == []


def test_who_came_and_who_was_invited_and_did_not_come(case):
    assert sorted(models.Meeting.objects.values_list("slug", flat=True)) == sorted(row[0] for row in OCCASIONS)
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


def test_each_account_of_a_role_says_what_it_is_about(case):
    accounts = list(models.RoleAccount.objects.order_by("position"))
    on_file = [((a.meeting or a.meeting_class).slug, a.stance, a.wording, by(a.quote)) for a in accounts]
    assert on_file == ACCOUNTS
    disputed = models.Attendance.objects.filter(role_in_dispute=True).values_list("meeting__slug", flat=True)
    assert sorted(disputed) == ["first-dinner", "kislyak-september", "second-dinner"]
    for account in accounts:
        group = account.meeting_class
        about = f" Of {group.label}." if group else ""
        for meeting in group.meetings.all() if group else [account.meeting]:
            page = read(case.pages[f"/meetings/{meeting.public_key}/"])
            told = rf"{account.wording}: {by(account.quote)}, (as printed|on the record)[^:]*\.{about}"
            assert re.search(told, page, re.IGNORECASE), (account.wording, meeting.slug)


def test_ambassadors_are_counted_by_month_and_silence_is_not_zero(case):
    group = models.MeetingClass.objects.get(slug="with-ambassadors")
    months = [project_month(group, first) for first in months_between(date(2016, 1, 1), date(2016, 11, 30))]
    counts = [int(words[0]) if words[0].isdigit() else None for words in MONTHS.values()]
    assert [month["count"] for month in months] == counts
    assert [month["state"] for month in months[:3]] == ["zero"] * 3
    for month, words in MONTHS.items():
        assert f'<th scope="row">{month} 2016</th><td>{words}</td>' in case.pages[STORY]
    assert "one list, supplied by his own office. Its baseline is two months" in case.read


def test_each_request_for_comment_is_told_with_what_came_of_it(case):
    asked = re.search(r'<section class="requests".*?</section>', case.pages[STORY], re.DOTALL)
    assert [(read(item),) for item in re.findall("<li>(.*?)</li>", asked[0])] == REQUESTS


def test_the_story_is_whole_and_passes_its_check(case):
    parsed = case.story.parsed()
    assert 1200 <= len(parsed.text.split()) <= 1800
    assert len(parsed.marks) >= 25
    assert check_story(case.story) == []


def test_the_second_edition_takes_away_what_was_wrong_in_the_first(case):
    first, second = (read(case.pages[f"{STORY}editions/{n}/"]) for n in (1, 2))
    assert "and so did Burt" in first
    assert "[Corrected]; those of Britain" in second
    assert case.read.count("he did not attend it") >= 2


def test_the_two_editions_differ_in_the_corrected_words_and_the_note_alone(case):
    first, second = (
        {
            (part.kind, part.key): json.loads(part.content)
            for part in Part.objects.filter(edition__number=number, edition__work__startswith="story:")
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


def test_every_page_says_that_it_is_a_demonstration(case):
    pages = {path: html for path, html in case.pages.items() if html.startswith("<!doctype")}
    assert [path for path, html in pages.items() if NOTICE not in html] == []
    assert [path for path, html in pages.items() if "noindex" not in html and "/policies/" not in path] == []


def test_policies_are_short_and_without_faults():
    rows = yaml.safe_load((demonstration.FOLDER / "policies.yaml").read_text(encoding="utf-8"))
    policies = {row["fields"]["slug"]: text.parse(row["fields"]["body"]) for row in rows}
    assert set(policies) == {"corrections", "unnamed-sources", "how-we-check"}
    for policy in policies.values():
        assert (120 <= len(policy.text.split()) <= 200, policy.problems) == (True, ())
