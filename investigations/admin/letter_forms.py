"""The forms of a letter's screen: what to put to somebody, the letter, the answer, and where it is laid."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from investigations.admin.base import InstantInput
from investigations.lint.about import About
from investigations.models import Claim, CommentRequest, Letter
from investigations.publishing.answers import ANSWERS, Said
from investigations.vocabulary import Outcome, Stance

DAYS_TO_ANSWER = 5
STANCES = [(stance.value, stance.label) for stance in (Stance.CONTEXT, Stance.CONTRADICTS, Stance.SUPPORTS)]


class ChooseForm(forms.Form):
    """Which passages are put to somebody, and until when they are to answer."""

    marks = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        label="What the story says of them",
        help_text="Ticked are those that seem to be about them. Tick every passage that criticizes them.",
        error_messages={"required": "Tick the passages that speak of them."},
    )
    deadline = forms.DateTimeField(widget=InstantInput(), label="Answer by")

    def __init__(self, request: CommentRequest, found: list[About], chosen: set[str], data: Any = None) -> None:
        deadline = request.deadline if request.deadline and request.deadline > timezone.now() else in_some_days()
        ticked = [each.mark for each in found if (each.mark in chosen if chosen else each.why)]
        super().__init__(data, initial={"marks": ticked, "deadline": deadline})
        field: Any = self.fields["marks"]
        field.choices = [(each.mark, label_of(each)) for each in found]
        self.fields["deadline"].help_text = f"By the newsroom’s clock ({timezone.localtime(deadline).tzname()})."


class LetterForm(forms.Form):
    """The letter, to be edited."""

    words = forms.CharField(
        label="The letter",
        widget=forms.Textarea(attrs={"rows": 32, "cols": 90}),
        help_text="Leave what stands under the numbers as it is: these are the words to be published.",
        error_messages={"required": "The letter is empty: write it anew."},
    )
    how = forms.CharField(
        label="How it goes out",
        required=False,
        max_length=200,
        help_text="By mail, by messenger. Stays inside.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    seen = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """What came back, whole."""

    answer = forms.CharField(
        label="The whole answer",
        widget=forms.Textarea(attrs={"rows": 12, "cols": 90}),
        help_text="As it came in. Where it takes up our numbers, it is split by them.",
        error_messages={"required": "Paste the answer."},
    )


class LayForm(forms.Form):
    """What was answered to each number, and what came of the request."""

    outcome = forms.ChoiceField(
        label="What came of the request", choices=[(one.value, one.label) for one in ANSWERS], initial=Outcome.REPLIED
    )
    answered = forms.DateField(label="Answered on", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    on_record = forms.BooleanField(
        label="It may be quoted, with their name",
        required=False,
        help_text="Otherwise the quotes have no terms yet, and nobody can show them to readers.",
    )

    def __init__(self, letter: Letter, claims: list[Claim], data: Any = None) -> None:
        super().__init__(data)
        self.fields["answered"].initial = timezone.localdate(letter.answered_at)
        self.claims: dict[int, list[Claim]] = {}
        for claim in claims:
            self.claims.setdefault(claim.number, []).append(claim)
        for number, held in self.claims.items():
            if any(claim.evidence_id is None for claim in held):
                area = forms.Textarea(attrs={"rows": 4, "cols": 90})
                said = forms.CharField(label=f"What they answered to {number}", required=False, widget=area)
                said.initial = held[0].answer
                self.fields[f"said-{number}"] = said
                self.fields[f"stance-{number}"] = forms.ChoiceField(label="For the passage it is", choices=STANCES)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each number with its words, its fields unless it is laid, and the claims that share it."""
        for number, held in self.claims.items():
            is_open = f"said-{number}" in self.fields
            fields = [self[f"said-{number}"], self[f"stance-{number}"]] if is_open else []
            yield {"number": number, "words": held[0].words, "fields": fields, "claims": held}

    def said(self) -> dict[int, Said]:
        """What is to be laid, by number; of a valid form."""
        return {
            number: Said(self.cleaned_data[f"said-{number}"], self.cleaned_data[f"stance-{number}"])
            for number in self.claims
            if f"said-{number}" in self.fields
        }


def label_of(found: About) -> str:
    """A passage as whoever chooses reads it: its mark, why it is ticked, and its sentence."""
    why = f" ({', '.join(found.why)})" if found.why else ""
    return f"{found.mark}{why}: {found.sentence}"


def in_some_days() -> datetime:
    """The end of a working day, some days from now."""
    day = timezone.localtime() + timedelta(days=DAYS_TO_ANSWER)
    return day.replace(hour=17, minute=0, second=0, microsecond=0)
