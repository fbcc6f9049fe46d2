"""The fact-check file on the command line: the same file, the same rules, the same line in the log.

It opens no identity: that is done at the desk, by somebody who is logged in.
"""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from investigations.models import Story
from investigations.publishing.fact_check.opening import open_file, versions_for
from investigations.publishing.fact_check.rendering import html, pdf
from investigations.vocabulary import FileFormat, FileGrouping, FileVersion


class Command(BaseCommand):
    """Write a story's fact-check file, as somebody who may see the story."""

    help = "Write a story's fact-check file for counsel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which story, for whom, which file, where to."""
        parser.add_argument("slug", help="The story's short name.")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="Whose account it is made with.")
        parser.add_argument("--for", dest="version", choices=FileVersion.values, default=FileVersion.WITHOUT.value)
        parser.add_argument("--group", choices=FileGrouping.values, default=FileGrouping.SENTENCE.value)
        parser.add_argument("--format", choices=FileFormat.values, default=FileFormat.HTML.value)
        parser.add_argument("--output", type=Path, help="A new file, for its owner's eyes alone. PDF needs one.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError, alike for a story that isn't there and one that the account may not see."""
        output, format_ = options["output"], FileFormat(options["format"])
        if format_ == FileFormat.PDF and output is None:
            raise CommandError("Say where to write the PDF: --output FILE.")
        if output and output.exists():
            raise CommandError(f"{output} is there already: choose another name, or remove it.")
        user = get_user_model().objects.filter(username=options["by"]).first()
        if user is None:
            raise CommandError(f"There is no account {options['by']}.")
        stories = [row for row in Story.objects.filter(slug=options["slug"]) if versions_for(row, user)]
        if len(stories) != 1:  # one an investigation may have it
            found = "more than one story" if stories else "no story"
            raise CommandError(f"{user.get_username()} sees {found} with the short name {options['slug']}.")
        try:
            file = open_file(
                stories[0],
                by=user,
                version=FileVersion(options["version"]),
                grouping=FileGrouping(options["group"]),
                format=format_,
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        content = pdf(file) if format_ == FileFormat.PDF else html(file, standalone=True).encode()
        if output is None:
            self.stdout.write(content.decode())
            return
        write_privately(output, content)
        self.stderr.write(f"Written to {output}.")


def write_privately(path: Path, content: bytes) -> None:
    """Write a new file that its owner alone may read. Raises FileExistsError for one that is there."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
