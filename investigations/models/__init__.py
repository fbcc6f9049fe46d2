"""The desk: one file a noun. A model that is not imported here is missing from the migrations."""

from investigations.models.account import MeetingClass, RoleAccount
from investigations.models.approval import Approval
from investigations.models.author import Author
from investigations.models.clearance import Clearance
from investigations.models.comment_request import CommentRequest
from investigations.models.consent import Consent
from investigations.models.contribution import Contribution
from investigations.models.correction import Correction
from investigations.models.correction_step import CorrectionStep
from investigations.models.coverage import Coverage
from investigations.models.demonstration import Demonstration
from investigations.models.desk_text import DeskText
from investigations.models.draft_note import DraftNote
from investigations.models.elsewhere import Elsewhere
from investigations.models.fact_check_file import FactCheckFileOpened
from investigations.models.figure import Figure
from investigations.models.finding_override import FindingOverride
from investigations.models.gate import GateFinding, GateRun
from investigations.models.interview import Interview
from investigations.models.investigation import Investigation
from investigations.models.investigation_page import InvestigationPage, MarkedEvent, PageChoice
from investigations.models.kept_words import KeptWords
from investigations.models.legal_hold import LegalHold
from investigations.models.letter import Claim, Letter
from investigations.models.meeting import Attendance, Meeting
from investigations.models.merger import Merger
from investigations.models.organization import Organization
from investigations.models.passage import Evidence, Passage
from investigations.models.person import Person
from investigations.models.policy import Policy
from investigations.models.quote import Quote
from investigations.models.recheck import Recheck
from investigations.models.role import Role
from investigations.models.scheduled_publication import ScheduledPublication
from investigations.models.source import Source
from investigations.models.source_identity import Confidant, IdentityAccess, PasswordHold, SourceIdentity
from investigations.models.story import Byline, Story
from investigations.models.story_comment import StoryComment
from investigations.models.story_opened import StoryOpened
from investigations.models.story_review import StoryReview
from investigations.models.withdrawal import Withdrawal
from investigations.models.withholding_order import WithholdingOrder

__all__ = [
    "Approval",
    "Attendance",
    "Author",
    "Byline",
    "Claim",
    "Clearance",
    "CommentRequest",
    "Confidant",
    "Consent",
    "Contribution",
    "Correction",
    "CorrectionStep",
    "Coverage",
    "Demonstration",
    "DeskText",
    "DraftNote",
    "Elsewhere",
    "Evidence",
    "FactCheckFileOpened",
    "Figure",
    "FindingOverride",
    "GateFinding",
    "GateRun",
    "IdentityAccess",
    "Interview",
    "Investigation",
    "InvestigationPage",
    "KeptWords",
    "LegalHold",
    "Letter",
    "MarkedEvent",
    "Meeting",
    "MeetingClass",
    "Merger",
    "Organization",
    "PageChoice",
    "Passage",
    "PasswordHold",
    "Person",
    "Policy",
    "Quote",
    "Recheck",
    "Role",
    "RoleAccount",
    "ScheduledPublication",
    "Source",
    "SourceIdentity",
    "Story",
    "StoryComment",
    "StoryOpened",
    "StoryReview",
    "Withdrawal",
    "WithholdingOrder",
]
