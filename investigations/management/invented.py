"""The second, wholly invented investigation: talks of the newsroom's own, and sources with names in the vault."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError

from investigations.exchange import fixtures
from investigations.management.acts import FOLDER, instant, load_page, read_acts, sign_and_publish
from investigations.models import Source, Story
from investigations.models.secrecy import name_confidant, write_identity

HARBOR = FOLDER / "harbor"
IDENTITIES = FOLDER / "invented_identities.json"
RECORDS = ("investigation", "people", "sources", "interviews", "quotes", "meetings", "story")


def load(people: dict[str, Any]) -> None:
    """Enter the records, seal the identities, sign and publish the story and the page. Raises FixtureError."""
    for name in RECORDS:
        fixtures.load(HARBOR / f"{name}.yaml")
    acts = read_acts(HARBOR / "publication.yaml")
    story = Story.objects.get(slug=acts["story"])
    published_at = instant(acts["published_at"])
    story.edit(by=people["reporter"], now=published_at - timedelta(hours=20))
    fixtures.load(HARBOR / "evidence.yaml")
    seal_identities(people, acts["also_named"], instant(acts["sealed_at"]))
    sign_and_publish(story, people, published_at)
    load_page(HARBOR / "page.yaml", people, published_at + timedelta(hours=3))


def seal_identities(people: dict[str, Any], also_named: dict[str, list[str]], now: datetime) -> None:
    """Write each identity of the file into the vault as the reporter, who names others where the acts say so."""
    reporter = people["reporter"]
    for entry in json.loads(IDENTITIES.read_text(encoding="utf-8")):
        source = Source.objects.get(code_name=entry.pop("source"))
        try:
            write_identity(source, entry, by=reporter, now=now)
        except ValidationError as error:
            raise fixtures.FixtureError(f"{IDENTITIES.name}, {source}: {' '.join(error.messages)}") from error
        for name in also_named.get(source.code_name, []):
            name_confidant(source, people[name], by=reporter, now=now)
