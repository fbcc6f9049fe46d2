"""The story check: rules return findings and write nothing. docs/findings.md lists their ids."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from investigations.lint.comments import comments
from investigations.lint.consent import consent
from investigations.lint.context import StoryContext
from investigations.lint.draft_notes import draft_notes
from investigations.lint.figures import figures, not_found
from investigations.lint.finding import Finding, Level
from investigations.lint.meetings import days, roles
from investigations.lint.names import names
from investigations.lint.origins import origins, support_shown, unnamed_alone
from investigations.lint.overrides import may_be_overridden, with_overrides
from investigations.lint.passages import evidence_shown, marks_and_rows, meetings_attended, words_changed
from investigations.lint.quotation import checked, quotation
from investigations.lint.requests import letters, requests
from investigations.lint.spans import spans
from investigations.lint.terms import terms
from investigations.lint.unnamed import unnamed
from investigations.lint.wording import wording
from investigations.models import Story

Rule = Callable[[StoryContext], Iterator[Finding]]
RULES: tuple[Rule, ...] = (
    *(spans, marks_and_rows, words_changed, evidence_shown, support_shown, meetings_attended),
    *(terms, consent, names, wording, draft_notes),
    *(origins, unnamed_alone, unnamed, quotation, checked),
    *(requests, letters, figures, not_found, roles, days),
    comments,
)

__all__ = ["Finding", "Level", "Verdict", "check", "check_story", "may_be_overridden", "must_fix"]


@dataclass(frozen=True)
class Verdict:
    """What the check says of a story, in the order in which it is read, and how many rules found nothing."""

    findings: tuple[Finding, ...]
    passed: int

    @property
    def must_fix(self) -> list[Finding]:
        """What bars publication."""
        return must_fix(self.findings)

    @property
    def look_at(self) -> list[Finding]:
        """What somebody should look at, and what an editor let pass."""
        return [finding for finding in self.findings if not (finding.must_be_fixed or finding.is_fine)]

    @property
    def fine(self) -> list[Finding]:
        """What is said for information."""
        return [finding for finding in self.findings if finding.is_fine]


def check(story: Story, *, now: datetime | None = None) -> Verdict:
    """Everything the rules find in a story: what must be fixed first, each group in the order of the text.

    `now` is the instant at which it would go out: embargoes and deadlines are held against it.
    """
    context = StoryContext.of(story, now=now or timezone.now())
    by_rule = [list(rule(context)) for rule in RULES]
    found = with_overrides(context, [finding for findings in by_rule for finding in findings])
    found.sort(key=lambda finding: (not finding.must_be_fixed, finding.is_fine, finding.paragraph or 10**6))
    return Verdict(tuple(found), sum(not findings for findings in by_rule))


def check_story(story: Story, *, now: datetime | None = None) -> list[Finding]:
    """The findings of a check."""
    return list(check(story, now=now).findings)


def must_fix(findings: Iterable[Finding]) -> list[Finding]:
    """Those that bar publication."""
    return [finding for finding in findings if finding.must_be_fixed]
