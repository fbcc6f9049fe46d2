"""Files of the offices that people held."""

from typing import Any

from import_export.fields import Field  # type: ignore[import-untyped]

from investigations.exchange.base import DeskResource, text
from investigations.exchange.widgets import Named, When, YesNo
from investigations.models import Organization, Person, Role


class RoleResource(DeskResource):
    """Roles, by the person's short name and the title."""

    related = ("person", "organization")
    made = ()

    person = Field(attribute="person", column_name="person", widget=Named(Person))
    title = text("title", "title")
    organization = Field(attribute="organization", column_name="organization", widget=Named(Organization))
    since = Field(attribute="since", column_name="from", widget=When())
    until = Field(attribute="until", column_name="to", widget=When())
    in_office = Field(attribute="in_office", column_name="in office at publication", widget=YesNo())

    class Meta:
        model = Role
        fields = ("person", "title", "organization", "since", "until", "in_office")
        import_id_fields = ("person", "title")

    def existing(self, keys: list[tuple[str, ...]]) -> Any:
        """The roles of the people named."""
        visible = self.lookups.visible(Role).select_related(*self.related)
        return visible.filter(person__slug__in={person for person, _ in keys})

    def hidden(self, keys: list[tuple[str, ...]]) -> set[tuple[str, ...]]:
        """None: the whole newsroom shares roles."""
        return set()
