"""What every noun's import and export has: named columns, natural keys, the models' own rules, all or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DataError, IntegrityError, transaction
from import_export.fields import Field  # type: ignore[import-untyped]
from import_export.resources import ModelResource  # type: ignore[import-untyped]
from tablib import Dataset  # type: ignore[import-untyped]

from investigations.exchange.columns import columns_of, told
from investigations.exchange.lookups import Lookups
from investigations.exchange.sheet import Row, Sheet, as_text, quoted
from investigations.exchange.verdict import Change, Entry, Problem, Verdict
from investigations.exchange.widgets import Named, Text
from investigations.models.checking import Checked
from investigations.models.contribution import Contribution
from investigations.models.desk_keeping import kept_together
from investigations.models.resting import stories_resting_on
from investigations.tables.cells import BATCH, batches

NEEDED = "This field is required."
NOT_KEPT = "The database refuses this row; look at what it says together with the rows around it."


@dataclass
class Record:
    """One record of a file: its natural key and the rows that hold it."""

    key: tuple[str, ...]
    rows: list[Row]
    cells: dict[str, Any] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """The number of its first row."""
        return self.rows[0].number


class DeskResource(ModelResource):
    """A noun's file.

    Each row meets the rules that the form meets, in the form's words: the fields' own, `clean`, uniqueness,
    constraints. The last two are left to the database, which keeps them on every write, and put into words when it
    refuses; keys of other records were looked up for the whole file before. So a row costs one write, not one query a
    rule. Nothing is written in bulk: every row goes through `save`.
    """

    fields: dict[str, Field]

    related: tuple[str, ...] = ()
    """Foreign keys read along with a row."""

    inside: tuple[str, ...] = ()
    """Columns that name other records of the same noun, which the same file may hold."""

    made: tuple[str, ...] = ("slug",)
    """Columns that the record fills itself when they are left empty."""

    parts: tuple[Any, ...] = ()
    """Models whose rows are in the file too, and are added, changed and deleted with the record."""

    held_by = ""
    """The foreign key to the record whose rows these are; empty for a noun with a file of its own."""

    refused: dict[str, str] = {}
    """Columns that are refused by name, beside those refused for every noun, with the reason."""

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        use_bulk = False
        use_transactions = True

    def __init__(self, *, user: Any = None, lookups: Lookups | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.user = user
        self.lookups = lookups or Lookups(user)
        self.fields = {name: self.fields[name] for name in self._meta.fields}  # in the order of the file
        for column in self.fields.values():
            if isinstance(column.widget, Named):
                column.widget.lookups = self.lookups
        self.given: dict[str, str] = {}
        self.found: dict[tuple[str, ...], Any] = {}
        self.keys_in_file: set[tuple[str, ...]] = set()
        self.verdict = Verdict()
        self.unit = "row"

    @classmethod
    def get_result_class(cls) -> type[Verdict]:
        """The verdict."""
        return Verdict

    @property
    def key_names(self) -> tuple[str, ...]:
        """The fields of the natural key."""
        return tuple(self._meta.import_id_fields)

    # --- Export ---

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """The visible rows, with what their columns name."""
        visible = queryset.none() if self.user is None else queryset.visible_to(self.user)
        return visible.select_related(*self.related)

    def batches_of(self, queryset: Any) -> Iterator[Any]:
        """The visible of these records, a few hundred at a time.

        By their keys, so that the database sorts keys alone: of whole records SQLite makes a temporary file for that.
        """
        visible = self.filter_export(queryset)
        for keys in batches(visible.values_list("pk", flat=True).iterator(chunk_size=BATCH)):
            yield visible.filter(pk__in=keys)

    def lines(self, queryset: Any) -> Iterator[list[Any]]:
        """The rows of a file for these records, read as they are asked for: plain values, no record is made."""
        for some in self.batches_of(queryset):
            for _, line in self.plain_lines(some):
                yield line

    def plain_lines(self, rows: Any, of: str = "pk") -> Iterator[tuple[int, list[Any]]]:
        """The columns of these rows as a file holds them, each behind its number, or behind that of `of`."""
        columns = [(column.widget, column.attribute) for column in self.fields.values()]
        shown = [widget.shown for widget, _ in columns]
        for number, *values in rows.values_list(of, *(widget.read_by(name) for widget, name in columns)):
            yield number, [show(value) for show, value in zip(shown, values, strict=True)]

    def line_count(self, queryset: Any) -> int:
        """How many rows that makes."""
        return int(self.filter_export(queryset).count())

    def export(self, queryset: Any = None, **kwargs: Any) -> Dataset:
        """The visible rows as a data set."""
        rows = self.lines(self.get_queryset() if queryset is None else queryset)
        return Dataset(*rows, headers=self.column_names())

    def column_names(self) -> list[str]:
        """The file's columns, in order."""
        return [column.column_name for column in self.fields.values()]

    def shown(self, instance: Any) -> dict[str, Any]:
        """A record's columns as a file holds them."""
        return {name: column.export(instance) for name, column in self.fields.items()}

    # --- Import: the file ---

    def import_data_inner(
        self, dataset: Any, dry_run: bool, raise_errors: bool, *args: Any, seal: str = "", **kwargs: Any
    ) -> Verdict:
        """Take in a table, row by row. The caller's transaction is rolled back on a dry run and on any error.

        `seal` is that of the preview somebody has confirmed: a verdict that differs from it is outdated.
        """
        self.verdict = verdict = self.get_result_class()()
        verdict.total_rows = len(dataset)
        self.unit = dataset.unit
        self.given = self.read_headers(dataset)
        if verdict.has_errors():
            return verdict
        records = self.in_order(self.records(dataset))
        self.keys_in_file = {record.key for record in records}
        for batch in batches(records):
            self.load(batch)
            with kept_together():
                for record in batch:
                    self.take(record)
        verdict.outdated = bool(seal) and not verdict.has_errors() and seal != verdict.seal
        if not dry_run and self.user and not verdict.has_errors():
            self.attribute([pk for pk, _, new in verdict.written if not new])
        return verdict

    def attribute(self, changed: list[int]) -> None:
        """Keep that this person had a hand in every story that rests on a record which the file changed."""
        for numbers in batches(changed):
            Contribution.objects.record_all(stories_resting_on((self._meta.model, numbers)), by=self.user)

    def read_headers(self, sheet: Sheet) -> dict[str, str]:
        """Which header of the file is which field; every header that can't be imported is refused by name."""
        found, refusals = columns_of(sheet.headers, self.all_columns(), self.refused)
        for sentence in refusals:
            self.verdict.refuse(sentence)
        return found

    def all_columns(self) -> dict[str, Field]:
        """The columns a file may have, by field name."""
        return dict(self.fields)

    def records(self, sheet: Sheet) -> list[Record]:
        """The records of a table: here one a row. A key that stands twice is a problem of the second row."""
        found: list[Record] = []
        first: dict[tuple[str, ...], int] = {}
        for row in sheet.rows:
            cells = self.cells_of(row)
            key = self.key_of(cells)
            if key and key in first:
                said = f"{quoted(key[len(self.key_names) - 1])} stands in {self.unit} {first[key]} already."
                self.blame(row, self.key_names[-1], said)
                continue
            if key:
                first[key] = row.number
            found.append(Record(key, [row], cells))
        return found

    def cells_of(self, row: Row) -> dict[str, Any]:
        """A row's cells by field name; a column that the row hasn't got is missing."""
        return {self.given[header]: value for header, value in row.cells.items() if header in self.given}

    def key_of(self, cells: dict[str, Any]) -> tuple[str, ...]:
        """The natural key of a row; empty when a part of it is left empty."""
        parts = tuple(as_text(cells.get(name)).strip() for name in self.key_names)
        return parts if all(parts) else ()

    def in_order(self, records: list[Record]) -> list[Record]:
        """The records so that one comes after those in the file that it names, wherever they stand."""
        if not self.inside:
            return records
        by_key = {record.key: record for record in records if record.key}
        ordered: dict[int, Record] = {}
        for record in records:
            if id(record) in ordered:
                continue
            path = [record]
            begun = {id(record)}
            while path:
                named = (
                    self.key_of({**path[-1].cells, self.key_names[0]: path[-1].cells.get(n)}) for n in self.inside
                )
                waiting = [by_key[key] for key in named if key in by_key]
                ahead = next((one for one in waiting if id(one) not in ordered and id(one) not in begun), None)
                if ahead is None:
                    ordered.setdefault(id(path[-1]), path.pop())
                else:
                    begun.add(id(ahead))
                    path.append(ahead)
        return list(ordered.values())

    def load(self, records: list[Record]) -> None:
        """Look up a batch's own records and everything they name, each in a query or two."""
        for name, column in self.fields.items():
            if isinstance(column.widget, Named):
                named = (as_text(record.cells.get(name)).strip() for record in records)
                self.lookups.prepare(column.widget.model, column.widget.by, named, column.widget.related)
        keys = [record.key for record in records if record.key]
        self.found = {self.key_in_database(row): row for row in self.existing(keys)}

    def existing(self, keys: list[tuple[str, ...]]) -> Any:
        """The visible records of these keys, with what their columns name."""
        visible = self.lookups.visible(self._meta.model).select_related(*self.related)
        return visible.filter(**{f"{self.key_names[0]}__in": [key[0] for key in keys]})

    def key_in_database(self, instance: Any) -> tuple[str, ...]:
        """A record's natural key."""
        return tuple(instance.natural_key())

    # --- Import: one record ---

    def take(self, record: Record) -> None:
        """Take in one record: new, changed or unchanged, or a problem."""
        instance = self.found.get(record.key)
        new = instance is None
        instance = self._meta.model() if instance is None else instance
        before = {} if new else self.shown(instance)
        errors, touched = self.apply(instance, record.cells, before)
        if new or touched:
            errors = self.clean_record(instance, record.cells, errors)
        changes = self.changes(before, self.shown(instance)) if not errors else []
        if not errors and (new or changes):
            errors = self.keep(instance)
        if errors:
            self.blame_all(record.rows[0], errors)
            self.lookups.fail(self._meta.model, record.key[0] if record.key else "")
        changes += self.take_parts(record, instance, new=new, failed=bool(errors))
        if not errors:
            self.settle(record, instance, changes, new=new)

    def settle(self, record: Record, instance: Any, changes: list[Change], *, new: bool) -> None:
        """Count a record that was taken in, and let later rows find it."""
        if not new and not changes:
            self.verdict.count(None)
            return
        name = " · ".join(record.key[: len(self.key_names)]) or "a new one"
        self.verdict.count(Entry(record.number, name, changes), new=new)
        self.verdict.written.append((instance.pk, str(instance), new))
        if self.inside and record.key:
            self.lookups.add(self._meta.model, self.key_names[0], record.key[0], instance)

    def apply(
        self, instance: Any, cells: dict[str, Any], before: dict[str, Any]
    ) -> tuple[dict[str, list[str]], bool]:
        """Put a row's cells into a record; returns what is wrong by field, and whether anything may differ."""
        errors: dict[str, list[str]] = {}
        touched = False
        for name, column in self.fields.items():
            if name not in cells or (name in before and as_text(cells[name]) == as_text(before[name])):
                continue
            if name in self.made and not as_text(cells[name]).strip():
                continue
            touched = True
            try:
                column.save(instance, {column.column_name: cells[name]}, beside=instance)
            except ValueError as error:
                errors[name] = [str(error)]
        return errors, touched

    def clean_record(
        self, instance: Any, cells: dict[str, Any], errors: dict[str, list[str]]
    ) -> dict[str, list[str]]:
        """The record's own rules; when one is broken, those of the database too, as a form would tell them all."""
        found = ValidationError(errors).update_error_dict({}) if errors else {}
        named = {name for name, column in self.fields.items() if isinstance(column.widget, Named)}
        there = {
            key.name
            for key in instance._meta.concrete_fields
            if key.remote_field and (getattr(instance, key.attname) is not None or key.name == self.held_by)
        }
        try:
            instance.clean_fields(exclude={*errors, *there})
        except ValidationError as error:
            found = error.update_error_dict(found)
        if not named & found.keys():  # what `clean` says without a record that is missing would mislead
            try:
                instance.clean()
            except ValidationError as error:
                found = error.update_error_dict(found)
        if not found:
            return {}
        return {**told(self.database_rules(instance, found), NEEDED), **errors}

    def database_rules(self, instance: Any, found: dict[str, Any]) -> dict[str, Any]:
        """What uniqueness and constraints say of a record, beside what was found already."""
        exclude = {name for name in found if name != NON_FIELD_ERRORS}
        for rule in (instance.validate_unique, instance.validate_constraints):
            try:
                rule(exclude=exclude)
            except ValidationError as error:
                found = error.update_error_dict(found)
        return found

    def keep(self, instance: Any) -> dict[str, list[str]]:
        """Write a record; returns what the database's rules say when they refuse it."""
        try:
            with transaction.atomic():
                if isinstance(instance, Checked) and self.user:
                    instance.enter(by=self.user)
                instance.save()
        except (IntegrityError, DataError):
            return told(self.database_rules(instance, {}), NEEDED) or {NON_FIELD_ERRORS: [NOT_KEPT]}
        return {}

    def take_parts(self, record: Record, instance: Any, *, new: bool, failed: bool) -> list[Change]:
        """Take in what hangs on a record; returns its changes."""
        return []

    def changes(self, before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
        """The columns whose value differs.

        A new record's key is left out: one that is drawn isn't the same when the preview is confirmed.
        """
        return [
            Change(self.fields[name].column_name, as_text(before.get(name)), as_text(value))
            for name, value in after.items()
            if as_text(before.get(name)) != as_text(value) and (before or name not in self.key_names)
        ]

    # --- Words ---

    def blame(self, row: Row, name: str, sentence: str) -> None:
        """Keep what is wrong with a row, at the column of that field."""
        columns = self.all_columns()
        column = columns[name].column_name if name in columns else ""
        self.verdict.blame(Problem(self.unit, row.number, column, sentence))

    def blame_all(self, row: Row, errors: dict[str, list[str]]) -> None:
        """Keep everything that is wrong with a row."""
        for name, sentences in errors.items():
            for sentence in sentences:
                self.blame(row, name, sentence)


def text(name: str, column: str) -> Field:
    """A column of words."""
    return Field(attribute=name, column_name=column, widget=Text())
