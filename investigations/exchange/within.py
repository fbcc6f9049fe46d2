"""Nouns whose keys are their investigation's own: the same short name may stand in two of them."""

from collections import defaultdict
from typing import Any

from investigations.exchange.base import DeskResource, Record
from investigations.exchange.sheet import Sheet, as_text, quoted


class WithinResource(DeskResource):
    """A noun's file in which a record is found by its key and, where the row says it, its investigation.

    A key that another investigation has is free: so no file tells of a record that the person can't see.
    """

    def key_of(self, cells: dict[str, Any]) -> tuple[str, ...]:
        """The key, and the investigation as the row names it; that is empty where the row says nothing."""
        key = super().key_of(cells)
        return (*key, as_text(cells.get("investigation")).strip()) if key else ()

    def key_in_database(self, instance: Any) -> tuple[str, ...]:
        """A record's key and its investigation."""
        return (*super().key_in_database(instance), instance.investigation.slug)

    def records(self, sheet: Sheet) -> list[Record]:
        """The records; one key can't stand in a file once with its investigation and once without."""
        found = super().records(sheet)
        named = {record.key[0]: record for record in found if record.key and record.key[-1]}
        for record in found:
            if record.key and not record.key[-1] and record.key[0] in named:
                said = f"Say in which investigation, as in {self.unit} {named[record.key[0]].number}."
                self.blame(record.rows[0], "investigation", said)
        return found

    def load(self, records: list[Record]) -> None:
        """Look up the batch; a row that names no investigation is of the only record with its key, if that is one."""
        super().load(records)
        by_name = defaultdict(list)
        for key, row in self.found.items():
            by_name[key[0]].append(row)
        for record in records:
            if not record.key or record.key[-1]:
                continue
            same = by_name[record.key[0]]
            if len(same) == 1:
                self.found[record.key] = same[0]
            elif same:
                said = f"{quoted(record.key[0])} stands in more than one investigation: say in which."
                self.blame(record.rows[0], "investigation", said)
