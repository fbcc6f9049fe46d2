"""An invented record made ten times as large in the database itself, for benchmarks: by its rows alone, no ledger."""

from typing import Any

COPIES = 9
OTHER = "CASE WHEN {0} = '' THEN '' ELSE {0} || copy.mark END"
"""The key of another entry, person or story; nobody stays nobody."""


def repeat() -> None:
    """Write each row of the lists and of the search nine times more, of other entries, people and stories.

    Bodies and investigations stay as many as they are, so each finds ten times as much, and so does each word.
    """
    from django.db import connection, transaction

    from investigations.publishing.count_rows import all_choices, write_count_rows
    from investigations.record import models

    others: dict[Any, tuple[str, ...]] = {
        models.StoryRow: ("work", "slug"),
        models.MeetingRow: ("key",),
        models.AttendanceRow: ("meeting_id", "person"),
        models.QuoteRow: ("key", "speaker", "work"),
        models.SourceRow: ("key", "person"),
        models.PersonRow: ("key",),
        models.SearchRow: ("name", "work"),
    }
    of_a_body = "list = 'organizations'"
    facet = {
        "key": f"CASE WHEN {of_a_body} THEN key ELSE {OTHER.format('key')} END",
        "value": f"CASE WHEN name IN ('person', 'story') THEN {OTHER.format('value')} ELSE value END",
    }
    with transaction.atomic(), connection.cursor() as cursor:
        for model, names in others.items():
            _copy(cursor, model, {name: OTHER.format(name) for name in names})
        _copy(cursor, models.FacetRow, facet, f"NOT ({of_a_body} AND name <> 'story')")
        write_count_rows(all_choices())
    if connection.vendor == "postgresql":  # what its autovacuum does within minutes
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _copy(cursor: Any, model: Any, changed: dict[str, str], where: str = "TRUE") -> None:
    names = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(changed.get(name, f'"{name}"') for name in names)
    marks = " UNION ALL ".join(f"SELECT '-{n}' AS mark" for n in range(1, COPIES + 1))
    cursor.execute(
        f"INSERT INTO {model._meta.db_table} ({columns})"
        f" SELECT {values} FROM {model._meta.db_table}, ({marks}) AS copy WHERE {where} ORDER BY copy.mark"
    )
