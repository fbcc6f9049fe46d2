"""What is agreed with a source is loosened only with a dated note of the source's consent, by whatever way."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from investigations.models import Consent, Interview, Quote, Withdrawal
from investigations.models.withdrawal import withdraw_consent
from investigations.vocabulary import NAMING_TERMS, OPENNESS, PUBLISHABLE_TERMS, Terms
from tests import builders

FUTURE, LATER = datetime(2120, 1, 1, tzinfo=UTC), datetime(2121, 1, 1, tzinfo=UTC)
PAST = datetime(2020, 1, 1, tzinfo=UTC)
ASK = "Ask the source, and note their consent with the new terms"
EITHER = pytest.mark.parametrize("make", [builders.make_quote, builders.make_interview], ids=["quote", "interview"])


def consent(by):
    return Consent(agreed="May be named.", given="March 3, 2017", how="by telephone", noted_by=by)


def refused(row, **values):
    """What the form says, by field; the same is said by `save`, and nothing is stored."""
    before = type(row).objects.filter(pk=row.pk).values().get()
    for name, value in values.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as cleaned:
        row.full_clean()
    with pytest.raises(ValidationError):
        row.save()
    assert type(row).objects.filter(pk=row.pk).values().get() == before
    return cleaned.value.message_dict


# --- The order of terms ---


def test_every_term_has_its_place_and_those_that_name_are_the_most_open():
    assert OPENNESS.keys() == set(Terms)
    assert all(OPENNESS[naming] > OPENNESS[other] for naming in NAMING_TERMS for other in set(Terms) - NAMING_TERMS)
    assert all(OPENNESS[Terms.OFF_RECORD] < OPENNESS[other] for other in PUBLISHABLE_TERMS)
    assert OPENNESS[Terms.BACKGROUND] < OPENNESS[Terms.NOT_FOR_ATTRIBUTION]


@EITHER
@pytest.mark.parametrize(("old", "new"), [*permutations(Terms, 2)])
def test_only_looser_terms_need_consent(db, make, old, new):
    row = make(terms=old)
    row.terms = new
    if OPENNESS[new] > OPENNESS[old]:
        assert ASK in refused(row)["terms"][0]
    else:
        row.full_clean()
        row.save()
        assert type(row).objects.get(pk=row.pk).terms == new


@EITHER
@pytest.mark.parametrize("terms", Terms)
def test_terms_that_nobody_set_are_set_without_consent(db, make, terms):
    row = make(terms="")
    row.terms = terms
    row.full_clean()
    row.save()
    assert type(row).objects.get().terms == terms


@EITHER
def test_terms_that_were_set_are_never_emptied_so_that_nobody_sets_them_anew(db, make):
    assert "not emptied" in refused(make(terms="background"), terms="")["terms"][0]


# --- Ways past the form ---


@EITHER
@pytest.mark.parametrize("values", [{"terms": "on_record"}, {"embargo_until": None}])
def test_rows_are_not_loosened_all_at_once(db, make, values):
    row = make(terms="background", embargo_until=FUTURE)
    with pytest.raises(ValidationError, match="record by record"):
        type(row).objects.update(**values)
    for name, value in values.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError, match="record by record"):
        type(row).objects.bulk_update([row], list(values))


def test_a_new_row_over_an_old_one_is_no_way_around(db):
    old = builders.make_quote(terms="background")
    new = Quote(pk=old.pk, slug=old.slug, source=old.source, investigation=old.investigation, words="x")
    new.terms = "on_record"
    with pytest.raises(ValidationError, match="closer terms"):
        new.save()


def test_an_old_copy_of_a_row_doesnt_bring_its_old_terms_back(db):
    quote = builders.make_quote(terms="on_record")
    stale = Quote.objects.get()
    quote.terms = "off_record"
    quote.save()
    stale.words = "Another sentence"
    with pytest.raises(ValidationError, match="closer terms"):
        stale.save()
    stale.save(update_fields=["words"])
    assert Quote.objects.get().terms == "off_record"


def test_a_quote_that_comes_to_an_interview_on_looser_terms_needs_consent(db):
    quote = builders.make_quote(terms="background")
    interview = builders.make_interview(source=quote.source, terms="on_record")
    assert "terms" in refused(quote, interview=interview)


def test_a_quote_that_leaves_its_interview_keeps_its_terms(db):
    interview = builders.make_interview(terms="off_record")
    quote = builders.make_quote(source=interview.source, interview=interview)
    assert "terms" in refused(quote, interview=None, terms="on_record")


def test_an_interviews_consent_is_none_for_a_quote_that_wasnt_of_it(db, reporter):
    interview = builders.make_interview(terms="background")
    quote = builders.make_quote(source=interview.source, terms="background")
    interview.terms, interview.consent_now = "on_record", consent(reporter)
    interview.save()
    assert "terms" in refused(quote, interview=interview)


# --- Consent ---


@EITHER
def test_looser_terms_and_the_consent_to_them_are_stored_in_one_go(db, make, reporter):
    row = make(terms="background")
    row.terms, row.consent_now = "on_record", consent(reporter)
    row.full_clean()
    row.save()
    noted = Consent.objects.get()
    assert type(row).objects.get().terms == "on_record"
    assert (noted.terms_before, noted.terms_after, noted.given_earliest.year) == ("background", "on_record", 2017)
    assert row.consent_now is None


def test_an_interviews_quotes_are_loosened_with_it(db, reporter):
    interview = builders.make_interview(terms="background", embargo_until=FUTURE)
    quote = builders.make_quote(source=interview.source, interview=interview)
    interview.terms, interview.embargo_until, interview.consent_now = "on_record", None, consent(reporter)
    interview.save()
    quote.refresh_from_db()
    assert (quote.terms, quote.embargo_until) == ("on_record", None)


def test_a_consent_is_used_once(db, reporter):
    quote = builders.make_quote(terms="background")
    quote.terms, quote.consent_now = "on_record", consent(reporter)
    quote.save()
    quote.terms = "background"
    quote.save()
    assert "terms" in refused(quote, terms="on_record")


@given(noted=st.tuples(*[st.sampled_from(list(Terms))] * 2), change=st.tuples(*[st.sampled_from(list(Terms))] * 2))
def test_a_consent_covers_no_more_than_was_agreed(noted, change):
    found = Consent(terms_before=noted[0], terms_after=noted[1])
    stored, becomes = Quote(terms=change[0]), Quote(terms=change[1])
    if found.covers("terms", stored, becomes):
        assert OPENNESS[change[1]] <= OPENNESS[noted[1]]
        assert OPENNESS[change[0]] >= OPENNESS[noted[0]]
    assert not found.covers("embargo_until", Quote(embargo_until=FUTURE), Quote())


def test_a_consent_noted_before_covers_the_change_it_was_given_for(db, reporter):
    quote = builders.make_quote(terms="background")
    consent(reporter).of(quote, becomes=Quote(terms="not_for_attribution")).save()
    assert "terms" in refused(Quote.objects.get(), terms="on_record")
    quote.terms = "not_for_attribution"
    quote.save()


def test_a_consent_to_nothing_looser_is_refused(db, reporter):
    quote = builders.make_quote(terms="on_record")
    quote.consent_now = consent(reporter)
    with pytest.raises(ValidationError, match="Nothing becomes looser"):
        quote.full_clean()


@pytest.mark.parametrize("make", [builders.make_consent, builders.make_withdrawal])
def test_what_a_source_said_is_kept_as_it_was_noted(db, make):
    note = make()
    with pytest.raises(ValidationError, match="noted once"):
        note.save()
    with pytest.raises(ValidationError, match="noted once"):
        note.delete()
    with pytest.raises(ValidationError, match="noted once"):
        type(note).objects.all().delete()
    with pytest.raises(ValidationError, match="noted once"):
        type(note).objects.update(noted_at=PAST)
    assert type(note).objects.count() == 1


@pytest.mark.parametrize(
    ("make", "field"), [(builders.make_consent, "given"), (builders.make_withdrawal, "withdrawn")]
)
def test_nobody_has_said_anything_on_a_day_to_come(db, make, field):
    with pytest.raises(ValidationError, match="still to come"):
        make(**{field: str((timezone.localdate() + timedelta(days=800)).year)})


# --- Embargo ---


@EITHER
@pytest.mark.parametrize(
    ("old", "new", "looser"),
    [
        (None, FUTURE, False),
        (FUTURE, LATER, False),
        (FUTURE, FUTURE, False),
        (PAST, None, False),
        (LATER, FUTURE, True),
        (FUTURE, PAST, True),
        (FUTURE, None, True),
    ],
)
def test_an_embargo_that_runs_is_shortened_and_lifted_only_with_consent(db, make, reporter, old, new, looser):
    row = make(embargo_until=old)
    row.embargo_until = new
    if looser:
        assert "embargo still runs" in refused(row)["embargo_until"][0]
        row.consent_now = consent(reporter)
    row.full_clean()
    row.save()
    assert type(row).objects.get().embargo_until == new


def test_a_consent_to_terms_is_none_to_a_shorter_embargo_later(db, reporter):
    quote = builders.make_quote(terms="background", embargo_until=FUTURE)
    consent(reporter).of(quote, becomes=Quote(terms="on_record", embargo_until=FUTURE)).save()
    assert set(refused(quote, terms="on_record", embargo_until=None)) == {"embargo_until"}


def test_a_quotes_embargo_is_its_interviews(db):
    interview = builders.make_interview(embargo_until=FUTURE)
    quote = builders.make_quote(source=interview.source, interview=interview)
    assert quote.embargo_until == FUTURE
    interview.embargo_until = LATER
    interview.save()
    quote.refresh_from_db()
    assert quote.embargo_until == LATER


# --- Withdrawn consent ---


@pytest.mark.parametrize("make", [builders.make_source, builders.make_quote, builders.make_interview])
def test_consent_is_withdrawn_with_a_day_a_note_and_who_noted_it(db, make, reporter):
    record = make()
    noted = withdraw_consent(record, by=reporter, when="early May 2017", note="Called: nothing of it.")
    assert (noted.record, noted.noted_by, noted.withdrawn_earliest.month) == (record, reporter, 5)
    assert type(record).objects.consent_withdrawn().get() == record


@pytest.mark.parametrize(
    ("values", "field"), [({"when": "some day"}, "withdrawn"), ({"when": ""}, "withdrawn"), ({"note": ""}, "note")]
)
def test_a_withdrawal_without_its_day_or_its_note_is_refused_at_the_field(db, values, field, reporter):
    with pytest.raises(ValidationError) as error:
        withdraw_consent(builders.make_quote(), by=reporter, **{"when": "May 2017", "note": "x", **values})
    assert field in error.value.message_dict
    assert not Withdrawal.objects.exists()


def test_consent_is_withdrawn_once_and_again_after_it_was_given_again(db, reporter):
    quote = builders.make_quote()
    first = withdraw_consent(quote, by=reporter, when="May 2017", note="No.")
    with pytest.raises(ValidationError, match="already"):
        withdraw_consent(quote, by=reporter, when="May 2017", note="No.")
    builders.make_consent(withdrawal=first)
    assert not Quote.objects.consent_withdrawn().exists()
    withdraw_consent(quote, by=reporter, when="June 2017", note="No.")
    assert Quote.objects.consent_withdrawn().get() == quote


def test_a_sources_withdrawal_is_one_of_its_interviews_and_quotes_too(db):
    interview = builders.make_interview()
    builders.make_quote(source=interview.source, interview=interview)
    builders.make_withdrawal(source=interview.source)
    assert (Interview.objects.consent_withdrawn().count(), Quote.objects.consent_withdrawn().count()) == (1, 1)
