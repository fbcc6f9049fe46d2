"""Every address that the resolver knows, filled in with real rows: for tests that ask all of them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from investigations.models import Clearance, DraftNote, Source
from investigations.pages import paths
from investigations.publishing.policy import publish_policy
from investigations.record.models import Page, Report, StoryRow
from tests import builders

PARAMETER = re.compile(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>")
KEYS = {"object_id", "pk", "id"}


class CannotFill(AssertionError):
    """A pattern of the resolver for which no real row gives the arguments."""


@dataclass(frozen=True)
class Address:
    """A pattern of the resolver as an address that can be asked.

    `noun` is the desk's model whose screen it is of, in lower case, and `action` what the screen does there; an
    address of no screen has the empty noun, and its own name as action.
    """

    path: str
    route: str
    side: str
    noun: str
    action: str


def first_row(model: Any) -> Any:
    """The oldest row of a model; None if there is none."""
    return model._default_manager.order_by("pk").first()


def addresses(row_of: Callable[[Any], Any] = first_row, urlconf: str | None = None) -> list[Address]:
    """Each pattern of the site, once, with the arguments of the rows that `row_of` gives for a model.

    Readers' addresses are those of stored pages, of what changed in a story, of a receipt, and of a sitemap. Raises
    CannotFill for a pattern that no row and no page fills.
    """
    filled = {}
    for route, side, name in patterns(get_resolver(urlconf)):
        if route not in filled:
            filled[route] = _address(route, side, name, row_of, urlconf)
    return list(filled.values())


def patterns(resolver: Any, route: str = "", side: str = "") -> Iterator[tuple[str, str, str]]:
    """Each pattern under a resolver: its whole route, its namespace, its name."""
    for pattern in resolver.url_patterns:
        longer = route + str(pattern.pattern).removeprefix("^")  # as a match has it
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, longer, pattern.namespace or side)
        elif isinstance(pattern, URLPattern):
            yield longer, side, pattern.name or ""


def _address(route: str, side: str, name: str, row_of: Any, urlconf: str | None) -> Address:
    noun, action = "", name or "nowhere"
    if side == "public":
        path = KNOWN[name]() if name in KNOWN else _stored_path(route, urlconf)
    else:
        model = next((each for each in admin.site._registry if route.startswith(_screen(each))), None)
        if model:
            noun = model._meta.model_name
            action = (
                name.removeprefix(f"{model._meta.app_label}_{noun}_").replace("changelist", "list") or "old address"
            )
        path = _filled(route, model, row_of)
    if resolve(path, urlconf).route != route:
        raise CannotFill(f"{path} doesn't lead to {route}.")
    return Address(path, route, side, noun, action)


def _screen(model: Any) -> str:
    """How the addresses of a model's screen begin."""
    return f"admin/{model._meta.app_label}/{model._meta.model_name}/"


def _stored_path(route: str, urlconf: str | None) -> str:
    """The address of a page of readers that this pattern is for."""
    if not PARAMETER.search(route):
        return f"/{route}"
    stored = Page.objects.exclude(path=paths.NOT_FOUND).order_by("path")
    for path in stored.values_list("path", flat=True).distinct():
        if resolve(path, urlconf).route == route:
            return path
    for slug in StoryRow.objects.order_by("pk").values_list("slug", flat=True):
        if resolve(paths.changes(slug), urlconf).route == route:  # rendered on request
            return paths.changes(slug)
    raise CannotFill(f"No page is stored for /{route}.")


def _receipt() -> str:
    """The address of a reader's receipt."""
    report = first_row(Report)
    if report is None:
        raise CannotFill("There is no Report for a receipt.")
    return paths.receipt(report.pk)


def _sitemap() -> str:
    """The address of the first sitemap."""
    return paths.sitemap(1)


# Readers' addresses with a part in them that no stored page has.
KNOWN = {"receipt": _receipt, "sitemap": _sitemap}


def _filled(route: str, model: Any, row_of: Any) -> str:
    """The pattern with arguments in the place of its parameters."""
    shown_elsewhere = {"content_type_id", "object_id"} <= {a or b for a, b in PARAMETER.findall(route)}

    def argument(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        if name == "content_type_id":
            return str(ContentType.objects.get_for_model(Source).pk)
        if name in KEYS and (of := Source if shown_elsewhere else model):
            row = row_of(of)
            if row is None:
                raise CannotFill(f"There is no {of.__name__} for /{route}.")
            return str(row.pk)
        if name == "clearance" and (asked := row_of(Clearance)):
            return str(asked.pk)
        if name == "note" and (kept := row_of(DraftNote)):
            return str(kept.pk)
        if name == "tab":
            return "evidence"
        if name == "key":  # of a picture of a story: there need not be one
            return "nowhere"
        if name in {"app_label", "url"}:
            return {"app_label": "investigations", "url": "nowhere/"}[name]
        raise CannotFill(f"Nothing is known to put for {name} in /{route}.")

    return "/" + PARAMETER.sub(argument, route).removesuffix("$")


def publish_one_of_each(story: Any, meeting: Any, policy: Any, *, reporter: Any, editor: Any, standards: Any) -> None:
    """Publish and correct a story with figures, a quote, a meeting with an officer and a source; a policy; an
    investigation’s page.

    Readers then have a page of every kind.
    """
    passage = story.passages.first()
    officer = builders.make_role(organization=builders.make_organization()).person
    builders.make_attendance(meeting=meeting, person=officer)
    named = builders.make_attendance(meeting=meeting)
    source = builders.make_source(investigation=story.investigation)
    builders.make_evidence(passage=passage, meeting=meeting)
    builders.make_evidence(passage=passage, source=source)
    builders.make_figure(story=story)
    group = builders.make_meeting_class(investigation=story.investigation, meetings=[meeting])
    builders.make_figure(story=story, meeting_class=group, rests_on="One list.")
    builders.publish_story(story, reporter=reporter, editor=editor)
    builders.correct_story(story, reporter=reporter, editor=editor)
    publish_policy(policy, by=standards, note="")
    people = {"reporter": reporter, "editor": editor}
    builders.publish_whole_page(story, meeting=meeting, source=source, person=named.person, **people)
