"""Fields that say something back; a date's says what it was understood as."""

from typing import Any

from django import forms
from django.http import HttpRequest, JsonResponse
from django.urls import reverse_lazy

from investigations import dates


class EchoInput(forms.TextInput):
    """A text field that says something back beneath it: at once with script, after saving without."""

    template_name = "admin/widgets/echo.html"
    echo: Any
    understood = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The field, what it says back, and where a script asks for that."""
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["class"] = "vTextField"
        context["understood"] = self.says(value)
        context["echo"] = self.echo
        return context

    def says(self, value: Any) -> str:
        """What stands beneath the field for a value."""
        return self.understood


class DateWordsInput(EchoInput):
    """A text field for a date in words, with what it was understood as beneath it."""

    echo = reverse_lazy("admin:date_words")

    def says(self, value: Any) -> str:
        """What the date was understood as."""
        return understood(str(value)) if value else ""


def understood(words: str) -> str:
    """What a date in words says, or how to write it."""
    try:
        return f"Understood: {dates.describe(dates.parse(words))}."
    except dates.DateNotUnderstood as error:
        return str(error)


def date_words_view(request: HttpRequest) -> JsonResponse:
    """What a date in words says, for the script beneath the field."""
    return JsonResponse({"understood": understood(request.GET.get("words", "")[:200])})
