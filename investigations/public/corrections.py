"""The filtered list of notes, a page at a time, with what is counted of all that answer."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from investigations.pages.correction import row_view
from investigations.pages.corrections import CorrectionList, counted_words, speed_words
from investigations.pages.select import Select
from investigations.public.filters import CorrectionFilter
from investigations.public.listing import PAGE_SIZE, site_notices
from investigations.record import chain
from investigations.record.models import CorrectionRow

COLUMNS = {"kind": "kind", "month": "month", "story": "slug"}


def correction_listing(chosen: CorrectionFilter, after: str) -> CorrectionList:
    """The notes that answer, behind the one that `after` names (a day and a number, like 2017-06-14.12)."""
    valid = chosen.form.is_valid()
    rows = chosen.qs if valid else CorrectionRow.objects.none()
    counted, speed = _counted(rows) if valid else ("", "")
    place = _place(after)
    page = list((rows.after(*place) if place else rows)[: PAGE_SIZE + 1])
    notices, noindex = site_notices()
    selects = tuple(_select(chosen, name) for name in COLUMNS)
    asked = [one.name for one in selects if valid and one.chosen]
    return CorrectionList(
        items=tuple(row_view(row) for row in page[:PAGE_SIZE]),
        selects=selects,
        filtered=bool(asked) or not valid,
        counted=counted,
        speed=speed,
        emptied=_emptied([one for one in selects if one.name in asked]) if asked and not page and not place else (),
        next=_next(chosen, page[PAGE_SIZE - 1]) if len(page) > PAGE_SIZE else "",
        head=chain.head().digest,
        notices=notices,
        noindex=noindex,
    )


def _counted(rows: QuerySet[CorrectionRow]) -> tuple[str, str]:
    """How many there are, by kind, and within what time half of the errors were corrected."""
    by_kind = list(rows.order_by().values("kind").annotate(number=Count("pk"), timed=Count("took")))
    numbers = {row["kind"]: row["number"] for row in by_kind}
    timed = sum(row["timed"] for row in by_kind)
    ordered = rows.filter(took__isnull=False).order_by("took", "number").values_list("took", flat=True)
    # The lower of two middles: half of the errors were then corrected within that time, and no fewer.
    middle = ordered[(timed - 1) // 2] if timed else None
    return counted_words(numbers), speed_words(timed, middle, sum(numbers.values()))


def _select(chosen: CorrectionFilter, name: str) -> Select:
    field = chosen.form[name]
    options = tuple((str(value), str(words)) for value, words in field.field.choices)
    return Select(name, field.label, options, field.value() or "", " ".join(field.errors))


def _emptied(asked: list[Select]) -> tuple[str, ...]:
    """For each question, what it shuts out: how many notes answer all the others. One query."""

    def without(left_out: Select) -> Count:
        rest = Q(pk__isnull=False)
        for select in asked:
            if select != left_out:
                rest &= Q(**{COLUMNS[select.name]: select.chosen})
        return Count("pk", filter=rest)

    found = CorrectionRow.objects.aggregate(**{f"without_{select.name}": without(select) for select in asked})
    return tuple(
        f"Without “{select.label}: {select.said}” {_there_are(found[f'without_{select.name}'])}." for select in asked
    )


def _there_are(number: int) -> str:
    return "there is 1" if number == 1 else f"there are {number or 'none either'}"


def _place(after: str) -> tuple[date, int] | None:
    day, _, number = after.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    try:
        return date.fromisoformat(day), int(number)
    except ValueError:
        return None


def _next(chosen: CorrectionFilter, last: CorrectionRow) -> str:
    query = chosen.data.copy()
    query["after"] = f"{last.day.isoformat()}.{last.number}"
    return f"?{query.urlencode()}"
