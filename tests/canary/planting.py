"""A small newsroom with a token in every field that is to stay inside, and a published story that rests on them."""

from types import SimpleNamespace
from typing import Any

from PIL.Image import Exif

from investigations.models import secrecy
from investigations.models.source_identity import FIELDS
from investigations.publishing.overriding import override
from tests import builders
from tests.canary.tokens import WORDS


def _photograph() -> bytes:
    """A picture with something in it that the camera wrote."""
    exif = Exif()
    exif[0x013B] = exif[0x9286] = WORDS["Figure.image"]  # artist, comment
    return builders.make_picture(exif=exif)


def plant(investigation: Any, reporter: Any, editor: Any) -> SimpleNamespace:
    """One row of each noun that holds a token, by the noun's name; `others` are more such rows.

    The reporter has the identity open. Readers have the story, with the quotes on background, a meeting, the
    document, a picture and the request for comment; it was corrected once.
    """
    source = builders.make_source(
        investigation=investigation,
        descriptor="an official of the port",
        identity="known",
        code_name=WORDS["Source.code_name"],
        reason_for_anonymity=f"Fears for the pension: {WORDS['Source.reason_for_anonymity']}.",
        description=WORDS["Source.description"],
    )
    secrecy.write_identity(source, {name: WORDS[f"SourceIdentity.{name}"] for name in FIELDS}, by=reporter)
    source.refresh_from_db()
    document = builders.make_source(investigation=investigation, full_text=f"Page 1. {WORDS['Source.full_text']}.")
    interview = builders.make_interview(
        source=source, terms="background", terms_wording=f"As agreed: {WORDS['Interview.terms_wording']}"
    )
    told = builders.make_quote(interview=interview, source=source, words="They burned the ledger")
    agreed = builders.make_quote(
        source=source,
        terms="background",
        terms_wording=f"By descriptor: {WORDS['Quote.terms_wording']}",
        words="Nobody asked who owned the quarry",
    )
    hidden = builders.make_quote(source=source, terms="off_record", words=f"It was {WORDS['Quote.words']} who did it")
    how = f"by telephone, {WORDS['Consent.how']}"
    consent = builders.make_consent(quote=agreed, noted_by=reporter, agreed=WORDS["Consent.agreed"], how=how)
    withdrawal = builders.make_withdrawal(quote=hidden, noted_by=reporter, note=WORDS["Withdrawal.note"])
    story = builders.make_ready_story(investigation=investigation, by=reporter)
    passage = story.passages.get(mark="p1")
    for record in ({"quote": told}, {"quote": agreed}, {"source": document}):
        builders.make_evidence(passage=passage, **record)
    builders.make_evidence(passage=passage, quote=hidden, showing="desk_only", label=WORDS["Evidence.label"])
    meeting = builders.make_meeting(investigation=investigation, source=source, when="September 8, 2016")
    attendance = builders.make_attendance(meeting=meeting, role_in_dispute=True)
    builders.make_role_account(meeting=meeting, person=attendance.person, quote=agreed)
    officer = builders.make_role(organization=builders.make_organization()).person
    builders.make_attendance(meeting=meeting, person=officer)
    builders.make_evidence(passage=passage, meeting=meeting)
    group = builders.make_meeting_class(investigation=investigation, meetings=[meeting])
    builders.make_figure(story=story, meeting_class=group, rests_on="One meeting.")
    figure = builders.make_figure(story=story)
    figure.set_picture(_photograph())
    figure.save()
    asked = {"about": WORDS["CommentRequest.about"], "asked_how": WORDS["CommentRequest.asked_how"]}
    request = builders.make_comment_request(story=story, **asked)
    letter = builders.make_sent_letter(request=request, words=f"To you: {WORDS['Letter.words']}", written_by=reporter)
    letter.answer, letter.answered_by, letter.answered_at = WORDS["Letter.answer"], reporter, builders.NOON
    letter.save()
    put = {"words": WORDS["Claim.words"], "answer": WORDS["Claim.answer"]}
    builders.make_claim(letter=letter, passage=passage, **put)
    builders.publish_story(story, reporter=reporter, editor=editor)
    correction = builders.correct_story(story, reporter=reporter, editor=editor, basis=WORDS["Correction.basis"])
    alone = builders.correct_alone(
        story,
        reporter=reporter,
        editor=editor,
        said=WORDS["CorrectionStep.comment"],
        alone=WORDS["Correction.alone_because"],
    )
    sender = {"name": f"Lee {WORDS['Report.name']}", "address": WORDS["Report.address"]}
    report = builders.make_report(story=story, in_this_story=True, **sender)
    answer = {"outcome": "not_cleared", "note": WORDS["Clearance.note"], "answered_at": builders.NOON}
    builders.make_clearance(story=story, asked_by=reporter, **answer)
    type(figure).objects.update(alt_text="")
    override(story, "story.E080", "", WORDS["FindingOverride.reason"], by=editor)
    passage_withheld = {"scope": "passage", "paragraph": 1, "words": WORDS["WithholdingOrder.words"]}
    order = builders.make_withholding_order(story=story, reason=WORDS["WithholdingOrder.reason"], **passage_withheld)
    hold = builders.make_legal_hold(investigation=investigation, reason=WORDS["LegalHold.reason"])
    unsaved = {name: WORDS[f"KeptWords.{name}"] for name in ("headline", "standfirst", "body")}
    builders.make_kept_words(story=story, by=reporter, **unsaved)
    builders.make_story_comment(story=story, by=editor, said=WORDS["StoryComment.said"])
    builders.make_story_review(story=story, by=reporter, comment=WORDS["StoryReview.comment"])
    answered = {"outcome": "not_needed", "reason": WORDS["Recheck.reason"]}
    answered |= {"closed_by": editor, "closed_at": builders.NOON}
    recheck = builders.make_recheck(story=story, opened_by=reporter, **answered)
    said = {name: WORDS[f"DraftNote.{name}"] for name in ("words", "anchor", "links", "file_name")}
    note = builders.make_draft_note(story=story, by=reporter, **said)
    access = secrecy.open_identity(source, by=reporter, reason=f"to call back: {WORDS['IdentityAccess.reason']}")
    return SimpleNamespace(
        source=source,
        interview=interview,
        quote=hidden,
        consent=consent,
        withdrawal=withdrawal,
        story=story,
        passage=passage,
        commentrequest=request,
        identityaccess=access,
        withholdingorder=order,
        legalhold=hold,
        recheck=recheck,
        draftnote=note,
        others=[document, told, agreed, correction, alone],
        on_page={"meeting": meeting, "source": document, "person": attendance.person, "group": group},
        report=report,
    )
