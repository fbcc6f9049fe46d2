"""Make the desk's search anew from its records, or compare the two."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from investigations.models.desk_keeping import faults, keep_all
from investigations.models.desk_words import SAID


class Command(BaseCommand):
    """Write every row of the desk's search as it should be; the records are only read."""

    help = "Make the desk's search anew from its records: after an update of Newsroom, and after writing by SQL."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether anything is written."""
        parser.add_argument("--check", action="store_true", help="Write nothing; say what is not as it should be.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError (exit status 1) when a check finds something, naming the first."""
        if options["check"]:
            found = list(faults())
            if found:
                raise CommandError(f"The desk's search does not hold. First: {found[0]}. {len(found)} in all.")
            self.stdout.write("The desk's search holds.")
            return
        records = sum(model._default_manager.count() for model in SAID)
        with tqdm(total=records, desc="indexing", unit=" records", disable=None, leave=False) as bar:
            wrong = keep_all(bar.update)
        self.stdout.write(f"Looked at {records:,} records; {wrong:,} were not found by what they say.")
