"""Consent on the screens: noted with the looser terms in one go, withdrawn, and given again."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from investigations.models import Consent, Quote, Withdrawal
from tests import builders
from tests.admin.forms import posted
from tests.admin.test_records import address, errors

GIVEN = {"consent_agreed": "May be named.", "consent_given": "early May 2017", "consent_how": "by telephone"}
FUTURE = datetime(2120, 1, 1, tzinfo=UTC)


@pytest.fixture
def make(investigation):
    """A quote, or an interview with a quote, on background."""

    def made(noun, **values):
        source = builders.make_source(investigation=investigation, person=builders.make_person())
        row = getattr(builders, f"make_{noun}")(**{"source": source, "terms": "background", **values})
        if noun == "interview":
            builders.make_quote(source=source, interview=row)
        return row

    return made


EITHER = pytest.mark.parametrize("noun", ["quote", "interview"])


def change(client, noun, row, **values):
    page = address(noun, "change", row.pk)
    return client.post(page, posted(client.get(page), **values))


@EITHER
def test_looser_terms_without_consent_are_refused_at_the_field(noun, make, as_user, reporter):
    response = change(as_user(reporter), noun, make(noun), terms="on_record")
    assert "note their consent" in errors(response)["terms"][0]
    assert set(Quote.objects.values_list("terms", flat=True)) == {"background"}


@EITHER
def test_looser_terms_and_consent_are_saved_in_one_go(noun, make, as_user, reporter):
    row = make(noun, embargo_until=FUTURE)
    values = {"terms": "on_record", "embargo_until": "2119-01-01T09:00", **GIVEN}
    assert change(as_user(reporter), noun, row, **values).status_code == 302
    noted = Consent.objects.get()
    assert (noted.noted_by, noted.terms_before, noted.terms_after) == (reporter, "background", "on_record")
    assert (noted.embargo_before, noted.embargo_after.year) == (FUTURE, 2119)
    assert set(Quote.objects.values_list("terms", flat=True)) == {"on_record"}


@EITHER
@pytest.mark.parametrize("missing", GIVEN)
def test_half_a_consent_is_refused_at_what_is_missing(noun, missing, make, as_user, reporter):
    response = change(as_user(reporter), noun, make(noun), terms="on_record", **{**GIVEN, missing: ""})
    assert missing in errors(response)
    assert not Consent.objects.exists()


@EITHER
def test_a_consent_to_nothing_is_refused_and_not_dropped_in_silence(noun, make, as_user, reporter):
    response = change(as_user(reporter), noun, make(noun), **GIVEN)
    assert "Nothing becomes looser" in errors(response)["__all__"][0]


def test_a_quotes_own_form_doesnt_loosen_what_its_interview_says(make, as_user, reporter):
    interview = make("interview")
    response = change(as_user(reporter), "quote", interview.quotes.get(), terms="on_record", **GIVEN)
    assert "takes its terms from there" in errors(response)["__all__"][0]


@EITHER
def test_a_new_one_is_saved_without_any_consent(noun, investigation, as_user, reporter):
    source = builders.make_source(investigation=investigation, person=builders.make_person())
    values = {"investigation": investigation.pk, "source": source.pk, "terms": "on_record", "manner": "video"}
    client = as_user(reporter)
    page = address(noun)
    data = posted(client.get(page), words="We signed it", form="verbatim", **values)
    assert client.post(page, data).status_code == 302


# --- Withdrawn consent ---


@pytest.mark.parametrize("noun", ["source", "quote", "interview"])
def test_consent_is_withdrawn_from_the_records_own_screen(noun, make, investigation, as_user, reporter):
    row = builders.make_source(investigation=investigation) if noun == "source" else make(noun)
    client = as_user(reporter)
    link = f"{reverse('admin:investigations_withdrawal_add')}?{noun}={row.pk}"
    assert link in client.get(address(noun, "change", row.pk)).content.decode()
    response = client.post(link, posted(client.get(link), withdrawn="May 2017", note="Called: nothing of it."))
    assert response.status_code == 302
    noted = Withdrawal.objects.get()
    assert (noted.record, noted.noted_by) == (row, reporter)
    page = client.get(address(noun, "change", row.pk)).content.decode()
    assert address("withdrawal", "change", noted.pk) in page
    assert link not in page


@pytest.fixture
def withdrawn(published, reporter):
    quote = published.passages.get(mark="p1").evidence.get().quote
    return builders.make_withdrawal(quote=quote, noted_by=reporter)


def test_a_withdrawal_lists_what_rests_on_it_and_where_readers_have_it(withdrawn, published, as_user, reporter):
    page = as_user(reporter).get(address("withdrawal", "change", withdrawn.pk)).content.decode()
    assert "“met in secret in March”" in page
    assert f"/stories/{published.slug}/editions/1/" in page
    assert "nobody had asked her" not in page


def test_a_withdrawal_is_not_changed_on_its_screen(withdrawn, as_user, reporter):
    client, page = as_user(reporter), address("withdrawal", "change", withdrawn.pk)
    client.post(page, {**posted(client.get(page)), "note": "Never mind.", "withdrawn": "2016"})
    withdrawn.refresh_from_db()
    assert (withdrawn.note, withdrawn.withdrawn) == ("Called us: nothing of it.", "March 4, 2017")


def test_consent_given_again_is_noted_on_the_withdrawal(withdrawn, as_user, reporter):
    client, page = as_user(reporter), address("withdrawal", "change", withdrawn.pk)
    again = {"agreed": "It may stay.", "given": "May 5, 2017", "how": "in writing"}
    data = posted(client.get(page), **{f"consents-0-{name}": value for name, value in again.items()})
    assert client.post(page, data).status_code == 302
    assert Consent.objects.get().noted_by == reporter
    assert not Withdrawal.objects.standing().exists()
    assert "consented again" in client.get(page).content.decode()


@pytest.mark.parametrize("noun", ["source", "quote", "interview"])
def test_nobody_withdraws_what_they_cant_see(noun, make, investigation, as_user, outsider):
    row = builders.make_source(investigation=investigation) if noun == "source" else make(noun)
    client, page = as_user(outsider), address("withdrawal")
    data = posted(client.get(page), withdrawn="May 2017", note="x")
    hidden, missing = (errors(client.post(page, {**data, noun: pk})) for pk in (row.pk, 10**6))
    assert str(hidden[noun]).replace(str(row.pk), "…") == str(missing[noun]).replace(str(10**6), "…")
    assert not Withdrawal.objects.exists()
