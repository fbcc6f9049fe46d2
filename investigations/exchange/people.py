"""Files of people and of organizations."""

from typing import Any

from import_export.fields import Field  # type: ignore[import-untyped]

from investigations.exchange.base import DeskResource, Record, text
from investigations.exchange.widgets import Named
from investigations.models import Merger, Organization, Person


class MergeableResource(DeskResource):
    """A noun whose rows may be merged: a row under an old short name is refused, and says which one stayed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.merged: dict[str, Merger] = {}

    def load(self, records: list[Record]) -> None:
        """Look up the batch's short names among those that were merged too."""
        super().load(records)
        self.merged = self.lookups.merged(self._meta.model, [slug for record in records for slug in record.key])

    def clean_record(
        self, instance: Any, cells: dict[str, Any], errors: dict[str, list[str]]
    ) -> dict[str, list[str]]:
        """The record's own rules, and that its short name leads to no other."""
        if merger := self.merged.get(instance.slug):
            errors = {"slug": [merger.sentence()], **errors}
        return super().clean_record(instance, cells, errors)


class PersonResource(MergeableResource):
    """People, by short name."""

    made = ("slug", "family_name")

    slug = text("slug", "short name")
    name = text("name", "name")
    family_name = text("family_name", "family name")
    description = text("description", "description")

    class Meta:
        model = Person
        fields = ("slug", "name", "family_name", "description")
        import_id_fields = ("slug",)


class OrganizationResource(MergeableResource):
    """Organizations, by short name; one may stand above the one it belongs to."""

    related = ("parent",)
    inside = ("parent",)

    slug = text("slug", "short name")
    name = text("name", "name")
    parent = Field(attribute="parent", column_name="part of", widget=Named(Organization))

    class Meta:
        model = Organization
        fields = ("slug", "name", "parent")
        import_id_fields = ("slug",)
