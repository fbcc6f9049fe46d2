"""What the tests of withholding share: what readers get, and what the record says of itself."""

from io import StringIO
from typing import Any

from django.core.management import call_command

from investigations.record.models import MeetingRow, Page, Part, StoryRow
from tests import builders

VOTE = "watched the vote"


def pages() -> dict[str, bytes]:
    """What readers get at each address that doesn't print the chain's end."""
    return {str(page): bytes(page.body) for page in Page.objects.exclude(path="/corrections.atom")}


def showing(words: str) -> list[str]:
    """The addresses at which readers get these words."""
    return [str(page) for page in Page.objects.all() if words.encode() in bytes(page.body)]


def everything() -> str:
    """All that readers get, and all that stands in the ledger and the index."""
    said = [bytes(page.body).decode(errors="replace") for page in Page.objects.all()]
    said += [part.content or "" for part in Part.objects.all()]
    said += [f"{row.headline} {row.standfirst}" for row in StoryRow.objects.all()]
    return "\n".join([*said, *MeetingRow.objects.values_list("title", flat=True)])


def page_of(story: Any, end: str = "") -> str:
    """The story's page, or the one of an edition, as readers get it."""
    return bytes(Page.objects.get(path=f"/stories/{story.slug}/{end}", variant="").body).decode()


def mend(story, reporter, old=" Lee Sample watched the vote from the gallery.", new=""):
    """Take the words out of the desk's story."""
    assert old in story.body
    story.edit(by=reporter, now=builders.NEXT_DAY, body=story.body.replace(old, new))


def assert_the_record_holds() -> None:
    """What verify_record says, without its words."""
    call_command("verify_record", stdout=StringIO(), stderr=StringIO())
