"""The ways through the site: the desk, readers' pages, guesses in search fields, files, commands, an error."""

import html
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any
from urllib.parse import quote

from django.contrib import admin
from django.core.management import CommandError, call_command
from django.urls import NoReverseMatch, reverse

from investigations.exchange.formats import FORMATS
from investigations.record.models import Page
from tests.addresses import Address, addresses
from tests.admin.test_authorization import SITE, asked_about, searched, values
from tests.authorization import METHODS, Asker
from tests.canary.collector import TRACES, Collector
from tests.canary.tokens import TOKENS, Token
from tests.visitors import Visitor

NOUNS = [model._meta.model_name for model in admin.site._registry]
BESIDE = (
    "/nothing/",
    "/admin/nothing/",
    "/admin/investigations/source/999999/change/",
    "/stories/nothing/",
    "/admin",
)
VARIANTS = ("", "?evidence=all", "?evidence=off", "?evidence=nothing")
DECOY = "xulbergnamp"  # as unlike every token as they are one another
CSRF = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


class Walker:
    """One visitor on their way through the site; whatever is given out goes to the collector."""

    def __init__(self, collector: Collector, role: str, visitor: Visitor) -> None:
        self.collector, self.role, self.visitor = collector, role, visitor
        self.asked: set[tuple[str, str]] = set()

    def ask(self, method: str, path: str, data: Any = None, *, asker: Asker | None = None, action: str = "") -> None:
        """Ask, take down answer and traces, and take back what it wrote."""
        where = f"{method} {path} {action}".strip()
        own = getattr(asker, f"{method.lower()}_{action}", None)
        with self.collector.logs(self.role), self.visitor.as_if_never():
            client = self.visitor.client
            response = own(path) if own else getattr(client, method.lower())(path, data or {})
            if match := response.wsgi_request.resolver_match:
                self.asked.add((method, match.route))
            self.collector.answer(self.role, where, response)
            if method == "POST" and response.status_code in {200, 302}:
                self.collector.tables(self.role, where, TRACES)

    # --- The desk ---

    def desk(self, desk: Any) -> None:
        """Every action of every noun, with forms and files filled in; then the other rows that hold tokens."""
        filled = values(desk)
        filled["quote"]["import"]["source"] = desk.others[0].code_name  # whoever sends a file is told what is in it
        for noun in [SITE, *NOUNS]:
            given = filled.get(noun, {})
            for action, path, row, methods in asked_about(noun, desk):
                if row is not None:
                    path = path.replace(f"/{getattr(desk, noun).pk}/", f"/{row.pk}/")
                for method in methods:
                    asker = Asker(self.visitor, row, noun, given)
                    self.ask(
                        method, path, given.get(action) if method == "POST" else None, asker=asker, action=action
                    )
        for row in desk.others:
            for page in ("change", "history", "delete"):
                self.ask("GET", reverse(f"admin:investigations_{row._meta.model_name}_{page}", args=[row.pk]))

    def files(self) -> None:
        """Every noun's file in every format, and as a list that is narrowed."""
        for noun in NOUNS:
            try:
                path = reverse(f"admin:investigations_{noun}_export")
            except NoReverseMatch:
                continue
            for each in FORMATS:
                self.ask("POST", path, {"format": each.extension})

    def guesses(self, tokens: Iterable[Token]) -> None:
        """Search for each token at the desk, in every list, and for every noun in a field that one searches.

        An answer unlike the one to a decoy tells it.
        """
        lists = [reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") for model in _listed()]
        fields = [found[0].path for found in searched().values()]
        for path, name in [
            (reverse("admin:search"), "q"),
            *((path, "q") for path in lists),
            *((path, "term") for path in fields),
        ]:
            self.guess(path, name, tokens)

    def guess(self, path: str, name: str, tokens: Iterable[Token]) -> None:
        """Search here for each of these tokens."""
        decoy = self.answer_to(path, name, DECOY)
        for token in tokens:
            if self.answer_to(path, name, token.words) != decoy:
                self.collector.take("search", self.role, path, token.words.encode())

    def answer_to(self, path: str, name: str, guess: str) -> bytes:
        """What a search answers, without the guess itself."""
        query = path.partition("?")[2]
        wanted = dict(pair.split("=") for pair in query.split("&")) if query else {}
        body = self.visitor.ask("GET", path.partition("?")[0], {**wanted, name: guess}).content
        for echo in (quote(quote(guess)), quote(guess), html.escape(guess), guess):
            body = body.replace(echo.encode(), b"")
        return CSRF.sub(b"", body)

    # --- Readers' pages ---

    def readers(self) -> None:
        """Every address of theirs, every page that is stored and every variant; what isn't there; their searches."""
        paths = {address.path for address in addresses() if address.side == "public"}
        paths |= set(Page.objects.filter(status=200).values_list("path", flat=True))
        for path in sorted(paths):
            for variant in VARIANTS:
                self.ask("GET", path + variant)
            self.ask("POST", path)
        self.ask("GET", "/meetings/", {"kind": "dinner", "from": "2016-01"})
        for path in BESIDE:
            self.ask("GET", path)
        for path in ("/search/", "/meetings/"):
            self.guess(path, "q", TOKENS)


def _listed() -> Iterator[Any]:
    return (model for model in admin.site._registry if model._meta.app_label == "investigations")


def run(collector: Collector, name: str, *args: str) -> None:
    """What a command says, at its end too."""
    out, err = StringIO(), StringIO()
    with collector.logs("console"):
        try:
            call_command(name, *args, stdout=out, stderr=err)
        except CommandError as error:
            err.write(str(error))
    collector.take("command", "console", name, f"{out.getvalue()}\n{err.getvalue()}".encode())


def unreached(asked: set[tuple[str, str]], every: Iterable[Address]) -> set[str]:
    """The patterns of addresses that nobody asked with each method."""
    return {f"{method} {one.route}" for one in every for method in METHODS if (method, one.route) not in asked}
