"""Figures of a story: pictures are cleaned as they come in, charts are drawn from records."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from investigations.admin.base import DeskStacked
from investigations.models import Figure


class FigureForm(forms.ModelForm):
    """A figure with its picture's file."""

    picture = forms.FileField(
        required=False, help_text="JPEG or PNG. Only the picture is kept: nothing of camera, place or maker."
    )

    class Meta:
        model = Figure
        fields = [
            "kind",
            "picture",
            "caption",
            "alt_text",
            "credit",
            "after",
            "meeting_class",
            "since",
            "until",
            "rests_on",
        ]

    def clean(self) -> dict[str, Any]:
        """Read the picture before the figure's own rules ask for one."""
        cleaned = super().clean() or {}
        if upload := cleaned.get("picture"):
            try:
                self.instance.set_picture(upload.read())
            except ValidationError as error:
                self.add_error("picture", error.message_dict["image"])
        return cleaned


class FigureInline(DeskStacked):
    """The story's pictures and charts."""

    model = Figure
    form = FigureForm
    autocomplete_fields = ["after", "meeting_class"]
