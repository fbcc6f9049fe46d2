"""Lists to take away: exactly what answers a query, the whole of it, in the list's order.

CSV, JSON and the package of all tables are made while they are sent, as of one moment. A workbook is made before, so
that what it can't hold is said in a sentence.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from investigations.pages import paths, render
from investigations.pages.columns import Table, as_cell, as_json
from investigations.pages.datapackage import Asked, about, datapackage
from investigations.pages.download_tables import TABLES
from investigations.pages.indexes import INDEXES
from investigations.public.facets import RecordFilter
from investigations.public.indexes import FILTERS
from investigations.public.listing import unknown_words
from investigations.public.taking import asked_of, more_than, state, taken
from investigations.record.snapshot import one_moment
from investigations.tables import comma, objects, xlsx
from investigations.tables.xlsx import Sheet, Unfit
from investigations.tables.zipped import zipped

MOST_IN_WORKBOOK = 20_000
"""How many rows of a list a workbook has at most: it is made before it is sent, in memory and within seconds."""

NOT_LISTED = "noindex, nofollow"


@dataclass(frozen=True)
class Download:
    """A download: the list with its questions, what was asked for, and which of its tables."""

    chosen: RecordFilter
    asked: Asked
    tables: tuple[Table, ...]


@require_safe
def download(request: HttpRequest, name: str, ending: str, table: str = "") -> HttpResponseBase:
    """A list as CSV, XLSX, JSON or a package (.zip); `table` names a table of it that isn't the list's own."""
    filters = FILTERS[name]
    chosen = filters(request.GET, filters.Meta.model._default_manager.all())
    if not chosen.form.is_valid() or chosen.unknown:
        told = unknown_words(chosen)
        wrong = f"This list has no question {told}" if told else "These questions can’t be read"
        again = f"{INDEXES[name].path}?{request.GET.urlencode()}"
        return _refused(name, 400, f"{wrong}: ask in the list, and take it from there.", again=again)
    wanted = [each for each in TABLES[name] if each.name == (table or name)] if ending == "csv" else TABLES[name]
    asked = asked_of(chosen)
    answer = MAKERS[ending](Download(chosen, asked, tuple(wanted)), head=request.method == "HEAD")
    if answer.status_code == 200:
        answer["Content-Disposition"] = f'attachment; filename="{asked.file(table or name, ending)}"'
    answer["X-Robots-Tag"] = NOT_LISTED
    return answer


def _refused(name: str, status: int, sentence: str, query: str = "", again: str = "") -> HttpResponse:
    instead = paths.download(name, "csv", query) if status == 413 else ""
    rendered = render.not_taken(INDEXES[name], sentence, instead, again)
    headers = {"X-Robots-Tag": NOT_LISTED}
    return HttpResponse(rendered.body, status=status, content_type=rendered.content_type, headers=headers)


def _streamed(pieces: Callable[[], Iterator[bytes]], content_type: str, *, head: bool) -> HttpResponseBase:
    """The pieces while they are made; for HEAD nothing is made."""
    if head:
        return HttpResponse(content_type=content_type)
    return StreamingHttpResponse(_at_one_moment(pieces), content_type=content_type)


def _at_one_moment(pieces: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
    with one_moment():
        yield from pieces()


# --- A format each ---


def _cells(made: Download, table: Table) -> Iterator[list[str | int]]:
    return ([as_cell(value) for value in row] for row in table.rows(taken(made.chosen)))


def _csv(made: Download, *, head: bool) -> HttpResponseBase:
    (table,) = made.tables
    return _streamed(lambda: comma.write(table.headers, _cells(made, table)), comma.CSV, head=head)


def _json(made: Download, *, head: bool) -> HttpResponseBase:
    return _streamed(lambda: _json_pieces(made), objects.JSON, head=head)


def _json_pieces(made: Download) -> Iterator[bytes]:
    """What it is about, and behind it the rows, each with its lines in the other tables."""
    said = json.dumps(about(made.asked, state()), ensure_ascii=False, indent=1)
    yield f'{said.removesuffix(chr(10) + "}")},\n "{made.chosen.LIST}": '.encode()
    yield from objects.in_pieces(_objects(made))
    yield b"}\n"


def _objects(made: Download) -> Iterator[dict[str, Any]]:
    own, *others = made.tables
    for one in taken(made.chosen):
        (row,) = _as_objects(own, one)
        yield row | {table.name: list(_as_objects(table, one)) for table in others}


def _as_objects(table: Table, one: Any) -> Iterator[dict[str, Any]]:
    for values in table.rows([one]):
        yield {name: as_json(value) for name, value in zip(table.headers, values, strict=True)}


def _package(made: Download, *, head: bool) -> HttpResponseBase:
    return _streamed(lambda: zipped(_members(made)), "application/zip", head=head)


def _members(made: Download) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The descriptor and behind it the tables, each read anew."""
    descriptor = datapackage(made.asked, state(), made.tables)
    yield "datapackage.json", iter([json.dumps(descriptor, ensure_ascii=False, indent=1).encode()])
    for table in made.tables:
        yield made.asked.file(table.name, "csv"), comma.write(table.headers, _cells(made, table))


def _xlsx(made: Download, *, head: bool) -> HttpResponseBase:
    with one_moment():
        if more_than(made.chosen, MOST_IN_WORKBOOK):
            return _too_large(made, f"These are more than {MOST_IN_WORKBOOK:,} rows, too many for a workbook.")
        if head:
            return HttpResponse(content_type=xlsx.CONTENT_TYPE)
        file = BytesIO()
        try:
            for piece in xlsx.write_sheets([Sheet(one.title, one.headers, _cells(made, one)) for one in made.tables]):
                file.write(piece)
        except Unfit as error:
            return _too_large(made, str(error))
    file.seek(0)
    return FileResponse(file, content_type=xlsx.CONTENT_TYPE)


def _too_large(made: Download, sentence: str) -> HttpResponse:
    """No status says that an answer would be too large; 413 is the one that programs know as that."""
    return _refused(made.chosen.LIST, 413, f"{sentence} Take it as CSV, or ask for less.", query=made.asked.query)


MAKERS: dict[str, Callable[..., HttpResponseBase]] = {"csv": _csv, "xlsx": _xlsx, "json": _json, "zip": _package}
"""What makes each format, by the ending of its address."""
