"""An invented record of any size, for benchmarks."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from investigations.management.demonstration import is_loaded
from investigations.management.plausible import plausible
from investigations.models import Investigation, Person
from investigations.publishing.bulk import finish, publish_new
from investigations.record.models import Edition


class Command(BaseCommand):
    """Fill an empty database with stories, meetings, quotes and sources that nobody has to believe."""

    help = (
        "Fill an empty database with an invented record for benchmarks: ledger, index rows and search of every story,"
        " through the code that publishes. Pages are compiled of the first stories alone; recompile makes the others."
        " Ten thousand entries take some 20 seconds, a million about half an hour."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How much."""
        parser.add_argument("--entries", type=int, required=True, help="How many meetings, quotes and sources.")
        parser.add_argument("--seed", type=int, default=1, help="Another number gives other words (1).")
        parser.add_argument("--pages", type=int, default=20, help="Of how many stories pages are compiled (20).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError for a number that is none, and for a database that holds anything of anybody's."""
        if options["entries"] < 1 or options["pages"] < 0:
            raise CommandError("Say how many entries there shall be, like --entries 10000.")
        require_empty()
        works = []
        with tqdm(total=options["entries"], desc="inventing", unit=" entries", disable=None, leave=False) as bar:
            for work in plausible(options["entries"], options["seed"]):
                publish_new(work=work.name, parts=work.parts, published_at=work.published_at)
                works.append(work.name)
                bar.update(work.entries)
        pages = finish(works[: options["pages"]])
        self.stdout.write(f"Invented {options['entries']:,} entries in {len(works):,} stories; {pages:,} pages.")


def require_empty() -> None:
    """Raise CommandError for a database that holds work: what is once in the record never leaves it."""
    if is_loaded():
        raise CommandError("This is the demonstration’s database: point DATABASE_URL to an empty one.")
    if Edition.objects.exists():
        raise CommandError(
            "Something is published in this database, and what is invented could never be taken out of its record"
            " again: point DATABASE_URL to an empty one."
        )
    if any(model._default_manager.exists() for model in (Investigation, Person, get_user_model())):
        raise CommandError("Somebody works in this database: point DATABASE_URL to an empty one.")
