"""Files don't loosen what was agreed with a source: refused by row and column, unless the consent is noted."""

from datetime import UTC, datetime

import pytest

from investigations.exchange.quote import QuoteResource
from investigations.models import Consent, Quote
from tests import builders
from tests.exchange.conftest import exported, taken

FUTURE = datetime(2120, 1, 1, 15, tzinfo=UTC)


@pytest.fixture
def quote(investigation):
    source = builders.make_source(investigation=investigation, person=builders.make_person())
    return builders.make_quote(source=source, terms="background", slug="q-1", embargo_until=FUTURE)


def test_looser_terms_are_refused_by_row_and_column(quote, reporter, extension):
    rows = [{"short name": "q-1", "terms": "on_record"}]
    (said,) = taken(QuoteResource, rows, user=reporter, extension=extension).sentences()
    assert said.split(": ")[0].lower().endswith("column terms")
    assert "closer terms (on background)" in said
    assert Quote.objects.get().terms == "background"


@pytest.mark.parametrize("terms", ["", "not_for_attribution", "as_printed"])
def test_no_cell_loosens_or_empties_the_terms(quote, reporter, terms):
    assert taken(QuoteResource, [{"short name": "q-1", "terms": terms}], user=reporter).has_errors()
    assert Quote.objects.get().terms == "background"


@pytest.mark.parametrize("cell", ["", "2119-01-01 09:00"])
def test_an_embargo_is_not_shortened_or_lifted_by_a_cell(quote, reporter, cell):
    (said,) = taken(QuoteResource, [{"short name": "q-1", "embargo until": cell}], user=reporter).sentences()
    assert "column embargo until: The embargo still runs." in said


def test_closer_terms_and_a_longer_embargo_are_taken_in(quote, reporter):
    row = {"short name": "q-1", "terms": "off_record", "embargo until": "2121-06-01 09:00"}
    assert not taken(QuoteResource, [row], user=reporter).has_errors()
    found = Quote.objects.get()
    assert (found.terms, found.embargo_until) == ("off_record", datetime(2121, 6, 1, 13, tzinfo=UTC))


def test_a_noted_consent_lets_the_file_in(quote, reporter):
    noted = Consent(agreed="By name.", given="2017", how="in writing", noted_by=reporter)
    noted.of(quote, becomes=Quote(terms="on_record", embargo_until=FUTURE)).save()
    assert not taken(QuoteResource, [{"short name": "q-1", "terms": "on_record"}], user=reporter).has_errors()
    assert Quote.objects.get().terms == "on_record"


def test_an_embargo_goes_out_and_in_again_unchanged(quote, reporter, extension):
    rows = exported(QuoteResource, user=reporter)
    assert rows[0]["embargo until"] == "2120-01-01 10:00-05:00"
    assert taken(QuoteResource, rows, user=reporter, extension=extension).unchanged_count == 1


def test_an_embargo_that_is_no_instant_is_refused(quote, reporter):
    (said,) = taken(QuoteResource, [{"short name": "q-1", "embargo until": "soon"}], user=reporter).sentences()
    assert "“soon” is no day and time" in said
