"""Publish what is due: for a timer, every minute."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from investigations.publishing.scheduling import publish_due


class Command(BaseCommand):
    """Publish the stories whose set instant has come; what may not go out is kept, with the reason."""

    help = "Publish the stories whose set instant has come. For a timer; safe to run twice at once."

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError when something failed: it is tried again at the next run."""
        run = publish_due()
        for row in run.published:
            self.stdout.write(f"Published: {row.story.slug}")
        for row in run.refused:
            self.stdout.write(f"Not published: {row.story.slug}: {row.reason}")
        if run.failed:
            raise CommandError(
                "Failed, and tried again at the next run: " + ", ".join(row.story.slug for row, _ in run.failed)
            )
