"""The mark that a database is the demonstration's."""

from django.db import models


class Demonstration(models.Model):
    """Says that `demo` made this database, so that it may run here again."""

    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "mark of the demonstration"
        verbose_name_plural = "marks of the demonstration"

    def __str__(self) -> str:
        return "This database is the demonstration's"
