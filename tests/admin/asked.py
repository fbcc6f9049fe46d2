"""What each action at the desk is asked with: what is filled in where an empty form would be refused for it."""

from investigations.publishing.outgoing import digest_of
from tests import builders

SITE = "site"
PASSWORD = "a-password-of-tests"
# What one page does, by the button that is pressed.
SAYING = ("send_back", "decline", "suggest", "publish_alone", "queue_send_back", "queue_decline")


def values(desk):
    """By noun and action: what is filled in where an empty form would be refused for being empty."""
    team, story = {"investigation": desk.investigation.pk}, {"story": desk.story.pk}
    spoken = builders.make_quote(interview=desk.interview, source=desk.source)
    place = builders.make_elsewhere(correction=desk.correction_elsewhere)
    passwords = {"password1": "quarry-ledger-9", "password2": "quarry-ledger-9", "usable_password": "true"}
    file, colleague = {"investigation": desk.investigation.slug}, desk.investigation.team.get(username="editor")
    return {
        SITE: {
            "role_words": {"person": desk.person.pk, "when": "March 2016"},
            "date_words": {"words": "March 2016"},
            "search": {"q": "burned the ledger"},
            "login": {"username": "colleague", "password": PASSWORD},
            "password_change": {
                "old_password": PASSWORD,
                "new_password1": "quarry-ledger-9",
                "new_password2": "quarry-ledger-9",
            },
        },
        "user": {
            "add": {"username": "somebody", **passwords},
            "change": {"first_name": "Lee", "date_joined_0": "2026-03-02", "date_joined_1": "09:00:00"},
            "password_change": passwords,
        },
        "group": {"add": {"name": "Guests"}, "change": {"name": "Visitors"}},
        "investigation": {"add": {"title": "The mine"}, "change": {"title": "The mine"}},
        "person": {
            "add": {"name": "Lee Sample"},
            "change": {"name": "Lee Sample"},
            "import": {"name": "Lee Sample"},
            "merge": {"other": builders.make_person().pk},
        },
        "organization": {
            "add": {"name": "The board"},
            "change": {"name": "The board"},
            "import": {"name": "The board"},
            "merge": {"other": builders.make_organization().pk},
        },
        "role": {
            "add": {"person": desk.person.pk, "title": "pilot", "since": "2011"},
            "change": {"title": "pilot"},
            "import": {"person": desk.person.slug, "title": "pilot", "since": "2011"},
        },
        "author": {"add": {"name": "Lee Sample"}, "change": {"name": "Lee Sample"}},
        "source": {
            "add": {**team, "kind": "document", "title": "Minutes"},
            "change": {"descriptor": "an official"},
            "import": {**file, "kind": "document", "title": "Minutes"},
            "identity open": {"act": "open", "reason": "to call them back"},
            "identity close": {"act": "close"},
            "identity write": {"act": "write", "name": "Quentin Hollis"},
            "identity name": {"act": "name", "user": colleague.pk},
            "identity leave": {"act": "leave"},
            "identity hand_on": {"act": "hand_on", "user": colleague.pk, "reason": "nobody is left"},
            "identity confirm": {"act": "confirm"},
        },
        "identityaccess": {"add": {"act": "opened"}, "change": {"reason": "none"}},
        "gaterun": {"add": {"work": "story:x"}, "change": {"verdict": "passed"}},
        "quote": {
            "add": {**team, "words": "We did", "source": desk.source.pk},
            "change": {"words": "We did"},
            "import": {**file, "words": "We did", "source": desk.source.code_name},
            "read": {"pasted": "“We did” (Lee Sample, Rome, March 2, 2017)"},
        },
        "interview": {
            "add": {**team, "source": desk.source.pk, "manner": "telephone"},
            "change": {"setting": "by the quarry"},
            "check": {"quote": spoken.pk, f"words-{spoken.pk}": spoken.words, "against": "the recording"},
        },
        "meeting": {
            "add": {**team, "title": "A dinner", "kind": "dinner", "established": "document", "names": "Lee Sample"},
            "change": {"title": "A dinner"},
            "import": {
                **file,
                "title": "A dinner",
                "kind": "dinner",
                "established": "document",
                "person": desk.person.slug,
                "descriptor": "",
            },
        },
        "investigationpage": {"add": {**team, "body": "Who sold it?"}, "change": {"body": "Who sold it?"}},
        "meetingclass": {"add": {**team, "label": "their dinners"}, "change": {"label": "their dinners"}},
        "story": {
            "add": {**team, "headline": "The mine"},
            "change": {"headline": "The mine"},
            "override": {"finding": "story.E080", "reason-": "The photographer asked for it."},
            "keep": {"headline": "The mine"},
            "save": {"headline": "The mine"},
            "attach": {
                "headline": "The mine",
                "body": desk.story.body,
                "mark": desk.passage.mark,
                "record": f"meeting-{desk.meeting.pk}",
            },
            "schedule": {"due": "2099-03-02T06:00"},
            "comment": {"said": "Who says so?"},
            "resolve": {"row": builders.make_story_comment(story=desk.story).pk},
            "send_back": {"said": "Who says so?"},
            "ask": {"counsel": builders.make_user("lawyer", "Counsel").pk},
            "from_draft": {**team, "headline": "The mine", "text": "It is closed."},
            "draft": {"text": "It is closed."},
            "fact_check full": {"version": "counsel", "grouping": "sentence", "format": "html"},
            "fact_check without": {"version": "without", "grouping": "person", "format": "html"},
            "checkable": {"words": "Lee Sample watched the vote from the gallery"},
        },
        "passage": {
            "add": story,
            "change": {"evidence-0-label": "the ledger"},
            "holds": {"words": desk.passage.words},
        },
        "correction": {"add": {**story, "note": "It was May."}, "change": {"note": "It was May."}}
        | {verb: {"said": "It was June."} for verb in SAYING}
        | {"queue_approve": {"digest": digest_of(desk.correction)}}
        | {
            "elsewhere_add": {"kind": "alert", "what": "It was June.", "where": "Alert of June 2"},
            "elsewhere_tick": {"row": place.pk, f"answer-{place.pk}": "fixed"},
        },
        "report": {"answer": {"outcome": "no_correction"}},
        "recheck": {"not_needed": {"said": "A comma."}},
        "policy": {"add": {"title": "On names", "body": "We name."}, "change": {"title": "On names"}},
        "withholdingorder": {
            "add": {
                "scope": "edition",
                "story": desk.withholdingorder_final.story.pk,
                "edition": 1,
                "authority": "A court",
                "reason": "It says so.",
            },
            "change": {"reason": "None."},
        },
        "legalhold": {"add": {**team, "reason": "A letter."}, "change": {"reason": "None."}},
        "withdrawal": {"add": {"quote": desk.quote.pk, "withdrawn": "March 3, 2026", "note": "by telephone"}},
        "commentrequest": {
            "add": {**story, "person": desk.person.pk},
            "change": {"about": "the ledger"},
            "letter_write": {"marks": ["p1"], "deadline": "2099-03-02T17:00"},
            "letter_save": {"words": "To you"},
            "letter_send": {"words": desk.commentrequest_letter_send.letters.get().words},
            "letter_answer": {"answer": "1. It is wrong."},
            "letter_lay": {
                "outcome": "replied",
                "answered": "2026-03-02",
                "said-1": "It is wrong.",
                "stance-1": "contradicts",
            },
        },
        "approval": {"add": story, "change": {"digest": "1" * 64}},
        "contribution": {"add": story, "change": {"wording": "1" * 64}},
    }
