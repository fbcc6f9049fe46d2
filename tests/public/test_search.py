"""The search of what is public: what it finds, what it must not, and what it says."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from investigations.fulltext.question import question
from investigations.fulltext.words import folded
from investigations.public.finding import find
from investigations.public.search import PAGE_SIZE, RANKED
from investigations.record.models import SearchRow
from investigations.record.models.search import PUBLIC_INDEX, mark_of

ODD = st.text(alphabet=st.characters(codec="utf-8"), max_size=40) | st.text(
    alphabet="\"'*()&|!<>:-^{}\\%;_ aéß“”NEARANDOTxy", max_size=40
)


def row(text: str, *, title: str = "A title", kind: str = "text", number: int | None = None) -> SearchRow:
    """A row of the search."""
    number = number or SearchRow.objects.count() + 1
    said = {"title": title, "text": text, "head": folded(title), "words": folded(text)}
    return SearchRow.objects.create(name=f"row/{number}", kind=kind, href=f"/{number}/", marks=mark_of(kind), **said)


def rows(count: int, text: str) -> None:
    """As many rows with the same text."""
    said = {"title": "", "text": text, "words": folded(text), "kind": "text", "marks": mark_of("text")}
    SearchRow.objects.bulk_create(SearchRow(name=f"many/{n}", href=f"/{n}/", **said) for n in range(count))


def found(typed: str, kind: str = "") -> set[str]:
    """The titles of what is found."""
    return set(SearchRow.objects.filter(pk__in=find(question(typed), kind, 100)).values_list("title", flat=True))


def page(client, **query) -> str:
    """The page's HTML."""
    response = client.get("/search/", query)
    assert response.status_code == 200
    return response.content.decode()


# --- What is found, on either engine ---


@pytest.mark.parametrize(
    "typed",
    ["zofia", "ŽOFIA kuŕina", "“the harbor board”", "board harbor", "don't", "DON’T", "strasse", "3,000", "Киев"],
)
def test_case_accents_order_and_signs_do_not_matter(db, typed):
    row("Žofia Kuřina of the Harbor Board didn’t and don’t pay 3,000 in the Straße, Киев.", title="It")
    row("Nothing of the kind.", title="Another")
    assert found(typed) == {"It"}


@pytest.mark.parametrize("typed", ["৴৴", "harbor ৴৴"])
def test_what_an_engine_takes_for_no_word_finds_nothing(db, typed):
    row("of the Harbor Board", title="It")
    assert found(typed) == set()


@pytest.mark.parametrize("typed", ['"board harbor"', "harbo", "harbor nobody", "3 000 harbor kind_text", "kind_text"])
def test_a_phrase_in_another_order_and_half_a_word_are_not_found(db, typed):
    row("The Harbor Board met; 3,000 were there.")
    assert found(typed) == set()


def test_a_phrase_does_not_reach_from_the_title_into_the_text(db):
    row("board met", title="The harbor")
    assert found('"harbor board"') == set()
    assert found("harbor board") == {"The harbor"}


def test_a_kind_narrows_what_is_found(db):
    row("harbor", title="A quote", kind="quote")
    row("harbor", title="A meeting", kind="meeting")
    assert found("harbor", "quote") == {"A quote"}


def test_what_is_changed_and_deleted_is_found_as_it_is_now(db):
    one, other = row("harbor", title="One"), row("harbor", title="Other")
    SearchRow.objects.filter(pk=one.pk).update(words="river")
    other.delete()
    assert (found("harbor"), found("river")) == (set(), {"One"})
    assert PUBLIC_INDEX.faults(connection) == []


def test_what_is_rolled_back_is_not_found(db):
    with transaction.atomic():
        row("harbor")
        transaction.set_rollback(True)
    assert found("harbor") == set()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=ODD, unfinished=st.booleans())
def test_no_question_is_an_error(db, typed, unfinished):
    asked = question(typed, unfinished=unfinished)
    PUBLIC_INDEX.newest(connection, asked.among(mark_of("quote"), mark_of("text")), 5)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet='aéßŽ ½.-’_"“*XyЖω0', min_size=1, max_size=40))
def test_any_text_is_found_by_its_own_words_and_as_a_phrase(db, text):
    SearchRow.objects.all().delete()
    row(text)
    if folded(text):
        assert found(text.replace('"', " ").replace("“", " ")) == {"A title"}
        assert found(f'"{folded(text)}"') == {"A title"}


def test_a_last_word_may_go_on_where_that_is_asked(db):
    made = row("the harbor board")
    for typed in ("har", "harbor boa", "well har"):
        asked = question(typed, unfinished=True)
        assert PUBLIC_INDEX.newest(connection, asked, 5) == ([] if "well" in typed else [made.pk])


# --- The page ---


def test_an_empty_question_and_a_short_one_say_what_to_do(client, db):
    assert "Type words." in page(client)
    assert "Type at least 2 letters" in page(client, q="x")


def test_an_answer_shows_its_words_marked_and_safe(client, db):
    row('The <b>harbor</b> & "board" met.', title="<i>Harbor</i>")
    html = page(client, q="harbor")
    assert "<mark>Harbor</mark>" in html
    assert "&lt;i&gt;<mark>Harbor</mark>&lt;/i&gt;" in html
    assert "The &lt;b&gt;<mark>harbor</mark>&lt;/b&gt; &amp; &quot;board&quot; met." in html
    assert 'href="/1/"' in html
    assert "1 place." in html


def test_what_was_typed_stands_in_the_form_again_and_is_safe(client, db):
    html = page(client, q='"><script>alert(1)</script>')
    assert "<script>alert" not in html
    assert 'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in html


def test_better_answers_stand_first(client, db):
    row("The harbor, once.", title="Once")
    row("It.", title="The harbor")
    row("The harbor, once.", title="Once, later")
    html = page(client, q="harbor")
    assert html.index("The <mark>harbor</mark></a>") < html.index("Once, later") < html.index("Once</a>")


def test_a_kind_without_answers_says_how_many_there_are_of_every_kind(client, db):
    row("harbor")
    assert "Of every kind there are 1." in page(client, q="harbor", kind="quote")
    assert "Nothing that is published here has this word." in page(client, q="river", kind="quote")


@pytest.mark.parametrize("odd", [{"kind": "nothing"}, {"page": "9999999"}, {"page": "x"}, {"page": "-1"}])
def test_a_kind_or_page_that_is_not_there_counts_as_none_asked(client, db, odd):
    row("harbor")
    assert "1 place." in page(client, q="harbor", **odd)


def test_a_kind_that_is_not_there_is_told_and_stands_in_no_link(client, db):
    rows(PAGE_SIZE + 1, "harbor")
    html = page(client, q="harbor", kind="<nonsense>", utm_source="x")
    assert "There is no kind “&lt;nonsense&gt;”: everything was searched. 21 places." in html
    assert 'href="?q=harbor&amp;page=2"' in html
    rows_of_kind = page(client, q="harbor", kind="text")
    assert 'href="?q=harbor&amp;kind=text&amp;page=2"' in rows_of_kind
    assert "There is no kind" not in rows_of_kind


def test_no_search_engine_lists_answers(client, db):
    assert '<meta name="robots" content="noindex">' in page(client, q="harbor")


def test_answers_stand_on_pages_each_once(client, db):
    rows(PAGE_SIZE + 5, "harbor")
    first, second = page(client, q="harbor"), page(client, q="harbor", page="2")
    assert 'href="?q=harbor&amp;page=2"' in first
    assert "Better answers" in second
    assert "Further answers" not in second
    hrefs = [{part.split("</h2>")[0] for part in html.split("<h2>")[1:]} for html in (first, second)]
    assert (len(hrefs[0]), len(hrefs[1]), hrefs[0] & hrefs[1]) == (PAGE_SIZE, 5, set())


def test_a_common_word_says_that_not_all_are_ranked(client, db):
    rows(RANKED + 1, "harbor")
    assert f"More than {RANKED:,} places have this." in page(client, q="harbor")


def test_the_page_asks_the_database_the_same_however_much_is_found(client, db):
    counts = []
    for more in (1, 60):
        for number in range(SearchRow.objects.count() + 1, more + 1):
            row("harbor", number=number)
        with CaptureQueriesContext(connection) as asked:
            page(client, q="harbor", kind="text")
        counts.append(len(asked))
    assert counts == [4, 4]
