"""The tables of the case in plain text, as its account states them. An empty cell is what is not stated."""

import re


def table(rows: str) -> list[tuple[str, ...]]:
    """Rows of a table in plain text: cells between bars, a long row goes on indented."""
    lines = re.sub(r"\n {4}", " ", rows.strip()).split("\n")
    return [tuple(cell.strip() for cell in line.split("|")) for line in lines]


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
