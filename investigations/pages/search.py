"""What a search of the record finds, as plain data."""

from dataclasses import dataclass

from django.utils.text import Truncator

from investigations.fulltext.excerpt import Run, excerpt, marked
from investigations.fulltext.question import LEAST, Question
from investigations.pages.select import Select
from investigations.record.models import SearchRow


@dataclass(frozen=True)
class Hit:
    """Something that a search finds: its title and a piece of its text, with what was found in them."""

    kind: str
    title: tuple[Run, ...]
    excerpt: tuple[Run, ...]
    when: str
    href: str


@dataclass(frozen=True)
class SearchPage:
    """A page of what was found, best first, with the question it answers.

    `said` tells how much there is or, where nothing was looked for, what to do; `next` and `previous` are queries.
    """

    typed: str
    kinds: Select
    hits: tuple[Hit, ...]
    said: str
    number: int
    previous: str
    next: str
    notices: tuple[str, ...]

    @property
    def title(self) -> str:
        """What stands in the browser's title."""
        asked = f"“{self.typed}”" if self.typed else ""
        page = f", page {self.number}" if self.number > 1 else ""
        return f"Search {asked}{page}".strip()


def hit(row: SearchRow, asked: Question) -> Hit:
    """A row as it answers."""
    return Hit(
        kind=row.get_kind_display(),
        title=tuple(marked(row.title, asked)),
        excerpt=tuple(excerpt(row.text, asked)),
        when=row.when,
        href=row.href,
    )


def nothing_asked(typed: str) -> str:
    """What to do where there is nothing to look for."""
    if typed:
        return f"Type at least {LEAST} letters or figures."
    return "Type words. What has all of them is found, whatever their order."


def counted_words(number: int, shown: int, *, most: int, more: bool, cut: bool) -> str:
    """How much was found, and how to find less."""
    rest = " Only the first words were looked for: there were too many." if cut else ""
    if more:
        return (
            f"More than {most:,} places have this. Of the {most:,} that were published last, these are the best"
            f" {shown}: add a word, or put words that stand together in quotation marks.{rest}"
        )
    if number > shown:
        return f"{number:,} places, of which these are the best {shown}: add a word to find fewer.{rest}"
    return f"{number} place{'' if number == 1 else 's'}.{rest}"


def nothing_found(typed: str, kind: str, without_kind: str) -> str:
    """That nothing answers, and what may."""
    if kind and without_kind:
        return f"Nothing of the kind “{kind}” has {words_of(typed)}. Of every kind there are {without_kind}."
    return (
        f"Nothing that is published here has {words_of(typed)}. Words are found as they are written:"
        " “ambassador” doesn’t find “ambassadors”."
    )


def unknown_kind(given: str) -> str:
    """That nothing is of the kind that was asked for."""
    return f"There is no kind “{Truncator(given).chars(40)}”: everything was searched."


def words_of(typed: str) -> str:
    """What was asked, in a sentence."""
    return "all of these words" if len(typed.split()) > 1 else "this word"
