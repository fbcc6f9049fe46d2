"""Old notes from a file: each becomes a draft that somebody else approves."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from investigations.exchange.formats import format_of
from investigations.exchange.notes import take_notes
from investigations.exchange.sheet import Unreadable


class Command(BaseCommand):
    """Draft a correction for each old note of a CSV, XLSX or JSON file: all of them or none."""

    help = "Take in old correction notes: columns story (short name), day (2016-05-31) and note."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and whose drafts they are."""
        parser.add_argument("file", type=Path, help="A file that ends in .csv, .xlsx or .json.")
        parser.add_argument("--by", required=True, help="The account that drafts them; somebody else approves.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError for a file that can't be read or has a bad row, and for an unknown account."""
        user = get_user_model().objects.filter(username=options["by"], is_active=True).first()
        if user is None:
            raise CommandError(f"There is no account {options['by']}.")
        try:
            sheet = format_of(options["file"].name).read(options["file"].read_bytes())
            count = take_notes(sheet, by=user)
        except (OSError, Unreadable) as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        self.stdout.write(f"{count} old notes drafted: they are submitted and approved like any correction.")
