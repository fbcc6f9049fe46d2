"""Rows of the search of what is public, as readers get it now."""

from django.db import models

from investigations.fulltext.index import TextIndex
from investigations.vocabulary import SearchKind


class SearchRow(models.Model):
    """Something published that a search finds: words of a story, an entry, a citation, a note, a page.

    `work` is the work whose own words these are; an entry, a person and an organization, which several may name, have
    none. `head` and `words` are title and text as they are searched, `marks` by what else a row is found.
    """

    name = models.CharField(max_length=120, unique=True)
    work = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=16, choices=SearchKind)
    title = models.CharField(max_length=500)
    text = models.TextField(blank=True)
    when = models.CharField(max_length=120, blank=True)
    href = models.CharField(max_length=300)
    head = models.TextField(blank=True)
    words = models.TextField(blank=True)
    marks = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["work"], name="search_row_work")]

    def __str__(self) -> str:
        return self.name


PUBLIC_INDEX = TextIndex(SearchRow._meta.db_table)
"""The search of what is public."""


def mark_of(kind: str) -> str:
    """The mark by which the rows of a kind are found."""
    return f"kind_{kind}"
