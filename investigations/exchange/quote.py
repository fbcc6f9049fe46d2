"""Files of quotes."""

from typing import Any

from import_export.fields import Field  # type: ignore[import-untyped]

from investigations.exchange.base import text
from investigations.exchange.columns import IDENTITY_COLUMNS
from investigations.exchange.sheet import as_text
from investigations.exchange.widgets import Moment, Named, OneOf, When
from investigations.exchange.within import WithinResource
from investigations.models import Interview, Investigation, Person, Quote, Source
from investigations.vocabulary import QuoteForm, Terms

FROM_INTERVIEW = "The interview {} says “{}”, once for all its quotes: leave this empty, or change it there."


class QuoteResource(WithinResource):
    """Quotes, by short name. Terms that a file leaves empty stay unset."""

    related = ("investigation", "interview__source__person", "source__person", "speaker")
    refused = IDENTITY_COLUMNS

    slug = text("slug", "short name")
    investigation = Field(attribute="investigation", column_name="investigation", widget=Named(Investigation))
    words = text("words", "words")
    form = Field(attribute="form", column_name="form", widget=OneOf(QuoteForm))
    interview = Field(
        attribute="interview", column_name="interview", widget=Named(Interview, related=("source__person",))
    )
    source = Field(attribute="source", column_name="source", widget=Named(Source, "code_name", related=("person",)))
    speaker = Field(attribute="speaker", column_name="speaker", widget=Named(Person))
    speaker_label = text("speaker_label", "speaker label")
    terms = Field(attribute="terms", column_name="terms", widget=OneOf(Terms))
    terms_wording = text("terms_wording", "terms, as agreed")
    embargo_until = Field(attribute="embargo_until", column_name="embargo until", widget=Moment())
    said = Field(attribute="said", column_name="said", widget=When())
    setting = text("setting", "setting")
    to_whom = text("to_whom", "to whom")
    locator = text("locator", "locator")

    class Meta:
        model = Quote
        fields = (
            "slug",
            "investigation",
            "words",
            "form",
            "interview",
            "source",
            "speaker",
            "speaker_label",
            "terms",
            "terms_wording",
            "embargo_until",
            "said",
            "setting",
            "to_whom",
            "locator",
        )
        import_id_fields = ("slug",)

    def clean_record(
        self, instance: Any, cells: dict[str, Any], errors: dict[str, list[str]]
    ) -> dict[str, list[str]]:
        """The quote's own rules; and a cell never gives way in silence to what its interview says."""
        given = self.shown(instance)
        instance.inherit()
        if instance.interview_id:
            instance.source = instance.interview.source
        errors = super().clean_record(instance, cells, errors)
        if errors:
            return errors
        if instance.speaker_id and instance.speaker_id == instance.source.person_id:
            instance.speaker = instance.source.person  # read with the source, once for all its quotes
        if not instance.interview_id:
            return {}
        kept = self.shown(instance)
        return {
            name: [FROM_INTERVIEW.format(instance.interview.slug, kept[name])]
            for name in kept
            if name != "slug" and as_text(cells.get(name)).strip() and given[name] != kept[name]
        }
