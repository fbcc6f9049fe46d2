"""Files of people and of organizations."""

from import_export.fields import Field  # type: ignore[import-untyped]

from investigations.exchange.base import DeskResource, text
from investigations.exchange.widgets import Named
from investigations.models import Organization, Person


class PersonResource(DeskResource):
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


class OrganizationResource(DeskResource):
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
