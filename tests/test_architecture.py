"""The rooms of the house: what each may import, who writes the record, how long a file may grow."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
PRODUCT = ("investigations", "newsroom")

# The table of the design. A room is a module or package directly under investigations/.
PURE = {"dates", "counting", "text", "diffs", "tables", "charts", "vault", "spellings", "fulltext"}
ABOVE_PUBLISHING = PURE | {"vocabulary", "models", "lint", "record", "pages"}
DESK = {"models", "admin", "lint", "exchange", "publishing"}
MAY_IMPORT: dict[str, set[str]] = {
    "vocabulary": set(),
    **{room: {"vocabulary"} for room in PURE},
    "models": {"vocabulary", "dates", "counting", "text", "fulltext", "vault"},
    "migrations": {"models", "vocabulary"},
    "apps": {"models", "publishing"},
    "lint": {"models", "text", "diffs", "dates", "vocabulary"},
    "record": {"vocabulary", "dates", "fulltext"},
    "pages": {"record", "charts", "counting", "diffs", "tables", "dates", "fulltext", "vocabulary"},
    "publishing": ABOVE_PUBLISHING,
    "public": {"record", "pages", "tables", "dates", "fulltext", "vocabulary"},
    "exchange": {"models", "text", "tables", "dates", "vocabulary"},
    "admin": ABOVE_PUBLISHING | {"publishing", "exchange"},
    "commands": ABOVE_PUBLISHING | {"publishing", "exchange", "admin", "public"},
    "newsroom": set(),
}

RECORD_MODELS = {
    *("Edition", "Part", "Withholding", "Report"),
    *("Page", "StoryRow", "MeetingRow", "AttendanceRow", "CorrectionRow", "BylineRow", "SlugRow"),
    *("QuoteRow", "SourceRow", "PersonRow", "OrganizationRow", "FacetRow", "CountRow", "SearchRow"),
}
RECORD_READERS = {
    "investigations.admin.investigation_page": "shows the editions readers have",
    "investigations.admin.report": "shows what readers report",
    "investigations.admin.resting": "shows which stories rest on a record",
    "investigations.admin.story": "shows the editions readers have",
    "investigations.management.commands.demo": "prints the addresses of what is published",
    "investigations.management.commands.forget_readers": "asks how long readers are kept",
    "investigations.management.commands.grant_public": "names the tables a login may read",
    "investigations.management.demonstration": "asks whether a database holds anything",
    "investigations.management.commands.generate": "asks whether anything is published",
    "investigations.management.plausible": "names kinds of parts",
    "investigations.pages.annotations": "reads parts",
    "investigations.pages.author": "reads byline rows and correction rows",
    "investigations.pages.changes": "reads editions and parts",
    "investigations.pages.correction": "reads correction rows",
    "investigations.pages.feeds": "reads story rows and correction rows",
    "investigations.pages.indexes": "reads rows of entries, people and organizations",
    "investigations.pages.investigation": "reads parts, story rows and correction rows",
    "investigations.pages.investigations": "reads the kinds of parts",
    "investigations.pages.lists": "reads parts, story rows and correction rows",
    "investigations.pages.named": "reads rows of people, organizations and entries",
    "investigations.pages.policy": "reads parts",
    "investigations.pages.report": "reads parts and reports",
    "investigations.pages.search": "reads rows of the search",
    "investigations.pages.sitemaps": "reads story rows",
    "investigations.pages.story": "reads parts",
    "investigations.pages.told": "reads parts",
    "investigations.public.changes": "finds two editions of a story",
    "investigations.public.corrections": "pages through rows",
    "investigations.public.taking": "reads whole lists, with what the ledger says of each row",
    "investigations.public.facets": "filters rows, and reads how much each choice finds",
    "investigations.public.filters": "filters rows",
    "investigations.public.finding": "finds and ranks rows of the search",
    "investigations.public.forms": "asks how long a report may be, and how long it is kept",
    "investigations.public.indexes": "filters rows",
    "investigations.public.free_text": "finds rows of the search",
    "investigations.public.listing": "pages through rows",
    "investigations.public.reports": "puts readers' reports into the inbox",
    "investigations.public.search": "shows rows of the search",
    "investigations.public.sitemaps": "lists what search engines may list",
    "investigations.public.stories": "finds a story’s present name",
    "investigations.public.views": "sends pages",
}
# The one write of a public node.
INBOX = ("investigations.public.reports", "Report.objects.create(…)")
WRITES = {
    *("save", "delete", "create", "update", "bulk_create", "bulk_update"),
    *("get_or_create", "update_or_create", "save_base", "raw", "_raw_delete"),
}


# --- The checkers ---


def room_of(module: str) -> str:
    """The room a module is in; the empty text for what isn't ours."""
    first, _, rest = module.partition(".")
    if first in {"newsroom", "tests"}:
        return first
    if first != "investigations":
        return ""
    if rest.startswith(("management", "record.management")):
        return "commands"
    return rest.partition(".")[0] or "investigations"


def imported(module: str, tree: ast.AST, *, package: bool = False) -> Iterator[str]:
    """The full names of everything a module imports, wherever in it the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                here = module.split(".")
                parent = ".".join(here[: len(here) - node.level + package])
                base = f"{parent}.{base}".rstrip(".")
            yield from (f"{base}.{alias.name}" for alias in node.names)


def wrong_imports(module: str, source: str, *, package: bool = False) -> list[str]:
    """What a module imports of ours that the table doesn't let it import."""
    room = room_of(module)
    allowed = MAY_IMPORT.get(room, set()) | {room}
    found = ((name, room_of(name)) for name in imported(module, ast.parse(source), package=package))
    return [f"{module} imports {name}" for name, of in found if of and of not in allowed]


def record_writes(module: str, source: str) -> list[str]:
    """Where a module outside publishing makes, changes or deletes a row of the record."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        names = {part.id for part in ast.walk(node.func) if isinstance(part, ast.Name)}
        writes = isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
        made = isinstance(node.func, ast.Name) and node.func.id in RECORD_MODELS
        if made or (writes and (names & RECORD_MODELS or room_of(module) == "record")):
            found.append(f"{module}, line {node.lineno}: {ast.unparse(node.func)}(…)")
    return found


def modules(root: Path) -> Iterator[tuple[str, Path]]:
    """Every module of the product under this folder, by its dotted name."""
    for name in PRODUCT:
        for path in sorted((root / name).rglob("*.py")):
            yield ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"), path


def faults(root: Path) -> list[str]:
    """Every wrong import under this folder."""
    return [
        fault
        for module, path in modules(root)
        for fault in wrong_imports(module, path.read_text(), package=path.name == "__init__.py")
    ]


# --- The house ---


def test_every_import_stands_in_the_table():
    assert faults(HOUSE) == []


def test_every_room_stands_in_the_table():
    rooms = {room_of(module) for module, _ in modules(HOUSE)} - {"investigations"}
    assert len(rooms) > 12
    assert rooms <= MAY_IMPORT.keys()


@pytest.mark.parametrize("room", ["public", "pages", "record", "vocabulary", *sorted(PURE)])
def test_no_way_leads_from_a_readers_room_to_the_desk(room):
    reached, waiting = set(), {room}
    while waiting:
        reached |= waiting
        waiting = set().union(*(MAY_IMPORT[found] for found in waiting)) - reached
    assert not reached & (DESK | {"commands", "newsroom", "migrations", "apps"})


def test_only_listed_modules_outside_publishing_import_the_records_models():
    readers = set()
    for module, path in modules(HOUSE):
        if room_of(module) not in {"record", "publishing"} and "record.management" not in module:
            names = imported(module, ast.parse(path.read_text()))
            if any(name.startswith("investigations.record.models") for name in names):
                readers.add(module)
    assert readers - RECORD_READERS.keys() == set()
    assert RECORD_READERS.keys() <= {module for module, _ in modules(HOUSE)}


def test_only_publishing_writes_the_record():
    outside = [(module, path) for module, path in modules(HOUSE) if room_of(module) != "publishing"]
    found = [fault for module, path in outside for fault in record_writes(module, path.read_text())]
    assert [(fault.partition(",")[0], fault.partition(": ")[2]) for fault in found] == [INBOX]


def test_no_file_is_longer_than_400_lines():
    files = [*HOUSE.glob("*.py"), *(HOUSE / "tests").rglob("*.py"), *(path for _, path in modules(HOUSE))]
    kept = [path for path in files if "migrations" not in path.parts]
    long = {str(path.relative_to(HOUSE)) for path in kept if len(path.read_text().splitlines()) > 400}
    assert long == set()


def test_the_init_of_a_package_is_empty_or_begins_with_a_docstring():
    inits = [path for _, path in modules(HOUSE) if path.name == "__init__.py"]
    texts = {path: path.read_text() for path in inits}
    assert [path for path, text in texts.items() if text.strip() and not ast.get_docstring(ast.parse(text))] == []


def test_every_module_says_in_its_first_line_what_it_is():
    wordless = [
        module
        for module, path in modules(HOUSE)
        if path.read_text().strip()
        and "migrations" not in module
        and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert wordless == []


# --- The checkers find what they are for ---


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("investigations.public.views", "from investigations.models import Source"),
        ("investigations.public.views", "import investigations.models.source"),
        ("investigations.public.views", "from investigations import models"),
        ("investigations.public.views", "from ..models import Source"),
        ("investigations.public.views", "from .. import admin"),
        ("investigations.public.views", "def send():\n    from investigations.publishing import publish"),
        ("investigations.public.views", "if TYPE_CHECKING:\n    from investigations.lint import Finding"),
        ("investigations.pages.story", "from investigations.models import Story"),
        ("investigations.pages.story", "from investigations.publishing.rows import Row"),
        ("investigations.pages.story", "from investigations import text"),
        ("investigations.pages.story", "from investigations.public import urls"),
        ("investigations.record.chain", "from investigations.exchange import fixtures"),
        ("investigations.record.chain", "from investigations.pages import paths"),
        ("investigations.record.models.page", "from ...models.source import Source"),
        ("investigations.models.story", "from investigations.record.models import Edition"),
        ("investigations.models.story", "from investigations.publishing.publish import publish"),
        ("investigations.lint.spans", "from investigations.record import chain"),
        ("investigations.admin.story", "from investigations.public import views"),
        ("investigations.exchange.fixtures", "from investigations.publishing.publish import publish"),
        ("investigations.dates", "from investigations import models"),
        ("investigations.vocabulary", "from investigations import dates"),
        ("newsroom.settings", "from investigations.models import Story"),
        ("newsroom.urls_public", "from investigations.public import urls"),
        ("investigations.models.story", "from newsroom import settings"),
        ("investigations.models.story", "from tests import builders"),
        ("investigations.somewhere_new", "from investigations import dates"),
    ],
)
def test_a_wrong_import_is_found(module, source):
    assert len(wrong_imports(module, source)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("investigations.public.views", "from investigations.record.models import Page"),
        ("investigations.public.views", "from . import filters"),
        ("investigations.pages.story", "from ..record import reading"),
        ("investigations.publishing.refusal", "from investigations.lint.finding import Finding"),
        ("investigations.record.management.commands.verify_record", "from investigations.publishing import rows"),
        ("investigations.admin.story", "from investigations.publishing.publish import publish"),
        ("newsroom.settings", "from newsroom.environment import Environment"),
        ("investigations.dates", "import re\nfrom django.db import models"),
    ],
)
def test_a_right_import_is_passed(module, source):
    assert wrong_imports(module, source) == []


def test_a_relative_import_in_a_package_counts_from_the_package():
    assert wrong_imports("investigations.public", "from ..models import Story", package=True) == [
        "investigations.public imports investigations.models.Story"
    ]
    assert wrong_imports("investigations.public", "from .filters import MeetingFilter", package=True) == []


def test_a_planted_file_is_found_on_each_side_of_the_wall(tmp_path):
    for module, source in {
        "investigations/pages/deep/leak.py": "from investigations.models import Source",
        "investigations/models/shortcut.py": "from investigations.record.models import Page",
        "investigations/pages/fine.py": "from investigations.record.models import Page",
    }.items():
        (tmp_path / module).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / module).write_text(source)
    assert faults(tmp_path) == [
        "investigations.models.shortcut imports investigations.record.models.Page",
        "investigations.pages.deep.leak imports investigations.models.Source",
    ]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("investigations.admin.story", "Edition.objects.create(number=1)"),
        ("investigations.admin.story", "Edition.objects.filter(number=1).update(number=2)"),
        ("investigations.admin.story", "Page(path='/').save()"),
        ("investigations.public.views", "Page.objects.all().delete()"),
        ("investigations.public.views", "StoryRow.objects.bulk_create([])"),
        ("investigations.record.chain", "link.save()"),
        ("investigations.management.demonstration", "def load():\n    Edition(number=1)"),
    ],
)
def test_a_write_of_the_record_elsewhere_is_found(module, source):
    assert record_writes(module, source)


def test_a_read_of_the_record_and_a_write_of_the_desk_are_passed():
    assert record_writes("investigations.admin.story", "Edition.objects.filter(number=1).first()") == []
    assert record_writes("investigations.admin.story", "Contribution.objects.create(by=by)") == []
