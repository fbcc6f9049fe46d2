"""Merging: two rows that stand for the same person or organization become one, with all that hangs on them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import formats, timezone
from django.utils.text import capfirst

from investigations.models.base import sees_everything
from investigations.models.contribution import Contribution
from investigations.models.desk_keeping import kept_together
from investigations.models.merger import Mergeable, Merger
from investigations.models.organization import Organization
from investigations.models.person import Person
from investigations.models.resting import stories_on
from investigations.models.role import Role
from investigations.models.story import Story

# Where a row stands among others is no statement: the kept one's place holds.
SAYS_NOTHING = {"position"}


@dataclass(frozen=True)
class Said:
    """What two rows say in one field."""

    label: str
    kept: str
    merged: str
    differs: bool


@dataclass(frozen=True)
class Move:
    """The rows of one foreign key: how many move, and the pairs of which only one can stay."""

    key: Any
    count: int
    twins: list[tuple[Any, Any]]


@dataclass(frozen=True)
class Plan:
    """What merging two rows would do, before anything is done."""

    kept: Any
    merged: Any
    fields: list[Said]
    moves: list[Move]
    refusals: list[str]
    stories: Any


def may_merge(user: Any, model: Any) -> bool:
    """Whether this person may merge rows of a noun: who doesn't see everything would learn what hangs on them."""
    return sees_everything(user) and bool(user.has_perm(f"investigations.merge_{model._meta.model_name}"))


def keys_to(model: Any) -> list[Any]:
    """Every foreign key that points at a model.

    Those without a name for the way back are among them, and those of the tables behind many-to-many fields:
    `_meta.related_objects` leaves both out.
    """
    ways_back = model._meta.get_fields(include_hidden=True)
    return [way.field for way in ways_back if way.auto_created and (way.one_to_many or way.one_to_one)]


def plan(kept: Any, merged: Any, *, by: Any) -> Plan:
    """What `merge` would do with these two, in a number of queries that their rows don't change.

    Raises PermissionDenied and ValidationError as `merge` does, but lists what keeps the two apart.
    """
    _require(kept, merged, by)
    return _plan(kept, merged)


@kept_together()
def merge(kept: Any, merged: Any, *, by: Any, now: datetime | None = None) -> Merger:
    """Move all that hangs on one person or organization to another, delete the one, leave a redirect.

    The kept row's own fields stay as they are; its history says what the other's said. Each story that named the
    other gets a contribution of whoever merged.
    Raises PermissionDenied for somebody who may not, and ValidationError with a sentence for each place where both
    have a row that only one can have, and the two differ; then nothing is done.
    """
    _require(kept, merged, by)
    locked = {row.pk: row for row in _locked(type(kept)._base_manager.filter(pk__in=[kept.pk, merged.pk]))}
    if len(locked) < 2:
        raise ValidationError("One of the two is no longer there: somebody has merged it already.")
    kept, merged = locked[kept.pk], locked[merged.pk]
    found = _plan(kept, merged, lock=True)
    if found.refusals:
        raise ValidationError(found.refusals)
    now = now or timezone.now()
    Contribution.objects.record_all(found.stories, by=by, now=now)
    for move in found.moves:
        rows = move.key.model._default_manager  # it tells what is changed at once
        for stays, goes in move.twins:
            for hanging in keys_to(move.key.model):
                hanging.model._default_manager.filter(**{hanging.name: goes}).update(**{hanging.name: stays})
        rows.filter(pk__in=[twin.pk for _, twin in move.twins]).delete()
        rows.filter(**{move.key.name: merged}).update(**{move.key.name: kept})
    noun = type(kept)._meta.model_name
    redirect = Merger(noun=noun, old_pk=merged.pk, slug=merged.slug, public_key=merged.public_key, name=merged.name)
    setattr(redirect, str(noun), kept)
    redirect.by, redirect.at = by, now
    redirect.save()
    said = ", ".join(f"{field.label} {field.merged}" for field in found.fields)
    LogEntry.objects.log_actions(by.pk, [kept], CHANGE, f"Merged in: {said}.")
    merged.delete()
    return redirect


def _require(kept: Any, merged: Any, by: Any) -> None:
    if not (isinstance(kept, Mergeable) and type(kept) is type(merged)):
        raise TypeError("two people are merged, or two organizations")
    plural = kept._meta.verbose_name_plural
    if not may_merge(by, type(kept)):
        raise PermissionDenied(f"Merging {plural} is for those who see everything: ask a standards editor.")
    if kept.pk == merged.pk:
        raise ValidationError(f"That is one and the same: choose two {plural}.")


def _plan(kept: Any, merged: Any, *, lock: bool = False) -> Plan:
    moves = [_move(key, kept, merged, lock=lock) for key in keys_to(type(kept))]
    return Plan(
        kept=kept,
        merged=merged,
        fields=list(_said(kept, merged)),
        moves=moves,
        refusals=list(_refusals(kept, merged, moves)),
        stories=_stories(kept, merged, moves),
    )


def _move(key: Any, kept: Any, merged: Any, *, lock: bool) -> Move:
    count = key.model._base_manager.filter(**{key.name: merged}).count()
    twins = _twins(key, kept, merged, lock=lock)
    if key.model is Role and key.name == "person":
        twins += _contradicting_roles(kept, merged, twins)
    return Move(key, count - len(twins), twins)


def _twins(key: Any, kept: Any, merged: Any, *, lock: bool) -> list[tuple[Any, Any]]:
    """The kept one's row and the merged one's, wherever a unique constraint lets only one of them stay."""
    both = key.model._base_manager.filter(**{f"{key.name}__in": [kept, merged]})
    named = [field.name for field in key.model._meta.concrete_fields if field.remote_field]
    found: dict[tuple[int, int], tuple[Any, Any]] = {}
    for others in _unique_with(key):
        same = both.filter(**{name: OuterRef(name) for name in others}).exclude(pk=OuterRef("pk"))
        rows = both.filter(Exists(same)).select_related(*named)
        pairs: dict[tuple[Any, ...], dict[int, Any]] = {}
        for row in _locked(rows) if lock else rows:
            value = tuple(getattr(row, key.model._meta.get_field(name).attname) for name in others)
            pairs.setdefault(value, {})[getattr(row, key.attname)] = row
        for pair in pairs.values():
            stays, goes = pair[kept.pk], pair[merged.pk]
            found[stays.pk, goes.pk] = (stays, goes)
    return list(found.values())


def _contradicting_roles(kept: Any, merged: Any, twins: list[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    """Offices of one title that both may have held at once, beside those that are the same anyway."""
    known = {(stays.pk, goes.pk) for stays, goes in twins}
    of_merged = list(merged.roles.select_related("person", "organization"))
    for stays in kept.roles.select_related("person", "organization"):
        for goes in of_merged:
            same = stays.title.casefold() == goes.title.casefold() and stays.may_overlap(*goes.span())
            if same and (stays.pk, goes.pk) not in known:
                yield stays, goes


def _unique_with(key: Any) -> list[list[str]]:
    """The fields that must be unique together with this key, a list for each rule."""
    meta = key.model._meta
    rules = [*(rule.fields for rule in meta.total_unique_constraints), *meta.unique_together]
    rules += [[key.name]] if key.unique else []
    return [[name for name in rule if name != key.name] for rule in rules if key.name in rule]


def _locked(rows: Any) -> Any:
    """The rows, in an order that never makes two mergers wait for each other."""
    return rows.select_for_update(of=("self",)).order_by("pk")


def _refusals(kept: Any, merged: Any, moves: list[Move]) -> Iterator[str]:
    """Why the two can't be one row yet, a sentence each."""
    if isinstance(kept, Organization) and kept.is_part_of(merged):
        yield f"{_called(kept)} is part of {_called(merged)} and can't be part of itself: change what it is part of."
    for move in moves:
        for stays, goes in move.twins:
            apart = [said for said in _said(stays, goes, but=move.key.name) if said.differs]
            if apart:
                one, other = f"for {_called(kept)}", f"for {_called(merged)}"
                what = "; ".join(f"{said.label} is {said.kept} {one} and {said.merged} {other}" for said in apart)
                yield f"{_place(move.key, stays, goes)}: {what}. Settle it there first."


def _place(key: Any, row: Any, other: Any) -> str:
    """Where two rows collide: “Attendance, meeting dinner-april-2016”."""
    others = dict.fromkeys(name for rule in _unique_with(key) for name in rule)
    fields = [row._meta.get_field(name) for name in others if getattr(row, name) == getattr(other, name)]
    return ", ".join([capfirst(row._meta.verbose_name), *(f"{f.verbose_name} {_value(row, f)}" for f in fields)])


def _called(row: Any) -> str:
    return f"{row} ({row.slug})"


def _said(one: Any, other: Any, *, but: str = "") -> Iterator[Said]:
    """What two rows say, field by field; what isn't editable is made from what is."""
    for field in one._meta.concrete_fields:
        if field.primary_key or not field.editable or field.name in SAYS_NOTHING or field.name == but:
            continue
        differs = getattr(one, field.attname) != getattr(other, field.attname)
        yield Said(str(field.verbose_name), _value(one, field), _value(other, field), differs)


def _value(row: Any, field: Any) -> str:
    """A field's value in quotation marks, as a form shows it."""
    value = getattr(row, field.name)
    if value is None or value == "":
        return "empty"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.choices:
        value = getattr(row, f"get_{field.name}_display")()
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return f"“{value if isinstance(value, models.Model) else formats.localize(value)}”"


def _stories(kept: Any, merged: Any, moves: list[Move]) -> Any:
    """The stories that would say something else: a name, or where roles move also how the kept one is called."""
    wanted = stories_on(merged)
    if isinstance(kept, Person) and any(move.count for move in moves if move.key.model is Role):
        wanted = Story.objects.filter(models.Q(pk__in=wanted) | models.Q(pk__in=stories_on(kept)))
    return wanted
