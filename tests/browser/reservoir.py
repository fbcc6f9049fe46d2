"""A draft of 600 words with eight comments, as a reporter would bring it: invented, names and all."""

from tests.exchange.drafts import commented, make_docx, paragraph

HEADLINE = "The reservoir that filled on paper"
MINUTES = "https://water.example/board/2019-05-14"
AUDIT = "https://audit.example/reports/dry-fork"
GAUGE = "https://gauge.example/stations/118"
PERMIT = "https://permits.example/W-2207"
SAID = "The water was there when I signed the sheet"
ASKED = "Nobody on the board asked me for the gauge readings"

BODY = [
    paragraph(HEADLINE, style="Title"),
    paragraph(
        "For eleven months the reservoir at Dry Fork was full in the books of the Upland Water Board and half"
        " empty in"
        " its valley. ",
        commented(1, "The board certified it at 96 percent on May 14, 2019"),
        ", and on the strength of that sheet the county let two thousand new homes be hooked up to the pipe. By the"
        " end of the next summer the tanks of the last streets on Kettle Hill ran dry every afternoon from four to"
        " nine, and the trucks that brought water were paid by those who had been promised it.",
    ),
    paragraph(
        "How a lake can be full on one desk and low on another is a question of who reads the gauge. ",
        commented(2, "A station in the dam wall recorded 51 percent in the same week"),
        ". It reports by radio every fifteen minutes, to a server that anybody may ask. The board kept a sheet of its"
        " own, filled in by hand on the first Monday of the month, and it was the sheet that went to the county.",
    ),
    paragraph(
        "The sheet for May bears one signature, that of Orla Vance, who ran the works at Dry Fork for nineteen"
        " years and"
        " left them in the autumn. She says that she would sign it again. “",
        commented(3, SAID),
        ",” she said, and she described the day: wind from the west, the spillway wet, a class of children on"
        " the dam.",
    ),
    paragraph(
        "The board saw it otherwise as soon as it was asked by somebody from outside. ",
        commented(4, "An audit of the county found that nine of twelve sheets were filled in a week late"),
        ", three of them in one hand and one pen. It did not say whose hand. It did say that nobody had"
        " compared a sheet"
        " with the station, although both were printed on the same page of the yearly report, four lines apart.",
    ),
    paragraph(
        "Vance is not alone in saying that no comparison was wanted. The clerk who kept the server, Pim"
        " Dorsey, offered"
        " the readings twice and was thanked for them. “",
        commented(5, ASKED),
        ",” Dorsey said. The offers are in the minutes, under any other business, without a word on what was"
        " answered.",
    ),
    paragraph(
        "What the board did discuss was the pipe. ",
        commented(6, "The permit for two thousand connections was issued nine days after the May sheet"),
        ", the fastest of its kind in that decade. It asks for a lake at 90 percent or more on the day of issue, and"
        " names the sheet as its proof. A lake at 51 percent would have meant four hundred homes, and a second"
        " look in"
        " the spring.",
    ),
    paragraph(
        "The developer who built the homes says that it read what it was given. So does the county. ",
        commented(7, "The chair of the board met the developer at the works four days before the permit"),
        ", in the company of two engineers; what they looked at there is not written down, and the visitors' book of"
        " that week has been mislaid. The chair has since said that it was a walk along the dam with old friends.",
    ),
    paragraph(
        "On Kettle Hill they count in buckets. In the first week of August 2020 the last forty houses had"
        " water on two"
        " days of seven; the school opened late; a dairy sold its herd. ",
        commented(8, "The county has refunded nobody"),
        ". A claim was filed in the winter, and the court has asked for both books: the one that was kept by hand and"
        " the one that kept itself. They will lie side by side on one table there for the first time.",
    ),
    paragraph(
        "The lake stands at 58 percent as this is written. Whoever wants to know may ask the station, as"
        " anybody could"
        " have done in May of that year, and as nobody did whose signature was needed. The form of the sheet has been"
        " changed: it has a second line now, for the name of somebody who read the gauge, and under it a"
        " third, for the"
        " hour at which it was read."
    ),
]
COMMENTS = {
    1: f"Board minutes, item 4: {MINUTES}",
    2: f"Station 118: {GAUGE}",
    3: f"“{SAID}”",
    4: AUDIT,
    5: f"“{ASKED}”",
    6: PERMIT,
    7: "From the visitors’ log that we hold, see the meeting",
    8: "Ask the county again",
}


def make_draft() -> bytes:
    """The file."""
    return bytes(make_docx(*BODY, comments=COMMENTS))
