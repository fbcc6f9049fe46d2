"""Loading fixtures through the models' own rules.

Django's `loaddata` writes rows past `clean` and `save`; here each object meets the rule that the admin's
forms meet, and a refused one is told with its file and place.
"""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers import base, deserialize
from django.db import transaction

from investigations.models.desk_keeping import kept_together


class FixtureError(Exception):
    """A fixture that can't be loaded: which file, which object, and why."""


@transaction.atomic
def load(path: Path) -> int:
    """Load a YAML or JSON fixture with natural keys; returns how many objects it held.

    Raises FixtureError at the first object that a rule refuses; then nothing is written.
    """
    kind = "json" if path.suffix == ".json" else "yaml"
    number = 0
    try:
        with kept_together():
            for found in deserialize(kind, path.read_text(encoding="utf-8")):
                number += 1
                _save(found)
    except OSError as error:
        raise FixtureError(f"{path.name} can't be read: {error.strerror}") from error
    except base.DeserializationError as error:
        said = _sentences(error.__cause__) if isinstance(error.__cause__, ValidationError) else str(error)
        raise FixtureError(f"{path.name}, object {number + 1}: {said}") from error
    except ValidationError as error:
        raise FixtureError(f"{path.name}, object {number}: {_sentences(error)}") from error
    return number


def _save(found: base.DeserializedObject) -> None:
    row: Any = found.object
    row._state.adding = row.pk is None  # found by its natural key, it is there already
    if not row._state.adding:
        _keep_what_software_wrote(row)
    row.full_clean()
    row.save()
    for name, values in (found.m2m_data or {}).items():
        getattr(row, name).set(values)


def _keep_what_software_wrote(row: Any) -> None:
    """Public keys and stamps stay when a file is loaded again: the record knows rows by them."""
    kept = type(row)._base_manager.get(pk=row.pk)
    for field in row._meta.concrete_fields:
        if not field.editable:
            setattr(row, field.attname, getattr(kept, field.attname))


def _sentences(error: ValidationError) -> str:
    if hasattr(error, "error_dict"):
        return "; ".join(f"{field}: {' '.join(said)}" for field, said in error.message_dict.items())
    return " ".join(error.messages)
