"""The story check: rules return findings and write nothing. docs/findings.md lists their ids."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.utils import timezone

from investigations.lint.consent import consent
from investigations.lint.context import StoryContext
from investigations.lint.draft_notes import draft_notes
from investigations.lint.finding import Finding, Level
from investigations.lint.names import names
from investigations.lint.passages import evidence_shown, marks_and_rows, meetings_attended, words_changed
from investigations.lint.spans import spans
from investigations.lint.terms import terms
from investigations.lint.wording import wording
from investigations.models import Story

Rule = Callable[[StoryContext], Iterator[Finding]]
RULES: tuple[Rule, ...] = (
    *(spans, marks_and_rows, words_changed, evidence_shown, meetings_attended),
    *(terms, consent, names, wording, draft_notes),
)

__all__ = ["Finding", "Level", "check_story", "must_fix"]


def check_story(story: Story, *, now: datetime | None = None) -> list[Finding]:
    """Everything the rules find in a story: what must be fixed first, each group in the order of the text.

    `now` is the instant at which it would go out: embargoes are held against it.
    """
    context = StoryContext.of(story, now=now or timezone.now())
    found = [finding for rule in RULES for finding in rule(context)]
    order = list(Level)
    return sorted(found, key=lambda finding: (order.index(finding.level), finding.paragraph or 10**6))


def must_fix(findings: Iterable[Finding]) -> list[Finding]:
    """Those that bar publication."""
    return [finding for finding in findings if finding.must_be_fixed]
