"""Make the derived tables anew from the ledger."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from investigations.publishing.compile import recompile


class Command(BaseCommand):
    """Rebuild every page and index row; the ledger is only read."""

    help = "Rebuild every page and index row from the ledger: after an update of Newsroom, or a change of templates."

    def handle(self, *args: Any, **options: Any) -> None:
        """Readers get the old pages until all the new ones are there."""
        with tqdm(desc="compiling", unit=" pages", disable=None, leave=False) as bar:
            pages = recompile(bar.update)
        self.stdout.write(f"Compiled {pages} pages.")
