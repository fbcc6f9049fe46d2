"""Which address a reader who asks for a story is sent to: its present one, or that of the edition they name."""

from django.http import HttpRequest, HttpResponsePermanentRedirect

from investigations.pages import paths
from investigations.record.models import SlugRow, StoryRow


def moved(request: HttpRequest, slug: str) -> HttpResponsePermanentRedirect | None:
    """The same page under the name that the story has now, if this is one it once had.

    301, which every client knows: these addresses are only read. It is asked anew each time all the same, since a
    story may take back a name that it had before.
    """
    work = SlugRow.objects.filter(slug=slug).values("work")
    now = StoryRow.objects.filter(work__in=work).values_list("slug", flat=True).first()
    if now is None or now == slug:
        return None
    rest = request.get_full_path().removeprefix(paths.story(slug))
    response = HttpResponsePermanentRedirect(f"{paths.story(now)}{rest}")
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


def older_edition(slug: str, number: str) -> str | None:
    """The page of the edition with this number, if readers get a later one at the story's own address."""
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    latest = StoryRow.objects.filter(slug=slug).values_list("edition", flat=True).first()
    return paths.edition(slug, int(number)) if latest and 0 < int(number) < latest else None
