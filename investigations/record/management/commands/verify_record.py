"""Verify the record: the chain, and what readers get."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from investigations.publishing.compare import compare_pages, compare_rows
from investigations.record import chain, guards
from investigations.record.models import Edition, Page, Withholding


class Command(BaseCommand):
    """Walk the chain, compile every page again and name the first row that is not what it should be."""

    help = "Verify that the record is as it was written, and that readers get what it says."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The digest a reader kept."""
        parser.add_argument("--head", default="", help="A digest that was the record's end once, as readers keep it.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError (exit status 1) naming the first bad row, and how many there are."""
        from django.db import connection

        links = Edition.objects.count() + Withholding.objects.count()
        with tqdm(total=links + Page.objects.count(), desc="verifying", disable=None, leave=False) as bar:
            faults = chain.verify(known_head=options["head"].strip().lower(), step=bar.update)
            if not faults:  # from a broken ledger no row can be made, and from wrong rows no page
                faults = [*compare_rows()] or [*compare_pages(bar.update)]
        if missing := guards.missing(connection):
            faults.append(chain.Fault("the database", f"lacks the guards {', '.join(sorted(missing))}: run migrate"))
        if faults:
            for fault in faults[1:20]:
                self.stderr.write(f"also {fault.row}: {fault.problem}")
            more = f" {len(faults) - 1} more." if len(faults) > 1 else ""
            raise CommandError(f"The record does not hold. First: {faults[0].row}: {faults[0].problem}.{more}")
        head = chain.head()
        self.stdout.write(f"The record holds: {links} links, {Page.objects.count()} pages. Its end is {head.digest}.")
