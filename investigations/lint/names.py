"""Rules on names beside words that go out without one."""

import re
import unicodedata
from collections.abc import Iterator

from investigations.lint.context import StoryContext
from investigations.lint.finding import Finding
from investigations.models import Evidence, Person, Quote
from investigations.vocabulary import NAMING_TERMS, Showing


def names(context: StoryContext) -> Iterator[Finding]:
    """Whoever said something on background or not for attribution, named in what readers get along with it."""
    for mark, piece in context.pieces(Showing.SHOWN):
        for quote in {quote.pk: quote for quote in piece.quotes()}.values():
            if quote.terms in NAMING_TERMS or not quote.is_publishable:
                continue
            people = {person.pk: person for person in (quote.speaker, quote.source.person) if person}.values()
            for where, words in _beside(context, piece, quote).items():
                if any(holds_name(words, person) for person in people):
                    yield Finding(
                        "story.E038",
                        f"The name of somebody who may not be named stands in “{where}”.",
                        "Write it without the name, or make a source with the descriptor that was agreed.",
                        f"{context.place(mark)}, quote “{quote.slug}”",
                        context.paragraph_of(mark),
                        mark,
                    )


def _beside(context: StoryContext, piece: Evidence, quote: Quote) -> dict[str, str]:
    """What readers get along with a quote, by the name of its field."""
    relay = context.sources.get(quote.source.relay_id or 0)
    return {
        "words": quote.words,
        "speaker label": quote.speaker_label,
        "setting": quote.setting,
        "to whom": quote.to_whom,
        "in a few words": piece.label,
        "as reported by": (relay.person.name if relay.person else relay.descriptor or relay.title) if relay else "",
    }


def holds_name(words: str, person: Person) -> bool:
    """Whether a person's name stands in these words: in full however spelled, or the family name as a name."""
    return any(form.search(plain(words)) for form in forms_of_name(person.name, person.family_name))


def forms_of_name(name: str, family: str = "") -> list[re.Pattern[str]]:
    """The forms in which a name stands in `plain` words: in full however spelled, the family name as a name."""
    name, family = plain(name), plain(family)
    in_full = r"[\W_]*".join(re.findall(r"[^\W_]+", name))
    forms = [re.compile(rf"(?<![^\W_]){in_full}(?![^\W_])", re.IGNORECASE)] if in_full else []
    names = sorted({form for form in (family, family.upper()) if form.strip()})
    return forms + [re.compile(rf"(?<!\w){re.escape(form)}(?!\w)") for form in names]


def plain(text: str) -> str:
    """Without accents and without characters that nobody sees."""
    spread = unicodedata.normalize("NFKD", text)
    return "".join(one for one in spread if not unicodedata.combining(one) and unicodedata.category(one) != "Cf")
