"""The record: ledger, derived tables, inbox."""

from investigations.record.models.edition import Edition, Part
from investigations.record.models.page import Page
from investigations.record.models.report import Report
from investigations.record.models.rows import (
    AttendanceRow,
    BylineRow,
    CorrectionRow,
    MeetingRow,
    SlugRow,
    StoryRow,
)
from investigations.record.models.search import SearchRow
from investigations.record.models.withholding import Withholding

LEDGER = (Edition, Part, Withholding)
DERIVED = (Page, StoryRow, SlugRow, BylineRow, MeetingRow, AttendanceRow, CorrectionRow, SearchRow)
INBOX = (Report,)

__all__ = [
    "DERIVED",
    "INBOX",
    "LEDGER",
    "AttendanceRow",
    "BylineRow",
    "CorrectionRow",
    "Edition",
    "MeetingRow",
    "Page",
    "Part",
    "Report",
    "SearchRow",
    "SlugRow",
    "StoryRow",
    "Withholding",
]
