"""What a cell holds: text, a date, one of a list, yes or no, a number, the name of another record."""

from datetime import datetime
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from import_export import widgets  # type: ignore[import-untyped]

from investigations.exchange.lookups import Lookups
from investigations.exchange.sheet import Misread, SheetDate, as_text, normal, quoted


class Text(widgets.Widget):
    """Words, as a form takes them: without blanks around them."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The words. Raises ValueError for what the spreadsheet has put in their place."""
        if isinstance(value, SheetDate | Misread):
            raise ValueError(
                f"The spreadsheet has made {quoted(value)} of this cell: format the column as text and type it again."
            )
        text = as_text(value).strip()
        if "\0" in text:
            raise ValueError("This holds a character that can't be kept (NUL): take it out.")
        return text

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """The words."""
        return "" if value is None else str(value)

    def read_by(self, attribute: str) -> str:
        """The path by which a query reads what `shown` takes."""
        return attribute

    def shown(self, value: Any) -> Any:
        """What a file holds for a value that a query has read."""
        return value if type(value) is str else self.render(value)


class When(Text):
    """A date in words; a date cell of a spreadsheet says what its format shows, and no day that it doesn't."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The words of the date; the model's own field says whether they are one."""
        return super().clean(str(value) if isinstance(value, SheetDate) else value)


class Moment(Text):
    """A day and time, in the newsroom's time zone unless it says another; empty means none."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The instant. Raises ValueError for what is none."""
        text = super().clean(value)
        if not text:
            return None
        try:
            found = datetime.fromisoformat(text)
        except ValueError as error:
            raise ValueError(f"{quoted(text)} is no day and time: write it like 2017-06-13 09:00.") from error
        return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """The instant to the minute, with its offset."""
        return value.astimezone(ZoneInfo(settings.TIME_ZONE)).isoformat(" ", "minutes") if value else ""


class OneOf(Text):
    """One value of a list, or its label."""

    def __init__(self, choices: type[models.TextChoices]) -> None:
        super().__init__()
        self.values = [str(value) for value in choices.values]
        self.known = {normal(str(label)): str(value) for value, label in choices.choices}
        self.known |= {normal(value): value for value in self.values}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The value. Raises ValueError, naming what is allowed, for anything else."""
        text = super().clean(value)
        if not text or normal(text) in self.known:
            return self.known[normal(text)] if text else ""
        close = get_close_matches(normal(text), list(self.known), 1)
        meant = f" Did you mean {self.known[close[0]]}?" if close else ""
        raise ValueError(f"{quoted(text)} is none of {', '.join(self.values)}.{meant}")


class YesNo(Text):
    """Yes or no; empty means no."""

    known = {"": False, "no": False, "false": False, "0": False, "yes": True, "true": True, "1": True}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """True or False. Raises ValueError for anything else than yes and no."""
        text = super().clean(value)
        if text.casefold() not in self.known:
            raise ValueError(f"{quoted(text)} is neither yes nor no.")
        return self.known[text.casefold()]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Yes or no."""
        return "yes" if value else "no"


class Whole(Text):
    """A whole number; empty means the number a new form would show."""

    def __init__(self, default: int) -> None:
        super().__init__()
        self.default = default

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The number. Raises ValueError for what is no whole number."""
        text = super().clean(value)
        if not text:
            return self.default
        try:
            return int(text)
        except ValueError as error:
            raise ValueError(f"{quoted(text)} is no whole number.") from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """The number."""
        return self.default if value is None else int(value)


class Named(Text):
    """Another record, by its natural key: a hidden one is refused in the words for one that isn't there."""

    lookups = Lookups(None)

    def __init__(self, model: Any, by: str = "slug", *, related: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.model, self.by, self.related = model, by, related

    def clean(self, value: Any, row: Any = None, beside: Any = None, **kwargs: Any) -> Any:
        """The record, or None for an empty cell; of several that of the investigation of the row it stands in.

        Raises ValueError when the person sees none of that name, and when it can't be told which one is meant.
        """
        key = super().clean(value)
        if not key:
            return None
        noun = self.model._meta.verbose_name
        found = self.lookups.find_all(self.model, self.by, key)
        if len(found) > 1:
            within = getattr(beside, "investigation_id", None)
            found = [one for one in found if one.investigation_id == within]
            if not found:
                raise ValueError(f"More than one {noun} is called {quoted(key)}: say in which investigation.")
        if found:
            return found[0]
        if self.lookups.failed(self.model, key):
            raise ValueError(f"The {noun} {quoted(key)} is in this file, in a row that has an error itself.")
        name = self.model._meta.get_field(self.by).verbose_name
        raise ValueError(
            f"There is no {noun} {quoted(key)}: give the {name} of one that you can see, or import it first."
        )

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """The record's key."""
        return "" if value is None else getattr(value, self.by)

    def read_by(self, attribute: str) -> str:
        """The path to the record's key."""
        return f"{attribute}__{self.by}"

    def shown(self, value: Any) -> Any:
        """The key, which a query has read."""
        return "" if value is None else value
