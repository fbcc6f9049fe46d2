"""A source's consent to looser terms: noted once, kept, never changed."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from investigations import dates
from investigations.models.agreement import Agreed
from investigations.models.base import VisibleQuerySet
from investigations.models.fields import FuzzyDateField, edtf_field, span_field, span_in_order
from investigations.vocabulary import OPENNESS, Terms

KEPT = "What a source said is noted once and kept: add a new note."


class KeptQuerySet(VisibleQuerySet):
    """Notes of what a source said, limited by what they are about; they are added and never changed."""

    about: tuple[str, ...] = ()

    def visible_to(self, user: Any) -> "KeptQuerySet":
        """The notes on records that this person may see."""
        seen = Q(pk__in=[])
        for name in self.about:
            model: Any = self.model._meta.get_field(name).related_model
            seen |= Q(**{f"{name}__in": model._default_manager.visible_to(user).values("pk")})
        return self.filter(seen)

    def update(self, **values: Any) -> int:
        """Raises ValidationError: what was noted stays as it was noted."""
        raise ValidationError(KEPT)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Raises ValidationError: what was noted is kept."""
        raise ValidationError(KEPT)


class Kept(models.Model):
    """A note that is written once, with who noted it and when."""

    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    noted_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the note. Raises ValidationError for one that is written already."""
        if not self._state.adding or (self.pk and type(self)._base_manager.filter(pk=self.pk).exists()):
            raise ValidationError(KEPT)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Raises ValidationError: what was noted is kept."""
        raise ValidationError(KEPT)


def refuse_the_future(field: str, words: str) -> None:
    """Raise ValidationError for a date on which nobody can have said anything yet, or for none."""
    try:
        earliest = dates.parse(words).earliest
    except dates.DateNotUnderstood:
        return  # said at the field itself
    if earliest and earliest > timezone.localdate():
        raise ValidationError({field: "That day is still to come."})


class ConsentQuerySet(KeptQuerySet):
    """Consents, limited by the quote, interview or withdrawal that they are about."""

    about = ("quote", "interview", "withdrawal")


class Consent(Kept):
    """What a source agreed to: looser terms, a shorter embargo, or that a withdrawn consent holds again."""

    quote = models.ForeignKey("Quote", null=True, blank=True, on_delete=models.PROTECT, related_name="consents")
    interview = models.ForeignKey(
        "Interview", null=True, blank=True, on_delete=models.PROTECT, related_name="consents"
    )
    withdrawal = models.ForeignKey(
        "Withdrawal", null=True, blank=True, on_delete=models.PROTECT, related_name="consents"
    )
    agreed = models.TextField("what was agreed", help_text="In plain text, as the source put it.")
    given = FuzzyDateField("given when")
    given_earliest = span_field()
    given_latest = span_field()
    given_edtf = edtf_field()
    how = models.CharField("given how", max_length=200, help_text="By telephone, in writing, to whom. Stays inside.")
    terms_before = models.CharField(max_length=20, choices=Terms, blank=True, editable=False)
    terms_after = models.CharField(max_length=20, choices=Terms, blank=True, editable=False)
    embargo_before = models.DateTimeField(null=True, blank=True, editable=False)
    embargo_after = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["noted_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="consent_is_about_one_record",
                condition=Q(quote__isnull=False, interview__isnull=True, withdrawal__isnull=True)
                | Q(quote__isnull=True, interview__isnull=False, withdrawal__isnull=True)
                | Q(quote__isnull=True, interview__isnull=True, withdrawal__isnull=False),
                violation_error_message="A consent is about one quote, one interview or one withdrawal.",
            ),
            models.CheckConstraint(
                name="consent_from_terms_to_terms",
                condition=Q(terms_before="", terms_after="") | (~Q(terms_before="") & ~Q(terms_after="")),
                violation_error_message="A consent says from which terms to which.",
            ),
            models.CheckConstraint(
                name="consent_says_what_and_how",
                condition=~Q(agreed="") & ~Q(given="") & ~Q(how=""),
                violation_error_message="A consent says what was agreed, when and how.",
            ),
            span_in_order("consent_given_in_order", "given"),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk or 'not yet saved'}"

    def clean(self) -> None:
        """Refuse a date that is still to come."""
        super().clean()
        refuse_the_future("given", self.given)

    def of(self, stored: Agreed, *, becomes: Agreed) -> "Consent":
        """This consent as one to change a record from how it is stored to what it becomes."""
        setattr(self, type(stored).__name__.lower(), stored)
        if stored.terms and becomes.terms and stored.terms != becomes.terms:
            self.terms_before, self.terms_after = stored.terms, becomes.terms
        if stored.embargo_until != becomes.embargo_until:
            self.embargo_before, self.embargo_after = stored.embargo_until, becomes.embargo_until
        return self

    def covers(self, name: str, stored: Agreed, becomes: Agreed) -> bool:
        """Whether it allows this change of the terms or of the embargo."""
        if name == "terms":
            return bool(self.terms_before and self.terms_after) and (
                OPENNESS[Terms(self.terms_before)] <= OPENNESS[Terms(stored.terms)]
                and OPENNESS[Terms(becomes.terms)] <= OPENNESS[Terms(self.terms_after)]
            )
        if not (self.embargo_before and stored.embargo_until and stored.embargo_until <= self.embargo_before):
            return False
        return self.embargo_after is None or bool(
            becomes.embargo_until and becomes.embargo_until >= self.embargo_after
        )
