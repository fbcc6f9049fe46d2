"""Pasted names to rows of a meeting."""

from django.db import transaction
from django.db.models import Max

from investigations.exchange.pasted import PastedName
from investigations.models import Attendance, Meeting, Person


@transaction.atomic
def add_names(meeting: Meeting, names: list[PastedName]) -> None:
    """Give each name a row: a person if one of exactly that name is on file, else a description.

    Somebody who has a row already gets no second one. Raises ValidationError for a name no row can hold.
    """
    last = meeting.attendances.aggregate(last=Max("position"))["last"] or 0
    present = set(meeting.attendances.values_list("person_id", flat=True))
    for position, pasted in enumerate(names, start=last + 1):
        person = Person.objects.filter(name__iexact=pasted.who).first() if pasted.headcount == 1 else None
        if person and person.pk in present:
            continue
        row = Attendance(meeting=meeting, position=position, person=person, headcount=pasted.headcount)
        row.descriptor = "" if person else pasted.who
        row.full_clean()
        row.save()
        present |= {person.pk} if person else set()
