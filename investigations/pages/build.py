"""Which build compiled a page: a page of another build is stale, not bad."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static"
SHARED = (
    "charts/axis.py",
    "charts/months.py",
    "charts/roles.py",
    "charts/shapes.py",
    "charts/timeline.py",
    "counting.py",
    "dates.py",
    "diffs.py",
    "publishing/compile.py",
    "publishing/entry_rows.py",
    "publishing/investigation_feeds.py",
    "publishing/investigation_pages.py",
    "publishing/named_pages.py",
    "publishing/named_rows.py",
    "publishing/projection/listed.py",
    "publishing/rows.py",
    "record/reading.py",
    "record/standing_in.py",
    "tables/cells.py",
    "tables/comma.py",
    "vocabulary.py",
)


@cache
def build() -> str:
    """16 hexadecimal digits over everything that a compiled page depends on beside the record."""
    templates = Path(settings.BASE_DIR) / "templates" / "public"
    files = [*HERE.rglob("*.py"), *templates.rglob("*.*"), *STATIC.rglob("*.*")]
    files += [HERE.parent / name for name in SHARED]
    made = hashlib.sha256()
    for file in sorted(files):
        made.update(file.name.encode() + b"\x00" + file.read_bytes() + b"\x00")
    for identity in (settings.SITE_NAME, settings.BASE_URL, settings.TIME_ZONE, settings.CONTACT):
        made.update(str(identity).encode() + b"\x00")
    return made.hexdigest()[:16]


@cache
def asset(name: str) -> str:
    """A static file's address with a digest behind it, so that a changed file is a new address."""
    made = hashlib.sha256((STATIC / "newsroom" / name).read_bytes()).hexdigest()[:10]
    return f"{settings.STATIC_URL}newsroom/{name}?v={made}"
