"""The leak gate's cost, measured: `python -m tests.benchmark_gate`. Ratios within one run, never a test.

Invented people are looked for in invented HTML with entities, links and numbers, in which some of them occur.
"""

import random
import statistics
import time

from investigations.spellings import Protected, Scanner, protected

ROUNDS = 5
PEOPLE = (50, 500, 5_000)
KILOBYTES = (6, 60, 600)
SYLLABLES = "ba be bo da de di do fa fe ga ge go ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro".split()
WORDS = (
    "the board met twice before a vote on harbor contracts and nobody asked who had paid for dredging in May while "
    "Page and White read papers that said an auditor would brown young long hill King wood Rose says"
).split()


def main() -> None:
    """Print the time of one scan, and of making the scanner, for each number of people and size of text."""
    chance = random.Random(1)  # noqa: S311 - nothing here is a secret
    identities = [identity(chance, number) for number in range(max(PEOPLE))]
    texts = {size: text_of(chance, size * 1_000, [one.names[0] for one in identities[:50]]) for size in KILOBYTES}
    rows = []
    for people in PEOPLE:
        before = time.process_time()
        scanner = Scanner(identities[:people])
        made = (time.process_time() - before) * 1_000
        rows += [(people, size, *measure(scanner, text), made) for size, text in texts.items()]
    base = rows[0][3]
    print(f"{'people':>7}{'kB':>6}{'hits':>7}{'CPU ms':>10}{'ratio':>8}{'made in ms':>12}")
    for people, size, hits, cpu, made in rows:
        print(f"{people:>7}{size:>6}{hits:>7}{cpu:>10.2f}{cpu / base:>8.1f}{made:>12.1f}")


def measure(scanner: Scanner, text: str) -> tuple[int, float]:
    """How many hits, and the median CPU of one scan in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        before = time.process_time()
        hits = scanner.scan(text)
        times.append((time.process_time() - before) * 1_000)
    return len(hits), statistics.median(times)


def identity(chance: random.Random, number: int) -> Protected:
    """An invented person with a middle name, an alias, an address, a telephone and a handle."""
    first, middle, last = ("".join(chance.choices(SYLLABLES, k=size)).capitalize() for size in (2, 2, 4))
    contact = f"{first}.{last}@example.org\n+49 30 {chance.randrange(10**7, 10**8)}\nSignal: {last.lower()}.{number}"
    fields = {"name": f"{first} {middle} {last}", "aliases": f"{first} {last}er", "contact": contact}
    return protected(str(number), fields)


def text_of(chance: random.Random, size: int, names: list[str]) -> str:
    """A page of about so many characters; one paragraph in twenty names somebody."""
    paragraphs: list[str] = []
    length = 0
    while length < size:
        words = chance.choices(WORDS, k=80)
        words[10] = f'<a href="/meetings/{chance.randrange(10**6)}?q=a%20b">{words[10]}</a>'
        words[20] = f"“{words[20]}&nbsp;{words[21]}”"
        if chance.random() < 0.05:
            words[30] = chance.choice(names)
        paragraphs.append(f"<p>{' '.join(words)}.</p>\n")
        length += len(paragraphs[-1])
    return "".join(paragraphs)


if __name__ == "__main__":
    main()
