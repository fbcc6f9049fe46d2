"""Sources, quotes, meetings, people: what they fill in for themselves and what they refuse."""

import pytest
from django.core.exceptions import ValidationError

from investigations.models import Attendance, Evidence, MeetingClass, Person, Quote, RoleAccount, Source
from investigations.models import source as source_module
from tests import builders


@pytest.fixture
def unnamed(investigation):
    return builders.make_source(investigation=investigation, descriptor="a diplomat of the region")


# --- Sources ---


def test_a_code_name_is_drawn_and_is_two_words(db):
    assert len(builders.make_source().code_name.split()) == 2


def test_a_code_name_is_drawn_when_a_source_is_saved_unchecked(db):
    investigation = builders.make_investigation()
    source = Source.objects.create(investigation=investigation, kind="document", title="Minutes")
    assert source.code_name


def test_a_code_name_that_is_taken_is_drawn_again(db, monkeypatch):
    builders.make_source(code_name="red fern")
    drawn = iter(["red fern", "red fern", "blue elm"])
    monkeypatch.setattr(source_module, "new_code_name", lambda: next(drawn))
    assert builders.make_source().code_name == "blue elm"


def test_a_code_name_once_drawn_stays(db):
    source = builders.make_source()
    name = source.code_name
    source.title = "Other minutes"
    source.full_clean()
    source.save()
    source.refresh_from_db()
    assert source.code_name == name


@pytest.mark.parametrize("descriptor", ["Robin Gray", "robin gray", " Robin Gray ", "ROBIN GRAY"])
def test_a_descriptor_is_nobodys_name(descriptor, db):
    builders.make_person(name="Robin Gray")
    with pytest.raises(ValidationError, match="a descriptor must not name anyone"):
        builders.make_source(descriptor=descriptor)


@pytest.mark.parametrize("descriptor", ["Lee Sample", " lee SAMPLE "])
def test_a_description_of_somebody_there_must_not_be_a_name(descriptor, db):
    builders.make_person(name="Lee Sample")
    row = Attendance(meeting=builders.make_meeting(), descriptor=descriptor)
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert "choose the person" in refused.value.message_dict["descriptor"][0]


def test_a_row_that_goes_takes_the_accounts_of_that_meeting_with_it_and_no_others(db):
    row = builders.make_attendance()
    meeting, person = row.meeting, row.person
    group = builders.make_meeting_class(investigation=meeting.investigation, meetings=[meeting])
    builders.make_role_account(meeting=meeting, person=person)
    kept = {
        builders.make_role_account(meeting_class=group, person=person),
        builders.make_role_account(meeting=meeting),
    }
    row.delete()
    assert set(RoleAccount.objects.all()) == kept


# --- Quotes and the text of their source ---

LETTER = "We met twice — in “March” and in May. Nobody asked\nbefore the board signed it."


@pytest.mark.parametrize(
    "words",
    [
        "Nobody asked before the board signed it",
        'we met twice - in "March"',
        "We met twice … Nobody asked before [they] signed it.",
        "“in ‘March’ and in May.”".replace("‘", "“").replace("’", "”"),
    ],
)
def test_verbatim_words_that_stand_in_the_sources_text_pass(words, db):
    source = builders.make_source(full_text=LETTER)
    assert builders.make_quote(source=source, words=words).pk


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (LETTER * 2, "The quote is longer than its source: 156 characters against 78."),
        ("Nobody asked after", "“Nobody asked after” doesn't stand in the text of the source."),
        ("Nobody asked … We met twice", "“We met twice” doesn't stand in the text of the source."),
    ],
)
def test_verbatim_words_that_the_source_hasnt_are_refused_at_the_words(words, says, db):
    source = builders.make_source(full_text=LETTER)
    with pytest.raises(ValidationError) as refused:
        builders.make_quote(source=source, words=words)
    assert refused.value.message_dict["words"] == [says]


def test_words_of_ours_are_not_held_against_the_sources_text(db):
    source = builders.make_source(full_text=LETTER)
    assert builders.make_quote(source=source, words="The board was not asked", form="paraphrase").pk


def test_a_descriptor_that_names_nobody_is_kept_exactly(db):
    builders.make_person(name="Robin Gray")
    words = "a diplomat with knowledge of Robin Gray’s talks"
    assert builders.make_source(descriptor=words).descriptor == words


def test_a_source_with_a_descriptor_is_unnamed(unnamed, db):
    assert unnamed.is_unnamed
    assert not builders.make_source(person=builders.make_person()).is_unnamed


# --- Quotes ---


def test_an_unnamed_source_can_have_no_speaker(unnamed):
    with pytest.raises(ValidationError) as refused:
        builders.make_quote(source=unnamed, terms="background", speaker=builders.make_person())
    assert refused.value.message_dict["speaker"] == ["This source may not be named: leave the speaker empty."]


def test_an_unnamed_source_can_have_no_other_label(unnamed):
    with pytest.raises(ValidationError) as refused:
        builders.make_quote(source=unnamed, terms="background", speaker_label="an aide")
    assert "goes by its descriptor" in refused.value.message_dict["speaker_label"][0]


def test_the_speaker_is_taken_from_a_named_source(db):
    source = builders.make_source(person=builders.make_person())
    assert builders.make_quote(source=source).speaker == source.person


def test_a_speaker_who_is_given_stays(db):
    speaker = builders.make_person()
    assert builders.make_quote(source=builders.make_source(), speaker=speaker).speaker == speaker


def test_a_quote_takes_no_source_of_another_investigation(db):
    elsewhere = builders.make_source()
    with pytest.raises(ValidationError) as refused:
        builders.make_quote(source=elsewhere, investigation=builders.make_investigation())
    assert refused.value.message_dict.keys() == {"source"}


@pytest.mark.parametrize(
    ("terms", "publishable", "by_name"),
    [
        ("", False, False),
        ("on_record", True, True),
        ("as_printed", True, True),
        ("not_for_attribution", True, False),
        ("background", True, False),
        ("off_record", False, False),
    ],
)
def test_terms_decide_what_goes_out_and_under_whose_name(terms, publishable, by_name, db):
    quote = builders.make_quote(terms=terms)
    assert (quote.is_publishable, quote.is_attributed_by_name) == (publishable, by_name)


@pytest.mark.parametrize("terms", ["on_record", "as_printed"])
def test_an_unnamed_source_is_named_under_no_terms(terms, unnamed):
    assert not builders.make_quote(source=unnamed, terms=terms).is_attributed_by_name


def test_quotes_without_terms_and_without_a_check_are_found(db, reporter):
    bare, done = builders.make_quote(terms=""), builders.make_quote()
    done.checked_against, done.checked_by, done.checked_at = "the recording", reporter, builders.MORNING
    done.save()
    assert list(Quote.objects.without_terms()) == [bare]
    assert list(Quote.objects.unchecked()) == [bare]


# --- What belongs to one investigation ---


def test_a_meeting_takes_no_source_of_another_investigation(db):
    with pytest.raises(ValidationError) as refused:
        builders.make_meeting(source=builders.make_source())
    assert refused.value.message_dict.keys() == {"source"}


@pytest.mark.parametrize("record", ["quote", "meeting", "source"])
def test_evidence_takes_no_record_of_another_investigation(record, db):
    row = Evidence(passage=builders.make_passage(), **{record: getattr(builders, f"make_{record}")()})
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert refused.value.message_dict[record] == ["That record belongs to another investigation."]


@pytest.mark.parametrize("said", ["quote", "source"])
@pytest.mark.parametrize("about", ["meeting", "meeting_class"])
def test_an_account_comes_from_the_investigation_it_is_about(about, said, db):
    parts = {name: getattr(builders, f"make_{name}")() for name in (about, said)}
    row = RoleAccount(person=builders.make_person(), wording="as chair", **parts)
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert refused.value.message_dict[said] == ["That belongs to another investigation."]


@pytest.mark.parametrize("link", ["relay", "origin"])
def test_a_source_relies_on_none_of_another_investigation(link, db):
    with pytest.raises(ValidationError) as refused:
        builders.make_source(**{link: builders.make_source()})
    assert refused.value.message_dict.keys() == {link}


# --- Meetings and the accounts of a role ---


def test_accounts_of_a_person_are_those_of_the_meeting_and_then_of_its_classes(db):
    person, meeting = builders.make_person(), builders.make_meeting()
    group = builders.make_meeting_class(investigation=meeting.investigation, meetings=[meeting])
    of_class = builders.make_role_account(person=person, meeting_class=group)
    of_meeting = builders.make_role_account(person=person, meeting=meeting)
    builders.make_role_account(meeting=meeting)
    assert meeting.accounts_of(person.pk) == [of_meeting, of_class]


def test_meetings_that_need_something_are_found(db):
    bare, disputed = builders.make_meeting(), builders.make_meeting()
    disputed.source = builders.make_source(investigation=disputed.investigation)
    disputed.save()
    builders.make_attendance(meeting=disputed, role_in_dispute=True)
    meetings = type(bare).objects
    assert list(meetings.without_source()) == [bare]
    assert list(meetings.with_role_in_dispute()) == [disputed]


# --- People ---


def test_a_person_is_sorted_by_the_last_word_of_the_name_unless_told(db):
    assert builders.make_person(name="Lee van Sample").family_name == "Sample"
    assert builders.make_person(name="Lee van Sample", family_name="van Sample").family_name == "van Sample"


STILL = "chair (from 2010; until when is not stated)"


@pytest.mark.parametrize(
    ("values", "label"),
    [
        ({"since": "2010", "until": "2015"}, "retired"),
        ({"since": "2010"}, STILL),
        ({"since": "2010", "in_office": True}, "chair"),
        ({"since": "2010", "until": "March 10, 2016"}, "chair"),
        ({"since": "2010", "until": "March 9, 2016"}, "retired"),
        ({"since": "March 1, 2016", "in_office": True}, "chair"),
        ({"since": "March 2, 2016", "in_office": True}, "retired"),
        ({"since": "2016", "in_office": True}, "retired"),
        ({"since": "", "in_office": True}, "retired"),
    ],
)
def test_a_label_holds_only_the_roles_certainly_held_on_every_day(values, label, db):
    person = builders.make_person(description="retired")
    builders.make_role(person=person, title="chair", **values)
    meeting = builders.make_meeting(when="early March 2016")
    assert (str(meeting.when_earliest), str(meeting.when_latest)) == ("2016-03-01", "2016-03-10")
    assert person.label_on(meeting.when_earliest, meeting.when_latest) == label


def test_two_roles_at_once_are_both_told(db):
    person = builders.make_person()
    builders.make_role(person=person, title="adviser", since="2015", in_office=True)
    builders.make_role(person=person, title="senator", since="1997", in_office=True)
    day = builders.make_meeting(when="March 1, 2016").when_earliest
    assert person.label_on(day, day) == "senator; adviser"


def test_on_an_unknown_day_nobody_certainly_held_an_office(db):
    role = builders.make_role(since="1997", in_office=True)
    assert role.person.label_on(None, None) == ""


# --- Short names ---


def test_an_empty_short_name_is_made_and_a_second_one_gets_a_number(db):
    first, second = (builders.make_organization(name="Office of Harbors") for _ in range(2))
    assert (first.slug, second.slug) == ("office-of-harbors", "office-of-harbors-2")


def test_a_short_name_that_is_given_stays_when_the_name_changes(db):
    person = builders.make_person(name="Lee Sample", slug="lee")
    person.name = "Lee Other"
    person.full_clean()
    person.save()
    assert Person.objects.get_by_natural_key("lee") == person


def test_a_name_without_a_latin_letter_gets_a_short_name_too(db):
    assert builders.make_organization(name="北京").slug


@pytest.mark.parametrize(
    "make",
    [
        *("investigation", "person", "organization", "source", "quote", "meeting", "meeting_class", "story"),
        *("role", "passage"),
    ],
)
def test_a_natural_key_leads_back_to_its_row(make, db):
    row = getattr(builders, f"make_{make}")()
    getattr(builders, f"make_{make}")()
    assert type(row)._default_manager.get_by_natural_key(*row.natural_key()) == row


def test_a_class_of_meetings_is_known_by_its_short_name(db):
    group = builders.make_meeting_class(label="her meetings with the board")
    assert str(group) == group.slug == "her-meetings-with-the-board"
    assert MeetingClass.objects.get_by_natural_key(group.slug) == group
