"""The words both sides of the wall share: kinds, terms, states, and the labels people read."""

from django.db.models import TextChoices


class SourceKind(TextChoices):
    """What a source is."""

    PERSON = "person", "Person"
    DOCUMENT = "document", "Document"
    PUBLICATION = "publication", "Publication"
    RECORDING = "recording", "Recording"
    DATASET = "dataset", "Dataset"
    NOT_FOUND = "not_found", "Looked for, not found"


class IdentityState(TextChoices):
    """What the newsroom holds of an unnamed source's identity."""

    HELD = "held", "In the vault"
    KNOWN = "known", "Known to an editor, not in the system"
    NOT_HELD = "not_held", "Not held: only the relay knows"


class IdentityAct(TextChoices):
    """What somebody did with a source's identity."""

    OPENED = "opened", "Opened"
    CLOSED = "closed", "Closed"
    READ = "read", "Read"
    WRITTEN = "written", "Written"
    REFUSED = "refused", "Tried, refused"
    NAMED = "named", "Named somebody"
    LEFT = "left", "Left"
    HANDED_ON = "handed_on", "Handed on"


class GateStage(TextChoices):
    """At which step the leak gate reads."""

    SUBMISSION = "submission", "Signed or approved"
    PUBLICATION = "publication", "Published"
    LETTER = "letter", "Letter to somebody in it"
    IDENTITY = "identity", "The record, for a new identity"


class GateVerdict(TextChoices):
    """What came of a run of the leak gate."""

    PASSED = "passed", "Passed"
    HELD = "held", "Held back"
    REFUSED = "refused", "Not read: too many tries"
    SEALED = "sealed", "Not read: the vault is sealed"


class GateWeight(TextChoices):
    """What becomes of something the leak gate met."""

    HELD = "held", "Held the text back"
    WARNS = "warns", "A warning: nothing was held back for it"
    NAMED_ANYWAY = "named_anyway", "Named there anyway: to be confirmed"


class Terms(TextChoices):
    """On what terms a statement was made. Unset is the empty text, and can't be published."""

    ON_RECORD = "on_record", "On the record"
    NOT_FOR_ATTRIBUTION = "not_for_attribution", "Not for attribution"
    BACKGROUND = "background", "On background"
    OFF_RECORD = "off_record", "Off the record"
    AS_PRINTED = "as_printed", "As printed by its relay"


PUBLISHABLE_TERMS = frozenset({Terms.ON_RECORD, Terms.NOT_FOR_ATTRIBUTION, Terms.BACKGROUND, Terms.AS_PRINTED})
NAMING_TERMS = frozenset({Terms.ON_RECORD, Terms.AS_PRINTED})
# From the closest to the most open. “As printed” stands beside “on the record”: both let the name out, so nothing
# that was said on closer terms may become “as printed” unasked; and what a relay printed was never agreed with us, so
# that between the two there is nobody to ask.
OPENNESS = {
    Terms.OFF_RECORD: 0,
    Terms.BACKGROUND: 1,
    Terms.NOT_FOR_ATTRIBUTION: 2,
    Terms.AS_PRINTED: 3,
    Terms.ON_RECORD: 3,
}


class QuoteForm(TextChoices):
    """How the words of a quote relate to what was said."""

    VERBATIM = "verbatim", "Verbatim"
    TRANSLATED = "translated", "Translated"
    PARAPHRASE = "paraphrase", "Paraphrase"


class MeetingKind(TextChoices):
    """What kind of occasion a meeting was."""

    MEETING = "meeting", "Meeting"
    CONVERSATION = "conversation", "Conversation"
    DINNER = "dinner", "Dinner"
    RECEPTION = "reception", "Reception"
    ROUNDTABLE = "roundtable", "Roundtable"
    SPEECH = "speech", "Speech"
    HEARING = "hearing", "Hearing"
    PRESS_CONFERENCE = "press_conference", "Press conference"
    CONFERENCE = "conference", "Conference"


class Established(TextChoices):
    """How it is known that a meeting took place."""

    PUBLISHED_ACCOUNT = "published_account", "Published account"
    OFFICIAL_LIST = "official_list", "List supplied by one side"
    DOCUMENT = "document", "Document"
    PARTICIPANT = "participant", "Participant’s account"
    WITNESS = "witness", "Witness’s account"
    OBSERVED = "observed", "Seen by our reporter"


class Presence(TextChoices):
    """Whether somebody was there."""

    CAME = "came", "Came"
    DID_NOT_COME = "did_not_come", "Invited, did not come"
    STAYED_AWAY = "stayed_away", "Stayed away"
    INVITED = "invited", "Invited; whether they came is not stated"
    DISPUTED = "disputed", "Presence disputed"


class AccountStance(TextChoices):
    """What an account does with a role: says it was the role, or doubts it."""

    AFFIRMS = "affirms", "Affirms"
    QUESTIONS = "questions", "Questions"


class Stance(TextChoices):
    """What a piece of evidence does for a passage."""

    SUPPORTS = "supports", "Supports"
    CONTRADICTS = "contradicts", "Contradicts"
    CONTEXT = "context", "Context"


class Showing(TextChoices):
    """How much of a piece of evidence readers get."""

    SHOWN = "shown", "Shown to readers"
    COUNTED = "counted", "Counted: “and one more, not shown”"
    DESK_ONLY = "desk_only", "Desk only"


class ChangeKind(TextChoices):
    """What an edition changes. All but minor carry a public note."""

    FIRST = "first", "First edition"
    CORRECTION = "correction", "Correction"
    CLARIFICATION = "clarification", "Clarification"
    EDITORS_NOTE = "editors_note", "Editor’s note"
    UPDATE = "update", "Update"
    MINOR = "minor", "Minor change"
    RETRACTION = "retraction", "Retraction"


NEEDS_STANDARDS = frozenset({ChangeKind.CLARIFICATION, ChangeKind.EDITORS_NOTE, ChangeKind.RETRACTION})
CHANGES_WORDS = frozenset({ChangeKind.CORRECTION, ChangeKind.CLARIFICATION, ChangeKind.UPDATE, ChangeKind.MINOR})
ANSWERS_FOR_AN_ERROR = frozenset({ChangeKind.CORRECTION, ChangeKind.RETRACTION})


class Cause(TextChoices):
    """How an error came into a story."""

    REPORTING = "reporting", "Reporting: we had it wrong"
    EDITING = "editing", "Editing: it became wrong on the desk"
    SOURCE = "source", "A source had it wrong"
    PRODUCTION = "production", "Production: a figure, a caption, a link"
    UNKNOWN = "unknown", "Not known yet"


class CameToLight(TextChoices):
    """Who noticed an error."""

    READER = "reader", "A reader"
    SUBJECT = "subject", "Somebody in the story"
    SOURCE = "source", "A source"
    STAFF = "staff", "Our own staff"
    OTHERS = "others", "Another newsroom"


class Severity(TextChoices):
    """How grave an error was; decides where its note stands."""

    ORDINARY = "ordinary", "Ordinary: at the words and at the foot"
    SERIOUS = "serious", "Serious: at the top of the story too"


class CorrectionState(TextChoices):
    """Where a correction stands on its way to readers."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"
    DECLINED = "declined", "Declined"


class CorrectionAct(TextChoices):
    """What somebody did with a correction."""

    WRITTEN = "written", "Written"
    CHANGED = "changed", "Changed"
    SUGGESTED = "suggested", "Suggested wording"
    SUBMITTED = "submitted", "Submitted"
    SENT_BACK = "sent_back", "Sent back"
    DECLINED = "declined", "Declined"
    REOPENED = "reopened", "Taken up again"
    APPROVED = "approved", "Approved"
    VOIDED = "voided", "Approval void: the story was changed"
    PUBLISHED = "published", "Published"
    PUBLISHED_ALONE = "published_alone", "Published without second approval"
    SIGNED = "signed", "Signed afterwards"


class ReviewAct(TextChoices):
    """What was done with a story before readers have it."""

    SENT = "sent", "Sent to the editors"
    SENT_BACK = "sent_back", "Sent back"
    READY = "ready", "Called ready"


class ReviewState(TextChoices):
    """How far a story has come."""

    DRAFT = "draft", "A draft"
    IN_REVIEW = "in_review", "In review"
    READY = "ready", "Ready"
    PUBLISHED = "published", "Published"


class ScheduleOutcome(TextChoices):
    """What came of a publication that was set for an instant."""

    PUBLISHED = "published", "Published"
    REFUSED = "refused", "Did not go out"
    CANCELLED = "cancelled", "Cancelled"


class RecheckOutcome(TextChoices):
    """What came of a record that was changed after readers got it."""

    NOT_NEEDED = "not_needed", "No correction needed"
    CORRECTED = "corrected", "Corrected"
    PUT_BACK = "put_back", "Changed back"


class ElsewhereKind(TextChoices):
    """Where else an error ran."""

    STORY = "story", "Another story"
    ENTRY = "entry", "A record in another story"
    CHART = "chart", "A chart in another story"
    NEWSLETTER = "newsletter", "Newsletter"
    ALERT = "alert", "Alert"
    POST = "post", "Post on social media"
    OTHER = "other", "Elsewhere"


ADDED_BY_HAND = (ElsewhereKind.NEWSLETTER, ElsewhereKind.ALERT, ElsewhereKind.POST, ElsewhereKind.OTHER)


class ElsewhereState(TextChoices):
    """What is done about an error where else it ran."""

    OPEN = "open", "To be looked at"
    FIXED = "fixed", "Fixed"
    NOT_AFFECTED = "unaffected", "Not affected"
    IN_DRAFT = "in_draft", "In another correction"


class ClearanceOutcome(TextChoices):
    """What a lawyer says of a story."""

    CLEARED = "cleared", "Cleared"
    WITH_CHANGES = "with_changes", "Cleared with changes"
    NOT_CLEARED = "not_cleared", "Not cleared"


class FileVersion(TextChoices):
    """How much a fact-check file says."""

    FULL = "counsel", "Full, for counsel"
    WITHOUT = "without", "Without identities and notes"


class FileGrouping(TextChoices):
    """How a fact-check file is put in order."""

    SENTENCE = "sentence", "By sentence"
    PERSON = "person", "By person or organization named"


class FileFormat(TextChoices):
    """What a fact-check file is written as."""

    HTML = "html", "A page, to read here or print"
    PDF = "pdf", "PDF"


class WithholdingState(TextChoices):
    """What happened to a part of the record that readers no longer get."""

    HIDDEN = "hidden", "Hidden"
    RESTORED = "restored", "Restored"
    DESTROYED = "destroyed", "Destroyed"


class WithheldScope(TextChoices):
    """How much of the record is withheld at once."""

    PASSAGE = "passage", "A passage: the paragraph that holds it, in every edition"
    ENTRY = "entry", "An entry: a quote, meeting or source, wherever it was published"
    EDITION = "edition", "An edition of a story, whole"


class ReportState(TextChoices):
    """Where a reader's report stands."""

    RECEIVED = "received", "Received"
    ANSWERED = "answered", "Answered"


class ReportOutcome(TextChoices):
    """What came of a reader's report."""

    CORRECTED = "corrected", "Corrected"
    NO_CORRECTION = "no_correction", "No correction needed"


class InterviewManner(TextChoices):
    """How an interview was held."""

    IN_PERSON = "in_person", "In person"
    TELEPHONE = "telephone", "By telephone"
    VIDEO = "video", "By video"
    WRITTEN = "written", "In writing"


class Outcome(TextChoices):
    """What came of a request for comment."""

    REPLIED = "replied", "Replied"
    ANSWERED_IN_PART = "answered_in_part", "Answered in part"
    DECLINED = "declined", "Declined to comment"
    DECLINED_ON_RECORD = "declined_on_record", "Declined to comment on the record"
    NO_RESPONSE = "no_response", "Did not respond"
    OTHERS_ANSWERED = "others_answered", "Others answered for them"
    NOT_STATED = "not_stated", "Not stated whether asked"


class MergedNoun(TextChoices):
    """What can be merged."""

    PERSON = "person", "Person"
    ORGANIZATION = "organization", "Organization"


class FigureKind(TextChoices):
    """What a figure shows."""

    IMAGE = "image", "Picture"
    CHART = "chart", "Chart of a class of meetings, by month"


class MonthState(TextChoices):
    """What is known of a month in a count."""

    COUNTED = "counted", "Counted"
    PARTLY = "partly", "Counted on single days; the rest of the month is not stated"
    ZERO = "zero", "None: a source covers the whole month"
    NOT_STATED = "not_stated", "Not stated"


class SearchKind(TextChoices):
    """What a search of the record finds."""

    STORY = "story", "Story"
    TEXT = "text", "In a story"
    QUOTE = "quote", "Quote"
    MEETING = "meeting", "Meeting"
    SOURCE = "source", "Source"
    PERSON = "person", "Person"
    ORGANIZATION = "organization", "Organization"
    INVESTIGATION = "investigation", "Investigation"
    NOTE = "note", "Correction or other note"
    POLICY = "policy", "How we work"
