"""Questions readers may put to the list of corrections."""

import django_filters

from investigations.pages.correction import TAGS
from investigations.pages.corrections import month_words
from investigations.record.models import CorrectionRow


def months() -> list[tuple[str, str]]:
    """Every month that has notes, the latest first."""
    found = CorrectionRow.objects.order_by("-month").values_list("month", flat=True).distinct()
    return [(month, month_words(month)) for month in found]


def stories() -> list[tuple[str, str]]:
    """Every story that has notes, by headline."""
    return list(CorrectionRow.objects.order_by("headline", "slug").values_list("slug", "headline").distinct())


class CorrectionFilter(django_filters.FilterSet):
    """Notes by kind, month and story."""

    kind = django_filters.ChoiceFilter(
        label="Kind", choices=[(kind.value, kind.label) for kind in TAGS], empty_label="Any kind"
    )
    month = django_filters.ChoiceFilter(label="Month", choices=months, empty_label="Any month")
    story = django_filters.ChoiceFilter(label="Story", choices=stories, empty_label="Any story", field_name="slug")

    class Meta:
        model = CorrectionRow
        fields: list[str] = []
