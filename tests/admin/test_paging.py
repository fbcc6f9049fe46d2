"""Lists, forms and choices of many rows: counted up to a limit, every page there, the same queries for any number."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from investigations.admin import paging
from investigations.models import Attendance, Meeting, Person, Quote, Source
from tests import builders
from tests.admin.files import address
from tests.admin.forms import posted
from tests.filling import fill, make_newsroom

NOUNS = {"quote": Quote, "meeting": Meeting, "person": Person, "source": Source}
EVERY_NOUN = pytest.mark.parametrize("noun", NOUNS)


@pytest.fixture
def counted(monkeypatch):
    """A limit that a test can go beyond: 250 rows, five pages."""
    monkeypatch.setattr(paging, "COUNTED", 250)


def make_people(count):
    Person.objects.bulk_create(
        Person(slug=f"p-{n}", name=f"Robin {n:04}", family_name=f"{n:04}", description="at the harbor")
        for n in range(count)
    )


def page(client, query=""):
    return client.get(f"{address('person', 'changelist')}{query}")


def shown(response):
    return [int(person.family_name) for person in response.context["cl"].result_list]


def pages_to_go_to(response):
    line = re.search(r'<p class="paginator">(.*?)</p>', response.content.decode(), re.DOTALL)[1]
    return re.sub(r"<[^>]*>|\s+", " ", line).split()


# --- The count ---


@pytest.mark.parametrize(
    ("count", "says"), [(1, "1 person"), (220, "220 people"), (250, "250 people"), (251, "over 250 people")]
)
def test_rows_are_counted_up_to_a_limit(count, says, counted, as_user, reporter):
    make_people(count)
    assert " ".join(pages_to_go_to(page(as_user(reporter)))).endswith(says)


@pytest.mark.parametrize(("count", "says"), [(1, "1 result "), (250, "250 results "), (251, "over 250 results ")])
def test_a_search_says_how_much_it_found_up_to_the_same_limit(count, says, counted, as_user, reporter):
    make_people(count)
    assert f">{says}(" in page(as_user(reporter), "?q=harbor").content.decode()


def test_the_limit_is_written_as_newsrooms_write_it(as_user, reporter):
    make_people(1001)
    assert "over 1,000 people" in page(as_user(reporter)).content.decode()


# --- The pages ---


def test_every_row_is_on_one_page_and_in_order_however_deep(counted, as_user, reporter):
    make_people(420)
    client = as_user(reporter)
    assert [row for number in range(1, 10) for row in shown(page(client, f"?p={number}"))] == list(range(420))


@pytest.mark.parametrize(
    ("number", "there"),
    [
        (1, "1 2 3 4 5 …"),
        (4, "1 2 3 4 5 …"),
        (5, "1 2 3 4 5 6 …"),
        (6, "1 2 3 4 5 6 7 …"),
        (7, "1 2 3 4 5 6 7 8 …"),
        (8, "1 2 3 4 5 … 7 8 9 …"),
        (9, "1 2 3 4 5 … 8 9"),
    ],
)
def test_a_page_behind_the_counted_ones_leads_to_the_next_while_there_is_one(
    number, there, counted, as_user, reporter
):
    make_people(420)
    assert pages_to_go_to(page(as_user(reporter), f"?p={number}"))[:-3] == there.split()


@pytest.mark.parametrize(("count", "number"), [(99, 3), (250, 6), (300, 7), (420, 10), (420, 10**20)])
def test_a_page_behind_the_last_row_leads_back_to_the_list(count, number, counted, as_user, reporter):
    make_people(count)
    response = page(as_user(reporter), f"?p={number}")
    assert (response.status_code, response.url) == (302, f"{address('person', 'changelist')}?e=1")


@pytest.mark.parametrize("number", ["0", "-1"])
def test_a_number_that_no_page_has_leads_back_to_the_list(number, counted, as_user, reporter):
    make_people(420)
    assert page(as_user(reporter), f"?p={number}").status_code == 302


def test_a_search_holds_on_deep_pages(counted, as_user, reporter):
    make_people(420)
    client = as_user(reporter)
    assert shown(page(client, "?q=harbor&p=7")) == list(range(300, 350))
    assert "?p=8&amp;q=harbor" in page(client, "?q=harbor&p=7").content.decode()
    assert page(client, "?q=nobody").context["cl"].result_count == 0


def test_somebody_found_twice_is_listed_and_counted_once(as_user, investigation, reporter):
    meeting = builders.make_meeting(investigation=investigation)
    for number in range(2):
        builders.make_attendance(meeting=meeting, person=builders.make_person(name=f"Robin Fir {number}"))
    found = as_user(reporter).get(f"{address('meeting', 'changelist')}?q=robin").context["cl"]
    assert (found.result_count, list(found.result_list)) == (1, [meeting])


def test_a_column_of_dates_is_sorted_by_when_it_was(as_user, investigation, reporter):
    days = ["May 2015", "April 2016", "2014"]
    for day in days:
        builders.make_meeting(investigation=investigation, when=day)
    for query, expected in (
        ("?o=1", ["2014", "May 2015", "April 2016"]),
        ("?o=-1", ["April 2016", "May 2015", "2014"]),
    ):
        found = as_user(reporter).get(f"{address('meeting', 'changelist')}{query}").context["cl"]
        assert found.list_display[1] == "when"
        assert [meeting.when for meeting in found.result_list] == expected


# --- Choosing ---


def offered(client, **query):
    field = {"app_label": "investigations", "model_name": "quote", "field_name": "speaker"}
    return client.get(reverse("admin:autocomplete"), {**field, **query}).json()


@pytest.mark.parametrize(("count", "more"), [(20, False), (21, True), (300, True)])
def test_twenty_are_offered_at_a_time_and_whether_there_are_more(count, more, counted, as_user, reporter):
    make_people(count)
    answer = offered(as_user(reporter), term="harbor")
    assert [choice["text"] for choice in answer["results"]] == [f"Robin {n:04}" for n in range(20)]
    assert answer["pagination"] == {"more": more}


@pytest.mark.parametrize(("number", "numbers", "more"), [(14, range(260, 280), True), (15, range(280, 290), False)])
def test_the_last_of_many_can_be_chosen(number, numbers, more, counted, as_user, reporter):
    make_people(290)
    query = {
        "app_label": "investigations",
        "model_name": "quote",
        "field_name": "speaker",
        "term": "",
        "page": number,
    }
    answer = as_user(reporter).get(reverse("admin:autocomplete"), query).json()
    assert [choice["text"] for choice in answer["results"]] == [f"Robin {n:04}" for n in numbers]
    assert answer["pagination"] == {"more": more}


# --- What it costs ---


def costs_of(client, user, noun):
    """The queries of each list and form, and kilobytes of the forms."""
    lists = [f"{address(noun, 'changelist')}{query}" for query in ("", "?q=o", "?o=1", "?o=-2")]
    row = NOUNS[noun].objects.visible_to(user).order_by("pk").first()
    forms = [address(noun, "add"), reverse(f"admin:investigations_{noun}_change", args=[row.pk])]
    costs = []
    for page in lists + forms:
        with CaptureQueriesContext(connection) as asked:
            response = client.get(page)
        costs.append((page, len(asked), len(response.content) // 1000 if page in forms else None))
    return costs


@EVERY_NOUN
def test_neither_queries_nor_a_forms_size_grow_with_the_rows(noun, as_user, db):
    users = make_newsroom()
    fill(0, 100)
    few = [costs_of(as_user(user), user, noun) for user in users]
    fill(100, 2000)
    assert [costs_of(as_user(user), user, noun) for user in users] == few


@EVERY_NOUN
def test_a_lists_keys_come_from_an_index_and_for_whoever_sees_all_in_its_order(noun, db):
    model = NOUNS[noun]
    users = make_newsroom()
    fill(0, 1000)
    if connection.vendor == "postgresql":  # so small a table it would rather read from end to end, and sort
        with connection.cursor() as cursor:
            for habit in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
                cursor.execute(f"SET LOCAL enable_{habit} = off")
    for user in users:
        keys = model.objects.visible_to(user).order_by(*model._meta.ordering).values_list("pk", flat=True)
        plan = keys[:1001].explain()
        assert re.search(r"COVERING INDEX|Index (Only )?Scan", plan), plan
    assert not re.search(r"TEMP B-TREE|Sort", plan), plan


FILTERS = ["terms__exact=on_record", "needs=without_passage", "q=signed", "q=51", "terms__exact=on_record&p=2"]


@pytest.mark.parametrize("query", ["", *FILTERS])
def test_a_pages_rows_are_read_by_their_keys_alone_and_stand_in_order_whatever_the_filter(query, as_user, db):
    users = make_newsroom()
    fill(0, 400)
    for user in users:
        with CaptureQueriesContext(connection) as asked:
            shown = as_user(user).get(f"{address('quote', 'changelist')}?{query}").context["cl"]
        (rows,) = [one["sql"] for one in asked if '"investigations_quote"."words",' in one["sql"]]
        assert re.fullmatch(r'"investigations_quote"."id" IN \([\d, ]+\)', rows.partition(" WHERE ")[2])
        begin = (shown.page_num - 1) * 50
        assert list(shown.result_list) == list(shown.queryset[begin : begin + 50]) != []


@pytest.mark.parametrize("model", [Quote, Meeting])
def test_a_list_in_its_order_says_whose_each_row_is_without_reading_the_row(model):
    in_order = [index.fields for index in model._meta.indexes if "id" in index.fields and not index.condition]
    assert len(in_order) == 4
    assert all("investigation" in fields for fields in in_order)


RARE = {
    "quote": [
        *("terms__exact=off_record", "form__exact=paraphrase", "needs=without_terms"),
        *("needs=under_embargo", "needs=embargo_ends_soon", "needs=consent_withdrawn"),
    ],
    "meeting": ["kind__exact=hearing", "established__exact=witness"],
}


@pytest.mark.parametrize(("noun", "query"), [(noun, query) for noun, queries in RARE.items() for query in queries])
def test_what_few_rows_or_none_answer_is_not_looked_for_row_by_row(noun, query, as_user, db):
    _, editor = make_newsroom()
    fill(0, 100)
    if connection.vendor == "postgresql":  # so small a table it would rather read from end to end
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("ANALYZE")
    shown = as_user(editor).get(f"{address(noun, 'changelist')}?{query}").context["cl"]
    plan = shown.queryset.order_by().values_list("pk")[:1001].explain()
    assert re.search(rf"SEARCH investigations_{noun} USING|Index Cond", plan), plan
    assert not re.search(rf"SCAN investigations_{noun}\b|Seq Scan on investigations_{noun}\b", plan), plan


@EVERY_NOUN
def test_each_row_leads_to_its_form(noun, as_user, db):
    reporter, _ = make_newsroom()
    fill(0, 100)
    listed = as_user(reporter).get(address(noun, "changelist"))
    for row in listed.context["cl"].result_list:
        assert f'href="{reverse(f"admin:investigations_{noun}_change", args=[row.pk])}"' in listed.content.decode()


@pytest.mark.parametrize("kind", ["attendances", "evidence", "role accounts"])
def test_a_forms_queries_dont_grow_with_its_rows(kind, as_user, investigation, story, reporter):
    meeting = builders.make_meeting(investigation=investigation)
    passage = story.passages.first()
    noun, record = ("passage", passage) if kind == "evidence" else ("meeting", meeting)
    client, page = as_user(reporter), reverse(f"admin:investigations_{noun}_change", args=[record.pk])
    queries = []
    for count in (1, 5, 40):  # the first answer also reads what is kept in memory afterwards
        for _ in range(count):
            if kind == "attendances":
                builders.make_attendance(meeting=meeting)
            elif kind == "evidence":
                builders.make_evidence(passage=passage)
            else:
                there = builders.make_attendance(meeting=meeting, role_in_dispute=True)
                builders.make_role_account(
                    meeting=meeting, person=there.person, quote=builders.make_quote(investigation=investigation)
                )
        with CaptureQueriesContext(connection) as asked:
            response = client.get(page)
        queries.append(len(asked))
        formset = response.context["inline_admin_formsets"][0].formset
        assert formset.initial_form_count() >= count
    assert queries[1] == queries[2]


def test_a_meeting_of_200_guests_is_saved_as_a_browser_sends_it(as_user, investigation, reporter):
    meeting = builders.make_meeting(investigation=investigation)
    Attendance.objects.bulk_create(Attendance(meeting=meeting, descriptor=f"guest {n}") for n in range(200))
    client, page = as_user(reporter), reverse("admin:investigations_meeting_change", args=[meeting.pk])
    form = client.get(page)
    empty = {
        field.html_name: ""
        for row in form.context["inline_admin_formsets"][0].formset.forms
        for field in row
        if field.name not in {"role_in_dispute", "DELETE"}
    }
    assert len(empty) > 1000
    response = client.post(page, {**empty, **posted(form, **{"attendances-7-headcount": 3})})
    assert response.status_code == 302
    assert meeting.attendances.filter(headcount=3).count() == 1
