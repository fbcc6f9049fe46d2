"""Who may do what at the desk: tests/authorization.yaml, cell by cell, as GET and as POST."""

from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from investigations.models.secrecy import open_identity
from investigations.publishing.correct import correct
from investigations.publishing.reviewing import send_to_editor
from investigations.publishing.signatures import sign
from investigations.publishing.steps import approve, decline, send_back
from investigations.vocabulary import GateWeight
from tests import builders, headers
from tests.addresses import Address, addresses
from tests.admin.asked import SITE, values
from tests.authorization import METHODS, Asker, table
from tests.visitors import ROLES, visitors

NOUNS = [model._meta.model_name for model in admin.site._registry]
# What one page does, by the button that is pressed.
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
    rows.investigationpage.edit(by=reporter)
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


def found_at(noun, desk, everybody, given):
    """What the desk does: by action and method, by role. And what the answers' headers have against the rule."""
    found, faults = {}, set()
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


def faults_of(noun, desk, everybody, given):
    """What the desk does otherwise than the table says, and what the answers' headers have against the rule."""
    found, faults = found_at(noun, desk, everybody, given)
    wanted = table()[noun]
    yield from (f"{noun}, {action} {method} is not in the table" for action, method in found.keys() - wanted.keys())
    yield from (f"{noun}, {action} {method} is no address" for action, method in wanted.keys() - found.keys())
    for (action, method), line in found.items():
        for role, words in line.items():
            said = wanted.get((action, method), {}).get(role)
            if words != {said}:
                yield f"{noun}, {action} {method}, {role}: {'/'.join(words)}, and {said} in the table"
    yield from faults


@pytest.mark.once
def test_every_cell_holds(desk, everybody):
    given = values(desk)
    assert [f for noun in (SITE, *NOUNS) for f in faults_of(noun, desk, everybody, given.get(noun, {}))] == []


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
