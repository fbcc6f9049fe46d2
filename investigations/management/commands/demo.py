"""The demonstration: one command from an empty folder to a story with evidence and a correction."""

import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from investigations.exchange.fixtures import FixtureError
from investigations.management import demonstration
from investigations.pages import paths
from investigations.record.models import Edition, StoryRow
from investigations.record.reading import read


class Command(BaseCommand):
    """Migrate, load the worked case, publish and correct it, print the addresses, serve."""

    help = "Bring up the demonstration on this machine. Running it again is harmless."
    requires_system_checks = []  # the guards are put in place by the migration below

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to serve, and whether."""
        parser.add_argument("--port", type=int, default=8000, help="The port on 127.0.0.1 (8000).")
        parser.add_argument("--no-server", action="store_true", help="Stop when everything is loaded.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError for a database that isn't the demo's, and for a port in use."""
        if settings.PRODUCTION:
            raise CommandError("This is a production environment: unset NEWSROOM_ENVIRONMENT to see the demo.")
        if not options["no_server"]:
            self._require_free(options["port"])
        try:
            foreign = demonstration.is_foreign()
        except DatabaseError as error:
            raise CommandError(
                f"The database can't be reached ({error}): look at DATABASE_URL.".replace("\n", " ")
            ) from error
        if foreign:
            raise CommandError(
                "This database holds something else than the demonstration, so nothing was done to it:"
                " unset DATABASE_URL, or point it to an empty database."
            )
        call_command("migrate", verbosity=0)
        self._load()
        self._say(options["port"])
        if not options["no_server"]:
            call_command("runserver", f"127.0.0.1:{options['port']}", use_reloader=False)

    def _load(self) -> None:
        if demonstration.is_loaded():
            demonstration.set_passwords(settings.DEMO_PASSWORD)
            call_command("recompile", verbosity=0)
            return
        try:
            demonstration.load(settings.DEMO_PASSWORD)
        except FixtureError as error:
            raise CommandError(f"The case can't be loaded: {error}") from error

    def _require_free(self, port: int) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OverflowError as error:
                raise CommandError(f"{port} is no port: choose one from 1024 to 65535, like --port 8001.") from error
            except OSError as error:
                raise CommandError(f"Port {port} is in use: choose another, like --port {port + 1}.") from error

    def _say(self, port: int) -> None:
        site = f"http://127.0.0.1:{port}"
        lines = ["", "The demonstration is ready."]
        if settings.ROLE == "all":
            lines += [f"  A story    {site}{paths.story(row.slug)}" for row in StoryRow.objects.all()]
            found = Edition.objects.filter(work__startswith="investigation:", number=1).order_by("position")
            lines += [f"  Its page   {site}{paths.investigation(e.header['slug'])}" for e in read(found)]
            lines += [f"  Meetings   {site}{paths.MEETINGS}", f"  Corrections {site}{paths.CORRECTIONS}"]
        lines += [f"  The desk   {site}/admin/", f"  Accounts   {', '.join(demonstration.ACCOUNTS)}"]
        lines += [f"  Password   {settings.DEMO_PASSWORD}", ""]
        self.stdout.write("\n".join(lines))
