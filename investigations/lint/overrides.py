"""Overrides: a finding that an editor let pass, with a reason, as long as its place stays as it was."""

import hashlib
import json
from dataclasses import replace

from investigations.lint.context import StoryContext
from investigations.lint.finding import Finding, Level

# What a mark is, what it hangs on, and what a source agreed to is no matter of judgment: docs/findings.md says why.
NEVER = (range(1, 16), range(20, 23), range(30, 41))


def may_be_overridden(id_: str) -> bool:
    """Whether an editor may let this finding pass: only what must be fixed, and not all of that."""
    area, _, code = id_.partition(".")
    number = int(code[1:]) if code[1:].isdigit() else 0
    is_error = area == "story" and code[:1] == Level.ERROR and number > 0
    return is_error and not any(number in numbers for numbers in NEVER)


def with_overrides(context: StoryContext, findings: list[Finding]) -> list[Finding]:
    """The findings, those that may be overridden with their place, and those that are with who did it and why."""
    placed = [
        replace(finding, place=_place(context, finding)) if may_be_overridden(finding.id) else finding
        for finding in findings
    ]
    if not any(finding.place for finding in placed):
        return placed
    rows = context.story.overrides.select_related("by").order_by("at", "pk")
    last = {(row.finding, row.mark, row.place): row for row in rows}
    return [
        replace(finding, overridden=last.get((finding.id, finding.mark, finding.place))) if finding.place else finding
        for finding in placed
    ]


def _place(context: StoryContext, finding: Finding) -> str:
    """A digest of a finding, the words of its passage, and the evidence there."""
    words = [mark.words for mark in context.parsed.marks if mark.id == finding.mark]
    pieces = sorted(
        [piece.public_key, piece.stance, piece.showing, piece.record.public_key, getattr(piece.quote, "words", "")]
        for piece in context.evidence.get(finding.mark, [])
    )
    said = json.dumps([finding.id, finding.mark, finding.about, words, pieces], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()
