"""What readers may send."""

from typing import Any

from django import forms

from investigations.record.models.report import KEPT_DAYS, WORDS_MOST

TRAP = "website"


class Lines(forms.CharField):
    """Several lines, counted as the browser counts them: it sends two characters for the end of each."""

    def __init__(self, *, rows: int, **options: Any) -> None:
        too_long = f"This is longer than {WORDS_MOST:,} characters: shorten it, or write to us."
        messages = {"max_length": too_long, **options.pop("error_messages", {})}
        super().__init__(
            max_length=WORDS_MOST, widget=forms.Textarea({"rows": rows}), error_messages=messages, **options
        )

    def to_python(self, value: Any) -> str:
        """The text with plain ends of lines."""
        return str(super().to_python((value or "").replace("\r\n", "\n")))


class ReportForm(forms.Form):
    """What is wrong, what is right, and who says so if they like."""

    wrong = Lines(rows=4, label="What is wrong?", error_messages={"required": "Say what is wrong."})
    right = Lines(
        rows=4,
        label="What is right?",
        required=False,
        help_text="If you know. A link or a document that shows it helps us most.",
    )
    in_this_story = forms.BooleanField(label="I’m in this story", required=False)
    name = forms.CharField(
        label="Your name",
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"max_length": "This is longer than 200 characters: shorten it."},
    )
    address = forms.EmailField(
        label="Your e-mail address",
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "invalid": "This is no e-mail address: write it like name@example.org, or leave it empty.",
            "max_length": "This is longer than 254 characters: shorten it, or leave it empty.",
        },
    )
    # People don't see it, and programs that fill in whatever they find do.
    website = forms.CharField(required=False)
    kept = (
        "You need not say who you are. If you do, editors of this story read your name and address, to ask you back, "
        f"and nobody else. We delete both {KEPT_DAYS} days after our answer, and after a year in any case."
    )

    def clean_website(self) -> str:
        """Refuse what was filled in unseen. The page shows the field empty again: a person needs only send it."""
        if self.cleaned_data[TRAP]:
            raise forms.ValidationError(
                "Something filled in a field that nobody sees, perhaps your browser. It is empty again: send it anew."
            )
        return ""

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Each error with the place that it leads to."""
        return [
            ("" if name == TRAP else self[name].id_for_label, str(said))
            for name, errors in self.errors.items()
            for said in errors
        ]
