"""The story check on the command line."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from investigations.lint import check_story, must_fix
from investigations.models import Story


class Command(BaseCommand):
    """Print every finding of a story; exit status 1 only if something must be fixed."""

    help = "Check a story as publishing does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The story."""
        parser.add_argument("slug", help="The story's short name.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError when a finding must be fixed, and for a story that isn't there."""
        stories = Story.objects.filter(slug=options["slug"])  # one an investigation may have it
        if not stories:
            raise CommandError(f"There is no story with the short name {options['slug']}.")
        findings = [finding for story in stories for finding in check_story(story)]
        for finding in findings:
            self.stdout.write(str(finding))
        if bars := must_fix(findings):
            raise CommandError(f"{len(bars)} to fix before the story can go out.")
        self.stdout.write("Nothing must be fixed.")
