"""Readers' reports: the form with the very words, what is kept of it, the receipt."""

import logging
import re
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from investigations.record.models import Part, Report, SlugRow, StoryRow
from tests import builders

FORM = "/report-an-error/"
HERE = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
SAID = {
    "wrong": "It was in April.",
    "right": "April 3, says the log.",
    "name": "Zoe Nandu",
    "address": "zoe@x.example",
}


@pytest.fixture
def form(published):
    """The form's address for the story's second passage."""
    return f"{FORM}?story={published.slug}&edition=1&passage=p2"


@pytest.fixture
def reader(settings):
    """A browser without a cookie, which checks what it would for a form of the desk."""
    settings.ALLOWED_HOSTS = ["testserver"]
    return Client(enforce_csrf_checks=True, headers=HERE)


def page(answer):
    return answer.content.decode()


def words_of(html):
    found = re.search(r"<blockquote>(.*?)</blockquote>", html, re.S)
    return re.sub("<[^>]*>", "", found[1]).strip() if found else ""


# --- The form ---


def test_it_shows_the_very_words_of_a_passage(form, reader):
    answer = reader.get(form)
    assert (answer.status_code, words_of(page(answer))) == (200, "nobody had asked her")


def test_it_shows_a_whole_paragraph_by_its_number(published, reader):
    words = words_of(page(reader.get(f"{FORM}?story={published.slug}&edition=1&passage=b1")))
    assert words == "The harbor board met in secret in March, and the port was sold."


def test_words_come_from_the_edition_that_was_read(published, reporter, editor, reader):
    builders.correct_story(published, reporter=reporter, editor=editor)
    old, new = (words_of(page(reader.get(f"{FORM}?story={published.slug}&edition={n}&passage=b2"))) for n in (1, 2))
    assert old.endswith("Lee Sample watched the vote from the gallery.")
    assert new == "The chair said that nobody had asked her."


@pytest.mark.parametrize("place", ["p9", "b99", "b0", "x", "", "p2<b>", "\x00"])
def test_a_place_that_is_not_there_is_the_whole_story(place, published, reader):
    answer = reader.get(FORM, {"story": published.slug, "edition": "1", "passage": place, "words": "planted"})
    assert answer.status_code == 200
    assert words_of(page(answer)) == ""
    assert "planted" not in page(answer)
    assert published.headline in page(answer)


def test_withheld_words_are_not_shown(form, reader, standards):
    part = Part.objects.get(kind="block", key="b2")
    builders.withhold_part(part, "hidden")
    assert "nobody had asked her" not in page(reader.get(form))


@pytest.mark.parametrize(
    "query",
    [
        "story=nothing&edition=1",
        "story=",
        "story=%00",
        "story=a%00b",
        "story={slug}&edition=7",
        "story={slug}&edition=0",
        "story={slug}&edition=x",
        "story={slug}&edition=-1",
        "story={slug}&edition=99999999999999999999",
        "story={slug}&edition=%00",
        f"story={'x' * 5000}",
    ],
)
def test_an_edition_that_readers_do_not_have_is_not_there(query, published, reader):
    address = f"{FORM}?{query.format(slug=published.slug)}"
    assert reader.get(address).status_code == 404
    assert reader.post(address, SAID).status_code == 404


def test_without_a_number_it_is_the_edition_readers_have_now(published, reporter, editor, reader):
    builders.correct_story(published, reporter=reporter, editor=editor)
    assert "edition 2" in page(reader.get(f"{FORM}?story={published.slug}"))


def test_a_short_name_that_the_story_once_had_leads_to_its_form(published, reader):
    work = StoryRow.objects.get().work
    SlugRow.objects.create(slug="as-it-was-called", work=work)
    html = page(reader.get(f"{FORM}?story=as-it-was-called&edition=1&passage=p2"))
    assert words_of(html) == "nobody had asked her"
    assert f'action="{FORM}?story={published.slug}&amp;edition=1&amp;passage=p2"' in html


def test_without_a_story_it_says_how_to_get_to_the_form(published, reader):
    answer = reader.get(FORM)
    assert answer.status_code == 200
    assert "<form" not in page(answer)
    assert "Open the story" in page(answer)


def test_the_story_leads_to_it_from_each_paragraph_each_passage_and_the_foot(published, reader):
    html = page(reader.get(f"/stories/{published.slug}/"))
    places = re.findall(
        rf'href="/report-an-error/\?story={published.slug}&amp;edition=1(?:&amp;passage=(\w+))?"', html
    )
    assert set(places) == {"b1", "b2", "p1", "p2", ""}


def test_every_such_link_shows_words(published, reader):
    html = page(reader.get(f"/stories/{published.slug}/?evidence=off"))
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/report-an-error/[^"]*passage[^"]*)"', html)]
    assert len(links) == 2
    assert all(words_of(page(reader.get(link))) for link in links)


def test_it_takes_the_same_queries_for_a_story_of_any_length(investigation, reporter, editor, reader):
    counts = []
    for paragraphs in (2, 60):
        body = "\n\n".join(f"Then [it was said, number {n}]{{#p{n}}}." for n in range(1, paragraphs + 1))
        story = builders.make_ready_story(investigation=investigation, by=reporter, body=body)
        builders.publish_story(story, reporter=reporter, editor=editor)
        with CaptureQueriesContext(connection) as queries:
            reader.get(f"{FORM}?story={story.slug}&edition=1&passage=p2")
        counts.append(len(queries))
    assert counts == [4, 4]


# --- Sending it ---


def test_a_report_is_kept_with_where_and_what_and_leads_to_its_receipt(form, published, reader):
    answer = reader.post(form, {**SAID, "in_this_story": "on"})
    report = Report.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"{FORM}{report.pk}/")
    assert (report.work, report.edition, report.place) == (StoryRow.objects.get().work, 1, "p2")
    assert {name: getattr(report, name) for name in SAID} == SAID
    assert (report.in_this_story, report.state, report.answered_at) == (True, "received", None)


def test_only_what_is_wrong_has_to_be_said(form, reader):
    assert reader.post(form, {"wrong": "It was in April."}).status_code == 303
    assert Report.objects.get().name == ""


def test_the_address_can_not_be_guessed(form, reader):
    reader.post(form, SAID)
    assert Report.objects.get().pk.version == 4


def test_neither_reading_nor_sending_sets_a_cookie(form, reader):
    for answer in (reader.get(form), reader.post(form, {}), reader.post(form, SAID)):
        assert not answer.cookies
        assert answer["Cache-Control"] == "no-store"
    assert not reader.cookies


@pytest.mark.parametrize(
    ("said", "field", "error"),
    [
        ({"wrong": ""}, "wrong", "Say what is wrong."),
        ({"wrong": "  \n "}, "wrong", "Say what is wrong."),
        ({"wrong": "x" * 2001}, "wrong", "This is longer than 2,000 characters"),
        ({"right": "x" * 2001}, "right", "This is longer than 2,000 characters"),
        ({"name": "x" * 201}, "name", "This is longer than 200 characters"),
        ({"address": "zoe"}, "address", "This is no e-mail address"),
        ({"wrong": "a\x00b"}, "wrong", "Null characters are not allowed."),
    ],
)
def test_an_error_stands_beside_its_field_and_above_the_form(said, field, error, form, reader):
    answer = reader.post(form, {**SAID, **said})
    html = page(answer)
    assert answer.status_code == 200
    assert Report.objects.count() == 0
    assert re.search(rf'<a href="#id_{field}">{error}', html)
    assert re.search(rf'<ul class="errorlist" id="id_{field}_error"><li>{error}', html)
    described = re.search(rf'<(?:textarea|input)[^>]*name="{field}"[^>]*aria-describedby="([^"]*)"', html)
    assert f"id_{field}_error" in described[1].split()
    assert all(f'id="{name}"' in html for name in described[1].split())
    assert "<title>Not sent yet: " in html


def test_what_was_written_is_not_lost_with_an_error(form, reader):
    html = page(reader.post(form, {**SAID, "address": "zoe"}))
    assert all(said in html for said in (SAID["wrong"], SAID["right"], SAID["name"]))


def test_lines_are_counted_as_the_browser_counts_them(form, reader):
    assert reader.post(form, {"wrong": "\r\n".join("x" * 1000)}).status_code == 303
    assert Report.objects.get().wrong == "\n".join("x" * 1000)


def test_what_fills_in_a_field_that_nobody_sees_is_refused_with_a_way_on(form, reader):
    html = page(reader.post(form, {**SAID, "website": "https://spam.example"}))
    assert Report.objects.count() == 0
    assert "send it anew" in html
    assert "spam.example" not in html
    assert reader.post(form, {**SAID, "website": ""}).status_code == 303


def test_that_field_is_hidden_from_everybody_who_is_no_program(form, reader):
    trap = re.search(r'<div class="trap" aria-hidden="true">.*?</div>', page(reader.get(form)), re.S)[0]
    assert 'autocomplete="off"' in trap
    assert 'tabindex="-1"' in trap


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "http://elsewhere.example"}, {**HERE, "sec-fetch-site": "cross-site"}]
)
def test_what_another_site_sends_is_refused_in_words(headers, form, reader):
    answer = Client(enforce_csrf_checks=True).post(form, SAID, headers=headers)
    assert answer.status_code == 403
    assert "not sent from our own page" in page(answer)
    assert Report.objects.count() == 0


def test_what_is_far_too_long_is_refused_unread(form, reader, monkeypatch):
    monkeypatch.setattr("investigations.public.reports.ReportForm", None)
    answer = reader.post(form, {"wrong": "x" * 65 * 1024})
    assert answer.status_code == 413
    assert "too long" in page(answer)


def test_the_longest_report_in_any_script_is_not_too_long(form, reader):
    said = {"wrong": "ሰ" * 2000, "right": "👍" * 2000, "name": "ሰ" * 200}
    answer = reader.post(form, urlencode(said), content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, Report.objects.get().right) == (303, said["right"])


def test_too_many_reports_are_refused_in_words_and_what_was_written_stays(form, reader):
    assert [reader.post(form, SAID).status_code for _ in range(6)] == [303] * 5 + [429]
    answer = reader.post(form, SAID)
    assert Report.objects.count() == 5
    assert answer["Retry-After"] == "3600"
    assert "send it again in an hour" in page(answer)
    assert SAID["wrong"] in page(answer)


def test_a_form_with_an_error_is_not_counted(form, reader):
    for _ in range(9):
        reader.post(form, {})
    assert reader.post(form, SAID).status_code == 303


def test_a_report_that_could_not_be_kept_is_not_counted(form, reader, monkeypatch):
    def fail(**values):
        raise RuntimeError

    monkeypatch.setattr(Report.objects, "create", fail)
    with pytest.raises(RuntimeError):
        reader.post(form, SAID)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {caches['limits']._table}")
        assert cursor.fetchone() == (0,)


def test_nothing_that_a_reader_writes_is_logged(form, reader, caplog):
    caplog.set_level(logging.DEBUG)
    for said in (SAID, {**SAID, "address": "zoe.nandu"}, *[SAID] * 6):
        reader.post(form, said)
    lines = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert lines
    assert [line for line in lines if "Zoe" in line or "zoe" in line or "April" in line or "127.0.0.1" in line] == []


# --- The receipt ---


def receipt(report):
    return f"{FORM}{report.pk}/"


def test_it_says_received_when_and_the_words(published, reader):
    report = builders.make_report(story=published, place="p2", wrong="She was asked.\nTwice.")
    answer = reader.get(receipt(report))
    html = page(answer)
    assert answer.status_code == 200
    assert "<h1>Received</h1>" in html
    assert "March 3, 2026" in html
    assert "<dt>The words</dt><dd>nobody had asked her</dd>" in html
    assert "She was asked.<br>Twice." in html


def test_it_names_nobody(published, reader):
    report = builders.make_report(story=published, in_this_story=True, name="Zoe Nandu", address="zoe@x.example")
    html = page(reader.get(receipt(report)))
    assert not re.search("zoe|nandu|in this story", html, re.I)


def test_what_a_reader_writes_is_text_and_nothing_else(published, reader):
    wrong = '<script>alert(1)</script><a href="https://spam.example">x</a> https://spam.example'
    html = page(reader.get(receipt(builders.make_report(story=published, wrong=wrong))))
    assert "&lt;script&gt;" in html
    assert 'href="https://spam.example"' not in html


def test_no_search_engine_and_no_cache_keeps_it(published, reader):
    answer = reader.get(receipt(builders.make_report(story=published)))
    assert '<meta name="robots" content="noindex">' in page(answer)
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            {"outcome": "corrected", "correction": 7},
            'We have corrected it: <a href="/corrections/7/">correction 7</a>.',
        ),
        ({"outcome": "no_correction"}, "We have looked into it: no correction is needed."),
        ({"outcome": "no_correction", "sentence": "She did say so."}, "<p>She did say so.</p>"),
    ],
)
def test_it_says_what_came_of_it(answer, said, published, reader):
    day = builders.NEXT_DAY + timedelta(days=2)
    html = page(
        reader.get(receipt(builders.make_report(story=published, state="answered", answered_at=day, **answer)))
    )
    assert "<h1>Answered</h1>" in html
    assert said in html
    assert "March 5, 2026" in html


def test_with_words_that_were_withheld_what_was_written_of_them_is_gone(published, reader, standards):
    report = builders.make_report(story=published, place="p2", wrong="“Nobody had asked her” is wrong.")
    part = Part.objects.get(kind="block", key="b2")
    builders.withhold_part(part, "hidden")
    html = page(reader.get(receipt(report)))
    assert not re.search("nobody had asked", html, re.I)
    assert "Withheld since" in html


def test_there_is_none_for_a_report_nobody_made(published, reader):
    assert reader.get(f"{FORM}{uuid4()}/").status_code == 404
    assert reader.get(f"{FORM}{UUID(int=0)}/").status_code == 404


def test_it_is_only_read(published, client):
    report = builders.make_report(story=published)
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(receipt(report)).status_code == 405
