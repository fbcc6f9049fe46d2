"""The record: ledger, derived tables, inbox."""

from investigations.record.models.edition import Edition, Part
from investigations.record.models.entries import (
    AttendanceRow,
    CountRow,
    FacetRow,
    MeetingRow,
    OrganizationRow,
    PersonRow,
    QuoteRow,
    SourceRow,
)
from investigations.record.models.page import Page
from investigations.record.models.report import Report
from investigations.record.models.rows import BylineRow, CorrectionRow, SlugRow, StoryRow
from investigations.record.models.search import SearchRow
from investigations.record.models.withholding import Withholding

LEDGER = (Edition, Part, Withholding)
ENTRIES = (MeetingRow, AttendanceRow, QuoteRow, SourceRow, PersonRow, OrganizationRow, FacetRow, CountRow)
DERIVED = (Page, StoryRow, SlugRow, BylineRow, CorrectionRow, *ENTRIES, SearchRow)
INBOX = (Report,)

__all__ = [
    "DERIVED",
    "ENTRIES",
    "INBOX",
    "LEDGER",
    "AttendanceRow",
    "BylineRow",
    "CorrectionRow",
    "CountRow",
    "Edition",
    "FacetRow",
    "MeetingRow",
    "OrganizationRow",
    "Page",
    "Part",
    "PersonRow",
    "QuoteRow",
    "Report",
    "SearchRow",
    "SlugRow",
    "SourceRow",
    "StoryRow",
    "Withholding",
]
