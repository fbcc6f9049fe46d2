"""The leak gate: what holds a text back, what the writer is told, what only those named on the source learn."""

from datetime import timedelta

import pytest

from investigations.models import Correction, GateFinding, GateRun, secrecy
from investigations.publishing.clearing import ask_counsel
from investigations.publishing.correct import correct
from investigations.publishing.gate import MOST_HELD, confirm_name
from investigations.publishing.policy import publish_policy
from investigations.publishing.publish import publish
from investigations.publishing.refusal import Refused
from investigations.publishing.signatures import sign
from investigations.publishing.steps import approve, submit
from investigations.record.models import Edition, Page, Part
from tests import builders

WHO = {
    "name": "Zoë Nandu-Okafor",
    "aliases": "Zoe Nandu",
    "contact": "zoe.nandu@harbor.example\n+1 (555) 010-4477\n@harborwatch77",
    "employer": "the port",
    "notes": "",
}
HELD = "Protected words stand in what would go out. Ask keeper, the handling reporter."


@pytest.fixture
def keeper(investigation):
    """The handling reporter, named on the source."""
    user = builders.make_user("keeper", "Reporter")
    investigation.team.add(user)
    investigation.handling_reporter = user
    investigation.save()
    return user


@pytest.fixture
def source(investigation, keeper):
    row = builders.make_source(investigation=investigation, descriptor="a former official", identity="known")
    secrecy.write_identity(row, WHO, by=keeper)
    row.refresh_from_db()
    return row


def write(story, words, *, by):
    story.edit(by=by, body=f"{story.body}\n\n{words}", now=builders.MORNING)
    return story


# --- What is held back, where ---

PLACES = {
    "the text": lambda story, words: {"body": f"{story.body}\n\n{words}"},
    "the headline": lambda story, words: {"headline": words},
    "the standfirst": lambda story, words: {"standfirst": words},
}


def put_into(story, place, words, by):
    if place in PLACES:
        story.edit(by=by, now=builders.MORNING, **PLACES[place](story, words))
        return
    passage = story.passages.get(mark="p1")
    if place == "a quote":
        quote = builders.make_quote(investigation=story.investigation, words=words)
        builders.make_evidence(passage=passage, quote=quote)
    if place == "a setting":
        quote = builders.make_quote(investigation=story.investigation, setting=words)
        builders.make_evidence(passage=passage, quote=quote)
    if place == "a meeting's description":
        meeting = builders.make_meeting(investigation=story.investigation, description=words)
        builders.make_evidence(passage=passage, meeting=meeting)
    if place == "a document's address":
        url = f"https://example.org/{words.lower().replace(' ', '-')}"
        builders.make_evidence(
            passage=passage, source=builders.make_source(investigation=story.investigation, url=url)
        )
    if place == "a caption":
        builders.make_figure(story=story, caption=words)
    if place == "alternative text":
        builders.make_figure(story=story, alt_text=words)
    if place == "a request for comment":
        builders.make_comment_request(story=story, outcome="replied", detail=words)
    if place == "a byline":
        builders.make_byline(story=story, author=builders.make_author(name="A. Reporter", about=words), position=2)


@pytest.mark.parametrize(
    "place",
    [
        *PLACES,
        *("a quote", "a setting", "a meeting's description", "a document's address", "a caption"),
        *("alternative text", "a request for comment", "a byline"),
    ],
)
def test_a_name_is_held_back_wherever_it_stands(place, story, source, reporter, editor):
    put_into(story, place, "Zoe Nandu", reporter)
    for by in (reporter, editor):
        with pytest.raises(Refused) as refused:
            sign(story, by=by, now=builders.MORNING)
        assert str(refused.value) == HELD
    assert not story.approvals.exists()


@pytest.mark.parametrize(
    "words",
    [
        *(
            "Zoë Nandu-Okafor",
            "ZOE NANDU",
            "Z. Nandu",
            "Nandu, Zoe",
            "zoe-nandu",
            "Zоe Nandu",
            "Zo\u200be Nan\u00addu",
        ),
        *("zoe.nandu@harbor.example", "555-010-4477", "@harborwatch77", "Zoe *Nan*du", "Zoe&#32;Nandu"),
    ],
)
def test_a_name_is_held_back_however_it_is_spelled(words, story, source, reporter):
    with pytest.raises(Refused, match="Protected words"):
        sign(write(story, f"It was {words} who said so.", by=reporter), by=reporter, now=builders.MORNING)


def test_a_surname_alone_warns_and_holds_nothing_back(story, source, reporter):
    sign(write(story, "Some call it Nandu country.", by=reporter), by=reporter, now=builders.MORNING)
    (finding,) = GateFinding.objects.all()
    assert (finding.what, finding.weight) == ("surname", "warns")


def test_ordinary_words_and_other_peoples_names_hold_nothing_back(story, investigation, keeper, reporter):
    for number, name in enumerate(("Jonas May", "Ada Page", "Ruth White", "Richard Burt Sample")):
        row = builders.make_source(investigation=investigation, descriptor=f"aide {number}", identity="known")
        secrecy.write_identity(row, {"name": name}, by=keeper)
    words = "In May the white page told of Theresa May, who may page Carter Page; Mr. White, a burt, laughed."
    assert sign(write(story, words, by=reporter), by=reporter, now=builders.MORNING).pk


def test_nothing_in_the_vault_means_no_run(story, reporter):
    sign(story, by=reporter, now=builders.MORNING)
    assert not GateRun.objects.exists()


# --- The way out ---


def held_at(act):
    with pytest.raises(Refused) as refused:
        act()
    assert str(refused.value) == HELD


def test_a_publication_is_held_back_whole(story, investigation, keeper, reporter, editor):
    write(story, "Zoe Nandu told us.", by=reporter)
    for by in (reporter, editor):
        sign(story, by=by, now=builders.MORNING)
    row = builders.make_source(investigation=investigation, descriptor="a former official", identity="known")
    secrecy.write_identity(row, WHO, by=keeper)
    held_at(lambda: publish(story, by=editor, now=builders.NOON))
    assert (Edition.objects.count(), Part.objects.count(), Page.objects.count()) == (0, 0, 0)
    assert list(GateRun.objects.values_list("stage", "verdict")) == [("publication", "held")]


def test_a_correction_and_its_note_are_held_back(published, source, reporter, editor):
    published.edit(by=reporter, body=published.body.replace(" from the gallery", ""), now=builders.NEXT_DAY)
    correction = builders.make_correction(story=published, written_by=reporter, note="It was Zoe Nandu who watched.")
    held_at(lambda: submit(correction, by=reporter, now=builders.NEXT_DAY))
    Correction.objects.update(state="submitted")
    held_at(lambda: approve(correction, by=editor, now=builders.NEXT_DAY))
    correction.refresh_from_db()
    assert correction.state == "submitted"


def test_an_approved_correction_is_held_back_when_the_name_is_known_by_then(
    published, investigation, keeper, reporter, editor
):
    published.edit(by=reporter, body=published.body.replace("Lee Sample", "Zoe Nandu"), now=builders.NEXT_DAY)
    correction = builders.make_submitted(story=published, written_by=reporter)
    approve(correction, by=editor, now=builders.NEXT_DAY)
    row = builders.make_source(investigation=investigation, descriptor="a former official", identity="known")
    secrecy.write_identity(row, WHO, by=keeper)
    held_at(lambda: correct(correction, by=editor, now=builders.NEXT_DAY))
    assert Edition.objects.count() == 1


def test_a_policy_is_held_back(source, reporter, standards):
    policy = builders.make_policy(body="Ask zoe.nandu@harbor.example.")
    policy.edit(by=reporter)
    with pytest.raises(Refused, match=r"Protected words stand .* Ask the handling reporter\."):
        publish_policy(policy, by=standards)
    assert not Edition.objects.exists()


def test_a_story_for_counsel_is_held_back(story, source, reporter):
    write(story, "Zoe Nandu told us.", by=reporter)
    counsel = builders.make_user("lawyer", "Counsel")
    held_at(lambda: ask_counsel(story, counsel, by=reporter, now=builders.MORNING))
    assert not story.clearances.exists()


def test_what_passes_is_published_and_logged(story, source, reporter, editor):
    builders.publish_story(story, reporter=reporter, editor=editor)
    assert list(GateRun.objects.order_by("id").values_list("stage", "verdict", "by__username")) == [
        ("submission", "passed", "reporter"),
        ("submission", "passed", "editor"),
        ("publication", "passed", "editor"),
    ]
    assert not GateFinding.objects.exists()


def test_a_sealed_vault_lets_nothing_out(story, source, reporter, editor, settings):
    settings.VAULT_KEYS = ()
    with pytest.raises(Refused, match="The vault is sealed"):
        sign(story, by=reporter, now=builders.MORNING)
    assert GateRun.objects.get().verdict == "sealed"


# --- Who learns what ---


def test_the_writer_is_referred_to_the_handling_reporter_and_told_nothing_else(story, source, reporter):
    with pytest.raises(Refused) as refused:
        sign(write(story, "Zoe Nandu told us.", by=reporter), by=reporter, now=builders.MORNING)
    assert refused.value.messages == [HELD]
    assert refused.value.__suppress_context__


def test_what_and_where_is_told_to_those_named_on_the_source_alone(
    story, source, keeper, reporter, editor, standards
):
    with pytest.raises(Refused):
        sign(write(story, "Zoe Nandu told us.", by=reporter), by=reporter, now=builders.MORNING)
    (finding,) = GateFinding.objects.visible_to(keeper)
    assert (finding.source, finding.what, finding.place, finding.weight) == (
        source,
        "full name",
        "paragraph 3",
        "held",
    )
    for user in (reporter, editor, standards):
        assert not GateFinding.objects.visible_to(user).exists()


def test_the_log_holds_no_protected_word(story, source, reporter):
    with pytest.raises(Refused):
        sign(write(story, "Zoe Nandu told us.", by=reporter), by=reporter, now=builders.MORNING)
    kept = str([*GateRun.objects.values(), *GateFinding.objects.values()]).lower()
    assert "nandu" not in kept


def test_a_run_is_seen_by_the_handling_reporter_and_standards_editors(
    story, source, keeper, reporter, editor, standards
):
    with pytest.raises(Refused):
        sign(write(story, "Zoe Nandu told us.", by=reporter), by=reporter, now=builders.MORNING)
    seen = {user.username: GateRun.objects.visible_to(user).count() for user in (reporter, editor, standards, keeper)}
    assert seen == {"reporter": 0, "editor": 0, "standards": 1, "keeper": 1}


# --- Named anyway ---


def cited_by_name(story, name):
    speaker = builders.make_person(name=name)
    quoted = builders.make_source(investigation=story.investigation, person=speaker)
    builders.make_evidence(passage=story.passages.get(mark="p1"), quote=builders.make_quote(source=quoted))


def test_somebody_cited_by_name_in_the_story_neither_blocks_nor_is_mentioned(story, source, keeper, reporter):
    cited_by_name(story, "Zoe Nandu")
    assert sign(story, by=reporter, now=builders.MORNING).pk
    assert {found.weight for found in GateFinding.objects.visible_to(keeper)} == {"named_anyway"}


def test_somebody_quoted_unnamed_who_declined_by_name_is_told_to_those_named_on_the_source_alone(
    story, source, keeper, reporter, editor
):
    quote = builders.make_checked_quote(source=source, checked_by=editor, terms="background")
    builders.make_evidence(passage=story.passages.get(mark="p1"), quote=quote)
    declining = {"person": builders.make_person(name="Zoe Nandu"), "asked": "May 2016", "outcome": "declined"}
    builders.make_comment_request(story=story, **declining)
    with pytest.raises(Refused, match="Protected words stand in what would go out"):
        sign(story, by=reporter, now=builders.MORNING)
    (finding,) = GateFinding.objects.visible_to(keeper)
    assert (finding.source, finding.place, finding.weight) == (source, "a request for comment", "held")
    for user in (reporter, editor):
        assert not GateFinding.objects.visible_to(user).exists()


def test_contact_details_block_even_then(story, source, reporter):
    cited_by_name(story, "Zoe Nandu")
    with pytest.raises(Refused):
        sign(write(story, "Write to zoe.nandu@harbor.example.", by=reporter), by=reporter, now=builders.MORNING)


def test_a_name_that_stands_in_the_record_already_doesnt_block(published, investigation, keeper, reporter, editor):
    row = builders.make_source(investigation=investigation, descriptor="a former official", identity="known")
    secrecy.write_identity(row, {"name": "Lee Sample"}, by=keeper)
    published.edit(by=reporter, body=f"{published.body}\n\nLee Sample left.", now=builders.NEXT_DAY)
    correction = builders.make_submitted(story=published, written_by=reporter)
    approve(correction, by=editor, now=builders.NEXT_DAY)
    correct(correction, by=editor, now=builders.NEXT_DAY)
    assert Edition.objects.count() == 2


def test_the_edition_about_to_be_written_is_not_the_record_already(story, investigation, keeper, reporter, editor):
    for by in (reporter, editor):
        sign(story, by=by, now=builders.MORNING)
    row = builders.make_source(investigation=investigation, descriptor="a former official", identity="known")
    secrecy.write_identity(row, {"name": "Lee Sample"}, by=keeper)
    held_at(lambda: publish(story, by=editor, now=builders.NOON))


def test_those_named_confirm_once_and_are_not_asked_again(story, source, keeper, reporter, editor):
    cited_by_name(story, "Zoe Nandu")
    sign(story, by=reporter, now=builders.MORNING)
    with pytest.raises(Refused):
        confirm_name(source, by=editor)
    assert confirm_name(source, by=keeper) >= 1
    sign(story, by=editor, now=builders.MORNING)
    assert not GateFinding.objects.to_confirm().exists()


def test_an_identity_entered_later_scans_the_record(published, investigation, keeper):
    row = builders.make_source(investigation=investigation, descriptor="a former official", identity="known")
    secrecy.write_identity(row, {"name": "Lee Sample"}, by=keeper)
    (finding,) = GateFinding.objects.visible_to(keeper)
    assert (finding.what, finding.weight) == ("full name", "named_anyway")
    assert finding.place.endswith("edition 1: paragraph 2")
    assert finding.run.stage == "identity"


# --- Limits ---


def test_two_hundred_guesses_are_stopped_after_a_few_and_seen(story, source, investigation, keeper, reporter, editor):
    answers = []
    for number in range(200):
        story.edit(by=reporter, now=builders.MORNING, body=f"Zoe Nandu {number} [said]{{#p1}} so.")
        with pytest.raises(Refused) as refused:
            sign(story, by=reporter, now=builders.MORNING + timedelta(minutes=number))
        answers.append(str(refused.value))
    assert answers[MOST_HELD:] == ["Nothing more of yours goes out today. Ask keeper, the handling reporter."] * (
        200 - MOST_HELD
    )
    assert GateRun.objects.filter(verdict="refused", by=reporter).count() == 200 - MOST_HELD
    assert GateRun.objects.visible_to(keeper).count() == 200


def test_the_next_day_is_a_new_one(story, source, reporter):
    write(story, "Zoe Nandu told us.", by=reporter)
    for _ in range(MOST_HELD + 1):
        with pytest.raises(Refused):
            sign(story, by=reporter, now=builders.MORNING)
    with pytest.raises(Refused, match="Protected words"):
        sign(story, by=reporter, now=builders.MORNING + timedelta(hours=25))


def test_others_are_not_stopped_by_it(story, source, reporter, editor):
    write(story, "Zoe Nandu told us.", by=reporter)
    for _ in range(MOST_HELD + 1):
        with pytest.raises(Refused):
            sign(story, by=reporter, now=builders.MORNING)
    with pytest.raises(Refused, match="Protected words"):
        sign(story, by=editor, now=builders.MORNING)
