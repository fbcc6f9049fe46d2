"""Rows meet the rules that forms meet, in the forms' words; one bad row and nothing of the file is written."""

import pytest
from django.core.exceptions import ValidationError

from investigations.exchange.people import OrganizationResource, PersonResource
from investigations.exchange.quote import QuoteResource
from investigations.exchange.role import RoleResource
from investigations.exchange.source import SourceResource
from investigations.models import Organization, Person, Quote, Role, Source
from tests import builders
from tests.exchange.conftest import exported, taken


@pytest.fixture
def work(investigation):
    investigation.slug = "harbor"
    investigation.save()
    builders.make_person(name="Lee Sample", slug="lee")
    builders.make_source(investigation=investigation, code_name="red fern", person=Person.objects.get())
    builders.make_source(investigation=investigation, code_name="blue cove", descriptor="a pilot")
    return investigation


SOURCE = {"code name": "green bay", "investigation": "harbor", "kind": "document", "title": "Minutes"}
QUOTE = {"short name": "q-1", "investigation": "harbor", "source": "red fern", "words": "We signed it"}


# --- What is written ---


def test_people_are_made_changed_and_left_alone(reporter, extension):
    builders.make_person(name="Lee Sample", slug="lee", description="pilot")
    builders.make_person(name="Kim Still", slug="kim")
    rows = [
        {"short name": "lee", "name": "Lee Sample", "description": "harbor pilot"},
        {"short name": "kim", "name": "Kim Still", "description": ""},
        {"short name": "ash", "name": "Ash New", "description": ""},
        {"short name": "", "name": "Bo Noname", "description": ""},
    ]
    verdict = taken(PersonResource, rows, user=reporter, extension=extension)
    assert (verdict.new_count, verdict.changed_count, verdict.unchanged_count) == (2, 1, 1)
    assert set(Person.objects.values_list("slug", "family_name", "description")) == {
        ("lee", "Sample", "harbor pilot"),
        ("kim", "Still", ""),
        ("ash", "New", ""),
        ("bo-noname", "Noname", ""),
    }


def test_a_dry_run_writes_nothing_and_says_the_same(reporter):
    rows = [{"short name": "ash", "name": "Ash New"}]
    preview = taken(PersonResource, rows, user=reporter, dry_run=True)
    assert not Person.objects.exists()
    assert preview.seal == taken(PersonResource, rows, user=reporter).seal


def test_a_column_that_isnt_in_the_file_stays_as_it_is(reporter):
    builders.make_person(name="Lee Sample", slug="lee", description="pilot")
    taken(PersonResource, [{"slug": "lee", "name": "Lee A. Sample"}], user=reporter)
    assert Person.objects.get().description == "pilot"


def test_an_object_that_leaves_a_column_out_leaves_it_as_it_is(reporter):
    from investigations.exchange.formats import read_json

    builders.make_person(name="Lee Sample", slug="lee", description="pilot")
    sheet = read_json(b'[{"slug": "lee", "name": "Lee B. Sample"}, {"slug": "x", "name": "X Y", "description": "z"}]')
    PersonResource(user=reporter).import_data(sheet)
    assert Person.objects.get(slug="lee").description == "pilot"


def test_text_that_was_stored_with_blanks_around_it_is_not_a_change(reporter):
    person = builders.make_person(slug="lee")
    Person.objects.update(description=" harbor pilot\n")
    assert taken(PersonResource, exported(PersonResource, user=reporter), user=reporter).changed_count == 0
    taken(PersonResource, [{"slug": "lee", "name": f" {person.name} ", "description": "x"}], user=reporter)
    assert Person.objects.get().name == person.name


def test_an_organization_may_stand_above_the_one_it_belongs_to(reporter):
    rows = [
        {"short name": "desk", "name": "Desk", "part of": "paper"},
        {"short name": "paper", "name": "Paper", "part of": "house"},
        {"short name": "house", "name": "House", "part of": ""},
    ]
    assert taken(OrganizationResource, rows, user=reporter).new_count == 3
    assert Organization.objects.get(slug="desk").parent.parent.slug == "house"


def test_new_organizations_that_belong_to_each_other_in_a_circle_are_refused(reporter):
    rows = [{"slug": "a", "name": "A", "part of": "b"}, {"slug": "b", "name": "B", "part of": "a"}]
    verdict = taken(OrganizationResource, rows, user=reporter)
    assert "column part of: The organization “b” is in this file" in " ".join(verdict.sentences()) or (
        "There is no organization" in " ".join(verdict.sentences())
    )
    assert not Organization.objects.exists()


def test_ten_thousand_rows_that_name_each_other_backwards_are_put_in_order_quickly(reporter):
    from investigations.exchange.base import Record
    from investigations.exchange.sheet import Row

    records = [Record((str(n),), [Row(n, {})], {"parent": str(n + 1)}) for n in range(10_000)]
    ordered = OrganizationResource(user=reporter).in_order(records)
    assert [record.key for record in ordered] == [(str(n),) for n in reversed(range(10_000))]


def test_roles_are_found_by_person_and_title(reporter):
    role = builders.make_role(person=builders.make_person(slug="lee"), title="mayor", since="2010")
    builders.make_organization(slug="city")
    row = {
        "person": "lee",
        "title": "mayor",
        "organization": "city",
        "from": "March 2011",
        "to": "",
        "in office": "Yes",
    }
    row["in office at publication"] = row.pop("in office")
    taken(RoleResource, [row, {**row, "title": "pilot"}], user=reporter)
    role.refresh_from_db()
    assert (role.since, role.in_office, role.organization.slug, str(role.since_latest)) == (
        "March 2011",
        True,
        "city",
        "2011-03-31",
    )
    assert Role.objects.count() == 2


def test_an_office_held_twice_comes_back_as_two_roles(reporter):
    person = builders.make_person(slug="lee")
    builders.make_role(person=person, title="mayor", since="1991", until="1993")
    builders.make_role(person=person, title="mayor", since="", until="1980")
    rows = [
        {"person": "lee", "title": "mayor", "from": "1991", "to": "January 1993"},
        {"person": "lee", "title": "mayor", "from": "", "to": "1980"},
        {"person": "lee", "title": "mayor", "from": "February 14, 2019", "to": ""},
    ]
    verdict = taken(RoleResource, rows, user=reporter)
    assert verdict.sentences() == []
    assert (verdict.new_count, verdict.changed_count, verdict.unchanged_count) == (1, 1, 1)


def test_a_role_that_contradicts_one_on_file_is_told_at_its_beginning(reporter):
    person = builders.make_person(slug="lee")
    for dates in ({"since": "1991", "until": "1993"}, {"since": "2001", "until": "2003"}):
        builders.make_role(person=person, title="mayor", **dates)
    row = {"person": "lee", "title": "Mayor", "from": "1992", "to": ""}
    (sentence,) = taken(RoleResource, [row], user=reporter).sentences()
    assert sentence.startswith("Row 2, column from: This contradicts mayor (from 1991 to 1993)")


def test_sources_take_their_relay_from_the_same_file(work, reporter):
    rows = [{**SOURCE, "as reported by": "old mill"}, {**SOURCE, "code name": "old mill", "as reported by": ""}]
    taken(SourceResource, rows, user=reporter)
    assert Source.objects.get(code_name="green bay").relay.code_name == "old mill"


def test_a_source_without_a_code_name_gets_one(work, reporter):
    taken(SourceResource, [{**SOURCE, "code name": ""}], user=reporter)
    assert len(Source.objects.get(title="Minutes").code_name.split()) == 2


@pytest.mark.parametrize("kind", ["document", "Document", "DOCUMENT"])
def test_a_value_is_known_by_its_label_too(work, reporter, kind):
    taken(SourceResource, [{**SOURCE, "kind": kind}], user=reporter)
    assert Source.objects.get(title="Minutes").kind == "document"


def test_terms_left_empty_stay_unset(work, reporter):
    taken(QuoteResource, [{**QUOTE, "terms": ""}], user=reporter)
    assert Quote.objects.get().terms == ""


def test_the_speaker_comes_from_a_named_source_and_is_no_change_when_left_empty(work, reporter):
    taken(QuoteResource, [{**QUOTE, "speaker": ""}], user=reporter)
    assert Quote.objects.get().speaker.slug == "lee"
    assert taken(QuoteResource, [{**QUOTE, "speaker": ""}], user=reporter).unchanged_count == 1


def test_what_an_interview_says_is_inherited_and_a_cell_that_differs_is_told(work, reporter):
    source = Source.objects.get(code_name="red fern")
    builders.make_interview(source=source, slug="talk", terms="background", said="March 2, 2017")
    taken(QuoteResource, [{"slug": "q-1", "words": "We signed it", "interview": "talk"}], user=reporter)
    quote = Quote.objects.get()
    assert (quote.source, quote.terms, quote.said) == (source, "background", "March 2, 2017")
    again = {"slug": "q-2", "words": "No", "interview": "talk", "terms": "on_record"}
    (sentence,) = taken(QuoteResource, [again], user=reporter).sentences()
    assert sentence == (
        "Row 2, column terms: The interview talk says “background”, once for all its quotes:"
        " leave this empty, or change it there."
    )
    assert Quote.objects.count() == 1


def test_a_check_outlives_an_import(work, reporter):
    quote = builders.make_quote(source=Source.objects.get(code_name="red fern"), slug="q-1")
    Quote.objects.update(checked_against="tape", checked_by=reporter, checked_at=builders.NOON)
    taken(QuoteResource, [{"short name": "q-1", "setting": "by telephone"}], user=reporter)
    quote.refresh_from_db()
    assert (quote.checked_against, quote.checked_by, quote.setting) == ("tape", reporter, "by telephone")


# --- What is refused ---

BAD_SOURCES = [
    ({"kind": "rumor"}, "kind", "“rumor” is none of person, document"),
    ({"kind": "docment"}, "kind", "Did you mean document?"),
    ({"kind": ""}, "kind", "This field is required."),
    ({"title": ""}, "title", "Give the title readers will see."),
    ({"date": "sometime"}, "date", "We can't read “sometime”"),
    ({"investigation": ""}, "investigation", "This field is required."),
    ({"investigation": "other"}, "investigation", "There is no investigation “other”"),
    ({"as reported by": "no such"}, "as reported by", "There is no source “no such”: give the code name"),
    ({"web address": "not an address"}, "web address", "Enter a valid URL."),
    ({"title": "x" * 251}, "title", "at most 250 characters"),
    ({"title": "a\0b"}, "title", "a character that can't be kept"),
    (
        {"kind": "person", "title": "", "descriptor": "Lee Sample", "identity": "known"},
        "descriptor",
        "somebody's name",
    ),
    ({"kind": "person", "title": "", "descriptor": "a pilot"}, "identity of the unnamed", "Say what is held"),
    ({"descriptor": "a pilot"}, "", "A person who is a source has either a name or a descriptor"),
]


@pytest.mark.parametrize(("values", "column", "says"), BAD_SOURCES)
def test_a_bad_cell_is_told_by_row_and_column(work, reporter, values, column, says):
    before = Source.objects.count()
    rows = [{**SOURCE, "code name": f"good {n}"} for n in range(3)]
    verdict = taken(SourceResource, [*rows, {**SOURCE, **values}], user=reporter)
    place = f"Row 5, column {column}: " if column else "Row 5: "
    assert any(sentence.startswith(place) and says in sentence for sentence in verdict.sentences())
    assert Source.objects.count() == before


def test_the_number_is_that_of_the_object_in_json(work, reporter):
    (sentence,) = taken(
        SourceResource, [SOURCE, {**SOURCE, "code name": "x", "kind": "rumor"}], user=reporter, extension="json"
    ).sentences()
    assert sentence.startswith("Object 2, column kind: ")


def test_a_key_that_stands_twice_is_told_with_both_rows(work, reporter):
    (sentence,) = taken(SourceResource, [SOURCE, SOURCE], user=reporter).sentences()
    assert sentence == "Row 3, column code name: “green bay” stands in row 2 already."


def test_everything_that_is_wrong_is_told_at_once(work, reporter):
    verdict = taken(
        SourceResource, [{**SOURCE, "kind": "x", "date": "y"}, {**SOURCE, "title": "", "slug": ""}][:1], user=reporter
    )
    assert [sentence.split(":")[0] for sentence in verdict.sentences()] == [
        "Row 2, column kind",
        "Row 2, column date",
    ]


def test_a_row_that_names_a_bad_row_says_so(reporter):
    rows = [{"slug": "a", "name": "A", "part of": "b"}, {"slug": "b", "name": "", "part of": ""}]
    sentences = taken(OrganizationResource, rows, user=reporter).sentences()
    assert sentences == [
        "Row 2, column part of: The organization “b” is in this file, in a row that has an error itself.",
        "Row 3, column name: This field is required.",
    ]


def test_fifty_bad_rows_are_listed_and_all_are_counted(reporter):
    verdict = taken(
        PersonResource, [{"slug": f"p{n}", "name": "", "family name": "x"} for n in range(80)], user=reporter
    )
    assert (len(verdict.sentences()), verdict.bad_rows) == (50, 80)


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "person"},
        {"kind": "person", "title": "", "descriptor": "a pilot"},
        {"kind": "document", "descriptor": "a pilot"},
        {"kind": "document", "identity": "known"},
        {"kind": "not_found"},
        {"url": "nowhere"},
        {"title": "x" * 300},
        {"dated": "sometime"},
    ],
)
def test_the_verdict_on_a_row_is_that_of_the_models_own_rules(work, reporter, values):
    instance = Source(
        investigation=work, **{"kind": "document", "title": "Minutes", "code_name": "new one", **values}
    )
    with pytest.raises(ValidationError) as refused:
        instance.full_clean()
    expected = {sentence for said in refused.value.message_dict.values() for sentence in said}
    row = {"code_name": "new one", "investigation": "harbor", "kind": "document", "title": "Minutes", **values}
    told = {sentence.split(": ", 1)[1] for sentence in taken(SourceResource, [row], user=reporter).sentences()}
    assert {
        sentence.replace("This field cannot be blank.", "This field is required.") for sentence in expected
    } == told


def test_a_rule_that_only_the_database_sees_is_told_in_its_words(reporter):
    person = builders.make_person(slug="lee")
    builders.make_role(person=person, title="mayor", since="2010", until="2012")
    row = {"person": "lee", "title": "mayor", "in office at publication": "yes"}
    (sentence,) = taken(RoleResource, [row], user=reporter).sentences()
    assert sentence == "Row 2: A role still held at publication has no end: empty one of the two."
