"""Another team's desk with an unmistakable word in every text field, and every address of the admin."""

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, models, transaction
from django.urls import get_resolver, reverse

from investigations.models.desk_keeping import keep_all
from investigations.models.fields import FuzzyDateField
from tests import builders
from tests.models.test_visibility import OF_A_TEAM

WORD = "quxzal"
WRONG = "wrozzle"
OURS: dict[str, Any] = {
    model._meta.model_name: screen
    for model, screen in admin.site._registry.items()
    if model._meta.app_label == "investigations"
}
NO_WORDS = {"public_key", "media_type", "token", "work", "part"}
CSRF = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*')


def address(noun: str, page: str, *args: Any) -> str:
    """A page of a noun's screen."""
    return reverse(f"admin:investigations_{noun}_{page}", args=args)


def plant(row: Any, *names: str) -> Any:
    """Put the word into the row's text fields, or into those named, wherever the database lets it stand."""
    for field in row._meta.concrete_fields:
        words = isinstance(field, models.CharField | models.TextField) and not isinstance(field, FuzzyDateField)
        if not words or field.choices or (names and field.name not in names):
            continue
        if field.name in NO_WORDS or field.name.endswith(("_edtf", "digest")):
            continue
        word = f"{WORD}-{row._meta.model_name}-{row.pk}-{field.name}".replace("_", "-")[: field.max_length]
        try:
            with transaction.atomic():
                type(row)._base_manager.filter(pk=row.pk).update(**{field.name: word})
        except DatabaseError:
            continue  # a constraint wants this field empty in such a row, or a guard the row as it is
    row.refresh_from_db()
    return row


def desk() -> SimpleNamespace:
    """An investigation of others with a row of every kind, about somebody and a body whom the newsroom shares."""
    other = builders.make_user("other", "Reporter")
    hidden = builders.make_investigation(team=[other])
    person, organization = builders.make_person(name="Dana Shared"), builders.make_organization(name="Shared Works")
    role = builders.make_role(person=person, organization=organization)
    rows = {name: make(hidden) for name, make in OF_A_TEAM.items()}
    unnamed = builders.make_source(investigation=hidden, descriptor="x", identity="known")
    builders.make_source_identity(source=unnamed, by=other)
    rows |= {
        "UnnamedSource": unnamed,
        "LogLine": unnamed.identity_log.first(),
        "NamedSource": builders.make_source(investigation=hidden, person=person),
        "PersonsQuote": builders.make_quote(
            source=builders.make_source(investigation=hidden, descriptor="y"), terms="background"
        ),
        "PersonsRow": builders.make_attendance(meeting=rows["Meeting"], person=person),
        "DescribedRow": builders.make_attendance(meeting=rows["Meeting"], descriptor="z", headcount=3),
        "PersonsRequest": builders.make_comment_request(story=rows["Story"], person=person),
        "BodysRequest": builders.make_comment_request(story=rows["Story"], organization=organization),
    }
    for row in rows.values():
        if row is not rows["LogLine"]:
            plant(row)
    keep_all()  # what was planted is in the search, as if it had been typed
    rows["Report"] = plant(builders.make_report(story=rows["Story"]), "wrong", "right", "name", "address")
    return SimpleNamespace(
        other=other, hidden=hidden, person=person, organization=organization, role=role, rows=rows, unnamed=unnamed
    )


def addresses(found: SimpleNamespace) -> Iterator[tuple[str, str]]:
    """Every address of the admin by its name, each about one of these rows."""
    shared = {"person": found.person, "organization": found.organization, "role": found.role}
    shared |= {"author": builders.make_author(), "policy": builders.make_policy(), "user": found.other}
    shared |= {"group": builders.Group.objects.first(), "identityaccess": found.rows["LogLine"]}
    by_noun = {row._meta.model_name: row for row in found.rows.values()} | shared
    names = get_resolver().namespace_dict["admin"][1].reverse_dict
    for name in names:
        if not isinstance(name, str):
            continue
        for possibilities, *_ in names.getlist(name)[:1]:
            wanted = possibilities[0][1]
            row = by_noun.get(name.split("_")[1]) if name.count("_") > 1 else None
            kwargs = {
                "object_id": row.pk if row else found.rows["Source"].pk,
                "pk": row.pk if row else 0,
                "id": found.other.pk,
                "key": found.rows["Figure"].public_key,
                "clearance": found.rows["Clearance"].pk,
                "note": found.rows["DraftNote"].pk,
                "tab": "evidence",
                "app_label": "investigations",
                "content_type_id": ContentType.objects.get_for_model(found.rows["Source"]).pk,
            }
            yield name, reverse(f"admin:{name}", kwargs={key: kwargs[key] for key in wanted})


def alike(response: Any, *words: str) -> tuple[int, str, str]:
    """What of an answer can be compared: its status, where it leads, its body without token and guessed words."""
    where, body = response.headers.get("Location", ""), CSRF.sub(r"\1", response.content.decode())
    for word in words:
        where, body = where.replace(word, "…"), body.replace(word, "…")
    return response.status_code, where, body


def story_with_secrets(story: Any, *, by: Any) -> SimpleNamespace:
    """The canary's word in every field of a story that stays inside, beside what readers get of it."""
    investigation = story.investigation
    unnamed = builders.make_source(
        investigation=investigation, descriptor="an official at the port", identity="known"
    )
    builders.make_source_identity(source=unnamed, by=by)
    interview = builders.make_interview(source=unnamed, terms="background")
    quote = builders.make_quote(source=unnamed, interview=interview, words="They signed at night")
    meeting = builders.make_meeting(investigation=investigation, title="Dinner at the pier")
    hidden = [builders.make_quote(investigation=investigation) for _ in range(2)]
    first, second = story.passages.order_by("pk")
    shown = [
        builders.make_evidence(passage=first, quote=quote),
        builders.make_evidence(passage=first, meeting=meeting),
        builders.make_evidence(passage=second, quote=hidden[0], showing="desk_only"),
        builders.make_evidence(passage=second, quote=hidden[1], showing="counted"),
    ]
    request = builders.make_comment_request(story=story, outcome="declined", asked="May 2016")
    for row in (*hidden, *(one.source for one in hidden), *(one.speaker for one in hidden), *shown[2:]):
        plant(row)
    plant(second, "words")  # confirmed under other words: a finding
    plant(unnamed, "code_name", "full_text", "title", "url", "description", "looked_where")
    plant(interview, "slug", "terms_wording")
    plant(quote, "slug", "terms_wording", "checked_against", "locator")
    plant(meeting, "slug")
    plant(request, "about", "asked_how")
    plant(investigation, "slug")
    keep_all()
    return SimpleNamespace(unnamed=unnamed, meeting=meeting)
