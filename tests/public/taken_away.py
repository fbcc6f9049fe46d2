"""Downloads read back: each format as lines of values, and the whole of a list page after page."""

import csv
import json
import re
import zipfile
from io import BytesIO, StringIO
from itertools import zip_longest
from typing import Any

from openpyxl import load_workbook

from investigations.tables.cells import restored
from investigations.tables.xlsx import unescaped

ENDINGS = ("csv", "xlsx", "json", "zip")
Line = dict[str, str]


def take(client: Any, path: str, **questions: Any) -> bytes:
    """The file at this address."""
    answer = client.get(path, questions)
    assert answer.status_code == 200, answer.getvalue()
    return bytes(answer.getvalue())


def lines(client: Any, ending: str, name: str = "meetings", table: str = "", **questions: Any) -> list[Line]:
    """The lines of a list's table as this format has them, each value as text, nothing as the empty text."""
    own = table or name
    where = f"{name}/{table}" if table and ending == "csv" else name
    data = take(client, f"/{where}.{ending}", **questions)
    if ending == "csv":
        return of_csv(data)
    if ending == "zip":
        with zipfile.ZipFile(BytesIO(data)) as package:
            described = json.loads(package.read("datapackage.json"))
            (resource,) = [each for each in described["resources"] if each["name"] == own]
            return of_csv(package.read(resource["path"]))
    return of_xlsx(data, own) if ending == "xlsx" else of_json(data, name, table)


def of_csv(data: bytes) -> list[Line]:
    """The lines of a CSV."""
    read = csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    return [{name: restored(value) for name, value in line.items()} for line in read]


def of_xlsx(data: bytes, name: str) -> list[Line]:
    """The lines of a sheet, whose tab begins with this name."""
    book = load_workbook(BytesIO(data), read_only=True)
    (sheet,) = [each for each in book.worksheets if each.title.lower().startswith(name)]
    headers, *rows = [
        ["" if cell is None else restored(unescaped(str(cell))) for cell in row]
        for row in sheet.iter_rows(values_only=True)
    ]
    return [dict(zip_longest(headers, row, fillvalue="")) for row in rows]


def of_json(data: bytes, name: str, table: str) -> list[Line]:
    """The objects of a JSON file or, of a table that isn't the list's own, those in them."""
    rows = json.loads(data)[name]
    if table:
        rows = [each for row in rows for each in row[table]]
    return [{key: _words(value) for key, value in row.items() if not isinstance(value, list)} for row in rows]


def _words(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def on_pages(client: Any, name: str, **questions: Any) -> list[tuple[str, bool]]:
    """Every row of a list, page after page: where it leads, and whether it says that it may fall in range."""
    found, query = [], questions
    answer = client.get(f"/{name}/", query)
    while True:
        told = answer.content.decode()
        for row in re.findall(r'<li class="(?:row|name)">.*?</li>', told, re.DOTALL):
            leads = [one for one in re.findall(r'href="(/[^"]*)"', row) if re.match(rf"/({name}|stories)/", one)]
            found.append((leads[-1 if name == "quotes" else 0], "may fall in range" in row))
        following = re.search(r'href="(\?[^"]*)" rel="next"', told)
        if not following:
            return found
        answer = client.get(f"/{name}/{following[1].replace('&amp;', '&')}")
