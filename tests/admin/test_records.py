"""The screens of records: what they stamp, what they say to a form that can't be saved."""

import pytest
from django.urls import reverse

from investigations.models import Investigation, Meeting, Quote, Role, Source
from tests import builders
from tests.admin.forms import posted

FORMS = (
    *("interview", "investigation", "source", "quote", "meeting", "meetingclass", "story", "correction"),
    *("person", "organization", "role", "author", "commentrequest", "withdrawal"),
)


def address(noun, page="add", *args):
    return reverse(f"admin:investigations_{noun}_{page}", args=args)


def save(client, noun, **values):
    return client.post(address(noun), posted(client.get(address(noun)), **values))


def errors(response):
    return {name: [str(said) for said in sent] for name, sent in response.context["adminform"].form.errors.items()}


@pytest.mark.parametrize("noun", FORMS)
def test_an_empty_form_is_refused_field_by_field(noun, as_user, reporter):
    response = save(as_user(reporter), noun)
    assert response.status_code == 200
    assert errors(response)


@pytest.mark.parametrize("noun", FORMS)
def test_a_form_with_nonsense_everywhere_is_refused_field_by_field(noun, as_user, reporter):
    client = as_user(reporter)
    shown = client.get(address(noun))
    fields = shown.context["adminform"].form.fields
    wrong = {name: "\u00a0nonsense\x00 99" for name, field in fields.items() if not hasattr(field, "queryset")}
    response = client.post(address(noun), posted(shown, **wrong))
    assert response.status_code == 200
    assert errors(response)


def test_whoever_opens_an_investigation_is_on_its_team(as_user, outsider):
    assert save(as_user(outsider), "investigation", title="A new one").status_code == 302
    assert list(Investigation.objects.get().team.all()) == [outsider]


def test_whoever_changes_an_investigation_is_not_put_on_its_team(investigation, as_user, standards):
    client, page = as_user(standards), address("investigation", "change", investigation.pk)
    assert client.post(page, posted(client.get(page), title="Renamed")).status_code == 302
    assert standards not in investigation.team.all()


@pytest.fixture
def quote(investigation):
    return builders.make_quote(investigation=investigation)


def test_a_check_of_a_quote_is_stamped_with_who_and_when(quote, as_user, editor):
    client, page = as_user(editor), address("quote", "change", quote.pk)
    client.post(page, posted(client.get(page), checked_against="the recording"))
    quote.refresh_from_db()
    assert quote.checked_by == editor
    assert quote.checked_at is not None


def test_a_check_that_is_taken_back_is_nobodys(quote, as_user, editor):
    client, page = as_user(editor), address("quote", "change", quote.pk)
    for against in ("the recording", ""):
        client.post(page, posted(client.get(page), checked_against=against))
    quote.refresh_from_db()
    assert (quote.checked_by, quote.checked_at) == (None, None)


def test_other_words_are_not_the_words_that_were_checked(quote, as_user, reporter, editor):
    page = address("quote", "change", quote.pk)
    client = as_user(editor)
    client.post(page, posted(client.get(page), checked_against="the recording"))
    client = as_user(reporter)
    client.post(page, posted(client.get(page), words="We never signed it"))
    quote.refresh_from_db()
    assert quote.words == "We never signed it"
    assert quote.checked_by is None


def test_a_quotes_speaker_is_taken_from_its_source(investigation, as_user, reporter):
    source = builders.make_source(investigation=investigation, person=builders.make_person())
    save(as_user(reporter), "quote", investigation=investigation.pk, words="We did", source=source.pk)
    assert Quote.objects.get().speaker == source.person


def test_a_source_without_a_code_name_gets_one(investigation, as_user, reporter):
    save(as_user(reporter), "source", investigation=investigation.pk, kind="document", title="Minutes")
    assert len(Source.objects.get().code_name.split()) == 2


def test_an_address_without_a_scheme_is_taken_for_https(investigation, as_user, reporter):
    values = {"kind": "document", "title": "Minutes", "url": "example.org/minutes"}
    save(as_user(reporter), "source", investigation=investigation.pk, **values)
    assert Source.objects.get().url == "https://example.org/minutes"


@pytest.mark.parametrize("field", ["since", "until"])
def test_a_role_with_words_that_are_no_date_is_refused_at_the_field(field, as_user, reporter):
    dates = {"since": "2010", "until": "2012", field: "sometime"}
    response = save(as_user(reporter), "role", person=builders.make_person().pk, title="chair", **dates)
    assert response.status_code == 200
    assert errors(response).keys() == {field}
    assert not Role.objects.exists()


def test_a_role_that_ends_before_it_begins_is_refused_in_a_sentence(as_user, reporter):
    dates = {"since": "2012", "until": "2010"}
    response = save(as_user(reporter), "role", person=builders.make_person().pk, title="chair", **dates)
    assert errors(response) == {"until": ["The role ends (2010) before it begins (2012)."]}


def test_an_attendance_of_nobody_is_refused_in_a_sentence(investigation, as_user, reporter):
    client, meeting = as_user(reporter), builders.make_meeting(investigation=investigation)
    page = address("meeting", "change", meeting.pk)
    row = {"attendances-0-headcount": 3, "attendances-0-position": 1}
    response = client.post(page, posted(client.get(page), **row))
    assert "Each row is a person or a description of people nobody named." in response.content.decode()
    assert not Meeting.objects.get().attendances.exists()


def test_one_person_twice_at_a_meeting_is_refused_in_a_sentence(investigation, as_user, reporter):
    client, meeting = as_user(reporter), builders.make_meeting(investigation=investigation)
    attendance = builders.make_attendance(meeting=meeting)
    page = address("meeting", "change", meeting.pk)
    response = client.post(page, posted(client.get(page), **{"attendances-1-person": attendance.person.pk}))
    assert response.status_code == 200
    assert meeting.attendances.count() == 1
