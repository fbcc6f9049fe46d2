"""Forget who sent reports that were answered."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from investigations.public.limits import forget
from investigations.publishing.refusal import Refused
from investigations.publishing.reports import forget_readers
from investigations.record.models.report import KEPT_DAYS


class Command(BaseCommand):
    """Run once a day; to run it again does nothing more."""

    help = "Empty readers' names and addresses once their reports were answered, and drop old hashes of the limits."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How long after the answer."""
        parser.add_argument("--days", type=int, default=KEPT_DAYS, help="Days after the answer.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError for more days than readers are promised."""
        try:
            count = forget_readers(options["days"])
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        forget()
        said = (
            "1 report no longer says who sent it." if count == 1 else f"{count} reports no longer say who sent them."
        )
        self.stdout.write(said)
