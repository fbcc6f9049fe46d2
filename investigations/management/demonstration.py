"""The demonstration: the worked case and an invented one, published through the same code as an editor's."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection, transaction

from investigations.exchange import fixtures
from investigations.management import invented
from investigations.management.acts import FOLDER, instant, load_page, read_acts, sign_and_publish
from investigations.models import Correction, Demonstration, Investigation, Person, Policy, Story
from investigations.models.groups import EDITOR, REPORTER, STANDARDS_EDITOR
from investigations.publishing.correct import correct
from investigations.publishing.policy import publish_policy
from investigations.publishing.steps import approve, submit
from investigations.record.models import Edition

RECORDS = ("investigation", "people", "sources", "quotes", "meetings", "story", "policies")
ACCOUNTS = {"reporter": REPORTER, "editor": EDITOR, "standards": STANDARDS_EDITOR, "newcomer": REPORTER}
"""Each with its group; the newcomer is on no team and sees neither investigation."""


@dataclass(frozen=True)
class Acts:
    """What the demonstration does with the case's story: fixtures/publication.yaml, with every instant given."""

    story: str
    published_at: datetime
    corrected_at: datetime
    correction: dict[str, str]
    wrong: str
    right: str

    @classmethod
    def read(cls) -> "Acts":
        """Read the file of acts."""
        found = read_acts(FOLDER / "publication.yaml")
        correction = found["correction"]
        return cls(
            story=found["story"],
            published_at=instant(found["published_at"]),
            corrected_at=instant(correction["at"]),
            correction={name: correction[name].strip() for name in ("note", "severity", "cause", "came_to_light")},
            wrong=correction["mend"]["from"],
            right=correction["mend"]["to"],
        )


def is_foreign() -> bool:
    """Whether the database holds anything that this demonstration didn't put there. Writes nothing."""
    tables = set(connection.introspection.table_names())
    if not tables:
        return False
    ours = (Demonstration, Investigation, Person, Edition, get_user_model())
    if not {model._meta.db_table for model in ours} <= tables:
        return True
    if Demonstration.objects.exists():
        return False
    return any(model._default_manager.exists() for model in ours)


def is_loaded() -> bool:
    """Whether the demonstration is there already."""
    return Demonstration.objects.exists()


@transaction.atomic
def load(password: str) -> None:
    """Make the accounts, load the case, publish it and correct it, load the invented one: all of it or nothing."""
    Demonstration.objects.create()
    people = {name: make_account(name, group, password) for name, group in ACCOUNTS.items()}
    for name in RECORDS:
        fixtures.load(FOLDER / f"{name}.yaml")
    acts = Acts.read()
    story = Story.objects.get(slug=acts.story)
    tell(story, acts, people)
    invented.load(people)


def make_account(name: str, group: str, password: str) -> Any:
    """A demo account in its group."""
    user = get_user_model().objects.create_user(name, password=password, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def set_passwords(password: str) -> None:
    """Give the demo's accounts this password; whoever has it keeps it: a new one would close the vault to them."""
    for user in get_user_model().objects.filter(username__in=ACCOUNTS):
        if not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])


def tell(story: Story, acts: Acts, people: dict[str, Any]) -> None:
    """Publish the first edition, correct its error, publish policies and the page: each by whose it is."""
    story.edit(by=people["reporter"], now=acts.published_at - timedelta(hours=20))
    fixtures.load(FOLDER / "evidence.yaml")
    fixtures.load(FOLDER / "figures.yaml")
    sign_and_publish(story, people, acts.published_at)
    mend(story, acts, people)
    for policy in Policy.objects.order_by("slug"):
        policy.edit(by=people["editor"], now=acts.corrected_at)
        publish_policy(policy, by=people["standards"], now=acts.corrected_at + timedelta(hours=1))
    load_page(FOLDER / "page.yaml", people, acts.corrected_at + timedelta(hours=2))


def mend(story: Story, acts: Acts, people: dict[str, Any]) -> None:
    """Correct the first edition: the reporter mends the text and writes the note, the editor approves it."""
    reporter, editor = people["reporter"], people["editor"]
    if story.body.count(acts.wrong) != 1:
        raise fixtures.FixtureError("publication.yaml: the wrong words must stand in the story exactly once")
    mended = story.body.replace(acts.wrong, acts.right)
    story.edit(by=reporter, now=acts.corrected_at - timedelta(minutes=40), body=mended)
    correction = Correction(story=story, **acts.correction)
    correction.write(by=reporter, now=acts.corrected_at - timedelta(minutes=30))
    submit(correction, by=reporter, now=acts.corrected_at - timedelta(minutes=25))
    approve(correction, by=editor, now=acts.corrected_at - timedelta(minutes=5))
    correct(correction, by=editor, now=acts.corrected_at)
