"""Keeps the rows of the desk's search what their records say, in the transaction that writes the records."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.db import connections, transaction
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

from investigations.fulltext.words import folded
from investigations.models.account import MeetingClass, RoleAccount
from investigations.models.author import Author
from investigations.models.base import rows_changing, rows_written
from investigations.models.comment_request import CommentRequest
from investigations.models.correction import Correction
from investigations.models.desk_text import DESK_INDEX, DeskText, kind_mark, team_mark
from investigations.models.desk_words import BY_KIND, SAID, Said
from investigations.models.draft_note import DraftNote
from investigations.models.figure import Figure
from investigations.models.interview import Interview
from investigations.models.investigation import Investigation
from investigations.models.investigation_page import InvestigationPage, MarkedEvent
from investigations.models.letter import Claim, Letter
from investigations.models.meeting import Attendance, Meeting
from investigations.models.merger import Merger
from investigations.models.organization import Organization
from investigations.models.passage import Evidence, Passage
from investigations.models.person import Person
from investigations.models.quote import Quote
from investigations.models.role import Role
from investigations.models.source import Source
from investigations.models.story import Byline, Story
from investigations.models.story_comment import StoryComment

BATCH = 500

# Rows whose words stand in the row of another record: the record's model, and how its number is found from them.
HANGING: dict[Any, tuple[tuple[Any, str], ...]] = {
    Attendance: ((Meeting, "meeting"),),
    RoleAccount: ((Meeting, "meeting"), (MeetingClass, "meeting_class")),
    Byline: ((Story, "story"),),
    Author: ((Story, "bylines__story"),),
    Figure: ((Story, "story"),),
    Evidence: ((Passage, "passage"),),
    Role: ((Person, "person"),),
    Merger: ((Person, "person"), (Organization, "organization")),
    Letter: ((CommentRequest, "request"),),
    Claim: ((CommentRequest, "letter__request"),),
}

# Records that say another's title, or are its investigation's: they are written anew when either changes.
NAMING: dict[Any, tuple[tuple[Any, str], ...]] = {
    Person: (
        *((Source, "person"), (Quote, "speaker"), (Meeting, "attendances__person"), (CommentRequest, "person")),
        *((Meeting, "role_accounts__person"), (MeetingClass, "role_accounts__person"), (MeetingClass, "subject")),
    ),
    Organization: ((Organization, "parent"), (Person, "roles__organization"), (CommentRequest, "organization")),
    Source: ((Quote, "source"), (Interview, "source")),
    Story: tuple((model, "story") for model in (Passage, CommentRequest, Correction, DraftNote, StoryComment)),
    Investigation: ((InvestigationPage, "investigation"),),
    InvestigationPage: ((MarkedEvent, "page"),),
}


def row_of(said: Said, record: Any) -> DeskText:
    """The row of a record, as it should be."""
    investigation = said.investigation_of(record)
    return DeskText(
        kind=said.kind,
        record=record.pk,
        investigation_id=investigation,
        head=folded(said.title(record)),
        words=folded(said.text(record)),
        marks=f"{kind_mark(said.kind)} {team_mark(investigation)}",
    )


FIELDS = ("investigation_id", "head", "words", "marks")


_waiting: ContextVar[dict[Any, set[int]] | None] = ContextVar("records whose rows are to be written", default=None)


@contextmanager
def kept_together() -> Iterator[None]:
    """Write each row once for all that is written meanwhile, at the end of the same transaction."""
    if _waiting.get() is not None:
        yield
        return
    waiting: dict[Any, set[int]] = {}
    token = _waiting.set(waiting)
    with transaction.atomic():
        try:
            yield
        finally:
            _waiting.reset(token)
        _settle_keys()
        for model in sorted(waiting, key=list(SAID).index):  # one order for all who write several
            keep(model, waiting[model])


def _settle_keys() -> None:
    """Let what was written wait now, and not at its commit, for whoever merges away or deletes what it points to.

    Later it would hold rows of the search that they want, and each would wait for the other.
    """
    connection = connections[DeskText.objects.db]
    if _waiting.get() is None and connection.features.has_select_for_update:
        connection.check_constraints()


@transaction.atomic(savepoint=False)
def keep(model: Any, numbers: Iterable[int | None], *, spread: bool = True) -> int:
    """Write the rows of these records as they should be; returns how many were not.

    With `spread`, so are those of the records that say their titles.
    """
    if (waiting := _waiting.get()) is not None:
        waiting.setdefault(model, set()).update(number for number in numbers if number is not None)
        return 0
    said, wrong = SAID[model], 0
    for some in _batches(sorted({number for number in numbers if number is not None})):
        held = DeskText.objects.select_for_update().filter(kind=said.kind, record__in=some).order_by("record")
        standing = {row.record: row for row in held}  # held first, so that of two writers the second reads both
        made = {record.pk: row_of(said, record) for record in said.rows().filter(pk__in=some)}
        gone = [row.pk for number, row in standing.items() if number not in made]
        if gone:
            DeskText.objects.filter(pk__in=gone).delete()
        new = [row for number, row in made.items() if not _same(row, standing.get(number))]
        if new:
            DeskText.objects.bulk_create(
                new, update_conflicts=True, unique_fields=["kind", "record"], update_fields=_COLUMNS
            )
        wrong += len(gone) + len(new)
        renamed = [row.record for row in new if spread and not _named_alike(row, standing.get(row.record))]
        for dependent, path in NAMING.get(model, ()) if renamed else ():
            keep(dependent, _numbers(dependent.objects.filter(**{f"{path}__in": renamed}), "pk"))
    return wrong


_COLUMNS = ["investigation", "head", "words", "marks"]


def _same(row: DeskText, standing: DeskText | None) -> bool:
    return standing is not None and all(getattr(row, name) == getattr(standing, name) for name in FIELDS)


def _named_alike(row: DeskText, standing: DeskText | None) -> bool:
    return standing is not None and (row.head, row.marks) == (standing.head, standing.marks)


def _numbers(rows: Any, path: str) -> set[int]:
    return {number for number in rows.order_by().values_list(path, flat=True) if number is not None}


def _batches(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), BATCH):
        yield numbers[start : start + BATCH]


# --- All of them ---


def keep_all(step: Callable[[int], Any] = lambda count: None) -> int:
    """Write every row as it should be, and drop those of records that are gone; returns how many were wrong.

    A row that is right stays. `step` is told how many records were looked at.
    """
    wrong = 0
    for model in SAID:
        for some in _batches_of(model):
            wrong += keep(model, some, spread=False)
            step(len(some))
    for stray in _strays():
        wrong += stray.delete()[0]
    DESK_INDEX.forget(connections[DeskText.objects.db])
    return wrong


def faults() -> Iterator[str]:
    """Each row that isn't what its record says, and the index if it isn't what its rows say."""
    for model, said in SAID.items():
        for some in _batches_of(model):
            standing = {row.record: row for row in DeskText.objects.filter(kind=said.kind, record__in=some)}
            for record in said.rows().filter(pk__in=some):
                if not _same(row_of(said, record), standing.get(record.pk)):
                    yield f"{said.kind} {record.pk} is not found by what it says"
    for stray in _strays():
        yield from (f"{row} is of a record that is gone" for row in stray)
    yield from DESK_INDEX.faults(connections[DeskText.objects.db])


def _batches_of(model: Any) -> Iterator[list[int]]:
    """The numbers of all its records, some at a time."""
    last, rows = 0, model._default_manager.order_by("pk").values_list("pk", flat=True)
    while some := list(rows.filter(pk__gt=last)[:BATCH]):
        yield some
        last = some[-1]


def _strays() -> Iterator[Any]:
    """The rows of records that are gone, kind by kind."""
    yield DeskText.objects.exclude(kind__in=BY_KIND)
    for said in SAID.values():
        yield DeskText.objects.filter(kind=said.kind).exclude(record__in=said.model._default_manager.values("pk"))


# --- Watching ---


def watch() -> None:
    """Keep the rows with whatever is saved, deleted, or written at once through a model's manager."""
    for model in {*SAID, *HANGING}:
        _in_one_transaction(model)
        for signal, receiver in (
            *((pre_save, _before), (post_save, _after), (pre_delete, _before), (post_delete, _deleted)),
            *((rows_changing, _numbers_before), (rows_written, _written)),
        ):
            signal.connect(receiver, sender=model, dispatch_uid=f"desk search {receiver.__name__}")


def _in_one_transaction(model: Any) -> None:
    """Let a save and what keeps the search be one transaction, also where the caller has begun none."""
    saves = model.save_base

    @wraps(saves)
    def save_base(self: Any, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic(using=kwargs.get("using"), savepoint=False):
            saves(self, *args, **kwargs)

    if not hasattr(saves, "__wrapped__"):
        model.save_base = save_base


def _holders(model: Any, numbers: list[int]) -> list[tuple[Any, set[int]]]:
    """The records in whose rows the words of these stand."""
    rows = model._default_manager.filter(pk__in=numbers)
    return [(holder, _numbers(rows, path)) for holder, path in HANGING.get(model, ())]


def _holders_of(instance: Any) -> list[tuple[Any, set[int]]]:
    """The same of one that was just written, without asking where it says so itself."""
    found = []
    for holder, path in HANGING.get(type(instance), ()):
        if "__" in path:
            found.append((holder, _numbers(type(instance)._default_manager.filter(pk=instance.pk), path)))
        else:
            found.append((holder, {getattr(instance, f"{path}_id")} - {None}))
    return found


def _before(sender: Any, instance: Any, **kwargs: Any) -> None:
    is_new = instance.pk is None or (instance._state.adding and not kwargs.get("raw", True))
    instance._held_by_before = [] if is_new else _holders(sender, [instance.pk])


def _after(sender: Any, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if sender in SAID:
        keep(sender, [instance.pk], spread=raw or not created)
    _keep_holders([*instance._held_by_before, *_holders_of(instance)], settled=raw)


def _deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    if sender in SAID:
        DeskText.objects.filter(kind=SAID[sender].kind, record=instance.pk).delete()
    _keep_holders(instance._held_by_before)


def _numbers_before(sender: Any, numbers: list[int], **kwargs: Any) -> list[tuple[Any, set[int]]]:
    return [found for some in _batches(numbers) for found in _holders(sender, some)]


def _written(sender: Any, numbers: list[int], before: list[Any], **kwargs: Any) -> None:
    if sender in SAID:
        keep(sender, numbers, spread=bool(before))
    after = [found for some in _batches(numbers) for found in _holders(sender, some)]
    _keep_holders([*(found for answer in before for found in answer), *after])


def _keep_holders(found: Iterable[tuple[Any, set[int]]], *, settled: bool = False) -> None:
    together: dict[Any, set[int]] = {}
    for holder, numbers in found:
        together.setdefault(holder, set()).update(numbers)
    if together and not settled:
        _settle_keys()
    for holder, numbers in together.items():
        keep(holder, numbers)
