"""What the demonstration does with its stories, from the files that say so."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from investigations.exchange import fixtures
from investigations.models import InvestigationPage, Story
from investigations.publishing.investigation import publish_page
from investigations.publishing.publish import publish
from investigations.publishing.signatures import sign

FOLDER = Path(settings.BASE_DIR) / "fixtures"


def read_acts(path: Path) -> dict[str, Any]:
    """A file of acts, like fixtures/publication.yaml."""
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def instant(value: Any) -> datetime:
    """An instant of such a file, with or without quotation marks around it."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))


def sign_and_publish(story: Story, people: dict[str, Any], at: datetime) -> None:
    """The reporter's signature, an hour later the editor's, and an hour after that the first edition."""
    sign(story, by=people["reporter"], now=at - timedelta(hours=2))
    sign(story, by=people["editor"], now=at - timedelta(hours=1))
    publish(story, by=people["editor"], now=at)


def load_page(path: Path, people: dict[str, Any], at: datetime) -> None:
    """Load an investigation's page, written by the reporter, and publish it an hour later as the editor."""
    fixtures.load(path)
    page = InvestigationPage.objects.get(edited_by__isnull=True)
    page.edit(by=people["reporter"], now=at - timedelta(hours=1))
    publish_page(page, by=people["editor"], now=at)
