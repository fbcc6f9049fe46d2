"""Checking: what was entered is held against its source by somebody else, and again once it changes."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from investigations.models.base import InvestigationQuerySet

CHECK = ("checked_against", "checked_by", "checked_at")
OWN = "You entered this yourself: somebody else holds it against its source."


def checked_constraints(noun: str) -> list[models.CheckConstraint]:
    """That a check is whole, and by somebody else than who entered the row."""
    return [
        models.CheckConstraint(
            name=f"{noun}_checked_by_whom_and_when",
            condition=Q(checked_by__isnull=True, checked_at__isnull=True)
            | (Q(checked_by__isnull=False, checked_at__isnull=False) & ~Q(checked_against="")),
            violation_error_message="A check names who held the words against what, and when.",
        ),
        models.CheckConstraint(
            name=f"{noun}_checked_by_another",
            condition=Q(checked_by__isnull=True) | Q(entered_by__isnull=True) | ~Q(checked_by=F("entered_by")),
            violation_error_message="Somebody else than who entered it holds it against its source.",
        ),
    ]


class CheckedQuerySet(InvestigationQuerySet):
    """Records by whether somebody held them against something."""

    def unchecked(self) -> Self:
        """Those that nobody has held against a recording, notes or a document."""
        return self.filter(checked_at__isnull=True)

    def to_check_by(self, user: Any) -> Self:
        """Those that a story uses, that nobody has checked, and that somebody else entered."""
        key = self.model._meta.get_field("evidence")
        used = key.related_model.objects.filter(**{f"{key.field.name}__isnull": False}).values(key.field.name)
        return self.unchecked().exclude(entered_by=user).filter(pk__in=used)


class Checked(models.Model):
    """A record that somebody entered and somebody else holds against its source."""

    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    checked_against = models.CharField(
        max_length=200, blank=True, help_text="The recording, notes or document that it was held against."
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)

    HELD: tuple[str, ...] = ()
    """What a check is about, by field: it falls when one of these changes."""

    class Meta:
        abstract = True

    def drop_check_if_changed(self) -> set[str]:
        """Forget a check of what now reads otherwise; returns the names of the fields that this emptied.

        A check that is made together with the change is kept: it was made of the new words.
        """
        if not self.checked_at or not self.reads_otherwise(checked_at=self.checked_at):
            return set()
        self.checked_against, self.checked_by, self.checked_at = "", None, None
        return {*CHECK}

    def reads_otherwise(self, **stored: Any) -> bool:
        """Whether something that a check is about differs from what is stored, in a row of which `stored` holds."""
        kept = type(self)._base_manager.filter(pk=self.pk, **stored).values(*self.HELD).first()
        return kept is not None and any(kept[name] != getattr(self, name) for name in self.HELD)

    def enter(self, *, by: Any) -> None:
        """Keep that these are the words of this person, if they are new or read otherwise than stored."""
        if self.pk is None or self.reads_otherwise():
            self.entered_by = by

    def drop_check(self) -> None:
        """Forget the check, if there is one: something that it was about has changed beside the row."""
        if self.checked_at:
            self.checked_against, self.checked_by, self.checked_at = "", None, None
            self.save(update_fields=CHECK)

    def hold_against(self, against: str, *, by: Any, now: datetime | None = None) -> None:
        """Say, as this person, that it stands so in what it was held against; nothing said takes the check back.

        Sets the fields, and saves nothing. Raises ValidationError for whoever entered it.
        """
        against = against.strip()
        if against and self.entered_by_id == by.pk:
            raise ValidationError({"checked_against": OWN})
        self.checked_against = against
        self.checked_by, self.checked_at = (by, now or timezone.now()) if against else (None, None)
