"""The form of a story: opened before somebody else saved, it writes over nothing and loses nothing."""

import json
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest

from investigations.admin.word_diff import word_diff
from investigations.models import Contribution, KeptWords, Story, StoryOpened
from investigations.models.kept_words import WORDS
from investigations.models.story_state import digest_of, saved_meanwhile, state_of


@dataclass(frozen=True)
class Meanwhile:
    """What somebody saved while this form was open: field by field, and the digest of what stands there now."""

    changes: list[tuple[str, list[tuple[str, str]]]]
    digest: str


class StoryForm(forms.ModelForm):
    """The form, with all that stood on the screen when it was opened."""

    opened = forms.CharField(widget=forms.HiddenInput, required=False)
    user: Any = None
    meanwhile: Meanwhile | None = None
    seen: str | None = None
    kept: KeptWords | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk or "opened" not in self.fields:
            return
        if self.is_bound:
            self.initial["opened"] = self.data.get(self.add_prefix("opened"), "")
        else:
            self.initial["opened"] = json.dumps(state_of(self.instance))
        if self.kept and not self.is_bound:
            self.initial.update({name: getattr(self.kept, name) for name in (*WORDS, "opened")})

    def clean_opened(self) -> dict[str, str] | None:
        """What stood there, by field; None when the form doesn't say."""
        try:
            said = json.loads(self.cleaned_data["opened"] or "null")
        except ValueError:
            said = None
        readable = isinstance(said, dict) and all(isinstance(words, str) for words in said.values())
        return said if readable else None

    @transaction.atomic
    def clean(self) -> dict[str, Any]:
        """Refuse to write over what somebody saved since, unless they have read it and say so.

        The story is held from here until the save is through, so nobody comes between.
        """
        data = super().clean() or {}
        opened = data.get("opened")
        if self.instance.pk and opened is not None:
            Contribution.objects.hold(self.instance)
            state = state_of(Story.objects.get(pk=self.instance.pk))
            self.seen = self.data.get("over") or digest_of(opened)
            if self.seen != digest_of(state):
                changed = [(name, opened.get(name, ""), words) for name, words in state.items()]
                self.meanwhile = Meanwhile(
                    [(name, word_diff(was, now)) for name, was, now in changed if was != now], digest_of(state)
                )
                self.add_error(None, saved_meanwhile(self.instance, by=self.user))
        return data


def others_here(request: HttpRequest, story: Story) -> list[StoryOpened]:
    """Keep that this person has the story open; returns who else has."""
    StoryOpened.objects.touch(story, by=request.user)
    return list(StoryOpened.objects.beside(request.user, story))
