"""A date's field says back what it was understood as: at once with script, after saving without."""

from typing import Any

from django import forms
from django.http import HttpRequest, JsonResponse
from django.urls import reverse_lazy

from investigations import dates


class DateWordsInput(forms.TextInput):
    """A text field for a date in words, with what it was understood as beneath it."""

    template_name = "admin/widgets/date_words.html"

    class Media:
        js = ("newsroom/desk.js",)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The field, what it was understood as, and where a script asks for that."""
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["class"] = "vTextField"
        context["understood"] = understood(str(value)) if value else ""
        context["echo"] = reverse_lazy("admin:date_words")
        return context


def understood(words: str) -> str:
    """What a date in words says, or how to write it."""
    try:
        return f"Understood: {dates.describe(dates.parse(words))}."
    except dates.DateNotUnderstood as error:
        return str(error)


def date_words_view(request: HttpRequest) -> JsonResponse:
    """What a date in words says, for the script beneath the field."""
    return JsonResponse({"understood": understood(request.GET.get("words", "")[:200])})
