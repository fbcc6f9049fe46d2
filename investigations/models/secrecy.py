"""Need to know: who may open, write and hand on what names a source. Each act, and each refused try, is logged."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from investigations.models.base import sees_everything
from investigations.models.source import Source
from investigations.models.source_identity import (
    FIELDS,
    Confidant,
    IdentityAccess,
    PasswordHold,
    SourceIdentity,
    vault,
)
from investigations.vault import Damaged, Sealed
from investigations.vocabulary import IdentityAct, IdentityState

identity_written = Signal()
"""Sent with source, by and now, within the transaction that wrote: what readers have is then held against it."""

OPEN_FOR = timedelta(minutes=15)
"""How long an opened identity stays open to whoever opened it."""

HOLD = timedelta(hours=24)
"""How long identities stay closed to somebody whose password was set by somebody else."""

SHORTEST_REASON = 10
"""Characters: “needed” says nothing to whoever reads the log."""


def is_confidant(source: Source, user: Any) -> bool:
    """Whether this person is named on the source and still with the newsroom."""
    return bool(user.is_active) and source.confidants.filter(user=user).exists()


def open_until(source: Source, user: Any, *, now: datetime | None = None) -> datetime | None:
    """Until when the identity is open to this person; None if it is closed."""
    now = now or timezone.now()
    log = IdentityAccess.objects.filter(source=source, by=user, at__lte=now)
    last = log.filter(act__in=[IdentityAct.OPENED, IdentityAct.CLOSED]).first()
    if last is None or last.until is None or last.until <= now or not is_confidant(source, user):
        return None
    return last.until


def open_identity(source: Source, *, by: Any, reason: str, now: datetime | None = None) -> IdentityAccess:
    """Open a source's identity to somebody named on it, for a stated reason and a quarter of an hour.

    Raises PermissionDenied for anybody else, and while their password is on hold; ValidationError for a reason
    that says nothing. A refused try is logged with the reason given.
    """
    now = now or timezone.now()
    refusal = _why_not(source, by, now)
    if refusal:
        _log(source, by, IdentityAct.REFUSED, now, reason)
        raise PermissionDenied(refusal)
    _require_reason(reason)
    return _log(source, by, IdentityAct.OPENED, now, reason, until=now + OPEN_FOR)


def _require_reason(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise ValidationError({"reason": "Say why, in a few words: whoever is named on this source can read it."})


def _why_not(source: Source, by: Any, now: datetime) -> str:
    if not is_confidant(source, by):
        return "Only those named on this source may open its identity. Your try was noted."
    if PasswordHold.objects.running(now).filter(user=by).exists():
        return "Your password was set by somebody else: identities stay closed to you for a day. Your try was noted."
    return ""


def read_identity(source: Source, *, by: Any, now: datetime | None = None) -> dict[str, str]:
    """What names the source, by field, for somebody to whom it is open. Each reading is logged.

    Raises PermissionDenied when it isn't open to them (logged too), Sealed and Damaged as the vault does.
    """
    now = now or timezone.now()
    if open_until(source, by, now=now) is None:
        _log(source, by, IdentityAct.REFUSED, now)
        raise PermissionDenied("This identity is closed to you: open it first. Your try was noted.")
    identity = SourceIdentity.objects.get(source=source)
    found = vault().open(identity.token, source.public_key)
    _log(source, by, IdentityAct.READ, now)
    return found


@transaction.atomic
def write_identity(
    source: Source, data: Mapping[str, str], *, by: Any, now: datetime | None = None
) -> SourceIdentity:
    """Seal what names a source. Whoever writes the first is named on it; later it must be open to them.

    Raises ValidationError for a named source, no name, or a field that the vault hasn't; PermissionDenied; Sealed.
    """
    now = now or timezone.now()
    source = Source.objects.select_for_update().get(pk=source.pk)
    if unknown := data.keys() - set(FIELDS):
        raise ValidationError(f"The vault has no field called {', '.join(sorted(unknown))}.")
    if not source.is_unnamed:
        raise ValidationError("This source is named to readers: it has nothing to keep in the vault.")
    if not data.get("name", "").strip():
        raise ValidationError({"name": "Give the name: it is what everything that goes out is held against."})
    identity = SourceIdentity.objects.filter(source=source).first()
    if identity and open_until(source, by, now=now) is None:
        raise PermissionDenied("This identity is closed to you: open it first.")
    token = vault().seal({name: data.get(name, "").strip() for name in FIELDS}, source.public_key)
    identity = identity or SourceIdentity(source=source)
    identity.token, identity.sealed_by, identity.sealed_at = token, by, now
    identity.save()
    if source.identity != IdentityState.HELD:
        source.identity = IdentityState.HELD
        source.save(update_fields=["identity"])
        Confidant.objects.get_or_create(source=source, user=by, defaults={"named_by": by, "named_at": now})
        _log(source, by, IdentityAct.NAMED, now, f"{by.get_username()}, who wrote it")
    _log(source, by, IdentityAct.WRITTEN, now)
    identity_written.send(sender=SourceIdentity, source=source, by=by, now=now)
    return identity


def open_for_file(sources: Iterable[Source], *, by: Any, reason: str, now: datetime | None = None) -> None:
    """Open to somebody, in one go, those of these sources that they are named on, as `open_identity` does each.

    Raises PermissionDenied when they are named on none of them, and while their password is on hold (logged);
    ValidationError for a reason that says nothing. None is opened then.
    """
    now = now or timezone.now()
    named = Confidant.objects.filter(source__in=list(sources), user=by, user__is_active=True)
    waiting = [row.source for row in named.select_related("source").order_by("source")]
    if not waiting:
        raise PermissionDenied("You are named on none of the sources in the vault: leave the reason empty.")
    if refusal := _why_not(waiting[0], by, now):  # a password on hold closes them all
        for source in waiting:
            _log(source, by, IdentityAct.REFUSED, now, reason)
        raise PermissionDenied(refusal)
    _require_reason(reason)
    with transaction.atomic():
        for source in waiting:
            _log(source, by, IdentityAct.OPENED, now, reason, until=now + OPEN_FOR)


def names_open_to(sources: Iterable[Source], *, by: Any, now: datetime | None = None) -> dict[int, str]:
    """The names of those of these sources whose identity is open to somebody now, by number; each reading is logged.

    A fixed number of queries. Raises Sealed and Damaged as the vault does; whatever is closed is left out unsaid.
    """
    now = now or timezone.now()
    wanted = [source.pk for source in sources]
    if not by.is_active:
        return {}
    acts = IdentityAccess.objects.filter(
        source__in=wanted, by=by, at__lte=now, at__gt=now - OPEN_FOR, act__in=[IdentityAct.OPENED, IdentityAct.CLOSED]
    )
    until = {row.source_id: row.until for row in acts.order_by("at", "id")}  # the last act of each
    is_open = [number for number, ends in until.items() if ends and ends > now]
    named = Confidant.objects.filter(source__in=is_open, user=by).values("source")
    rows = list(SourceIdentity.objects.filter(source__in=named).select_related("source"))
    opened = vault()
    found = {row.source_id: opened.open(row.token, row.source.public_key)["name"] for row in rows}
    IdentityAccess.objects.bulk_create(
        IdentityAccess(source=row.source, by=by, at=now, act=IdentityAct.READ, reason="for a fact-check file")
        for row in rows
    )
    return found


def close_identity(source: Source, *, by: Any, now: datetime | None = None) -> None:
    """Close what this person had open."""
    now = now or timezone.now()
    if open_until(source, by, now=now):
        _log(source, by, IdentityAct.CLOSED, now)


def name_confidant(source: Source, user: Any, *, by: Any, now: datetime | None = None) -> Confidant:
    """Name somebody on a source: they may open its identity from then on. Somebody named on it does that.

    Raises PermissionDenied for others; ValidationError for somebody who doesn't see the source.
    """
    now = now or timezone.now()
    if not is_confidant(source, by):
        _log(source, by, IdentityAct.REFUSED, now, "to name somebody")
        raise PermissionDenied("Only those named on this source may name others. Your try was noted.")
    return _name(source, user, by, now, IdentityAct.NAMED, user.get_username())


def hand_on(source: Source, user: Any, *, by: Any, reason: str, now: datetime | None = None) -> Confidant:
    """Hand a source on when nobody named on it is left: a standards editor does that, and reads nothing by it.

    Raises PermissionDenied for others and while somebody named is left; ValidationError for no reason.
    """
    now = now or timezone.now()
    if not sees_everything(by):
        raise PermissionDenied("A source is handed on by a standards editor.")
    if source.confidants.present().exists():
        raise PermissionDenied("Somebody named on this source is still here: they can name others.")
    if len(reason.strip()) < SHORTEST_REASON:
        raise ValidationError({"reason": "Say why, in a few words: it stays in the log."})
    return _name(source, user, by, now, IdentityAct.HANDED_ON, f"{user.get_username()}: {reason.strip()}")


@transaction.atomic
def _name(source: Source, user: Any, by: Any, now: datetime, act: IdentityAct, reason: str) -> Confidant:
    if not Source.objects.visible_to(user).filter(pk=source.pk).exists():
        raise ValidationError({"user": "They are not on the team of this investigation."})
    found, made = Confidant.objects.get_or_create(
        source=source, user=user, defaults={"named_by": by, "named_at": now}
    )
    if made:
        _log(source, by, act, now, reason)
    return found


@transaction.atomic
def leave(source: Source, *, by: Any, now: datetime | None = None) -> None:
    """Take oneself off a source."""
    now = now or timezone.now()
    if source.confidants.filter(user=by).delete()[0]:
        _log(source, by, IdentityAct.LEFT, now)


def hold_after_reset(sender: Any, instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
    """Hold identities closed to somebody named on a source whose password is about to be set from elsewhere.

    Whoever gives their old password has proved who they are (`proved_password`). A stronger hash of the same
    password, which Django saves at a login, is no new one: it alone leaves `_password` empty and names the field.
    """
    upgraded = instance._password is None and update_fields is not None and set(update_fields) == {"password"}
    if not instance.pk or upgraded or getattr(instance, "proved_password", False):
        return
    before = sender.objects.filter(pk=instance.pk).exclude(password=instance.password)
    if before.exists() and Confidant.objects.filter(user=instance).exists():
        now = timezone.now()
        PasswordHold.objects.create(user_id=instance.pk, since=now, until=now + HOLD)


def holds_beside(user: Any) -> Any:
    """The running holds of those who are named on a source together with this person."""
    shared = Confidant.objects.filter(user=user).values("source")
    others = Confidant.objects.filter(source__in=shared).exclude(user=user).values("user")
    return PasswordHold.objects.running().filter(user__in=others).select_related("user")


def without_anybody() -> Any:
    """The sources in the vault of which nobody named is left."""
    return Source.objects.without_confidant()


def identities() -> list[tuple[Source, dict[str, str]]]:
    """Every source of the vault with what names it, in memory: for the leak gate, which tells nobody.

    Raises Sealed when one of them can't be opened.
    """
    opened = vault()
    rows = SourceIdentity.objects.select_related("source").order_by("pk")
    try:
        return [(row.source, opened.open(row.token, row.source.public_key)) for row in rows]
    except Damaged as error:
        raise Sealed(str(error)) from None


def _log(
    source: Source, by: Any, act: IdentityAct, now: datetime, reason: str = "", until: datetime | None = None
) -> IdentityAccess:
    return IdentityAccess.objects.create(
        source=source, by=by, at=now, act=act, reason=reason.strip()[:300], until=until
    )
