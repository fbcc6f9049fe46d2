"""Withholding at the desk: ordered where one sees the thing, given back, made final on a page that warns."""

import pytest
from django.urls import reverse

from investigations.models import LegalHold, WithholdingOrder
from investigations.models.legal_hold import ON_HOLD
from investigations.record.models import Part
from tests import builders
from tests.admin.forms import posted
from tests.publishing.withheld import VOTE, mend, showing

ADD = reverse("admin:investigations_withholdingorder_add")
ABOUT = {"scope": "passage", "edition": 1, "paragraph": 2, "authority": "A court", "reason": "It says so."}


def page(order, action="change"):
    return reverse(f"admin:investigations_withholdingorder_{action}", args=[order.pk])


def send(client, **values):
    return client.post(ADD, posted(client.get(ADD), **values), follow=True)


@pytest.fixture
def order(published, standards):
    """The story's second paragraph, hidden."""
    return builders.withhold(by=standards, story=published, paragraph=2)


@pytest.fixture
def gone(published, order, reporter):
    """The order, whose paragraph the desk's story has no longer."""
    mend(published, reporter, old=published.body.split("\n\n")[1], new="The board said nothing.\n")
    return order


# --- Ordering ---


def test_a_standards_editor_hides_a_paragraph_by_the_form(published, as_user, standards):
    response = send(as_user(standards), story=published.pk, **ABOUT)
    assert "Hidden: readers are told so." in response.content.decode()
    assert showing(VOTE) == []
    assert WithholdingOrder.objects.get().ordered_by == standards


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"edition": 7}, "never had a paragraph 2 in edition 7"),
        ({"paragraph": ""}, "Name a story, edition and paragraph"),
        ({"words": "nothing of it"}, "not in that paragraph"),
        ({"paragraph": "", "words": "nothing of it"}, "No paragraph of that edition has these words."),
        ({"reason": ""}, "This field is required."),
    ],
)
def test_the_form_says_what_is_wrong_and_hides_nothing(published, as_user, standards, values, said):
    response = send(as_user(standards), story=published.pk, **{**ABOUT, **values})
    assert said in response.content.decode()
    assert not WithholdingOrder.objects.exists()


def test_the_paragraph_is_found_by_its_words(published, as_user, standards):
    send(as_user(standards), story=published.pk, **{**ABOUT, "paragraph": "", "words": "lee sample watched"})
    assert WithholdingOrder.objects.get().paragraph == 2
    assert showing(VOTE) == []


def test_the_story_leads_to_the_form_with_its_edition_filled_in(published, as_user, standards):
    client = as_user(standards)
    story = reverse("admin:investigations_story_change", args=[published.pk])
    address = f"{ADD}?scope=edition&story={published.pk}&edition=1"
    assert address.replace("&", "&amp;") in client.get(story).content.decode()
    assert client.get(address).context["adminform"].form.initial["edition"] == "1"


def test_a_record_leads_to_the_form_with_its_entry_filled_in(published, as_user, standards):
    quote = published.passages.first().evidence.get().quote
    address = f"{ADD}?scope=entry&entry=quote%2F{quote.public_key}"
    shown = as_user(standards).get(reverse("admin:investigations_quote_change", args=[quote.pk])).content.decode()
    assert address.replace("&", "&amp;") in shown


@pytest.mark.parametrize("noun", ["story", "quote"])
def test_nobody_else_is_led_there(noun, published, as_user, editor):
    row = published if noun == "story" else published.passages.first().evidence.get().quote
    shown = as_user(editor).get(reverse(f"admin:investigations_{noun}_change", args=[row.pk])).content.decode()
    assert ADD not in shown


# --- Giving back, making final ---


def test_a_button_gives_it_back(order, as_user, standards):
    response = as_user(standards).post(page(order, "restore"), follow=True)
    assert "Given back: readers have it again." in response.content.decode()
    assert showing(VOTE)


def test_the_page_says_exactly_what_will_be_destroyed_and_destroys_nothing(gone, as_user, editor):
    shown = as_user(editor).get(page(gone, "final")).content.decode()
    assert "1 paragraph, 1 piece of evidence" in shown
    assert "In 1 edition" in shown
    assert "This can’t be undone" in shown
    assert gone.authority in shown
    assert VOTE in Part.objects.get(kind="block", key="b2").content


def test_another_editor_destroys_it_by_the_button(gone, as_user, editor):
    response = as_user(editor).post(page(gone, "final"), follow=True)
    assert "Destroyed: it is nowhere in the record any more." in response.content.decode()
    assert Part.objects.get(kind="block", key="b2").content is None


def test_who_ordered_it_is_told_that_another_makes_it_final(gone, as_user, standards):
    client = as_user(standards)
    assert "another editor makes it final" in client.get(page(gone)).content.decode()
    assert "Destroy it for good" not in client.get(page(gone, "final")).content.decode()
    assert "another editor makes it final" in client.post(page(gone, "final"), follow=True).content.decode()
    assert Part.objects.get(kind="block", key="b2").content


def test_under_a_hold_the_page_says_so_and_nothing_is_destroyed(gone, as_user, editor, investigation):
    builders.make_legal_hold(investigation=investigation)
    client = as_user(editor)
    assert ON_HOLD in client.get(page(gone, "final")).content.decode()
    assert ON_HOLD in client.post(page(gone, "final"), follow=True).content.decode()
    assert Part.objects.get(kind="block", key="b2").content


def test_words_that_stand_in_the_headline_too_are_pointed_out(story, reporter, editor, standards, as_user):
    story.edit(by=reporter, headline="Who watched the vote")
    builders.publish_story(story, reporter=reporter, editor=editor)
    order = builders.withhold(by=standards, story=story, paragraph=2, words=VOTE)
    assert "The headline of edition 1 has these words too" in as_user(standards).get(page(order)).content.decode()


def test_a_second_editor_is_waited_for_and_the_first_is_not(order, as_user, editor, standards):
    for user, count in ((editor, 1), (standards, 0)):
        lines = [
            line for line in as_user(user).get(reverse("admin:index")).context["waiting"] if "withheld" in line.words
        ]
        assert [line.count for line in lines] == [count] * bool(count)


def test_the_line_leads_to_what_waits(order, as_user, editor):
    client = as_user(editor)
    (line,) = [one for one in client.get(reverse("admin:index")).context["waiting"] if "withheld" in one.words]
    assert list(client.get(line.href).context["cl"].result_list) == [order]


# --- Holds ---


def test_a_hold_is_placed_by_the_form_and_lifted_by_the_button(investigation, as_user, standards):
    client = as_user(standards)
    add = reverse("admin:investigations_legalhold_add")
    values = {"investigation": investigation.pk, "reason": "A letter."}
    assert "The hold stands" in client.post(add, posted(client.get(add), **values), follow=True).content.decode()
    again = client.post(add, posted(client.get(add), **values), follow=True).content.decode()
    assert "A legal hold stands on this investigation already." in again
    hold = LegalHold.objects.get()
    assert hold.placed_by == standards
    client.post(reverse("admin:investigations_legalhold_lift", args=[hold.pk]))
    assert not LegalHold.objects.standing().exists()


def test_a_form_that_deletes_a_row_under_a_hold_is_refused_with_a_sentence(investigation, as_user, reporter):
    story = builders.make_story(investigation=investigation)
    asked = builders.make_comment_request(story=story)
    builders.make_legal_hold(investigation=investigation)
    client, address = as_user(reporter), reverse("admin:investigations_story_change", args=[story.pk])
    sent = posted(client.get(address), **{"comment_requests-0-DELETE": "on", "headline": "Another"})
    assert ON_HOLD in client.post(address, sent, follow=True).content.decode()
    assert story.comment_requests.get() == asked
    story.refresh_from_db()
    assert story.headline != "Another"
