"""Twelve leaks, switched on one at a time: the collector finds each, and nothing before it is switched on."""

import logging
import os
import tempfile
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin import options
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core import signing
from django.core.cache import cache
from django.core.management import call_command
from django.http import HttpResponseServerError
from django.urls import reverse

from investigations.admin.exchange import ExchangeAdmin
from investigations.admin.source import SourceAdmin
from investigations.exchange.source import SourceResource
from investigations.models import Source, secrecy
from investigations.pages import paths, render
from newsroom import logs
from tests.admin.forms import posted
from tests.canary.collector import Collector
from tests.canary.tokens import TOKENS, VAULT
from tests.canary.walks import Walker

NAME = VAULT[0]
SOURCES = reverse("admin:investigations_source_changelist")


def name() -> str:
    """What the vault holds, as a careless line of code would read it."""
    return secrecy.identities()[0][1]["name"]


def after(method: Any, change: Any) -> Any:
    """The method, its answer changed."""
    return lambda *args, **kwargs: change(method(*args, **kwargs))


# --- The leaks ---


def in_str(patch: Any) -> None:
    patch.setattr(Source, "__str__", lambda source: f"{source.code_name} ({name()})")


def in_a_list_column(patch: Any) -> None:
    patch.setattr(SourceAdmin, "who", lambda self, source: name(), raising=False)
    patch.setattr(admin.site._registry[Source], "list_display", ["code_name", "who"])


def in_a_search_field(patch: Any) -> None:
    def found(self: Any, request: Any, queryset: Any, term: str) -> Any:
        return (queryset if term in name() else queryset.none()), False

    patch.setattr(SourceAdmin, "get_search_results", found)


def in_an_autocomplete(patch: Any) -> None:
    patch.setattr(AutocompleteJsonView, "serialize_result", lambda *args: {"id": "1", "text": name()})


def in_history(patch: Any) -> None:
    patch.setattr(SourceAdmin, "construct_change_message", lambda *args, **kwargs: [{"changed": {"name": name()}}])


def in_an_export(patch: Any) -> None:
    def titled(lines: Any) -> Any:
        return ([*line[:-1], name()] for line in lines)

    patch.setattr(SourceResource, "lines", after(SourceResource.lines, titled))


def in_a_log_line(patch: Any) -> None:
    def told(request: Any) -> dict[str, Any]:
        logging.getLogger("investigations.admin.source").debug("Asked for %s", name())
        return {}

    patch.setattr(SourceAdmin, "get_changeform_initial_data", lambda self, request: told(request))


def on_an_error_page(patch: Any) -> None:
    patch.setattr(SourceAdmin, "get_list_display", lambda *args: 1 / 0)
    patch.setattr("django.views.defaults.server_error", lambda request: HttpResponseServerError(f"About {name()}"))
    patch.setattr("newsroom.urls_all.handler500", "django.views.defaults.server_error", raising=False)


def in_a_mail(patch: Any) -> None:
    def broken(*args: Any) -> Any:
        raise ValueError(name())

    patch.setattr(SourceAdmin, "get_list_display", broken)
    patch.setattr(logs, "_subject", lambda record, error: f"It failed: {error}")


def in_structured_data(patch: Any) -> None:
    patch.setattr(render, "story_data", after(render.story_data, lambda data: {**data, "mentions": name()}))
    call_command("recompile", verbosity=0)


def in_a_file_name(patch: Any) -> None:
    def named(response: Any) -> Any:
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name()}.csv"
        return response

    patch.setattr(ExchangeAdmin, "export_file", after(ExchangeAdmin.export_file, named))


def in_a_cookie(patch: Any) -> None:
    def marked(response: Any) -> Any:
        response.set_cookie("last", signing.dumps({"seen": name()}, compress=True), path="/admin/")
        return response

    patch.setattr(options, "TemplateResponse", after(options.TemplateResponse, marked))


# --- The part of the site that each concerns ---


def the_list(walker: Walker, planted: Any) -> None:
    walker.ask("GET", SOURCES)


def the_record(walker: Walker, planted: Any) -> None:
    walker.ask("GET", reverse("admin:investigations_source_change", args=[planted.source.pk]))


def the_form(walker: Walker, planted: Any) -> None:
    walker.ask("GET", reverse("admin:investigations_source_add"))


def a_search(walker: Walker, planted: Any) -> None:
    walker.guess(SOURCES, "q", [NAME])


def a_choice(walker: Walker, planted: Any) -> None:
    field = {"app_label": "investigations", "model_name": "quote", "field_name": "source", "term": ""}
    walker.ask("GET", reverse("admin:autocomplete"), field)


def a_change(walker: Walker, planted: Any) -> None:
    path = reverse("admin:investigations_source_change", args=[planted.source.pk])
    form = posted(walker.visitor.client.get(path), descriptor="an official of the harbor")
    walker.ask("POST", path, form)


def a_file(walker: Walker, planted: Any) -> None:
    walker.ask("POST", reverse("admin:investigations_source_export"), {"format": "xlsx"})


def the_story(walker: Walker, planted: Any) -> None:
    walker.ask("GET", paths.story(planted.story.slug))


LEAKS = {
    "a __str__": (in_str, the_record, "page"),
    "a list's column": (in_a_list_column, the_list, "page"),
    "a search field": (in_a_search_field, a_search, "search"),
    "an autocomplete": (in_an_autocomplete, a_choice, "page"),
    "history": (in_history, a_change, "table django_admin_log"),
    "an export": (in_an_export, a_file, "file"),
    "a log line": (in_a_log_line, the_form, "log"),
    "an error page": (on_an_error_page, the_list, "page"),
    "a mail": (in_a_mail, the_list, "mail"),
    "structured data": (in_structured_data, the_story, "page"),
    "a file's name": (in_a_file_name, a_file, "header"),
    "a cookie": (in_a_cookie, the_list, "cookie"),
}


@pytest.mark.parametrize("where", LEAKS)
def test_a_leak_is_found(where, planted, everybody, collector, monkeypatch):
    switch_on, part, kind = LEAKS[where]
    everybody["editor"].client.raise_request_exception = False
    part(Walker(collector, "editor", everybody["editor"]), planted)
    assert collector.leaks() == []
    switch_on(monkeypatch)
    part(Walker(collector, "editor", everybody["editor"]), planted)
    assert {(met.token, met.kind) for met in collector.met if met.is_leak} >= {(NAME, kind)}


def test_there_are_twelve():
    assert len(LEAKS) == len({leak for leak, *_ in LEAKS.values()}) == 12


def test_a_token_in_a_temporary_file_or_its_name_is_found(collector: Collector, temporary):
    with tempfile.TemporaryFile() as file:
        file.write(NAME.words.encode())
    number, path = tempfile.mkstemp(prefix=VAULT[1].words)
    os.close(number)
    os.remove(path)
    collector.folder("editor", temporary)
    assert {met.token for met in collector.met if met.is_leak} == set(VAULT[:2])


def test_a_token_in_the_cache_is_found(collector: Collector):
    cache.set("last", {"seen": NAME.words})
    collector.cache("editor", "/admin/")
    cache.clear()
    assert {(met.token, met.kind) for met in collector.met if met.is_leak} == {(NAME, "cache")}


def test_a_token_in_a_column_is_found_in_the_database(collector: Collector, planted):
    Source.objects.filter(pk=planted.source.pk).update(url=NAME.words)
    collector.database("the database's bytes")
    assert NAME in {met.token for met in collector.met}


@pytest.mark.parametrize("role", ["outsider", "anonymous", "groupless", "inactive"])
def test_what_the_team_may_see_is_a_leak_for_others_and_elsewhere(role, collector: Collector):
    reason = next(token for token in TOKENS if token.field == "Source.reason_for_anonymity")
    for kind, who, path in (
        ("page", role, "/admin/"),
        ("page", "editor", "/stories/x/"),
        ("log", "editor", "/admin/"),
    ):
        collector.take(kind, who, path, reason.words.encode())
    assert len(collector.leaks()) == 3
    collector.take("page", "editor", "/admin/", reason.words.encode())
    assert len(collector.leaks()) == 3
