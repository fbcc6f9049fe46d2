"""Files of sources: code names, and of the unnamed the descriptor agreed with them; never who they are."""

from import_export.fields import Field  # type: ignore[import-untyped]

from investigations.exchange.base import text
from investigations.exchange.columns import IDENTITY_COLUMNS
from investigations.exchange.widgets import Named, OneOf, When
from investigations.exchange.within import WithinResource
from investigations.models import Investigation, Person, Source
from investigations.vocabulary import IdentityState, SourceKind


class SourceResource(WithinResource):
    """Sources, by code name."""

    related = ("investigation", "person", "relay", "origin")
    inside = ("relay", "origin")
    made = ("code_name",)
    refused = IDENTITY_COLUMNS

    code_name = text("code_name", "code name")
    investigation = Field(attribute="investigation", column_name="investigation", widget=Named(Investigation))
    kind = Field(attribute="kind", column_name="kind", widget=OneOf(SourceKind))
    title = text("title", "title")
    person = Field(attribute="person", column_name="person", widget=Named(Person))
    descriptor = text("descriptor", "descriptor")
    identity = Field(attribute="identity", column_name="identity of the unnamed", widget=OneOf(IdentityState))
    how_they_know = text("how_they_know", "how they know")
    relay = Field(attribute="relay", column_name="as reported by", widget=Named(Source, "code_name"))
    origin = Field(attribute="origin", column_name="relies on", widget=Named(Source, "code_name"))
    dated = Field(attribute="dated", column_name="date", widget=When())
    looked_where = text("looked_where", "looked where")
    looked_by = text("looked_by", "looked by")
    url = text("url", "web address")
    description = text("description", "description")

    class Meta:
        model = Source
        fields = (
            "code_name",
            "investigation",
            "kind",
            "title",
            "person",
            "descriptor",
            "identity",
            "how_they_know",
            "relay",
            "origin",
            "dated",
            "looked_where",
            "looked_by",
            "url",
            "description",
        )
        import_id_fields = ("code_name",)
