"""The leak gate: what is about to go out is held against the vault, opened in memory.

The gate must not become the leak: whoever sent the text learns that protected words stand in it and whom to ask;
what and where is told to those named on the source. It runs at submission and publication, never in a preview;
each run is logged, and somebody whose texts are held back again and again is stopped before they are read.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils import timezone

from investigations.models import GateFinding, GateRun, Investigation, Source, SourceIdentity, secrecy
from investigations.publishing.compile import Address
from investigations.publishing.ledger import NewPart
from investigations.publishing.refusal import Refused
from investigations.record import digests
from investigations.record.models import Edition, Part
from investigations.spellings import Hit, Protected, Scanner, What, fold, protected
from investigations.vault import Sealed
from investigations.vocabulary import GateStage, GateVerdict, GateWeight

MOST_HELD = 5
"""Texts of one person held back in a day; after that nothing of theirs is read until the day is over."""

MOST_RUNS = 60
"""Texts of one person read in a day, held back or not: what passes is an answer too."""

A_DAY = timedelta(days=1)
NAMES = {What.FULL_NAME, What.ONE_NAME, What.INITIALS, What.SURNAME, What.FIRST_NAME}
SEALED = "The vault is sealed, and nothing goes out unread by it: nothing was published. Its key has to be set."


class _Held(Exception):
    """Something blocks; what, is in the run."""


class Gate:
    """One run: reads texts, keeps what it met. Raises within `gate`, which logs it and says it."""

    def __init__(self, stage: GateStage, *, by: Any, work: str, investigation: Investigation | None, now: datetime):
        self.run = GateRun(stage=stage, by=by, work=work, investigation=investigation, at=now)
        self.met: Counter[tuple[int, str, str, GateWeight]] = Counter()
        self.has_read = False

    @cached_property
    def everybody(self) -> dict[str, tuple[Source, Protected]]:
        """Everything that is protected, by the number of its source. Raises Sealed."""
        found = secrecy.identities()
        return {str(source.pk): (source, protected(str(source.pk), data)) for source, data in found}

    @cached_property
    def scanner(self) -> Scanner:
        """Made once a run: that takes longer than reading a text."""
        return Scanner([one for _, one in self.everybody.values()])

    def read(self, texts: Iterable[tuple[str, str]], *, named: Collection[str], before: int | None = None) -> None:
        """Hold texts, each with its place in words, against the vault; stops the run when something blocks.

        `named` are the full names that the texts give with good reason. `before` is the position of the edition that
        is being written: what stood in the record before it is known already.
        """
        self.has_read = True
        if not self.everybody:
            return
        known = {fold(name) for name in named}
        for place, words in texts:
            for hit in self.scanner.scan(words, named):
                self.met[int(hit.ref), hit.what, place, self.weigh(hit, known, before)] += 1
        if any(weight == GateWeight.HELD for _, _, _, weight in self.met):
            raise _Held

    def weigh(self, hit: Hit, known: set[str], before: int | None) -> GateWeight:
        """Whether a hit blocks, warns, or is a name that stands there, or in the record, anyway."""
        _, one = self.everybody[hit.ref]
        if hit.what in NAMES and (known & {fold(name) for name in one.names} or self.stands_already(hit.ref, before)):
            return GateWeight.NAMED_ANYWAY
        return GateWeight.HELD if hit.blocks else GateWeight.WARNS

    def stands_already(self, ref: str, before: int | None) -> bool:
        """Whether the record has one of this source's full names already; asked of the ledger once a run."""
        if ref not in self._in_record:
            _, one = self.everybody[ref]
            scanner = Scanner([Protected(ref, names=one.names)])
            parts = Part.objects.filter(content__isnull=False)
            if before is not None:
                parts = parts.filter(edition__position__lt=before)
            contents = parts.values_list("content", flat=True).iterator(chunk_size=500)
            self._in_record[ref] = any(
                hit.what in (What.FULL_NAME, What.ONE_NAME)
                for content in contents
                for hit in scanner.scan(content or "")
            )
        return self._in_record[ref]

    @cached_property
    def _in_record(self) -> dict[str, bool]:
        return {}

    @transaction.atomic
    def log(self, verdict: GateVerdict) -> None:
        """Keep the run and what it met; a name that somebody confirmed is not asked about again."""
        self.run.verdict = verdict
        self.run.save()
        confirmed = set(
            GateFinding.objects.filter(
                source__in={source for source, *_ in self.met}, confirmed_at__isnull=False
            ).values_list("source", flat=True)
        )
        GateFinding.objects.bulk_create(
            GateFinding(run=self.run, source_id=source, what=what, place=place[:200], count=count, weight=weight)
            for (source, what, place, weight), count in self.met.items()
            if not (weight == GateWeight.NAMED_ANYWAY and source in confirmed)
        )


@contextmanager
def gate(
    stage: GateStage,
    *,
    by: Any,
    work: str,
    investigation: Investigation | None = None,
    now: datetime | None = None,
) -> Iterator[Gate]:
    """Whatever is read within goes out only if it passes; the run is logged whatever comes of it.

    It stands around the transaction that writes, so that a run is kept where what it held back is not. While nothing
    is in the vault there is nothing to hold against, and no run. Raises Refused.
    """
    now = now or timezone.now()
    run = Gate(stage, by=by, work=work, investigation=investigation, now=now)
    guarded = SourceIdentity.objects.exists()
    if guarded and _too_many(by, now):
        run.log(GateVerdict.REFUSED)
        raise Refused(f"Nothing more of yours goes out today. {_ask(investigation)}")
    try:
        yield run
    except _Held:
        run.log(GateVerdict.HELD)
        raise Refused(f"Protected words stand in what would go out. {_ask(investigation)}") from None
    except Sealed:
        run.log(GateVerdict.SEALED)
        raise Refused(SEALED) from None
    except Exception:
        if guarded and run.has_read:
            run.log(GateVerdict.PASSED)
        raise
    if guarded:
        run.log(GateVerdict.PASSED)


def _too_many(by: Any, now: datetime) -> bool:
    today = GateRun.objects.filter(by=by, at__gt=now - A_DAY, at__lte=now)
    return today.filter(verdict=GateVerdict.HELD).count() >= MOST_HELD or today.count() >= MOST_RUNS


def _ask(investigation: Investigation | None) -> str:
    handling = investigation.handling_reporter if investigation else None
    return f"Ask {handling.get_username()}, the handling reporter." if handling else "Ask the handling reporter."


# --- What is read ---


def texts_of_parts(parts: Iterable[NewPart]) -> Iterator[tuple[str, str]]:
    """Parts about to be written, each with its place."""
    for part in parts:
        yield _place(part.kind, part.key), digests.canonical(part.content)


def texts_of_pages(pages: Iterable[Address]) -> Iterator[tuple[str, str]]:
    """Pages as readers would get them, each with its address; photographs were cleaned as they came in."""
    for page in pages:
        if page.rendered.content_type not in {"image/jpeg", "image/png"}:
            yield f"the page {page.path}", page.rendered.body.decode()


def names_given(content: Any) -> set[str]:
    """The full names in public data: of everybody who has a key there."""
    if isinstance(content, list):
        return {name for each in content for name in names_given(each)}
    if not isinstance(content, dict):
        return set()
    own = {str(content["name"])} if {"key", "name"} <= content.keys() else set()
    return own | {name for value in content.values() for name in names_given(value)}


def _place(kind: str, key: str) -> str:
    said = {
        Part.Kind.HEADER: "what stands over the text",
        Part.Kind.BLOCK: f"paragraph {key[1:]}",
        Part.Kind.ENTRY: f"the record of a {key.partition('/')[0]}",
        Part.Kind.NOTE: "evidence beside a passage",
        Part.Kind.FIGURE: "a figure",
        Part.Kind.REQUEST: "a request for comment",
        Part.Kind.CHOSEN: f"the {key.partition('/')[0]} that is chosen for the page",
    }
    return said.get(Part.Kind(kind), "a correction's note")


def hold_against_vault(reading: Gate, parts: list[NewPart], pages: list[Address], edition: Edition) -> None:
    """Hold an edition and the pages that it changed against the vault, before the transaction ends."""
    given = names_given([part.content for part in parts])
    reading.read(texts_of_parts(parts), named=given, before=edition.position)
    reading.read(texts_of_pages(pages), named=given, before=edition.position)


# --- What stands already ---


def scan_record(source: Source, *, by: Any, now: datetime | None = None) -> int:
    """Hold everything that readers have against one source, whose identity was just written; returns what was met.

    Nothing can be held back any more: what is met is told to those named on the source.
    """
    run = Gate(GateStage.IDENTITY, by=by, work="", investigation=source.investigation, now=now or timezone.now())
    one = next(found for other, found in run.everybody.values() if other.pk == source.pk)
    scanner = Scanner([one])
    rows = Part.objects.filter(content__isnull=False).select_related("edition").order_by("edition__position", "order")
    for part in rows.iterator(chunk_size=500):
        for hit in scanner.scan(part.content or ""):
            weight = GateWeight.NAMED_ANYWAY if hit.what in NAMES else GateWeight.WARNS
            run.met[source.pk, hit.what, f"{part.edition}: {_place(part.kind, part.key)}", weight] += 1
    run.log(GateVerdict.PASSED)
    return sum(run.met.values())


def scan_after_writing(sender: Any, source: Source, by: Any, now: datetime, **kwargs: Any) -> None:
    """What is done when an identity was written, by whatever way."""
    if Edition.objects.exists():
        scan_record(source, by=by, now=now)


@transaction.atomic
def confirm_name(source: Source, *, by: Any, now: datetime | None = None) -> int:
    """Say, as somebody named on the source, that its name may stand where it stands; returns how often it did.

    Raises Refused for others.
    """
    if not secrecy.is_confidant(source, by):
        raise Refused("Only those named on this source confirm that.")
    waiting = GateFinding.objects.filter(source=source).to_confirm()
    return waiting.update(confirmed_by=by, confirmed_at=now or timezone.now())
