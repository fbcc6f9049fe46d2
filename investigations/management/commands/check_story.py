"""The story check on the command line."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from investigations.lint import RULES, Finding, Verdict, check
from investigations.models import Story


class Command(BaseCommand):
    """Print every finding of a story in three groups; exit status 1 only if something must be fixed."""

    help = "Check a story as publishing does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The story, and for whom it is printed."""
        parser.add_argument("slug", help="The story's short name.")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="For people, or for programs.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError when a finding must be fixed, and for a story that isn't there."""
        stories = Story.objects.filter(slug=options["slug"])  # one an investigation may have it
        if not stories:
            raise CommandError(f"There is no story with the short name {options['slug']}.")
        verdicts = [check(story) for story in stories]
        if options["format"] == "json":
            found = [as_json(finding) for verdict in verdicts for finding in verdict.findings]
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            for verdict in verdicts:
                self.stdout.write("\n".join(lines(verdict)))
        if bars := sum(len(verdict.must_fix) for verdict in verdicts):
            raise CommandError(f"{bars} to fix before the story can go out.")


def as_json(finding: Finding) -> dict[str, Any]:
    """A finding as programs get it."""
    said = {name: getattr(finding, name) for name in ("id", "level", "msg", "hint", "obj", "paragraph", "mark")}
    passed = finding.overridden
    return said | {"overridden": {"by": str(passed.by), "at": passed.at.isoformat()} if passed else None}


def lines(verdict: Verdict) -> list[str]:
    """A verdict as people read it."""
    printed = []
    for heading, findings in (("Must fix", verdict.must_fix), ("Look at", verdict.look_at)):
        printed += [f"{heading}: {len(findings)}", *(f"  {_line(finding)}" for finding in findings)]
    printed.append(f"Fine: {verdict.passed} of {len(RULES)} rules found nothing")
    return printed + [f"  {finding}" for finding in verdict.fine]


def _line(finding: Finding) -> str:
    # the reason stays on the desk: what a command prints ends up in logs
    return f"{finding} Let pass by {finding.overridden.by}." if finding.overridden else str(finding)
