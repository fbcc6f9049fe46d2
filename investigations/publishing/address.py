"""A story's address is its own for ever, also when it has moved on to another."""

from investigations.publishing.projection.story import Projection
from investigations.publishing.refusal import Refused
from investigations.record.models import SlugRow, StoryRow


def require_free_address(projection: Projection) -> None:
    """Raise Refused where the story would come out under a short name that another story has, or ever had."""
    slug = projection.header["slug"]
    others = (model.objects.filter(slug=slug).exclude(work=projection.work) for model in (StoryRow, SlugRow))
    if any(found.exists() for found in others):
        raise Refused(f"The address /stories/{slug}/ is another story’s for ever: change the short name.")
