"""How well a row answers, and the place in its text that shows it."""

from dataclasses import dataclass

from investigations.fulltext.question import Question
from investigations.fulltext.words import Word, words

LENGTH = 240
"""Characters of an excerpt, give or take a word."""

IN_TITLE = 2.0
"""How much more it says that a word stands in a row's title."""

TOGETHER = 1.5
"""How much it says that all the words stand side by side, as they were typed."""


@dataclass(frozen=True)
class Run:
    """A piece of text, found or not."""

    text: str
    found: bool = False


def score(asked: Question, head: str, body: str) -> float:
    """How well a row with these searched words answers; both engines are ranked by this alone.

    A word counts the more often it stands there, each time by less, and in a short text by more.
    """
    made = 0.0
    long = 1 + len(body) / 1_000
    # Two spaces between words, so that of two that are alike each has its own on either side.
    head, body = (f" {text.replace(' ', '  ')} " for text in (head, body))
    phrases = ["  ".join(phrase) for phrase in asked.phrases]
    for phrase in phrases:
        times = body.count(f" {phrase} ")
        made += times / (times + long)
        made += IN_TITLE * (f" {phrase} " in head)
    whole = "  ".join(phrases)
    if len(phrases) > 1 and (f" {whole} " in head or f" {whole} " in body):
        made += TOGETHER
    return made


def marked(text: str, asked: Question) -> list[Run]:
    """The whole text, with what was found in it."""
    return _runs(text, 0, len(text), _hits(list(words(text)), asked))


def excerpt(text: str, asked: Question) -> list[Run]:
    """About 240 characters of the text around where most was found; its beginning if nothing was."""
    if len(text) <= LENGTH:
        return marked(text, asked)
    there = list(words(text))
    hits = _hits(there, asked)
    begin, end = _window(text, there, hits)
    runs = _runs(text, begin, end, hits)
    before = [Run("… ")] if begin else []
    after = [Run(" …")] if end < len(text) else []
    return [*before, *runs, *after]


def _hits(there: list[Word], asked: Question) -> list[tuple[int, int]]:
    """Where phrases stand, each as first and last character; in order, none within another."""
    found: list[tuple[int, int]] = []
    for number, phrase in enumerate(asked.phrases):
        open_end = asked.unfinished and number == len(asked.phrases) - 1
        for n in range(len(there) - len(phrase) + 1):
            *here, last = (word.folded for word in there[n : n + len(phrase)])
            if tuple(here) == phrase[:-1] and _same(last, phrase[-1], open_end):
                found.append((there[n].start, there[n + len(phrase) - 1].end))
    apart: list[tuple[int, int]] = []
    for start, end in sorted(set(found)):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _same(word: str, asked: str, open_end: bool) -> bool:
    return word.startswith(asked) if open_end else word == asked


def _window(text: str, there: list[Word], hits: list[tuple[int, int]]) -> tuple[int, int]:
    """From where to where: at words' ends, with the most of what was found."""
    if not hits:
        begin = 0
    else:
        inside = {start: sum(start <= other < start + LENGTH - 60 for other, _ in hits) for start, _ in hits}
        first = max(inside, key=lambda start: (inside[start], -start))
        begin = max((word.start for word in there if word.start <= max(0, first - 60)), default=0)
        begin = min(begin, max((word.start for word in there if word.start <= len(text) - LENGTH), default=0))
    begin = 0 if begin < 20 else begin
    end = max((word.end for word in there if word.end <= begin + LENGTH), default=begin + LENGTH)
    reached = next((stop for start, stop in hits if start < end < stop), end)
    end = max(end, reached)
    return begin, len(text) if len(text) - end < 20 else end


def _runs(text: str, begin: int, end: int, hits: list[tuple[int, int]]) -> list[Run]:
    runs, at = [], begin
    for start, stop in hits:
        if start >= begin and stop <= end:
            runs += [Run(text[at:start]), Run(text[start:stop], found=True)]
            at = stop
    return [run for run in (*runs, Run(text[at:end])) if run.text]
