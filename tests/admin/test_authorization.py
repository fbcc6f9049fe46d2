"""Who may do what at the desk: tests/authorization.yaml, cell by cell, as GET and as POST."""

from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from investigations.models.secrecy import open_identity
from investigations.publishing.correct import correct
from investigations.publishing.outgoing import digest_of
from investigations.publishing.reviewing import send_to_editor
from investigations.publishing.signatures import sign
from investigations.publishing.steps import approve, decline, send_back
from investigations.vocabulary import GateWeight
from tests import builders, headers
from tests.addresses import Address, addresses
from tests.authorization import METHODS, Asker, table
from tests.visitors import ROLES, visitors

NOUNS = [model._meta.model_name for model in admin.site._registry]
SITE = "site"
PASSWORD = "a-password-of-tests"
# What one page does, by the button that is pressed.
SAYING = ("send_back", "decline", "suggest", "publish_alone", "queue_send_back", "queue_decline")
ACTS = {
    ("source", "identity"): ("open", "close", "write", "name", "leave", "hand_on", "confirm"),
    ("story", "fact_check"): ("full", "without"),
}


def searched():
    """Each noun that some field lets one search for, with the addresses that do."""
    found = {}
    for model, options in admin.site._registry.items():
        for screen in (options, *(inline(model, admin.site) for inline in options.inlines)):
            for name in screen.autocomplete_fields:
                meta = screen.model._meta
                query = {"app_label": meta.app_label, "model_name": meta.model_name, "field_name": name}
                target = meta.get_field(name).related_model._meta.model_name
                path = f"{reverse('admin:autocomplete')}?{urlencode(query)}"
                found.setdefault(target, []).append(Address(path, "", "admin", target, "autocomplete"))
    return found


def mended(investigation, reporter, editor):
    """A correction of a sentence that no other story has, the text mended by the reporter."""
    sentence = f" {builders.make_person().name} watched the vote from the gallery."
    body = builders.READY_BODY.replace(" Lee Sample watched the vote from the gallery.", sentence)
    story = builders.make_ready_story(investigation=investigation, by=reporter, body=body)
    builders.publish_story(story, reporter=reporter, editor=editor)
    story.edit(
        by=reporter,
        now=builders.NEXT_DAY,
        body=story.body.replace(sentence, ""),
    )
    return builders.make_submitted(story=story, written_by=reporter)


def withheld(investigation, reporter, editor):
    """An edition that is hidden, and that the desk's story doesn't read like any more."""
    story = mended(investigation, reporter, editor).story
    return builders.withhold(by=builders.make_user("chief", "Standards editor"), story=story)


def unnamed(investigation):
    """A source that may not be named, without an identity yet."""
    return builders.make_source(investigation=investigation, descriptor="an official", identity="known")


@pytest.fixture
def desk(rows, investigation, reporter, editor):
    """A row of every kind, of the investigation; those that certain actions need are under the action's name."""
    for name in ("", "_publish", "_publish_alone", "_submit", "_sign", "_take_up_again", "_elsewhere"):
        setattr(rows, f"correction{name}", mended(investigation, reporter, editor))
    approve(rows.correction_publish, by=editor)
    send_back(rows.correction_submit, by=editor, comment="Say since when.")
    decline(rows.correction_take_up_again, by=editor, reason="It was right.")
    correct(rows.correction_sign, by=editor, alone="It stands on every front page.")
    rows.story_publish = builders.make_ready_story(investigation=investigation, by=reporter)
    for somebody in (reporter, editor):
        sign(rows.story_publish, by=somebody)
    rows.story_override = builders.make_story(investigation=investigation)
    builders.make_figure(story=rows.story_override, alt_text="")
    for name in ("story_send_back", "story_ready"):
        setattr(rows, name, builders.make_ready_story(investigation=investigation, by=reporter))
        send_to_editor(getattr(rows, name), by=reporter)
    for name in ("story_schedule", "story_cancel"):
        story = builders.make_ready_story(investigation=investigation, by=reporter)
        for somebody in (reporter, editor):
            sign(story, by=somebody)
        setattr(rows, name, story)
    builders.make_scheduled_publication(story=rows.story_cancel, by=editor)
    for name, steps in {"_save": 1, "_send": 1, "_text": 2, "_answer": 2, "_lay": 3}.items():
        letter = builders.put_to_somebody(rows.story, by=reporter, steps=steps)
        setattr(rows, f"commentrequest_letter{name}", letter.request)
    rows.commentrequest_letter_silent = builders.make_comment_request(story=rows.story, deadline=builders.NOON)
    rows.policy.edit(by=reporter)
    rows.source_identity = builders.make_source_identity(by=reporter, source=unnamed(investigation)).source
    builders.make_gate_finding(source=rows.source_identity, weight=GateWeight.NAMED_ANYWAY)
    rows.source_identity_write = builders.make_source_identity(by=reporter, source=unnamed(investigation)).source
    rows.source_identity_close = rows.source_identity_write
    open_identity(rows.source_identity_write, by=reporter, reason="to add a number")
    gone = builders.make_user("gone", "Reporter")
    investigation.team.add(gone)
    rows.source_identity_hand_on = builders.make_source_identity(by=gone, source=unnamed(investigation)).source
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    rows.identityaccess = rows.source_identity.identity_log.first()
    rows.gaterun = builders.make_gate_run(by=reporter, investigation=investigation)
    rows.withholdingorder_final = withheld(investigation, reporter, editor)
    rows.user, rows.group = builders.make_user("colleague"), Group.objects.create(name="Interns")
    return rows


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


@pytest.fixture
def everybody(desk, investigation, outsider, reporter, editor, standards):
    """A visitor of each role."""
    people = {"outsider": outsider, "reporter": reporter, "editor": editor, "standards": standards}
    return visitors(investigation, counsel=desk.clearance.counsel, **people)


def row_for(action, noun, desk):
    """The row that an action is about: the noun's, unless the desk has one for the action or for its page."""
    names = [f"{noun}_{action}", f"{noun}_{action.split('_')[0]}", noun]
    return next((getattr(desk, name) for name in names if hasattr(desk, name)), None)


def asked_about(noun, desk):
    """Each action of the noun's screen: its name, its address, the row that it is about, the methods to ask with."""
    every = addresses(lambda model: getattr(desk, model._meta.model_name, None), "newsroom.urls_desk")
    for address in every:
        if address.side == "admin" and (address.noun or SITE) == noun and address.action != "autocomplete":
            yield address.action, address.path, row_for(address.action, noun, desk), METHODS
            for act in ACTS.get((noun, address.action), ()):
                yield (
                    f"{address.action} {act}",
                    address.path,
                    row_for(f"{address.action}_{act}", noun, desk),
                    ["POST"],
                )
    for address in searched().get(noun, []):
        yield address.action, address.path, getattr(desk, noun), METHODS


def found_at(noun, desk, everybody):
    """What the desk does: by action and method, by role. And what the answers' headers have against the rule."""
    given, found, faults = values(desk).get(noun, {}), {}, set()
    for action, path, row, methods in asked_about(noun, desk):
        if row is not None:
            path = path.replace(f"/{getattr(desk, noun).pk}/", f"/{row.pk}/")
        for method in methods:
            line = found.setdefault((action, method), {})
            for role in ROLES:
                asker = Asker(everybody[role], row, noun, given)
                line.setdefault(role, set()).add(asker.cell(action, method, path))
                for answer in asker.answers:
                    faults |= {f"{method} {path}: {fault}" for fault in headers.faults(answer, desk=True)}
    return found, faults


# --- The desk against the table ---


@pytest.mark.parametrize("noun", [SITE, *NOUNS])
def test_every_cell_holds(noun, desk, everybody):
    found, faults = found_at(noun, desk, everybody)
    wanted = table()[noun]
    assert {
        f"{noun}, {action} {method} is not in the table" for action, method in found.keys() - wanted.keys()
    } == set()
    assert {f"{noun}, {action} {method} is no address" for action, method in wanted.keys() - found.keys()} == set()
    wrong = [
        f"{noun}, {action} {method}, {role}: {'/'.join(words)}, and {wanted[action, method][role]} in the table"
        for (action, method), line in found.items()
        for role, words in line.items()
        if words != {wanted[action, method][role]}
    ]
    assert wrong == []
    assert faults == set()


def test_the_table_has_every_noun_that_has_a_screen():
    assert table().keys() == {SITE, *NOUNS}


# --- What the table itself must say ---


def cells(*roles):
    """Every cell of these roles on the nouns' screens, with where it stands."""
    for noun, lines in table().items():
        for (action, method), words in lines.items():
            if noun != SITE:
                yield from ((noun, action, method, words[role]) for role in roles)


def test_nobody_is_let_in_without_an_account_that_is_open():
    assert {word for *_, word in cells("anonymous", "inactive")} == {"login"}


def test_whoever_is_in_no_group_gets_nothing_of_any_row():
    assert {word for *_, word in cells("groupless")} == {"403", "404", "405", "back"}


def test_an_outsider_gets_404_for_every_row_of_an_investigation():
    limited = {
        noun for noun, action, method, word in cells("outsider") if (action, method, word) == ("list", "GET", "none")
    }
    assert len(limited) >= 12
    of_a_row = {"change", "history", "delete", "sign", "publish", "approve", "holds", "identity"}
    of_a_row |= {"ask", "take_back", "read_picture", "submit", "send_back", "decline", "suggest", "publish_alone"}
    of_a_row |= {"take_up_again", "answer", "draft", "restore", "final", "lift"}
    of_a_row |= {"override", "thread", "preview", "preview_picture"}
    of_a_row |= {"keep", "drop", "save", "shows", "attach", "beside"}
    of_a_row |= {"not_needed", "elsewhere_add", "elsewhere_tick"}
    of_a_row |= {"draft_confirm", "notes", "settle", "checkable", "fact_check"}
    of_a_row |= {"check", "send", "ready", "comment", "resolve", "schedule", "cancel"}
    of_a_row |= {action for noun, action, *_ in cells("outsider") if action.startswith("letter")}
    of_no_row = {("story", "read"), ("source", "preview")}  # one is counsel's, one shows what a form holds
    found = {
        word
        for noun, action, _, word in cells("outsider")
        if noun in limited and action.split()[0] in of_a_row and (noun, action) not in of_no_row
    }
    assert found - {"405"} == {"404"}  # that the address takes no such method is said of every row alike
    shown = {
        word
        for noun, action, _, word in cells("outsider")
        if noun in limited and action.split()[0] not in of_a_row and (noun, action) not in of_no_row
    }
    assert shown == {"none", "ok", "refused", "back", "403", "405"}


# --- The table is read strictly ---

ROW = " ".join(["ok"] * len(ROLES))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("quote:\n  list: ok ok", "2 cells for 9 roles"),
        ("quote:\n  list: ok ok ok ok ok ok ok ok maybe", "maybe"),
        (f"quote:\n  list: {ROW}\n  list GET: {ROW}", "list GET stands twice"),
        (f"quote:\n  list: {ROW}\n  list: {ROW}", "stands twice"),
    ],
)
def test_a_table_that_nobody_can_read_is_refused(lines, said, tmp_path, monkeypatch):
    (tmp_path / "table.yaml").write_text(lines)
    monkeypatch.setattr("tests.authorization.TABLE", tmp_path / "table.yaml")
    with pytest.raises(AssertionError, match=said):
        table()
