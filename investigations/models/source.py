"""Sources: who or what something is known from."""

from collections.abc import Iterable
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from investigations.models.base import InvestigationQuerySet, PublicKeyed, once_an_investigation
from investigations.models.code_names import new_code_name
from investigations.models.fields import FuzzyDateField, edtf_field, span_field, span_in_order
from investigations.models.person import is_a_name
from investigations.models.withdrawal import is_withdrawn
from investigations.vocabulary import IdentityState, SourceKind


class SourceQuerySet(InvestigationQuerySet):
    """Sources by what they still need."""

    def without_date(self) -> Self:
        """Documents, publications, recordings and datasets of which nobody has said from when."""
        return self.filter(dated="").exclude(kind=SourceKind.PERSON)

    def in_vault(self) -> Self:
        """Sources whose identity is in the vault."""
        return self.filter(sealed_identity__isnull=False)

    def without_confidant(self) -> Self:
        """Sources in the vault of which nobody who is named is left."""
        return self.in_vault().exclude(confidants__user__is_active=True)

    def unused(self) -> Self:
        """Sources from which nothing is on file: no quote, interview, meeting, account or evidence."""
        rests = ("quotes", "interviews", "meetings", "role_accounts", "evidence", "relayed", "relied_on_by")
        return self.filter(**{f"{name}__isnull": True for name in rests})

    def with_those_behind(self, sources: "Iterable[Source]") -> "dict[int, Source]":
        """These sources with all that they were reported by or rely on, by number: a query a step of the chain."""
        known = {source.pk: source for source in sources}
        waiting = list(known.values())
        while needed := {pk for s in waiting for pk in (s.relay_id, s.origin_id) if pk and pk not in known}:
            waiting = list(self.filter(pk__in=needed).select_related("person"))
            known |= {source.pk: source for source in waiting}
        return known

    def relying_on(self, numbers: Iterable[int]) -> set[int]:
        """The numbers of these sources and of all that were reported by them or rely on them."""
        known, waiting = set(numbers), set(numbers)
        while waiting:
            ahead = self.filter(Q(relay__in=waiting) | Q(origin__in=waiting))
            waiting = set(ahead.values_list("pk", flat=True)) - known
            known |= waiting
        return known

    def consent_withdrawn(self) -> Self:
        """Sources of which nothing may go out any more."""
        return self.filter(is_withdrawn(source="pk"))


class SourceManager(models.Manager[Any]):
    """Finds a source by its code name, for fixtures and imports."""

    def get_by_natural_key(self, code_name: str) -> Any:
        """The source of that code name."""
        return self.get(code_name=code_name)


class Source(PublicKeyed):
    """Where something is known from. Its code name is the only name it goes by on screens."""

    investigation = models.ForeignKey("Investigation", on_delete=models.PROTECT, related_name="sources")
    code_name = models.CharField(
        max_length=60,
        blank=True,
        db_index=True,
        help_text="Two random words. Left empty, they are drawn for you; never use initials.",
    )
    kind = models.CharField(max_length=12, choices=SourceKind)
    title = models.CharField(
        max_length=250,
        blank=True,
        help_text="Of a document, publication, recording or dataset. Shown to readers, word for word.",
    )
    person = models.ForeignKey(
        "Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sources",
        help_text="Only for somebody who may be named. Readers get a page for this source.",
    )
    descriptor = models.CharField(
        max_length=250,
        blank=True,
        help_text="For somebody who may not be named: the wording agreed with them, shown to readers exactly so.",
    )
    identity = models.CharField(
        "identity of the unnamed",
        max_length=10,
        choices=IdentityState,
        blank=True,
        help_text="Never write the name itself anywhere in this form.",
    )
    how_they_know = models.CharField(
        max_length=200,
        blank=True,
        help_text=(
            "Printed to readers behind the descriptor, if filled in: “who attended the meeting”. Leave out what"
            " narrows it down to this person, alone or together with the descriptor."
        ),
    )
    reason_for_anonymity = models.TextField(
        blank=True, help_text="Why this person is not named. Stays inside; leave out who it is here too."
    )
    relay = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="relayed",
        verbose_name="as reported by",
        help_text="Who passed it on to us: “told The Atlantic”, never “told us”. A relay is not an origin.",
    )
    origin = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="relied_on_by",
        verbose_name="relies on",
        help_text="The source it has this from, if it has it from another. Sources of one origin count once.",
    )
    dated = FuzzyDateField("date", blank=True)
    dated_earliest = span_field()
    dated_latest = span_field()
    dated_edtf = edtf_field()
    looked_where = models.CharField(
        "looked where",
        max_length=250,
        blank=True,
        help_text="For what was looked for and not found; the date says when.",
    )
    looked_by = models.CharField("looked by", max_length=200, blank=True, help_text="Who looked. Shown to readers.")
    url = models.URLField("address", blank=True, help_text="Where readers find it; shown to readers.")
    description = models.TextField(
        blank=True, help_text="What it is and what it shows, in your words. Shown to readers."
    )
    full_text = models.TextField(
        "text",
        blank=True,
        help_text="The source's own words, when you have them. Stays inside: verbatim quotes are held against it.",
    )

    objects = SourceManager.from_queryset(SourceQuerySet)()

    class Meta:
        ordering = ["code_name"]
        indexes = [
            models.Index(fields=["investigation", "kind"], name="source_investigation_kind"),
            models.Index(fields=["investigation", "code_name"], name="source_investigation_code"),
        ]
        constraints = [
            once_an_investigation("source_once_a_code_name", "code_name"),
            models.CheckConstraint(
                name="source_person_named_or_described",
                condition=(Q(kind=SourceKind.PERSON, title="") & (Q(person__isnull=False) ^ ~Q(descriptor="")))
                | (~Q(kind=SourceKind.PERSON) & Q(person__isnull=True, descriptor="") & ~Q(title="")),
                violation_error_message=(
                    "A person who is a source has either a name or a descriptor; anything else has a title."
                ),
            ),
            models.CheckConstraint(
                name="source_identity_of_the_unnamed",
                condition=Q(identity="", descriptor="") | (~Q(identity="") & ~Q(descriptor="")),
                violation_error_message="Say what is held of the identity of an unnamed source, and only of one.",
            ),
            models.CheckConstraint(
                name="source_unnamed_says_how_and_why",
                condition=Q(how_they_know="", reason_for_anonymity="") | ~Q(descriptor=""),
                violation_error_message=(
                    "How they know, and why they are not named, is said of an unnamed source only."
                ),
            ),
            models.CheckConstraint(
                name="source_not_found_says_where_who_when",
                condition=Q(kind=SourceKind.NOT_FOUND) & ~Q(looked_where="") & ~Q(looked_by="") & ~Q(dated="")
                | ~Q(kind=SourceKind.NOT_FOUND) & Q(looked_where="", looked_by=""),
                violation_error_message="What was not found says where it was looked for, by whom and when.",
            ),
            models.CheckConstraint(
                name="source_not_its_own_relay",
                condition=Q(relay__isnull=True) | ~Q(relay=models.F("id")),
                violation_error_message="A source can't be its own relay.",
            ),
            models.CheckConstraint(
                name="source_not_its_own_origin",
                condition=Q(origin__isnull=True) | ~Q(origin=models.F("id")),
                violation_error_message="A source can't rely on itself.",
            ),
            span_in_order("source_date_in_order", "dated"),
        ]

    def __str__(self) -> str:
        return self.code_name

    @property
    def is_unnamed(self) -> bool:
        """Whether readers may know this source by its descriptor alone."""
        return bool(self.descriptor)

    def clean(self) -> None:
        """Refuse a descriptor that is a name, and words in the wrong field, each at its field."""
        super().clean()
        self._fill_code_name()
        if self.kind == SourceKind.PERSON:
            if self.title:
                raise ValidationError({"title": "A person has no title: give a name or a descriptor."})
            if bool(self.person_id) == bool(self.descriptor):
                raise ValidationError({"descriptor": "Give a name or a descriptor, and not both."})
            if self.descriptor and not self.identity:
                raise ValidationError({"identity": "Say what is held of this person's identity."})
        elif not self.title:
            raise ValidationError({"title": "Give the title readers will see."})
        self._refuse_a_name("descriptor", "how_they_know")
        self._hold_the_vault_to_its_word()
        for name in ("relay", "origin"):
            other = getattr(self, name)
            if other and other.investigation_id != self.investigation_id:
                raise ValidationError({name: "That source belongs to another investigation."})

    def _refuse_a_name(self, *fields: str) -> None:
        for name in fields:
            if (words := getattr(self, name)) and is_a_name(words):
                raise ValidationError({name: "That is somebody's name; a descriptor must not name anyone."})

    def _hold_the_vault_to_its_word(self) -> None:
        """Refuse to say “in the vault” of what isn't there, and anything else of what is."""
        in_vault = bool(self.pk) and type(self).objects.filter(pk=self.pk, sealed_identity__isnull=False).exists()
        if in_vault and self.identity != IdentityState.HELD:
            raise ValidationError({"identity": "It is in the vault: leave “In the vault”."})
        if self.identity == IdentityState.HELD and not in_vault:
            raise ValidationError(
                {"identity": "Nothing is in the vault yet: choose another, save, and enter it on its own page."}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with a code name."""
        self._fill_code_name()
        super().save(*args, **kwargs)

    def _fill_code_name(self) -> None:
        while not self.code_name:
            drawn = new_code_name()
            if not Source.objects.filter(code_name=drawn).exists():
                self.code_name = drawn

    def natural_key(self) -> tuple[str, ...]:
        """The code name."""
        return (self.code_name,)
