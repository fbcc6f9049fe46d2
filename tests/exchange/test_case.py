"""The whole demonstration: what is exported and imported again changes nothing, byte for byte."""

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection

from investigations import models
from investigations.exchange.formats import format_of
from investigations.exchange.meeting import MeetingResource
from investigations.exchange.people import OrganizationResource, PersonResource
from investigations.exchange.quote import QuoteResource
from investigations.exchange.role import RoleResource
from investigations.exchange.source import SourceResource
from investigations.management import demonstration
from investigations.models import Meeting, Quote, Source, guards
from investigations.vocabulary import IdentityState

RESOURCES = [PersonResource, OrganizationResource, RoleResource, SourceResource, QuoteResource, MeetingResource]


@pytest.fixture
def case(db):
    """The demonstration, loaded and published, and one of its reporters."""
    demonstration.load("a-password-of-tests")
    return get_user_model().objects.get(username="reporter")


def dump():
    out = StringIO()
    call_command("dumpdata", "investigations", "record", stdout=out)
    return out.getvalue()


def test_export_then_import_changes_nothing(case, extension):
    before = dump()
    chosen = format_of(f".{extension}")
    for resource_class in RESOURCES:
        resource = resource_class(user=case)
        sheet = chosen.read(b"".join(chosen.write(resource.column_names(), _lines(resource_class, case))))
        verdict = resource_class(user=case).import_data(sheet, dry_run=False)
        assert verdict.sentences() == []
        assert (verdict.new_count, verdict.changed_count, verdict.written) == (0, 0, [])
        assert verdict.unchanged_count == resource.get_queryset().count() > 0
    assert dump() == before


def test_a_file_of_another_desk_is_taken_in_whole(case, extension):
    """Everything but the investigations is taken away and comes back from its own files, with its short names."""
    _let_go_of_what_is_in_no_file()
    chosen = format_of(f".{extension}")
    files = {resource_class: list(_lines(resource_class, case)) for resource_class in RESOURCES}
    _empty_the_desk()
    for resource_class, lines in files.items():
        sheet = chosen.read(b"".join(chosen.write(resource_class(user=case).column_names(), lines)))
        verdict = resource_class(user=case).import_data(sheet, dry_run=False)
        assert verdict.sentences() == []
        assert verdict.changed_count == verdict.unchanged_count == 0 < verdict.new_count
    for resource_class, lines in files.items():
        assert list(_lines(resource_class, case)) == lines


def _lines(resource_class, user):
    resource = resource_class(user=user)
    return resource.lines(resource.get_queryset())


def _let_go_of_what_is_in_no_file():
    """The vault, and interviews, whose quotes keep what they have from them."""
    for model in (models.SourceIdentity, models.Confidant, models.IdentityAccess):
        model._base_manager.all().delete()
    Source.objects.filter(identity=IdentityState.HELD).update(identity=IdentityState.KNOWN)
    Quote.objects.update(interview=None)
    models.Interview.objects.all().delete()


def _empty_the_desk():
    guards.drop(connection)  # until the test's transaction is rolled back
    for name in (
        "Evidence",
        "Recheck",
        "Elsewhere",
        "CorrectionStep",
        "Correction",
        "Approval",
        "Contribution",
        "CommentRequest",
        "Figure",
        "Passage",
        "Byline",
        "InvestigationPage",
    ):
        getattr(models, name).objects.all().delete()
    for name in ("Coverage", "RoleAccount", "Story", "MeetingClass", "Attendance", "Meeting", "Quote"):
        getattr(models, name).objects.all().delete()
    Source.objects.update(relay=None, origin=None)
    models.Organization.objects.update(parent=None)
    for name in ("Source", "Role", "Person", "Organization"):
        getattr(models, name).objects.all().delete()
    assert not Meeting.objects.exists()
    assert not Quote.objects.exists()
