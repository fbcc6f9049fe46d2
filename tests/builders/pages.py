"""Investigations' pages."""

from datetime import date
from typing import Any

from investigations.models import InvestigationPage, MarkedEvent, PageChoice
from investigations.publishing.investigation import publish_page
from tests.builders.common import DAY_AFTER, saved
from tests.builders.records import make_investigation, make_meeting_class, make_role, make_source
from tests.builders.stories import make_story

CHART = {"since": date(2016, 8, 1), "until": date(2016, 10, 31), "caption": "Whom they met.", "rests_on": "One list."}


def make_investigation_page(**values: Any) -> Any:
    """A page of a question and nothing else; with `meeting_class` a chart of three months of 2016."""
    if "meeting_class" in values:
        values = {**CHART, "investigation": values["meeting_class"].investigation, **values}
    if "investigation" not in values:
        values["investigation"] = make_investigation()
    return saved(InvestigationPage(**{"body": "Who agreed to sell the port?", **values}))


def make_marked_event(**values: Any) -> Any:
    """A day on which the harbor was closed."""
    if "page" not in values:
        values["page"] = make_investigation_page()
    if "source" not in values:
        values["source"] = make_source(investigation=values["page"].investigation)
    return saved(MarkedEvent(**{"when": "September 9, 2016", "label": "the harbor is closed", **values}))


def make_page_choice(**values: Any) -> Any:
    """A story chosen for a page; or whatever else is named."""
    if "page" not in values:
        values["page"] = make_investigation_page()
    if not {"story", "meeting", "person", "source"} & values.keys():
        values["story"] = make_story(investigation=values["page"].investigation)
    return saved(PageChoice(**values))


def publish_whole_page(
    story: Any,
    *,
    meeting: Any,
    source: Any,
    person: Any,
    reporter: Any,
    editor: Any,
    group: Any = None,
    now: Any = DAY_AFTER,
) -> Any:
    """A page with everything on it, made of what a published story shows; returns the page."""
    group = group or make_meeting_class(investigation=story.investigation, meetings=[meeting], counted="people")
    page = make_investigation_page(meeting_class=group)
    make_marked_event(page=page, source=source)
    make_role(person=person, title="port warden", since="2015", until="September 12, 2016")
    for chosen in ({"story": story}, {"meeting": meeting}, {"person": person}, {"source": source}):
        make_page_choice(page=page, **chosen)
    page.edit(by=reporter, now=now)
    publish_page(page, by=editor, now=now)
    return page
