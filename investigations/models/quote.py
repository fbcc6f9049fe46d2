"""Quotes: what was said, by whom, and on what terms."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from investigations import text
from investigations.models.agreement import Agreed, AgreedQuerySet, since
from investigations.models.base import PublicKeyed, SluggedManager, SluggedWithin, new_key, once_an_investigation
from investigations.models.checking import Checked, CheckedQuerySet, checked_constraints
from investigations.models.fields import FuzzyDateField, edtf_field, span_field, span_in_order
from investigations.models.withdrawal import Withdrawal
from investigations.vocabulary import NAMING_TERMS, PUBLISHABLE_TERMS, QuoteForm, Terms

# What an interview says once for all its quotes.
INHERITED = (
    *("investigation_id", "source_id", "terms", "terms_wording", "embargo_until"),
    *("said", "setting", "to_whom"),
)


class QuoteQuerySet(CheckedQuerySet, AgreedQuerySet):  # type: ignore[override] # two managers, one row
    """Quotes by what they still need."""

    def without_passage(self) -> Self:
        """Quotes that are not evidence for any passage."""
        key = self.model._meta.get_field("evidence")
        return self.exclude(models.Exists(key.related_model.objects.filter(quote=models.OuterRef("pk"))))

    def consent_withdrawn(self) -> Self:
        """Quotes of which nothing may go out any more, by themselves, with their interview or with their source.

        They are found from the withdrawals, which are few; no quote is looked at that none of them is about.
        """
        standing, rows = Withdrawal.objects.standing().order_by(), self.model.objects.order_by()
        by_itself, *others = (
            rows.filter(**{f"{column}__in": standing.exclude(**{about: None}).values(about)}).values("pk")
            for about, column in (("quote", "pk"), ("interview", "interview"), ("source", "source"))
        )
        return self.filter(pk__in=by_itself.union(*others))


class Quote(Checked, Agreed, PublicKeyed, SluggedWithin):
    """Something somebody said, in their words or in ours, with the terms it was said on."""

    investigation = models.ForeignKey("Investigation", on_delete=models.PROTECT, related_name="quotes")
    words = models.TextField(help_text="Without quotation marks around them. Shown to readers word for word.")
    form = models.CharField(max_length=10, choices=QuoteForm, default=QuoteForm.VERBATIM)
    interview = models.ForeignKey(
        "Interview",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="quotes",
        help_text="Then source, date and terms are the interview's, and only the words are entered.",
    )
    source = models.ForeignKey("Source", blank=True, on_delete=models.PROTECT, related_name="quotes")
    speaker = models.ForeignKey(
        "Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="quotes",
        help_text="Only when readers may know the name. Left empty, the source's, if it has one.",
    )
    speaker_label = models.CharField(
        max_length=200,
        blank=True,
        help_text="How readers are told who is speaking, when the speaker's roles of that day don't say it.",
    )
    terms = models.CharField(
        max_length=20,
        choices=Terms,
        blank=True,
        help_text="As agreed before the words were spoken. A quote without terms can't be published.",
    )
    terms_wording = models.TextField(
        "terms, as agreed", blank=True, help_text="In plain text: people mean different things by these words."
    )
    said = FuzzyDateField(blank=True)
    said_earliest = span_field()
    said_latest = span_field()
    said_edtf = edtf_field()
    setting = models.CharField(max_length=200, blank=True, help_text="“Senate hearing”, “press conference”.")
    to_whom = models.CharField(max_length=200, blank=True, help_text="“to The Atlantic”, “to Senator Al Franken”.")
    locator = models.CharField(max_length=120, blank=True, help_text="Page, minute or line in the source.")

    HELD = ("words", "form", "source_id", "speaker_id", "speaker_label", "said")

    objects = SluggedManager.from_queryset(QuoteQuerySet)()

    class Meta:
        ordering = ["said_earliest", "id"]
        # whose a row is stands in the index too: a team's list is read from there, and no row for naught
        indexes = [
            models.Index(fields=["said_earliest", "id", "investigation"], name="quote_said"),
            models.Index(fields=["investigation", "said_earliest", "id"], name="quote_investigation_said"),
            models.Index(fields=["terms", "said_earliest", "id", "investigation"], name="quote_terms_said"),
            models.Index(fields=["form", "said_earliest", "id", "investigation"], name="quote_form_said"),
            models.Index(
                fields=["embargo_until"], name="quote_under_embargo", condition=Q(embargo_until__isnull=False)
            ),
            models.Index(
                fields=["said_earliest", "id"], name="quote_unchecked_said", condition=Q(checked_at__isnull=True)
            ),
        ]
        constraints = [
            once_an_investigation("quote_once_a_short_name"),
            *checked_constraints("quote"),
            span_in_order("quote_said_in_order", "said"),
        ]

    def __str__(self) -> str:
        return self.slug

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with what the interview says; what reads otherwise is not what somebody checked."""
        self.inherit()
        emptied = self.drop_check_if_changed()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *emptied}
        super().save(*args, **kwargs)

    @property
    def is_publishable(self) -> bool:
        """Whether its terms let these words out at all."""
        return self.terms in PUBLISHABLE_TERMS

    @property
    def is_attributed_by_name(self) -> bool:
        """Whether readers may be told who said this."""
        named = bool(self.speaker_id) and not self.source.is_unnamed
        return named and self.terms in NAMING_TERMS

    def inherit(self) -> None:
        """Take source, investigation, date and terms from the interview, once for all its quotes."""
        if self.interview:
            for name in INHERITED:
                setattr(self, name, getattr(self.interview, name))

    def slug_words(self) -> str:
        """The source's code name and a random end: the short name stands on screens, where the words may not."""
        return f"{self.source.code_name} {new_key()[:6]}"

    def clean(self) -> None:
        """Take the speaker from a named source; refuse to name one who may not be named."""
        super().clean()
        self.inherit()
        if not self.source_id:
            raise ValidationError({"source": "Say who or what the words are from, or choose the interview."})
        if self.source.is_unnamed and self.speaker_id:
            raise ValidationError({"speaker": "This source may not be named: leave the speaker empty."})
        if self.source.is_unnamed and self.speaker_label:
            raise ValidationError({"speaker_label": "An unnamed source goes by its descriptor: leave this empty."})
        if self.source.investigation_id != self.investigation_id:
            raise ValidationError({"source": "That source belongs to another investigation."})
        if not self.speaker_id:
            self.speaker_id = self.source.person_id
        self._refuse_words_that_the_source_has_not()
        if self.consent_now or not self._stays_with_its_interview(self.stored()):
            self.require_consent()  # else the interview's own form says it

    def consents_to_change(self, stored: Self) -> list[Any]:
        """Its own consents, and those to change the interview that it stays with."""
        found = super().consents_to_change(stored)
        if self.interview and self._stays_with_its_interview(stored):
            found += since(self.interview.consents.all(), stored)
        return found

    def _stays_with_its_interview(self, stored: Self | None) -> bool:
        return bool(stored and self.interview_id and stored.interview_id == self.interview_id)

    def _refuse_words_that_the_source_has_not(self) -> None:
        """Hold verbatim words against the source's own text, where the desk has it."""
        if self.form != QuoteForm.VERBATIM or not self.source.full_text:
            return
        if (length := len(self.words)) > (holds := len(self.source.full_text)):
            raise ValidationError(
                {"words": f"The quote is longer than its source: {length:,} characters against {holds:,}."}
            )
        if missing := text.missing_words(self.words, self.source.full_text):
            raise ValidationError({"words": f"“{missing[:80]}” doesn't stand in the text of the source."})
