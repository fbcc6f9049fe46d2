"""Everything on the record's side of the wall, as text: parts, pages, index rows."""

from django.db.models import BinaryField

from investigations.record.models import DERIVED, Part


def over_the_wall() -> str:
    """What the record knows, whole."""
    said = [f"{part.key} {part.content}" for part in Part.objects.all()]
    for model in DERIVED:
        for row in model.objects.all():
            values = {field: getattr(row, field.attname) for field in row._meta.concrete_fields}
            said += [
                bytes(value).decode("utf-8", "replace") if isinstance(field, BinaryField) else str(value)
                for field, value in values.items()
            ]
    return "\n".join(said)
