"""One list of the passages whose words are not those confirmed: by story, by whose evidence it is, and one button."""

import pytest
from django.urls import reverse

from investigations.models import Evidence, Passage
from investigations.models.words_changed import words_changed
from tests import builders
from tests.admin.forms import posted, sentences

LIST = reverse("admin:investigations_passage_words_changed")


def shown(client, **query):
    return [(one.passage.mark, one.now) for one, _, _ in client.get(LIST, query).context["changed"]]


def holds(passage):
    return reverse("admin:investigations_passage_holds", args=[passage.pk])


@pytest.fixture
def changed(story, reporter):
    """A story in which the words of both passages were changed."""
    body = story.body.replace("in secret", "in public").replace("nobody had", "somebody had")
    story.edit(by=reporter, body=body)
    return story


def test_the_list_has_what_was_confirmed_and_what_stands_there_now(changed, as_user, reporter):
    client = as_user(reporter)
    assert shown(client) == [("p1", "met in public in March"), ("p2", "somebody had asked her")]
    html = client.get(LIST).content.decode()
    assert "met in <del>secret</del><ins>public</ins> in March" in html
    assert "“met in secret in March”" in html


def test_a_passage_whose_words_hold_is_not_in_it(story, reporter, as_user):
    story.edit(by=reporter, body=story.body.replace("The chair said", "She said"))
    assert shown(as_user(reporter)) == []


def test_emphasis_within_the_words_changes_no_words(story, reporter, as_user):
    story.edit(by=reporter, body=story.body.replace("in secret", "*in secret*"))
    assert shown(as_user(reporter)) == []


@pytest.mark.parametrize(("old", "new"), [("met in", "Met in"), ("in March", "in March%")])
def test_the_smallest_change_of_a_word_is_found(old, new, story, reporter, as_user):
    story.edit(by=reporter, body=story.body.replace(old, new))
    assert [mark for mark, _ in shown(as_user(reporter))] == ["p1"]


def test_one_press_confirms_the_words_that_were_read_and_the_next_stands_ready(changed, as_user, reporter):
    client = as_user(reporter)
    first, second = changed.passages.order_by("mark")
    pressed = {"words": "met in public in March", "from_list": 1, "at": second.pk}
    answer = client.post(holds(first), pressed, follow=True)
    assert answer.redirect_chain == [(f"{LIST}?at={second.pk}", 302)]
    assert sentences(answer) == ["Confirmed: it still holds."]
    assert shown(client) == [("p2", "somebody had asked her")]
    assert answer.context["first"] == second.pk


def test_the_button_that_stands_ready_takes_the_key(changed, as_user, reporter):
    html = as_user(reporter).get(LIST).content.decode()
    assert html.count("autofocus") == html.count('accesskey="h"') == 1


def test_words_that_changed_again_are_not_confirmed_unread(changed, as_user, reporter):
    first = changed.passages.first()
    changed.edit(by=reporter, body=changed.body.replace("in public", "in private"))
    answer = as_user(reporter).post(holds(first), {"words": "met in public in March", "from_list": 1}, follow=True)
    assert sentences(answer) == ["The words were changed again since you read them: look at them as they are now."]
    first.refresh_from_db()
    assert first.words == "met in secret in March"


def test_a_story_may_be_asked_for_alone(changed, investigation, as_user, reporter):
    other = builders.make_ready_story(investigation=investigation, by=reporter)
    other.edit(by=reporter, body=other.body.replace("in secret", "in public"))
    client = as_user(reporter)
    assert len(shown(client)) == 3
    assert len(shown(client, story=other.pk)) == 1


def test_evidence_is_theirs_who_added_it_and_else_theirs_who_edited_the_story(changed, as_user, reporter, editor):
    Evidence.objects.filter(passage=changed.passages.first()).update(added_by=editor)
    assert [mark for mark, _ in shown(as_user(editor), mine=1)] == ["p1"]
    assert [mark for mark, _ in shown(as_user(reporter), mine=1)] == ["p2"]


def test_whoever_adds_or_changes_evidence_on_the_screen_owns_it(story, as_user, editor):
    passage = story.passages.first()
    page = reverse("admin:investigations_passage_change", args=[passage.pk])
    client = as_user(editor)
    added = {"evidence-1-quote": builders.make_quote(investigation=story.investigation).pk}
    assert client.post(page, posted(client.get(page), **added)).status_code == 302
    assert [row.added_by for row in passage.evidence.order_by("pk")] == [None, editor]
    assert client.post(page, posted(client.get(page), **{"evidence-0-label": "the ledger"})).status_code == 302
    assert [row.added_by for row in passage.evidence.order_by("pk")] == [editor, editor]


def test_an_outsider_is_shown_nothing_of_it(changed, as_user, outsider):
    client = as_user(outsider)
    assert shown(client) == shown(client, story=changed.pk) == []
    assert changed.headline not in client.get(LIST, {"story": changed.pk}).content.decode()


def test_the_front_page_leads_to_as_many(changed, as_user, editor):
    client = as_user(editor)
    lines = {line.words: line for line in client.get(reverse("admin:index")).context["waiting"]}
    line = lines["passages whose words changed: still held?"]
    assert line.count == len(client.get(line.href).context["changed"]) == 2


def test_any_number_of_passages_costs_the_same_queries(changed, investigation, reporter, django_assert_num_queries):
    passages = Passage.objects.visible_to(reporter)
    with django_assert_num_queries(2):
        assert len(words_changed(passages)) == 2
    for _ in range(3):
        other = builders.make_ready_story(investigation=investigation, by=reporter)
        other.edit(by=reporter, body=other.body.replace("in secret", "in public"))
    with django_assert_num_queries(2):
        assert len(words_changed(Passage.objects.visible_to(reporter))) == 5
