"""What a question finds at the desk, for somebody: only rows that they may see are looked at."""

from collections.abc import Iterable
from typing import Any

from django.db import connections

from investigations.fulltext.excerpt import score
from investigations.fulltext.question import Question
from investigations.models.desk_text import DESK_INDEX, DeskText, kind_mark, marks_seen_by
from investigations.models.desk_words import BY_KIND


def seen_by(user: Any, asked: Question, kinds: Iterable[str]) -> Question:
    """The same question of rows of these kinds that this person may see."""
    wanted = set(kinds)
    narrowed = asked if wanted == BY_KIND.keys() else asked.among(*(kind_mark(kind) for kind in sorted(wanted)))
    teams = marks_seen_by(user)
    return narrowed if teams is None else narrowed.among(*teams)


def find(asked: Question, most: int) -> list[int]:
    """The rows that answer, the last written first, so many at most."""
    return DESK_INDEX.newest(connections[DeskText.objects.db], asked, most)


def best(found: list[int], asked: Question, user: Any) -> list[DeskText]:
    """These rows, as far as this person may see them, the best answer first."""
    rows = DeskText.objects.visible_to(user).filter(pk__in=found).order_by()
    scored = [(score(asked, row.head, row.words), row.pk, row) for row in rows]
    return [row for *_, row in sorted(scored, key=lambda each: each[:2], reverse=True)]
