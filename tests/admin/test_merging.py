"""Merging on the screens: who may, the question, the preview, the confirmation, and old addresses."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from investigations.models import Merger, Organization, Person, Quote
from investigations.models.merging import merge
from tests import builders
from tests.admin.forms import posted, sentences

MAKE = {"person": builders.make_person, "organization": builders.make_organization}
MODEL = {"person": Person, "organization": Organization}
NOUNS = pytest.mark.parametrize("noun", MAKE)
OTHERS = pytest.mark.parametrize("name", ["reporter", "editor", "outsider"])


def address(noun, page, pk):
    return reverse(f"admin:investigations_{noun}_{page}", args=[pk])


@pytest.fixture
def two(db):
    """The one who stays and the one who goes."""
    return (
        builders.make_person(name="Sergey Kislyak", slug="sergey"),
        builders.make_person(name="Sergei Kislyak", slug="sergei", description="ambassador <of Russia>"),
    )


@pytest.fixture
def desk(as_user, standards):
    """The browser of somebody who may merge."""
    return as_user(standards)


def preview(client, kept, merged):
    return client.get(address("person", "merge", kept.pk), {"other": merged.pk})


# --- Who may ---


@NOUNS
def test_the_form_leads_to_a_merger_for_whoever_may(noun, desk):
    row = MAKE[noun]()
    link = f'<a href="{address(noun, "merge", row.pk)}">Merge…</a>'
    assert link in desk.get(address(noun, "change", row.pk)).content.decode()


@OTHERS
@NOUNS
def test_others_get_no_link_and_403_for_rows_that_are_there_and_that_are_not(noun, name, as_user, request):
    client, row, other = as_user(request.getfixturevalue(name)), MAKE[noun](), MAKE[noun]()
    assert "Merge…" not in client.get(address(noun, "change", row.pk)).content.decode()
    for pk in (row.pk, 999):
        assert client.get(address(noun, "merge", pk)).status_code == 403
        assert client.get(address(noun, "merge", pk), {"other": other.pk}).status_code == 403
        assert client.post(address(noun, "merge", pk), {"other": other.pk}).status_code == 403
    assert MODEL[noun].objects.count() == 2


def test_a_form_for_a_new_person_has_no_link(desk):
    assert "Merge…" not in desk.get(reverse("admin:investigations_person_add")).content.decode()


def test_there_is_nothing_to_merge_into_at_a_number_nobody_has(desk):
    assert desk.get(address("person", "merge", 999)).status_code == 404


# --- The question ---


@NOUNS
def test_the_page_says_which_one_stays_and_asks_for_the_other_by_a_search(noun, desk):
    row = MAKE[noun]()
    page = desk.get(address(noun, "merge", row.pk)).content.decode()
    assert f"“{row}” ({row.slug}) stays." in page
    assert f'data-field-name="{noun}"' in page
    assert "admin/js/autocomplete.js" in page
    assert "Preview: nothing" not in page


@NOUNS
def test_the_search_finds_the_others(noun, desk):
    row = MAKE[noun]()
    query = {"app_label": "investigations", "model_name": "merger", "field_name": noun}
    assert desk.get(reverse("admin:autocomplete"), query).json()["results"] == [{"id": str(row.pk), "text": str(row)}]


def test_the_other_one_is_found_by_its_short_name_where_no_scripts_run(desk, two):
    page = desk.get(address("person", "merge", two[0].pk), {"other": "", "slug": "sergei"})
    assert page.context["plan"].merged == two[1]


WRONG = {
    "nobody": ({"other": "", "slug": ""}, "Choose one, by the search or by its short name."),
    "a short name nobody has": ({"slug": "boris"}, "There is no person of that short name."),
    "a number nobody has": ({"other": "999"}, "That person is no longer there."),
    "no number": ({"other": "Sergei"}, "That person is no longer there."),
    "no short name": ({"slug": "sergei\0"}, "Null characters are not allowed."),
    "the one that stays": ({"slug": "sergey"}, "That is one and the same: choose two people."),
}


@pytest.mark.parametrize("what", WRONG)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_choice_that_is_none_is_told_in_a_sentence(what, method, desk, two):
    given, sentence = WRONG[what]
    response = getattr(desk, method)(address("person", "merge", two[0].pk), given)
    assert response.status_code == 200
    assert [said for errors in response.context["form"].errors.values() for said in errors] == [sentence]
    assert response.context.get("plan") is None
    assert Person.objects.count() == 2


def test_two_different_choices_are_one_too_many(desk, two):
    third = builders.make_person(slug="third")
    response = desk.get(address("person", "merge", two[0].pk), {"other": two[1].pk, "slug": third.slug})
    assert response.context["form"].non_field_errors() == ["Choose one, by the search or by its short name."]


# --- The preview ---


def test_the_preview_shows_both_side_by_side_and_does_nothing(desk, two):
    kept, merged = two
    builders.make_role(person=kept, title="envoy", since="2008", until="2017")
    builders.make_role(person=merged, title="deputy minister", since="2003")
    page = preview(desk, kept, merged).content.decode()
    assert '<th scope="row">Description (differs)</th><td>empty</td><td>“ambassador &lt;of Russia&gt;”</td>' in page
    assert '<th scope="row">Family name</th><td>“Kislyak”</td><td>“Kislyak”</td>' in page
    assert "<td><ul><li>envoy (2008–2017)</li></ul></td><td><ul><li>deputy minister (2003)</li></ul></td>" in page
    assert "readers see it with each story’s next edition" in page
    assert Person.objects.count() == 2


def test_the_preview_counts_what_would_move_by_noun(desk, two):
    kept, merged = two
    for _ in range(2):
        builders.make_quote(speaker=merged)
    builders.make_meeting_class(subject=merged)
    meeting = builders.make_meeting()
    for person in two:
        builders.make_attendance(meeting=meeting, person=person)
    builders.make_source(person=kept)
    assert set(preview(desk, kept, merged).context["moves"]) == {
        "2 quotes (speaker)",
        "1 meeting class (whose meetings)",
        "1 attendance that both have: only one stays",
    }


def test_the_preview_counts_the_stories_that_may_say_something_else(desk, two):
    builders.make_comment_request(person=two[1])
    assert "1 story may say something else then, and counts you" in preview(desk, *two).content.decode()
    builders.make_comment_request(person=two[1])
    assert "2 stories may say something else then, and count you" in preview(desk, *two).content.decode()


def test_of_many_roles_the_first_are_shown(desk, two):
    for n in range(22):
        builders.make_role(person=two[1], title=f"office {n:02}")
    page = preview(desk, *two).content.decode()
    assert "office 19" in page
    assert "office 20" not in page
    assert "<li>and more</li>" in page


def test_the_preview_of_two_that_cannot_be_merged_says_why_and_has_no_button(desk, two):
    for person, since in zip(two, ("2008", "2010"), strict=True):
        builders.make_role(person=person, title="ambassador", since=since)
    page = preview(desk, *two).content.decode()
    assert "Role, title “ambassador”: from is “2008” for Sergey Kislyak (sergey) and “2010” for" in page
    assert "Merge them" not in page


def test_a_body_is_previewed_with_what_it_is_part_of_and_the_offices_held_there(desk):
    house = builders.make_organization(name="House")
    kept, merged = builders.make_organization(), builders.make_organization(parent=house)
    builders.make_role(person=builders.make_person(name="Lee Sample"), title="pilot", since="", organization=merged)
    page = desk.get(address("organization", "merge", kept.pk), {"other": merged.pk}).content.decode()
    assert "<td>empty</td><td>“House”</td>" in page
    assert "<td>none</td><td><ul><li>Lee Sample: pilot</li></ul></td>" in page


def test_the_preview_leads_to_the_merger_the_other_way_round(desk, two):
    kept, merged = two
    page = desk.get(preview(desk, kept, merged).context["other_way"])
    assert (page.context["plan"].kept, page.context["plan"].merged) == (merged, kept)


def test_the_preview_takes_as_many_queries_for_few_rows_as_for_many(desk, two):
    def hang(number):
        for n in range(number):
            story, meeting = builders.make_story(), builders.make_meeting()
            for person, since, about in zip(two, ("1999", "2001"), "ab", strict=True):
                builders.make_role(
                    person=person,
                    title=f"office {n} of {number}",
                    since=since,
                    organization=builders.make_organization(),
                )
                builders.make_attendance(person=person, meeting=meeting, position=n)
                builders.make_comment_request(person=person, story=story, about=about)
                builders.make_source(person=person)
                builders.make_quote(speaker=person)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert preview(desk, *two).status_code == 200
        return len(captured)

    hang(1)
    queries()
    few = queries()
    hang(7)
    assert queries() == few


# --- The confirmation ---


def confirm(client, kept, merged):
    noun = kept._meta.model_name
    return client.post(address(noun, "merge", kept.pk), {"other": merged.pk}, follow=True)


@NOUNS
def test_a_confirmed_merger_leads_back_to_the_one_that_stayed(noun, desk, standards):
    kept, merged = MAKE[noun](), MAKE[noun]()
    page = confirm(desk, kept, merged)
    assert page.redirect_chain == [(address(noun, "change", kept.pk), 302)]
    assert sentences(page) == [f"“{merged}” was merged into this one."]
    assert list(MODEL[noun].objects.all()) == [kept]
    assert Merger.objects.get().by == standards


def test_the_history_of_the_one_that_stayed_says_what_the_other_said(desk, two, standards):
    confirm(desk, *two)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.get_edited_object()) == (standards, two[0])
    assert entry.get_change_message() == (
        "Merged in: short name “sergei”, name “Sergei Kislyak”, family name “Kislyak”,"
        " description “ambassador <of Russia>”."
    )
    history = desk.get(address("person", "history", two[0].pk)).content.decode()
    assert "description “ambassador &lt;of Russia&gt;”" in history


def test_a_refused_merger_shows_the_preview_again_and_leaves_no_history(desk, two):
    builders.make_quote(speaker=two[1])
    for person, since in zip(two, ("2008", "2010"), strict=True):
        builders.make_role(person=person, title="ambassador", since=since)
    page = confirm(desk, *two)
    assert page.status_code == 200
    assert "Settle it there first." in page.content.decode()
    assert Quote.objects.get().speaker == two[1]
    assert not LogEntry.objects.exists()


def test_confirming_twice_is_told_in_a_sentence(desk, two):
    confirm(desk, *two)
    page = confirm(desk, *two)
    assert "That person is no longer there." in page.content.decode()


def test_a_merger_that_fails_half_way_leaves_nothing(desk, two, monkeypatch):
    monkeypatch.setattr(LogEntry.objects, "log_actions", lambda *_, **__: 1 / 0)
    builders.make_quote(speaker=two[1])
    with pytest.raises(ZeroDivisionError):
        confirm(desk, *two)
    assert Quote.objects.get().speaker == two[1]
    assert not Merger.objects.exists()


# --- Old addresses ---


@NOUNS
def test_the_address_of_a_merged_row_leads_to_the_one_that_stayed(noun, as_user, reporter, standards):
    kept, merged = MAKE[noun](), MAKE[noun]()
    old = address(noun, "change", merged.pk)
    merge(kept, merged, by=standards)
    page = as_user(reporter).get(old, follow=True)
    assert page.redirect_chain == [(address(noun, "change", kept.pk), 302)]
    assert sentences(page) == [f"“{merged}” was merged into this one."]


def test_a_form_that_was_open_meanwhile_is_told_that_it_was_not_saved(as_user, reporter, standards, two):
    client, kept, merged = as_user(reporter), *two
    old = address("person", "change", merged.pk)
    form = posted(client.get(old), description="minister")
    merge(kept, merged, by=standards)
    page = client.post(old, form, follow=True)
    assert sentences(page) == ["“Sergei Kislyak” was merged into this one. What you entered there was not saved."]
    assert Person.objects.get().description == ""


@pytest.mark.parametrize("number", ["999", "1" * 30, "9" * 5000, "x", "1.5"])
def test_an_address_that_was_nobodys_is_404(number, desk, two, standards):
    old = address("person", "change", 1).replace("/1/", f"/{number}/")
    merge(*two, by=standards)
    assert desk.get(old).status_code == 404


def test_the_number_of_a_merged_person_is_no_bodys(desk, two, standards):
    old = two[1].pk
    merge(*two, by=standards)
    Organization.objects.all().delete()
    assert desk.get(address("organization", "change", old)).status_code == 404


def test_whoever_may_not_see_people_is_not_led_to_them(as_user, two, standards):
    old = address("person", "change", two[1].pk)
    merge(*two, by=standards)
    assert as_user(builders.make_user("nobody-much")).get(old).status_code == 404


def test_the_old_name_is_found_by_the_lists_search(as_user, reporter, standards, two):
    merge(*two, by=standards)
    found = as_user(reporter).get(reverse("admin:investigations_person_changelist"), {"q": "Sergei"})
    assert list(found.context["cl"].result_list) == [two[0]]
