"""What readers get, held against what the ledger says they should get. Writes nothing."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection

from investigations.pages.build import build
from investigations.publishing.compile import Address, addresses, history_of, works
from investigations.publishing.named_rows import everybody
from investigations.publishing.row import Row
from investigations.publishing.rows import rows_of_all_works, work_rows
from investigations.publishing.search_rows import named_search_rows, search_rows
from investigations.record.chain import Fault
from investigations.record.models import DERIVED, Page
from investigations.record.models.search import PUBLIC_INDEX


def compare_pages(step: Callable[[], Any] | None = None) -> Iterator[Fault]:
    """Every page that differs from what this build compiles, is missing, or stands there unaccounted for.

    A page of another build is *stale*: recompile. A difference within one build is a changed page.
    """
    known: set[int] = set()
    published = bool(works())
    for address in addresses():
        page = Page.objects.filter(path=address.path, variant=address.variant).first()
        if page:
            known.add(page.pk)
        if page is None and not published:
            continue  # a site without any edition has no pages yet
        if problem := _page_problem(page, address):
            yield Fault(f"record_page {page.pk if page else '–'} ({_name(address)})", problem)
        if step:
            step()
    for page in Page.objects.exclude(pk__in=known).defer("body").order_by("pk"):
        yield Fault(f"record_page {page.pk} ({page})", "nothing in the ledger accounts for this page")


def _name(address: Address) -> str:
    return f"{address.path}?{address.variant}" if address.variant else address.path


def _page_problem(page: Page | None, address: Address) -> str:
    if page is None:
        return "readers get nothing here, and should: recompile"
    if page.build != build():
        return "stale, compiled by another build: recompile"
    sent = (bytes(page.body), page.etag, page.content_type, page.status)
    if sent != (address.rendered.body, address.etag, address.rendered.content_type, address.status):
        return "is not what the ledger compiles to: the page was changed"
    if (page.listed, page.changed) != (address.listed, address.rendered.changed):
        return "tells search engines something else than the ledger: recompile"
    return ""


def compare_rows() -> Iterator[Fault]:
    """Every index row that differs from the ledger, is missing, or stands there unaccounted for."""
    known: dict[Any, set[int]] = {model: set() for model in DERIVED if model is not Page}
    for row in _every_row():
        found = row.model._default_manager.filter(**row.key).first()
        name = f"{row.model._meta.db_table} {found.pk if found else '–'} ({_key(row)})"
        if found is None:
            yield Fault(name, "is missing: recompile")
            continue
        known[row.model].add(found.pk)
        wrong = [field for field, value in row.values.items() if getattr(found, field) != value]
        if wrong:
            yield Fault(name, f"differs from the ledger in {', '.join(wrong)}: recompile")
    for problem in PUBLIC_INDEX.faults(connection):
        yield Fault(PUBLIC_INDEX.table, f"{problem}: recompile")
    for model, pks in known.items():
        for pk in model.objects.exclude(pk__in=pks).order_by("pk").values_list("pk", flat=True):
            yield Fault(f"{model._meta.db_table} {pk}", "nothing in the ledger accounts for this row: recompile")


def _every_row() -> Iterator[Row]:
    for work in works():
        history = history_of(work)
        yield from work_rows(history)
        yield from search_rows(history)
    yield from rows_of_all_works()
    yield from named_search_rows(*everybody())


def _key(row: Row) -> str:
    return ", ".join(str(value) for value in row.key.values())
