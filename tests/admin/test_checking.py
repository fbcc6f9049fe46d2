"""Checking on the screens: stamped for others, refused to whoever entered it, in batches per interview."""

import pytest
from django.urls import reverse

from investigations.exchange.quote import QuoteResource
from investigations.models import Quote
from tests import builders
from tests.admin.forms import posted, sentences
from tests.exchange.conftest import taken

OWN = "You entered this yourself: somebody else holds it against its source."


def page(row, name="change"):
    return reverse(f"admin:investigations_{row._meta.model_name}_{name}", args=[row.pk])


def errors(response):
    return response.context["adminform"].form.errors.get("checked_against", [])


@pytest.fixture(params=["quote", "meeting"])
def record(request, investigation, reporter):
    """A quote or a meeting that the reporter entered."""
    make = {"quote": builders.make_quote, "meeting": builders.make_meeting}[request.param]
    found = make(investigation=investigation, entered_by=reporter)
    if request.param == "meeting":
        builders.make_attendance(meeting=found)
    return found


def test_a_check_is_stamped_for_somebody_else(record, as_user, editor):
    client = as_user(editor)
    assert client.post(page(record), posted(client.get(page(record)), checked_against="the tape")).status_code == 302
    record.refresh_from_db()
    assert (record.checked_by, record.checked_against) == (editor, "the tape")


def test_whoever_entered_it_is_refused_at_the_field(record, as_user, reporter):
    client = as_user(reporter)
    answer = client.post(page(record), posted(client.get(page(record)), checked_against="the tape"))
    assert errors(answer) == [OWN]
    record.refresh_from_db()
    assert record.checked_by is None


def test_whoever_changes_it_enters_it_and_doesnt_check_it_in_one_go(record, as_user, editor):
    client, field = as_user(editor), "words" if isinstance(record, Quote) else "title"
    changed = {field: "We never signed it", "checked_against": "the tape"}
    assert errors(client.post(page(record), posted(client.get(page(record)), **changed))) == [OWN]
    client.post(page(record), posted(client.get(page(record)), **{field: "We never signed it"}))
    record.refresh_from_db()
    assert (record.entered_by, record.checked_by) == (editor, None)


@pytest.mark.parametrize("noun", ["quote", "meeting"])
def test_a_new_record_is_theirs_who_adds_it(noun, investigation, as_user, editor):
    from django.apps import apps

    client, address = as_user(editor), reverse(f"admin:investigations_{noun}_add")
    source = builders.make_source(investigation=investigation)
    values = {
        "quote": {"words": "We did", "source": source.pk},
        "meeting": {"title": "A dinner", "kind": "dinner", "established": "document", "names": "other envoys (3)"},
    }[noun]
    answer = client.post(address, posted(client.get(address), investigation=investigation.pk, **values))
    assert answer.status_code == 302
    assert apps.get_model("investigations", noun).objects.latest("pk").entered_by == editor


def test_who_was_there_is_entered_by_whoever_changes_it(investigation, as_user, reporter, editor):
    meeting = builders.make_meeting(investigation=investigation, entered_by=editor)
    meeting.hold_against("the minutes", by=reporter)
    meeting.save()
    client = as_user(reporter)
    client.post(page(meeting), posted(client.get(page(meeting)), names="other ambassadors (6)"))
    meeting.refresh_from_db()
    assert (meeting.entered_by, meeting.checked_by) == (reporter, None)


def test_what_a_file_brings_is_theirs_who_imported_it(investigation, reporter):
    source = builders.make_source(investigation=investigation)
    row = {"investigation": investigation.slug, "words": "We did", "source": source.code_name}
    assert not taken(QuoteResource, [row], user=reporter).has_errors()
    assert Quote.objects.get().entered_by == reporter


# --- In batches ---


@pytest.fixture
def interview(investigation, reporter):
    """An interview with two quotes of the reporter's and one of nobody's."""
    found = builders.make_interview(investigation=investigation)
    for entered_by in (reporter, reporter, None):
        builders.make_quote(interview=found, source=found.source, entered_by=entered_by)
    return found


def ticks(*quotes, **values):
    return {"quote": [q.pk for q in quotes], **{f"words-{q.pk}": q.words for q in quotes}, **values}


def checks(interview):
    rows = interview.quotes.order_by("pk")
    return [(row.checked_by.username, row.checked_against) if row.checked_by else None for row in rows]


def test_quotes_are_checked_in_one_go_against_one_thing_or_their_own(interview, as_user, editor):
    first, second, _ = interview.quotes.order_by("pk")
    data = ticks(first, second, against="the recording", **{f"against-{second.pk}": "my notes"})
    answer = as_user(editor).post(page(interview, "check"), data, follow=True)
    assert sentences(answer) == ["2 quotes checked."]
    assert checks(interview) == [("editor", "the recording"), ("editor", "my notes"), None]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"against": " "}, "say what you held it against."),
        ({"quote": []}, "Tick those that you held against something."),
        ({"quote": [10**6]}, "One of these is not a quote of this interview any more."),
    ],
)
def test_a_batch_that_is_refused_keeps_nothing(change, says, interview, as_user, editor):
    data = {**ticks(*interview.quotes.all(), against="the recording"), **change}
    answer = as_user(editor).post(page(interview, "check"), data)
    assert says in sentences(answer)[0]
    assert checks(interview) == [None, None, None]


def test_one_of_ones_own_refuses_the_batch_and_what_was_typed_stays(interview, as_user, reporter):
    data = ticks(*interview.quotes.all(), against="the recording")
    answer = as_user(reporter).post(page(interview, "check"), data)
    assert OWN in sentences(answer)[0]
    assert checks(interview) == [None, None, None]
    assert 'value="the recording"' in answer.content.decode()


def test_words_that_changed_since_they_were_read_are_not_checked(interview, as_user, editor):
    first = interview.quotes.order_by("pk").first()
    data = ticks(first, against="the recording")
    Quote.objects.filter(pk=first.pk).update(words="We never signed it")
    answer = as_user(editor).post(page(interview, "check"), data)
    assert "its words were changed since you read them." in sentences(answer)[0]


def test_ones_own_stand_there_without_a_box_to_tick(interview, as_user, reporter):
    html = as_user(reporter).get(page(interview, "check")).content.decode()
    assert html.count('type="checkbox"') == 1
    assert html.count("You entered this yourself") == 2


def test_words_of_an_interview_are_theirs_who_typed_them_there(interview, as_user, editor):
    client = as_user(editor)
    added = {"quotes-3-words": "And then he left", "quotes-3-form": "verbatim"}
    assert client.post(page(interview), posted(client.get(page(interview)), **added)).status_code == 302
    assert Quote.objects.get(words="And then he left").entered_by == editor


# --- The front page ---


def test_the_front_page_leads_to_what_others_entered_and_a_story_uses(story, as_user, editor):
    Quote.objects.update(checked_by=None, checked_at=None, checked_against="")
    client = as_user(editor)
    lines = {line.words: line for line in client.get(reverse("admin:index")).context["waiting"]}
    line = lines["quotes that stories use, to check"]
    assert client.get(line.href).context["cl"].result_count == line.count == 2
    assert "meetings that stories use, to check" not in lines
