"""The text, sentence by sentence, each with the passages that stand in it."""

from collections.abc import Mapping

from investigations.publishing.fact_check.parts import PassageView, Run, SentenceView
from investigations.text import Block, StoryText
from investigations.text.checkable import Sentence, sentences


def sentences_of(parsed: StoryText, passages: Mapping[str, PassageView]) -> tuple[SentenceView, ...]:
    """Every sentence of a text, numbered from 1; a passage stands at the sentence in which it begins."""
    found: list[SentenceView] = []
    begun: dict[str, int] = {}
    for block in parsed.blocks:
        for sentence in sentences(block):
            number = len(found) + 1
            marks = [mark for mark in block.marks if mark.start < sentence.end and sentence.start < mark.end]
            fresh = [mark.id for mark in marks if mark.id not in begun]
            begun |= dict.fromkeys(fresh, number)
            found.append(
                SentenceView(
                    number=number,
                    paragraph=block.number,
                    is_heading=block.kind == "heading",
                    runs=_runs(block, sentence),
                    why=sentence.why,
                    passages=tuple(passages[mark] for mark in fresh if mark in passages),
                    continued=tuple((mark.id, begun[mark.id]) for mark in marks if mark.id not in fresh),
                )
            )
    return tuple(found)


def _runs(block: Block, sentence: Sentence) -> tuple[Run, ...]:
    """A sentence cut at the edges of its marks."""
    runs, at = [], sentence.start
    for mark in block.marks:
        start, end = max(mark.start, sentence.start), min(mark.end, sentence.end)
        if start < end:
            runs += [Run(block.text[at:start]), Run(block.text[start:end], mark.id)]
            at = end
    runs.append(Run(block.text[at : sentence.end]))
    return tuple(run for run in runs if run.words)
