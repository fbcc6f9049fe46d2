"""What is agreed with a source: terms and embargo, and that neither is loosened without the source's consent."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from investigations.models.base import InvestigationQuerySet
from investigations.vocabulary import OPENNESS, Terms

if TYPE_CHECKING:
    from investigations.models.consent import Consent

SOON = timedelta(days=7)
"""How far ahead the end of an embargo, or of the time to answer, is told."""

AGREED = ("terms", "embargo_until")
NEVER_EMPTIED = (
    "Terms that were set are not emptied: choose those that hold. If nobody knows any more: off the record."
)
ASK_FIRST = "These words were said on closer terms ({}). Ask the source, and note their consent with the new terms."
STILL_RUNS = "The embargo still runs. Ask the source before it is shortened or lifted, and note their consent."
ONE_BY_ONE = (
    "Terms and embargoes are changed record by record, with save(): only so is the source's consent looked for."
)
NOTHING_LOOSER = (
    "Nothing becomes looser by this, so there is no consent to note."
    " A quote of an interview takes its terms from there."
)


def since(consents: Any, stored: Any) -> Any:
    """Of these consents, those noted since a record's agreement stands as it does."""
    return consents.filter(noted_at__gte=stored.agreed_since) if stored.agreed_since else consents


class AgreedQuerySet(InvestigationQuerySet):
    """Quotes and interviews by what was agreed."""

    def without_terms(self) -> Self:
        """Those whose terms nobody has set: they can't be published."""
        return self.filter(terms="")

    def under_embargo(self) -> Self:
        """Those whose words may not go out yet."""
        return self.filter(embargo_until__gt=timezone.now())

    def embargo_ends_soon(self) -> Self:
        """Those whose words may go out within a week from now."""
        return self.under_embargo().filter(embargo_until__lt=timezone.now() + SOON)

    def update(self, **values: Any) -> int:
        """Change rows at once, but never what was agreed. Raises ValidationError for terms and embargoes."""
        if values.keys() & set(AGREED):
            raise ValidationError(ONE_BY_ONE)
        return super().update(**values)


class Agreed(models.Model):
    """Words of a source with the terms they were said on. Loosening these needs a Consent that covers the change."""

    embargo_until = models.DateTimeField(
        null=True, blank=True, help_text="The words don't go out before. Empty: no embargo was agreed."
    )
    agreed_since = models.DateTimeField(
        null=True, editable=False, help_text="Since when terms and embargo stand as they do: consent is newer."
    )

    terms: Any
    consents: Any
    consent_now: "Consent | None" = None
    """A consent that is noted in one go with the change it allows: `save` writes both."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save. Raises ValidationError for what was agreed more closely, without a consent that covers it."""
        names = kwargs.get("update_fields")
        if names is not None and not set(AGREED) & set(names):
            return super().save(*args, **kwargs)  # nothing of what was agreed is written
        if self.pk is None:
            self.agreed_since = timezone.now()
            return super().save(*args, **kwargs)
        with transaction.atomic():
            stored = self.stored(lock=True)
            if faults := self.loosened_unasked(stored):
                raise ValidationError(faults)
            if stored and self.consent_now and self.loosened(stored):
                self.consent_now.of(stored, becomes=self).save()
            self.consent_now = None
            if stored is None or self.agreement() != stored.agreement():
                self.agreed_since = timezone.now()
                kwargs |= {"update_fields": {*names, "agreed_since"}} if names is not None else {}
            return super().save(*args, **kwargs)

    def agreement(self) -> tuple[Any, ...]:
        """Terms and embargo."""
        return tuple(getattr(self, name) for name in AGREED)

    def stored(self, *, lock: bool = False) -> Self | None:
        """This record as the database has it; None for a new one."""
        if self.pk is None:
            return None
        rows = type(self)._base_manager.filter(pk=self.pk)
        return (rows.select_for_update() if lock else rows).first()

    def loosened(self, stored: Self) -> dict[str, str]:
        """By field what becomes looser than it is stored, with the sentence that says what to do."""
        faults = {}
        if stored.terms and not self.terms:
            faults["terms"] = NEVER_EMPTIED
        elif stored.terms and OPENNESS[Terms(self.terms)] > OPENNESS[Terms(stored.terms)]:
            faults["terms"] = ASK_FIRST.format(Terms(stored.terms).label.lower())
        until = stored.embargo_until
        if until and until > timezone.now() and (self.embargo_until is None or self.embargo_until < until):
            faults["embargo_until"] = STILL_RUNS
        return faults

    def loosened_unasked(self, stored: Self | None) -> dict[str, str]:
        """By field what becomes looser without a consent that covers it."""
        faults = self.loosened(stored) if stored else {}
        if not stored or not faults:
            return {}
        consents = [*self.consents_to_change(stored)]
        if self.consent_now:
            consents.append(self.consent_now.of(stored, becomes=self))
        return {
            name: said
            for name, said in faults.items()
            if said == NEVER_EMPTIED or not any(consent.covers(name, stored, self) for consent in consents)
        }

    def consents_to_change(self, stored: Self) -> list["Consent"]:
        """The consents that were noted since what is agreed now was agreed: an older one was used, or taken back."""
        return list(since(self.consents.all(), stored))

    def require_consent(self) -> None:
        """Raise ValidationError at the field that is loosened without consent, and for a consent to nothing."""
        stored = self.stored()
        if faults := self.loosened_unasked(stored):
            raise ValidationError(faults)
        if self.consent_now and not (stored and self.loosened(stored)):
            raise ValidationError(NOTHING_LOOSER)
