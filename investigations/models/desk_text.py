"""What the desk's search finds: a row of folded words for each record, seen by whoever sees the record."""

from typing import Any, Self

from django.db import models

from investigations.fulltext.index import TextIndex
from investigations.models.base import VisibleQuerySet, sees_everything, works_at_desk

FOR_ALL = "for_everybody"
"""The mark of what the whole newsroom shares."""


class DeskTextQuerySet(VisibleQuerySet):
    """Rows of the search, limited like the records whose words they hold."""

    def visible_to(self, user: Any) -> Self:
        """The rows of this person's investigations, and those that everybody at the desk shares."""
        if not works_at_desk(user) or sees_everything(user):
            return super().visible_to(user)
        mine = models.Q(investigation__in=user.investigations.values("pk"))
        return self.filter(mine | models.Q(investigation__isnull=True))


class DeskText(models.Model):
    """The words of one record of the desk: `head` of its title, `words` of its text, `marks` of kind and team.

    It holds nothing that only some of a team may see: no identity, and no note of whoever alone may read it.
    """

    kind = models.CharField(max_length=20)
    record = models.BigIntegerField("number of the record")
    investigation = models.ForeignKey(
        "Investigation", null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    head = models.TextField(blank=True)
    words = models.TextField(blank=True)
    marks = models.CharField(max_length=100)

    objects = DeskTextQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        verbose_name = "row of the desk’s search"
        verbose_name_plural = "rows of the desk’s search"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record"],
                name="desk_text_once_a_record",
                violation_error_message="That record has its row already.",
            )
        ]

    def __str__(self) -> str:
        return f"words of {self.kind} {self.record}"


DESK_INDEX = TextIndex(DeskText._meta.db_table, prefixes=(2, 3))
"""The search of the desk."""


def kind_mark(kind: str) -> str:
    """The mark by which the rows of a kind are found."""
    return f"kind_{kind}"


def team_mark(investigation: int | None) -> str:
    """The mark by which the rows of an investigation, or of everybody, are found."""
    return FOR_ALL if investigation is None else f"for_{investigation}"


def marks_seen_by(user: Any) -> tuple[str, ...] | None:
    """The marks of which a row must have one for this person to see it; None for somebody who sees every row.

    Nobody who doesn't work at the desk has one.
    """
    if not works_at_desk(user):
        return ("for_nobody",)
    if sees_everything(user):
        return None
    return (FOR_ALL, *(team_mark(number) for number in sorted(user.investigations.values_list("pk", flat=True))))
