"""What a question finds among what is public."""

from django.db import connections

from investigations.fulltext.excerpt import score
from investigations.fulltext.question import Question
from investigations.record.models import SearchRow
from investigations.record.models.search import PUBLIC_INDEX, mark_of


def find(asked: Question, kind: str, most: int) -> list[int]:
    """The rows that answer, of this kind if one is named, the last published first, so many at most."""
    narrowed = asked.among(mark_of(kind)) if kind else asked
    return PUBLIC_INDEX.newest(connections[SearchRow.objects.db], narrowed, most)


def best(found: list[int], asked: Question) -> list[int]:
    """These rows, the best answer first; of two as good the one published last."""
    rows = SearchRow.objects.filter(pk__in=found).order_by().values_list("pk", "head", "words")
    scored = [(score(asked, head, body), pk) for pk, head, body in rows]
    return [pk for _, pk in sorted(scored, reverse=True)]
