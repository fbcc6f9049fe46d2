"""Columns by the names people give them; those of workflow and identity are refused by name, with the reason."""

import pytest

from investigations.exchange.meeting import AttendanceResource, MeetingResource
from investigations.exchange.people import OrganizationResource, PersonResource
from investigations.exchange.quote import QuoteResource
from investigations.exchange.role import RoleResource
from investigations.exchange.sheet import normal
from investigations.exchange.source import SourceResource
from investigations.models import Person
from tests.exchange.conftest import taken

RESOURCES = [
    PersonResource,
    OrganizationResource,
    RoleResource,
    SourceResource,
    QuoteResource,
    MeetingResource,
    AttendanceResource,
]
# Fields of a form that no file has, each with the reason.
NOT_IN_FILES = {
    "Quote.checked_against": "a part of the check, which whoever makes it records",
    "Quote.checked_by": "who answers for the check",
    "Quote.checked_at": "when it was made",
    "Meeting.checked_against": "a part of the check, which whoever makes it records",
    "Meeting.checked_by": "who answers for the check",
    "Meeting.checked_at": "when it was made",
    "Attendance.meeting": "the row's own meeting",
    "Source.reason_for_anonymity": "stays on the desk: it comes close to who it is",
    "Source.full_text": "stays on the desk: whole texts are not for spreadsheets",
}
EVERY = pytest.mark.parametrize("resource_class", RESOURCES, ids=lambda found: found.__name__)
FILES = pytest.mark.parametrize("resource_class", RESOURCES[:-1], ids=lambda found: found.__name__)


def refusals(resource_class, *headers, user):
    return taken(resource_class, [dict.fromkeys(headers, "x")], user=user, dry_run=True).sentences()


@EVERY
def test_a_resource_names_its_fields_one_by_one_and_keeps_the_models_rules(resource_class):
    options = resource_class._meta
    assert isinstance(options.fields, tuple)
    assert not options.exclude
    assert list(resource_class().fields) == list(options.fields)
    assert (options.clean_model_instances, options.use_bulk, options.use_transactions) == (True, False, True)


@EVERY
def test_every_field_of_a_form_is_a_column_or_has_a_reason(resource_class):
    model = resource_class._meta.model
    fields = {
        f"{model.__name__}.{field.name}"
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and field.name not in resource_class.fields
    }
    assert fields <= NOT_IN_FILES.keys()


@EVERY
def test_no_two_columns_of_a_file_are_called_alike(resource_class):
    names = [normal(name) for name in resource_class().column_names()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("header", ["short name", "Short name", "short_name", "SHORT NAME", "slug", "Short-Name"])
def test_a_column_is_known_however_it_is_written(header, reporter):
    taken(PersonResource, [{header: "lee", "name": "Lee Sample"}], user=reporter)
    assert Person.objects.get().slug == "lee"


@FILES
@pytest.mark.parametrize(
    "header",
    [
        "id",
        "public_key",
        "state",
        "approved_by",
        "approved_at",
        "checked_by",
        "checked_at",
        "Checked by",
        "edited_by",
    ],
)
def test_a_column_of_workflow_is_refused_by_name(resource_class, header, reporter):
    (sentence,) = refusals(resource_class, header, user=reporter)
    assert sentence.startswith(f"This file has the column {header}, which is never imported: ")
    assert sentence.endswith(". Take the column out.")


@FILES
@pytest.mark.parametrize("header", ["when_earliest", "said_edtf", "since_latest", "checked_against"])
def test_a_column_that_is_worked_out_or_part_of_a_step_is_refused(resource_class, header, reporter):
    (sentence,) = refusals(resource_class, header, user=reporter)
    assert "which is never imported" in sentence


@pytest.mark.parametrize("resource_class", [SourceResource, QuoteResource])
@pytest.mark.parametrize(
    "header",
    ["name", "Full name", "e-mail", "Email", "phone", "handle", "address", "contact", "birth_date", "employer"],
)
def test_a_column_of_identity_is_refused_and_its_cells_are_not_repeated(resource_class, header, reporter):
    verdict = taken(resource_class, [{header: "Zoe Nandu"}], user=reporter)
    (sentence,) = verdict.sentences()
    assert "who a source is stays out of files" in sentence
    assert "Nandu" not in sentence


def test_what_is_held_of_an_identity_is_a_column_and_who_it_is_isnt():
    names = {normal(name) for name in SourceResource().column_names()}
    assert "identity of the unnamed" in names
    assert not names & SourceResource.refused.keys()


@pytest.mark.parametrize(
    ("header", "meant"), [("shrot name", "short name"), ("descripton", "description"), ("familyname", "family name")]
)
def test_an_unknown_column_is_refused_with_what_may_have_been_meant(header, meant, reporter):
    assert refusals(PersonResource, header, user=reporter) == [
        f"This file has the column {header}, which nobody knows: did you mean {meant}?"
    ]


def test_an_unknown_column_like_no_other_is_refused_with_the_columns_there_are(reporter):
    (sentence,) = refusals(PersonResource, "zodiac", user=reporter)
    assert sentence.endswith("Its columns can be: short name, name, family name, description.")


def test_every_wrong_column_is_told_at_once(reporter):
    assert len(refusals(PersonResource, "id", "zodiac", "nmae", user=reporter)) == 3


def test_one_field_under_two_names_is_refused(reporter):
    (sentence,) = refusals(PersonResource, "slug", "short name", user=reporter)
    assert sentence == "This file has the column short name twice; keep one of them."
