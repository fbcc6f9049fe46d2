"""Files of meetings and who was there: a row each attendance, the meeting's columns repeated."""

from collections import defaultdict, deque
from collections.abc import Iterator
from itertools import chain
from typing import Any

from import_export.fields import Field  # type: ignore[import-untyped]

from investigations.exchange.base import DeskResource, Record, text
from investigations.exchange.lookups import Lookups
from investigations.exchange.sheet import Row, Sheet, as_text, quoted
from investigations.exchange.verdict import Change
from investigations.exchange.widgets import Named, OneOf, When, Whole, YesNo
from investigations.exchange.within import WithinResource
from investigations.models import Attendance, Investigation, Meeting, Person, Source
from investigations.models.meeting import NOBODY
from investigations.vocabulary import Established, MeetingKind, Presence

TOGETHER = (
    "The columns of who was there need both person and descriptor: who isn't in the file is taken from the meeting."
)


class AttendanceResource(DeskResource):
    """The columns of who was there: a part of a meeting's row, and no file of its own."""

    related = ("person",)
    made = ()
    held_by = "meeting"

    position = Field(attribute="position", column_name="order", widget=Whole(0))
    person = Field(attribute="person", column_name="person", widget=Named(Person))
    descriptor = text("descriptor", "descriptor")
    headcount = Field(attribute="headcount", column_name="headcount", widget=Whole(1))
    presence = Field(attribute="presence", column_name="presence", widget=OneOf(Presence))
    role_as_of = text("role_as_of", "role that day")
    role_in_dispute = Field(attribute="role_in_dispute", column_name="role in dispute", widget=YesNo())
    role_note = text("role_note", "what is not settled")

    class Meta:
        model = Attendance
        fields = (
            "position",
            "person",
            "descriptor",
            "headcount",
            "presence",
            "role_as_of",
            "role_in_dispute",
            "role_note",
        )
        import_id_fields = ("person",)


class MeetingResource(WithinResource):
    """Meetings, by short name, each with who was there.

    A file that has the columns of who was there says it all: who isn't in it is taken from the meeting. A file that
    hasn't leaves them alone.
    """

    related = ("investigation", "source")
    parts = (Attendance,)

    slug = text("slug", "short name")
    investigation = Field(attribute="investigation", column_name="investigation", widget=Named(Investigation))
    title = text("title", "title")
    kind = Field(attribute="kind", column_name="kind", widget=OneOf(MeetingKind))
    when = Field(attribute="when", column_name="when", widget=When())
    place = text("place", "place")
    established = Field(attribute="established", column_name="how we know", widget=OneOf(Established))
    source = Field(attribute="source", column_name="source", widget=Named(Source, "code_name"))
    locator = text("locator", "locator")
    description = text("description", "description")

    class Meta:
        model = Meeting
        fields = (
            "slug",
            "investigation",
            "title",
            "kind",
            "when",
            "place",
            "established",
            "source",
            "locator",
            "description",
        )
        import_id_fields = ("slug",)

    def __init__(self, *, user: Any = None, lookups: Lookups | None = None, **kwargs: Any) -> None:
        super().__init__(user=user, lookups=lookups, **kwargs)
        self.there = AttendanceResource(user=user, lookups=self.lookups)
        self.has_attendances = False
        self.attendances: dict[int, list[Attendance]] = {}

    # --- Export ---

    def column_names(self) -> list[str]:
        """The meeting's columns, then those of who was there."""
        return [*super().column_names(), *self.there.column_names()]

    def lines(self, queryset: Any) -> Iterator[list[Any]]:
        """A row each attendance; a meeting without any has one row, empty there."""
        nobody = [""] * len(self.there.fields)
        for some in self.batches_of(queryset):
            meetings = dict(self.plain_lines(some))
            rows: dict[int, list[list[Any]]] = {number: [] for number in meetings}
            for number, row in self.there.plain_lines(Attendance.objects.filter(meeting__in=meetings), "meeting_id"):
                rows[number].append(row)
            for number, own in meetings.items():
                for row in rows[number] or [nobody]:
                    yield [*own, *row]

    def line_count(self, queryset: Any) -> int:
        """The attendances, and the meetings without any."""
        meetings = self.filter_export(queryset).order_by()
        with_nobody = meetings.exclude(pk__in=Attendance.objects.values("meeting"))
        return Attendance.objects.filter(meeting__in=meetings.values("pk")).count() + int(with_nobody.count())

    # --- Import ---

    def all_columns(self) -> dict[str, Field]:
        """The meeting's columns and those of who was there."""
        return {**self.fields, **self.there.fields}

    def read_headers(self, sheet: Sheet) -> dict[str, str]:
        """Which header is which; the columns of who was there name them, or are left out altogether."""
        found = super().read_headers(sheet)
        of_attendances = self.there.fields.keys() & found.values()
        self.has_attendances = bool(of_attendances)
        if of_attendances and not {"person", "descriptor"} <= of_attendances:
            self.verdict.refuse(TOGETHER)
        return found

    def records(self, sheet: Sheet) -> list[Record]:
        """One record a meeting: the rows of one short name, wherever they stand; a row without one is its own."""
        found: list[Record] = []
        by_key: dict[tuple[str, ...], Record] = {}
        for row in sheet.rows:
            cells = self.cells_of(row)
            key = self.key_of(cells)
            if key not in by_key:
                record = Record(key, [row], cells)
                found.append(record)
                if key:
                    by_key[key] = record
                continue
            self.compare(by_key[key], row, cells)
            by_key[key].rows.append(row)
        return found

    def compare(self, record: Record, row: Row, cells: dict[str, Any]) -> None:
        """Tell where a row contradicts what the meeting's first row says of it."""
        for name in self.fields.keys() & cells.keys():
            said, first = as_text(cells.get(name)).strip(), as_text(record.cells.get(name)).strip()
            if said != first:
                self.blame(
                    row,
                    name,
                    f"{quoted(said)} contradicts {quoted(first)} in {self.unit} {record.number}: one meeting.",
                )

    def load(self, records: list[Record]) -> None:
        """Look up the batch's meetings, who is at them now, and everybody named."""
        super().load(records)
        if not self.has_attendances:
            return
        names = (as_text(self.cells_of(row).get("person")).strip() for record in records for row in record.rows)
        self.lookups.prepare(Person, "slug", names)
        self.attendances = defaultdict(list)
        meetings = [meeting.pk for meeting in self.found.values()]
        for attendance in Attendance.objects.filter(meeting__in=meetings).select_related("person"):
            self.attendances[attendance.meeting_id].append(attendance)

    def take_parts(self, record: Record, instance: Any, *, new: bool, failed: bool) -> list[Change]:
        """Make who is at the meeting what the file says: matched by person or descriptor, kept, added, taken away."""
        said = self.said_of(record) if self.has_attendances else []
        if not said and (new or (self.has_attendances and self.attendances.get(instance.pk))):
            self.blame(record.rows[0], "person", NOBODY)
        if not self.has_attendances:
            return []
        standing: dict[tuple[str, str], deque[Attendance]] = defaultdict(deque)
        for attendance in [] if new else self.attendances.get(instance.pk, []):
            name = attendance.person.slug if attendance.person else attendance.descriptor
            standing[_who(name if attendance.person else "", name)].append(attendance)
        matched = []
        for row, cells in said:
            who = _who(self.slug_now(as_text(cells.get("person")).strip()), as_text(cells.get("descriptor")).strip())
            matched.append((row, cells, standing[who].popleft() if standing[who] else None))
        changes = []
        for left in chain.from_iterable(standing.values()):
            changes.append(Change("no longer there", str(left.person.slug if left.person else left.descriptor), ""))
            left.delete()
        for row, cells, kept in matched:
            changes += self.take_attendance(row, cells, kept, instance, failed=failed)
        return changes

    def slug_now(self, slug: str) -> str:
        """The short name of the person whom this one finds: another if they were merged."""
        person = self.lookups.find(Person, "slug", slug) if slug else None
        return str(person.slug) if person else slug

    def said_of(self, record: Record) -> list[tuple[Row, dict[str, Any]]]:
        """The rows that say who was there, with their cells; a second row that doesn't is a problem."""
        found = []
        for row in record.rows:
            cells = {name: value for name, value in self.cells_of(row).items() if name in self.there.fields}
            if any(as_text(value).strip() for value in cells.values()):
                found.append((row, cells))
            elif len(record.rows) > 1:
                self.blame(row, "person", "This row repeats the meeting and says nobody: take it out.")
        return found

    def take_attendance(
        self, row: Row, cells: dict[str, Any], attendance: Attendance | None, meeting: Any, *, failed: bool
    ) -> list[Change]:
        """Take in one row of who was there."""
        before = {} if attendance is None else self.there.shown(attendance)
        instance = attendance or Attendance()
        instance.meeting = meeting
        errors, touched = self.there.apply(instance, cells, before)
        if attendance is not None and not touched:
            return []
        errors = self.there.clean_record(instance, cells, errors)
        after = {} if errors else self.there.shown(instance)
        changes = [] if errors else self.there.changes(before, after)
        if changes and not failed:
            errors = self.there.keep(instance)
        self.blame_all(row, errors)
        who = after.get("person") or after.get("descriptor") or ""
        if attendance is None:
            return [Change("there", "", f"{who} ({instance.get_presence_display()})")]
        return [Change(f"{change.column} of {who}", change.old, change.new) for change in changes]


def _who(person: str, descriptor: str) -> tuple[str, str]:
    return ("person", person) if person else ("descriptor", descriptor)
