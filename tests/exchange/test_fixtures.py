"""Fixtures meet the rules that forms meet: a refused object is told with its place, and nothing is written."""

import json

import pytest
import yaml

from investigations.exchange.fixtures import FixtureError, load
from investigations.models import Investigation, Meeting, MeetingClass, Person, Quote, Source, Story
from tests import builders

PERSON = {"model": "investigations.person", "fields": {"name": "Lee Sample"}}
INVESTIGATION = {"model": "investigations.investigation", "fields": {"title": "The harbor", "slug": "harbor"}}
SOURCE = {
    "model": "investigations.source",
    "fields": {"investigation": ["harbor"], "code_name": "red fern", "kind": "document", "title": "Minutes"},
}
MEETING = {
    "model": "investigations.meeting",
    "fields": {
        "investigation": ["harbor"],
        "slug": "visit",
        "title": "Visit",
        "kind": "meeting",
        "established": "document",
        "source": ["red fern"],
        "when": "early August 2016",
    },
}
GROUP = {
    "model": "investigations.meetingclass",
    "fields": {"investigation": ["harbor"], "label": "her visits", "meetings": [["visit"]]},
}


@pytest.fixture
def write(tmp_path, db):
    """Write objects to a file of that name."""

    def written(*objects, name="case.yaml"):
        path = tmp_path / name
        text = json.dumps(objects) if name.endswith(".json") else yaml.safe_dump(list(objects), allow_unicode=True)
        path.write_text(text, encoding="utf-8")
        return path

    return written


def changed(row, **fields):
    return {**row, "fields": {**row["fields"], **fields}}


def test_a_good_file_is_loaded_with_its_links(write):
    assert load(write(INVESTIGATION, SOURCE, MEETING, GROUP)) == 4
    meeting = Meeting.objects.get()
    assert (meeting.source.code_name, str(meeting.when_earliest)) == ("red fern", "2016-08-01")
    assert list(MeetingClass.objects.get().meetings.all()) == [meeting]


def test_json_is_read_too(write):
    assert load(write(PERSON, name="case.json")) == 1
    assert Person.objects.get().family_name == "Sample"


def test_what_a_row_makes_for_itself_is_made(write):
    load(write(INVESTIGATION, changed(SOURCE, code_name=""), PERSON))
    assert Source.objects.get().code_name
    assert Person.objects.get().slug == "lee-sample"


def test_text_is_set_as_a_form_sets_it(write):
    story = {"model": "investigations.story", "fields": {"investigation": ["harbor"], "headline": 'The "deal"'}}
    load(write(INVESTIGATION, story))
    assert Story.objects.get().headline == "The “deal”"


def test_a_file_loaded_again_changes_the_rows_it_made_and_makes_no_others(write):
    load(write(INVESTIGATION, SOURCE))
    load(write(INVESTIGATION, changed(SOURCE, title="Other minutes")))
    assert (Investigation.objects.count(), Source.objects.get().title) == (1, "Other minutes")


def test_a_file_loaded_again_leaves_the_keys_by_which_the_record_knows_its_rows(write):
    load(write(INVESTIGATION, SOURCE, MEETING))
    keys = {model: model.objects.get().public_key for model in (Investigation, Source, Meeting)}
    load(write(INVESTIGATION, SOURCE, MEETING))
    assert {model: model.objects.get().public_key for model in keys} == keys


def test_an_empty_file_holds_nothing(write):
    assert load(write()) == 0


@pytest.mark.parametrize(
    ("objects", "place", "says"),
    [
        ([INVESTIGATION, changed(SOURCE, title="")], "object 2", "title: Give the title readers will see."),
        ([INVESTIGATION, SOURCE, changed(MEETING, when="sometime")], "object 3", "We can't read “sometime”"),
        ([INVESTIGATION, changed(SOURCE, kind="rumor")], "object 2", "kind: "),
        ([INVESTIGATION, changed(SOURCE, investigation=["other"])], "object 2", "investigation"),
        ([PERSON, {"model": "investigations.rumor", "fields": {}}], "object 2", "rumor"),
        ([changed(PERSON, shoe_size=44)], "object 1", "shoe_size"),
        ([PERSON, changed(PERSON, slug="x y")], "object 2", "slug: "),
        (
            [INVESTIGATION, SOURCE, MEETING, changed(GROUP, meetings=[["other"]])],
            "object 4",
            "Meeting matching query",
        ),
        ([PERSON, changed(PERSON, name="")], "object 2", "name: "),
    ],
)
def test_a_refused_object_is_told_with_file_and_number_and_nothing_is_written(write, objects, place, says):
    with pytest.raises(FixtureError) as refused:
        load(write(*objects))
    assert str(refused.value).startswith(f"case.yaml, {place}: ")
    assert says in str(refused.value)
    assert not Investigation.objects.exists()
    assert not Person.objects.exists()


def test_a_rule_between_rows_is_kept_too(write):
    unnamed = changed(SOURCE, kind="person", title="", descriptor="Lee Sample", identity="not_held")
    with pytest.raises(FixtureError, match=r"case\.yaml, object 3: descriptor: That is somebody's name"):
        load(write(PERSON, INVESTIGATION, unnamed))
    assert not Source.objects.exists()


@pytest.mark.parametrize("text", ["- [unclosed", "just words", "- 7", "- model: investigations.person"])
def test_a_file_that_is_no_fixture_is_told_by_its_name(tmp_path, db, text):
    path = tmp_path / "broken.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FixtureError, match=r"^broken\.yaml"):
        load(path)


def test_a_file_that_isnt_there_is_told_by_its_name(tmp_path, db):
    with pytest.raises(FixtureError, match=r"^nowhere\.yaml"):
        load(tmp_path / "nowhere.yaml")


def test_rows_that_were_there_before_stay_when_a_file_is_refused(write):
    kept = builders.make_quote()
    with pytest.raises(FixtureError):
        load(write(PERSON, changed(PERSON, name="")))
    assert Quote.objects.get() == kept
