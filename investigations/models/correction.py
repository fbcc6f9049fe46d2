"""Corrections: proposed by one person, approved by another who had no hand in the story since its last edition."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from investigations import text
from investigations.models.base import VisibleQuerySet
from investigations.models.contribution import Contribution
from investigations.models.correction_step import CorrectionStep
from investigations.models.elsewhere import Elsewhere
from investigations.vocabulary import CameToLight, Cause, ChangeKind, CorrectionAct, CorrectionState, Severity

KINDS = [choice for choice in ChangeKind.choices if choice[0] != ChangeKind.FIRST]
WORDING = tuple("kind note severity cause came_to_light basis basis_shown noted corrects report".split())
OPEN = (CorrectionState.DRAFT, CorrectionState.SUBMITTED, CorrectionState.APPROVED)
UNPUBLISHED = Q(published_by__isnull=True, published_at__isnull=True, number__isnull=True, edition__isnull=True)
UNAPPROVED = Q(approved_by__isnull=True, approved_at__isnull=True, approved_digest="")
UNSIGNED = Q(signed_by__isnull=True, signed_at__isnull=True)
NEVER_CHANGED = "A published note is never changed: write a correction of it."


def _person() -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )


class CorrectionQuerySet(VisibleQuerySet):
    """Corrections, limited by their story's investigation."""

    team_path = "story__investigation_id"

    def waiting(self) -> Self:
        """Corrections that readers don't see yet and that nobody declined."""
        return self.filter(state__in=OPEN)

    def unsigned(self) -> Self:
        """Corrections that went out without second approval and that no second person has signed since."""
        return self.filter(state=CorrectionState.PUBLISHED, approved_by__isnull=True, signed_by__isnull=True)

    def ran_elsewhere(self) -> Self:
        """Those not declined whose error ran somewhere else that nobody has looked at yet."""
        rows = Elsewhere.objects.waiting().values("correction")
        return self.filter(pk__in=rows).exclude(state=CorrectionState.DECLINED)

    def waiting_for(self, user: Any) -> Self:
        """Those submitted that somebody else wrote; whether this person may approve each is said on its screen."""
        return self.filter(state=CorrectionState.SUBMITTED).exclude(written_by=user)

    def void_approvals(self, stories: list[int], *, by: Any, now: datetime) -> None:
        """Make approved ones of these stories wait again: what was approved is no longer what would go out."""
        for correction in self.select_for_update().filter(story__in=stories, state=CorrectionState.APPROVED):
            correction.void_approval()
            correction.save()
            correction.note_step(CorrectionAct.VOIDED, by=by, now=now)


class Correction(models.Model):
    """One sentence to readers about an error, with the mended text of its story."""

    story = models.ForeignKey("Story", on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(
        max_length=16,
        choices=KINDS,
        default=ChangeKind.CORRECTION,
        help_text=(
            "A correction mends an error. Clarification, editor’s note and retraction need a standards editor’s"
            " approval. A minor change carries no note, and touches no number, date, name, negation, quoted words"
            " or evidence."
        ),
    )
    note = models.TextField(
        blank=True,
        help_text=(
            "One sentence: what was wrong, and what is right. Mend the text in the story; where it stood and what"
            " it says now is found for you. Shown to readers word for word."
        ),
    )
    severity = models.CharField(
        max_length=10,
        choices=Severity,
        default=Severity.ORDINARY,
        help_text="Where the note stands follows from it. A serious one is said in lists and feeds as well.",
    )
    cause = models.CharField(max_length=12, choices=Cause, blank=True, help_text="Stays inside; counted once a year.")
    came_to_light = models.CharField("noticed by", max_length=10, choices=CameToLight, blank=True)
    basis = models.TextField(blank=True, help_text="What shows what is right, in a sentence.")
    basis_shown = models.BooleanField(
        "show the basis", default=False, help_text="Left empty, the basis stays inside."
    )
    noted = models.DateField(
        "old note of",
        null=True,
        blank=True,
        help_text=(
            "For a note from before this record was kept, without the wrong words: the day it was printed. It is"
            " shown as a note of that day, and changes no words."
        ),
    )
    corrects = models.ForeignKey(
        "self",
        verbose_name="corrects the note",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrected_by",
        help_text="When it was an earlier note that was wrong.",
    )
    report = models.UUIDField("began with report", null=True, blank=True, editable=False)
    minor_anyway = models.BooleanField(
        "minor all the same",
        default=False,
        editable=False,
        help_text="An editor’s word that a change is minor although it touches what minor changes don’t.",
    )
    state = models.CharField(max_length=10, choices=CorrectionState, default=CorrectionState.DRAFT, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    approved_by = _person()
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_digest = models.CharField(max_length=64, blank=True, editable=False)
    alone_because = models.TextField("published without second approval because", blank=True, editable=False)
    signed_by = _person()
    signed_at = models.DateTimeField(null=True, blank=True, editable=False)
    number = models.PositiveIntegerField(null=True, blank=True, unique=True, editable=False)
    edition = models.PositiveIntegerField(null=True, blank=True, editable=False)
    published_by = _person()
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-id"]
        permissions = [
            ("approve_correction", "Can approve corrections written by others"),
            ("approve_grave_correction", "Can approve clarifications, editor’s notes and retractions"),
        ]
        indexes = [models.Index(fields=["state", "-written_at"], name="correction_state_newest")]
        constraints = [
            models.CheckConstraint(
                name="correction_approved_by_another",
                condition=(Q(approved_by__isnull=True) | ~Q(approved_by=F("written_by")))
                & (Q(signed_by__isnull=True) | (~Q(signed_by=F("written_by")) & ~Q(signed_by=F("published_by")))),
                violation_error_message="A correction is approved by someone who did not write it.",
            ),
            models.CheckConstraint(
                name="correction_approved_whole_or_not",
                condition=UNAPPROVED
                | (Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approved_digest="")),
                violation_error_message="An approval names who gave it, when, and to what.",
            ),
            models.CheckConstraint(
                name="correction_state_has_its_facts",
                condition=Q(
                    UNPUBLISHED,
                    UNAPPROVED,
                    UNSIGNED,
                    alone_because="",
                    state__in=[CorrectionState.DRAFT, CorrectionState.SUBMITTED, CorrectionState.DECLINED],
                )
                | Q(
                    UNPUBLISHED, UNSIGNED, alone_because="", state=CorrectionState.APPROVED, approved_by__isnull=False
                )
                | Q(
                    Q(UNSIGNED, approved_by__isnull=False, alone_because="")
                    | (
                        Q(UNAPPROVED)
                        & ~Q(alone_because="")
                        & (UNSIGNED | Q(signed_by__isnull=False, signed_at__isnull=False))
                    ),
                    Q(number__isnull=False) | Q(kind=ChangeKind.MINOR),
                    state=CorrectionState.PUBLISHED,
                    edition__isnull=False,
                    published_by__isnull=False,
                    published_at__isnull=False,
                ),
                violation_error_message=(
                    "A correction is a draft, submitted, declined, approved, or published with its number: approved"
                    " by another, or with the reason why not."
                ),
            ),
            models.CheckConstraint(
                name="correction_says_something",
                condition=~Q(note="") | Q(kind=ChangeKind.MINOR),
                violation_error_message="Say in a sentence what was wrong, and what is right.",
            ),
            models.CheckConstraint(
                name="correction_kind_fits",
                condition=~Q(kind=ChangeKind.FIRST)
                & (Q(noted__isnull=True) | Q(kind=ChangeKind.CORRECTION))
                & (Q(corrects__isnull=True) | Q(kind=ChangeKind.CORRECTION))
                & (Q(noted__isnull=True) | Q(corrects__isnull=True)),
                violation_error_message="An old note, or the correction of a note, is a correction.",
            ),
        ]

    def __str__(self) -> str:
        return f"Correction {self.number}" if self.number else f"Correction draft {self.pk or ''}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a changed wording voids an approval that was given to the old one."""
        if self.pk and self.state == CorrectionState.APPROVED:
            kept = Correction.objects.get(pk=self.pk)
            if kept.wording() != self.wording():
                self.void_approval()
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        """Whether it may still go out."""
        return self.state in OPEN

    def wording(self) -> dict[str, Any]:
        """What an approval is given to, beside the mended story: plain values by field."""
        kept = {name: getattr(self, name) for name in WORDING if name not in {"corrects", "noted", "report"}}
        return kept | {
            "corrects": self.corrects_id,
            "noted": self.noted.isoformat() if self.noted else None,
            "report": str(self.report) if self.report else None,
        }

    def clean(self) -> None:
        """Put typographic quotes in; refuse a change to a note that readers have, and a note of another story."""
        super().clean()
        self.note, self.basis = text.typographic(self.note.strip()), text.typographic(self.basis.strip())
        if self.corrects and self.corrects.story_id != self.story_id:
            raise ValidationError({"corrects": "That note is another story’s."})
        if self.corrects and self.corrects.number is None:
            raise ValidationError({"corrects": "Readers don’t have that note: change it instead."})
        if self.noted and self.noted > timezone.localdate():
            raise ValidationError({"noted": "That day is still to come."})
        if self._state.adding:
            return
        kept = Correction.objects.get(pk=self.pk)
        if kept.state == CorrectionState.PUBLISHED and kept.wording() != self.wording():
            raise ValidationError(NEVER_CHANGED)

    def void_approval(self) -> None:
        """Make it wait for an approval again."""
        self.state, self.minor_anyway = CorrectionState.SUBMITTED, False
        self.approved_by, self.approved_at, self.approved_digest = None, None, ""

    @transaction.atomic
    def write(self, *, by: Any, now: datetime | None = None) -> None:
        """Begin it as this person: saves, and keeps who did it. Raises ValidationError for what is refused."""
        Contribution.objects.hold(self.story)
        now = now or timezone.now()
        self.written_by, self.written_at, self.revision = by, now, 1
        self.full_clean()
        self.save()
        self.note_step(CorrectionAct.WRITTEN, by=by, now=now)
        Contribution.objects.record(self.story, by=by, now=now)

    @transaction.atomic
    def edit(self, *, by: Any, seen: int | None = None, now: datetime | None = None, **changes: Any) -> None:
        """Change the wording as this person, who from then on has had a hand in it; an approval is void.

        `seen` is the revision that they read. Raises ValidationError when somebody changed it since, saying what,
        when it is published or declined, and for a field that is refused.
        """
        kept = self.locked()
        now = now or timezone.now()
        if not kept.is_open:
            legal = "take it up again" if kept.state == CorrectionState.DECLINED else "write a correction of it"
            raise ValidationError(f"It is {kept.get_state_display().lower()}: {legal}.")
        if seen is not None and seen != kept.revision:
            raise ValidationError(kept.changed_since(seen))
        if unknown := set(changes) - set(WORDING):
            raise ValueError(f"{unknown} is not a part of the wording")
        before = kept.wording()
        for name, value in changes.items():
            setattr(kept, name, value)
        kept.full_clean()
        if kept.wording() != before or not kept.is_attributed():
            if kept.state == CorrectionState.APPROVED:
                kept.void_approval()
            kept.revision += 1
            kept.save()
            kept.note_step(CorrectionAct.CHANGED, by=by, now=now)
            Contribution.objects.record(kept.story, by=by, now=now)
        self.refresh_from_db()

    def locked(self) -> "Correction":
        """This row and its story, held until the transaction ends; the story first, as everybody does."""
        story = type(self.story)._default_manager.select_for_update().get(pk=self.story_id)
        kept = Correction.objects.select_for_update().get(pk=self.pk)
        kept.story = story
        return kept

    def note_step(self, act: CorrectionAct, *, by: Any, now: datetime, comment: str = "") -> None:
        """Keep who did what with it, and the wording they left."""
        CorrectionStep.objects.create(
            correction=self, act=act, by=by, at=now, comment=comment, revision=self.revision, wording=self.wording()
        )

    def is_attributed(self) -> bool:
        """Whether somebody stands for the wording as it is."""
        last = self.steps.order_by("-id").first()
        return bool(last and last.wording == self.wording())

    def changed_since(self, revision: int) -> list[str]:
        """What was changed after that revision, by whom and when, a sentence each; the wording with old and new."""
        steps = list(self.steps.select_related("by").order_by("id"))
        before: dict[str, Any] = next((step.wording for step in reversed(steps) if step.revision == revision), {})
        sentences = ["Somebody changed this while you had it open; nothing of yours was saved."]
        for step in steps:
            if step.revision <= revision or step.act not in (CorrectionAct.WRITTEN, CorrectionAct.CHANGED):
                continue
            for name, value in step.wording.items():
                if value != before.get(name):
                    label = str(getattr(self._meta.get_field(name), "verbose_name", name))
                    sentences.append(f"{step.who_and_when()} changed the {label}: “{before.get(name)}” → “{value}”.")
            before = step.wording
        return sentences
