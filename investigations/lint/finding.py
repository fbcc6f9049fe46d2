"""A finding is data: how grave, which rule, what is wrong, what to do, and where."""

from dataclasses import dataclass
from enum import StrEnum

from investigations.models import FindingOverride


class Level(StrEnum):
    """How grave a finding is: an error bars publication, a warning is looked at, information is fine."""

    ERROR = "E"
    WARNING = "W"
    INFO = "I"


@dataclass(frozen=True)
class Finding:
    """What a rule found. `id` is stable, in the manner of Django's checks: `story.E001`.

    `msg` names no record and repeats no words, for counsel reads it too; `obj` says for the desk what it is about.
    `about` tells apart what one rule finds in one place. `place` is a digest of where it was found and of what it
    was found in, empty for what nobody may override; `overridden` says who did.
    """

    id: str
    msg: str
    hint: str
    obj: str
    paragraph: int | None = None
    mark: str = ""
    about: str = ""
    place: str = ""
    overridden: FindingOverride | None = None

    @property
    def level(self) -> Level:
        """The letter of the id."""
        return Level(self.id.partition(".")[2][0])

    @property
    def must_be_fixed(self) -> bool:
        """Whether nothing goes out while this stands."""
        return self.level == Level.ERROR and self.overridden is None

    @property
    def is_fine(self) -> bool:
        """Whether it is said for information alone."""
        return self.level == Level.INFO

    @property
    def group(self) -> str:
        """The group in which it is read, in words."""
        if self.must_be_fixed:
            return "Must fix"
        if self.overridden:
            return "Let pass by an editor"
        return "Fine" if self.is_fine else "Look at"

    def __str__(self) -> str:
        return f"{self.obj}: ({self.id}) {self.msg} {self.hint}".strip()
