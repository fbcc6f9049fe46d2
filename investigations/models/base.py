"""What the desk's models share: random public keys, visibility, names used in files."""

import secrets
from contextlib import suppress
from typing import Any, Self

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.dispatch import Signal
from django.utils.text import slugify

# No vowels, so that no key spells a word; no 0, 1 or l, which are misread on paper.
KEY_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
KEY_LENGTH = 12


def new_key() -> str:
    """A random public key of 12 characters (57 bits): it says nothing of what it stands for."""
    return "".join(secrets.choice(KEY_ALPHABET) for _ in range(KEY_LENGTH))


class PublicKeyed(models.Model):
    """A row that the record may know, by a random key and never by its number."""

    public_key = models.CharField(max_length=KEY_LENGTH, unique=True, default=new_key, editable=False)

    class Meta:
        abstract = True


class SluggedManager(models.Manager[Any]):
    """Finds a row by its short name, for fixtures and imports."""

    def get_by_natural_key(self, slug: str) -> Any:
        """The row of that short name."""
        return self.get(slug=slug)


class Slugged(models.Model):
    """A row with a short name for files and imports; made from its title when left empty."""

    slug = models.SlugField(
        "short name",
        max_length=80,
        unique=True,
        blank=True,
        help_text="Used in files and imports. Left empty, it is made for you.",
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with a short name."""
        self.fill_slug()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Fill the short name before it is validated as unique."""
        super().clean()
        with suppress(ObjectDoesNotExist):  # a missing source is said at its own field
            self.fill_slug()

    def slug_words(self) -> str:
        """The words that an empty short name is made from."""
        raise NotImplementedError

    def fill_slug(self) -> None:
        """Make the short name, with a number behind it if another row has it."""
        if self.slug:
            return
        base = slugify(self.slug_words())[:70].strip("-") or new_key()
        self.slug, number = base, 2
        while self.slug_is_taken(self.slug):
            self.slug, number = f"{base}-{number}", number + 1

    def slug_is_taken(self, slug: str) -> bool:
        """Whether another row has this short name."""
        return bool(self.namesakes().filter(slug=slug).exclude(pk=self.pk).exists())

    def namesakes(self) -> "models.QuerySet[Any]":
        """The rows among which a short name stands once."""
        return type(self)._default_manager.all()

    def natural_key(self) -> tuple[str, ...]:
        """The short name."""
        return (self.slug,)


class SluggedWithin(Slugged):
    """A row whose short name is its investigation's own.

    Were it the newsroom's, “taken” would tell whoever asks that a row which they can't see has that name.
    """

    slug = models.SlugField(
        "short name",
        max_length=80,
        blank=True,
        help_text="Used in files and imports, once an investigation. Left empty, it is made for you.",
    )
    investigation_id: int

    class Meta:
        abstract = True

    def namesakes(self) -> "models.QuerySet[Any]":
        """The rows of its investigation."""
        return super().namesakes().filter(investigation=self.investigation_id)


def once_an_investigation(name: str, field: str = "slug") -> models.UniqueConstraint:
    """A short name or code name stands once in an investigation."""
    return models.UniqueConstraint(
        fields=["investigation", field],
        name=name,
        violation_error_message="This investigation has a row of that name already.",
    )


def works_at_desk(user: Any) -> bool:
    """Whether this person works with the desk's records at all: counsel, who reads what they clear, does not."""
    return bool(user.is_active and user.is_staff and user.has_perm("investigations.view_investigation"))


def sees_everything(user: Any) -> bool:
    """Whether no team limits what this person sees: standards editors and superusers."""
    return bool(user.is_active and user.has_perm("investigations.see_all_investigations"))


rows_changing = Signal()
"""Told, in the same transaction, before rows are changed at once: their model as sender, and their `numbers`."""

rows_written = Signal()
"""Told after rows were made or changed at once, with what those answered who were told before as `before`."""


class VisibleQuerySet(models.QuerySet[Any]):
    """Rows limited to what a person may see.

    `team_path` leads from the row to the people of its investigation; an empty path means that the
    whole newsroom shares the rows (people, organizations, the offices they held).
    """

    team_path = ""

    def visible_to(self, user: Any) -> Self:
        """The rows that this person may see: those of investigations on whose team they are."""
        if not works_at_desk(user):
            return self.none()
        if not self.team_path or sees_everything(user):
            return self.all()
        return self.filter(**{f"{self.team_path}__in": user.investigations.values("pk")})

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        """Write these rows at once, and tell it."""
        with transaction.atomic(using=self.db, savepoint=False):
            made = super().bulk_create(objs, *args, **kwargs)
            rows_written.send(self.model, numbers=[row.pk for row in made], before=[])
        return made

    def update(self, **values: Any) -> int:
        """Change these rows at once, and tell it before and after."""
        if not rows_written.has_listeners(self.model):
            return super().update(**values)
        with transaction.atomic(using=self.db, savepoint=False):
            numbers = list(self.values_list("pk", flat=True))
            before = [answer for _, answer in rows_changing.send(self.model, numbers=numbers)]
            changed = super().update(**values)
            rows_written.send(self.model, numbers=numbers, before=before)
        return changed

    update.alters_data = True  # type: ignore[attr-defined] # Django's own has it, for templates


class InvestigationQuerySet(VisibleQuerySet):
    """Rows that carry their investigation themselves."""

    team_path = "investigation_id"
