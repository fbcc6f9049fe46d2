"""The vault and the leak gate."""

from typing import Any

from investigations.models import (
    Confidant,
    GateFinding,
    GateRun,
    IdentityAccess,
    PasswordHold,
    SourceIdentity,
    secrecy,
)
from tests.builders.common import MORNING, NEXT_DAY, make_user, numbers, saved
from tests.builders.records import make_source


def make_source_identity(**values: Any) -> Any:
    """What names a source, in the vault."""
    source = values.get("source") or make_source(descriptor=f"an official, one of {next(numbers)}", identity="known")
    by = values.get("by") or make_user(f"keeper-{next(numbers)}", "Reporter")
    return secrecy.write_identity(source, {"name": f"Quentin Hollis {next(numbers)}"}, by=by, now=MORNING)


def make_confidant(**values: Any) -> Any:
    """Somebody named on a source."""
    identity = make_source_identity(**values)
    return Confidant.objects.get(source=identity.source)


def make_identity_access(**values: Any) -> Any:
    """A line of the log of identities."""
    identity: SourceIdentity = make_source_identity(**values)
    return IdentityAccess.objects.filter(source=identity.source).first()


def make_gate_run(**values: Any) -> Any:
    """A run that held something back."""
    if "by" not in values:
        values["by"] = make_user(f"sender-{next(numbers)}", "Reporter")
    return saved(GateRun(**{"work": "story:x", "stage": "submission", "verdict": "held", "at": MORNING, **values}))


def make_gate_finding(**values: Any) -> Any:
    """Something that a run met."""
    run = values.pop("run", None) or make_gate_run()
    source = values.pop("source", None) or make_source_identity().source
    defaults = {"what": "full name", "place": "paragraph 2", "weight": "held"}
    return saved(GateFinding(run=run, source=source, **{**defaults, **values}))


def make_password_hold(**values: Any) -> Any:
    """A hold of a day."""
    user = values.get("user") or make_user(f"reset-{next(numbers)}", "Reporter")
    return saved(PasswordHold(user=user, since=MORNING, until=NEXT_DAY))
