"""The cases of the constraints of an investigation's page."""

from django.utils import timezone

from tests import builders
from tests.models.constraint_cases import MARCH, MAY, Case, second_of, span


def chosen(noun):
    """Makes a page with one thing of this noun on it."""

    def make():
        page = builders.make_investigation_page()
        own = {} if noun == "person" else {"investigation": page.investigation}
        return builders.make_page_choice(page=page, **{noun: getattr(builders, f"make_{noun}")(**own)})

    return make


CASES: dict[str, Case] = {
    "page_chart_whole_or_not": Case(
        builders.make_investigation_page, lambda row: {"since": MARCH}, "A chart needs the meetings that it counts"
    ),
    "page_chart_in_order": Case(
        lambda: builders.make_investigation_page(meeting_class=builders.make_meeting_class()),
        lambda row: {"since": MAY, "until": MARCH},
        "The chart ends before it begins.",
    ),
    "page_edited_by_whom_and_when": Case(
        builders.make_investigation_page,
        lambda row: {"edited_at": timezone.now()},
        "An edit names who made it and when.",
    ),
    "marked_event_when_in_order": span(builders.make_marked_event, "when"),
    "page_choice_of_one_thing": Case(
        builders.make_page_choice,
        lambda row: {"person": builders.make_person()},
        "Each row is one story, meeting, person or document.",
    ),
    **{
        f"page_choice_once_a_{noun}": second_of(chosen(noun), names=["page", noun], says="That is chosen already.")
        for noun in ("story", "meeting", "person", "source")
    },
}
