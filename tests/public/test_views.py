"""Readers' pages: stored bytes, sent with their tag, in one query, without a cookie."""

import hashlib
import inspect
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from investigations.pages import paths
from investigations.record.models import Page
from tests import builders

KINDS = {
    "front": r"/",
    "story": r"/stories/[-\w]+/",
    "edition": r"/stories/[-\w]+/editions/\d+/",
    "annotations": r"/stories/[-\w]+/annotations\.json",
    "meeting": r"/meetings/\w{12}/",
    "quote": r"/quotes/\w{12}/",
    "source": r"/sources/\w{12}/",
    "correction": r"/corrections/\d+/",
}

FOR_MACHINES = [paths.SITEMAP, paths.sitemap(1), paths.NEWS_SITEMAP, paths.ROBOTS, paths.SECURITY]
ON_REQUEST = [paths.MEETINGS, paths.CORRECTIONS, paths.SEARCH, f"{paths.SEARCH}?q=harbor", *FOR_MACHINES]


def addresses() -> list[str]:
    """Every stored address but that of the page for what isn't there."""
    return sorted(set(Page.objects.exclude(path=paths.NOT_FOUND).values_list("path", flat=True)))


def one_of_each_kind() -> list[str]:
    """An address of each kind."""
    return [next(path for path in addresses() if re.fullmatch(pattern, path)) for pattern in KINDS.values()]


def queries_of(client, path, **headers):
    """The answer, and the queries it took."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path, headers=headers)
    return answer, [query["sql"] for query in queries]


# Addresses.


def test_a_page_of_each_kind_is_sent_as_it_is_stored(site, client):
    for path in one_of_each_kind():
        stored = Page.objects.get(path=path, variant="")
        answer = client.get(path)
        assert (answer.status_code, answer.content) == (200, bytes(stored.body)), path
        assert answer["Content-Type"] == stored.content_type


def test_every_stored_address_is_one_that_readers_reach(site, client):
    for path in addresses():
        assert resolve(path).app_names == ["public"]
        assert client.get(path).status_code == 200, path


SAMPLES = {
    "slug": "the-contract",
    "key": "2f7kbcdghjmn",
    "kind": "meeting",
    "number": 7,
    "report": "11111111-1111-4111-8111-111111111111",
    "name": "a" * 32 + ".png",
    "of_list": "meetings",
    "ending": "csv",
    "query": "",
    "table": "roles",
}


def test_every_path_that_pages_may_print_is_an_address_of_the_site():
    printed = [value for name, value in vars(paths).items() if name.isupper() and name != "NOT_FOUND"]
    for name, make in inspect.getmembers(paths, inspect.isfunction):
        if name != "absolute":
            printed.append(make(*(SAMPLES[parameter] for parameter in inspect.signature(make).parameters)))
    assert len(printed) >= 8
    for path in printed:
        assert resolve(path).app_names == ["public"], path


@pytest.mark.parametrize("kind", ["meeting", "quote", "source"])
def test_an_entry_of_each_kind_has_its_address(kind):
    assert resolve(paths.entry(kind, "2f7kbcdghjmn")).url_name == kind


def test_every_link_within_the_site_leads_somewhere(site, client):
    links = set()
    for page in Page.objects.filter(content_type__startswith="text/html"):
        links |= set(re.findall(r'href="(/[^"#?]*)', bytes(page.body).decode()))
    links = {link for link in links if not link.startswith("/static/")}
    assert [link for link in links if client.get(link).status_code != 200] == []
    assert len(links) > 8


NOWHERE = """
    /nothing/ /404/ /stories/nothing/ /stories/nothing/editions/1/ /stories/nothing/annotations.json
    /meetings/222222222222/ /meetings/NOT-A-KEY/ /quotes/222222222222/ /sources/222222222222/ /corrections/99/
""".split()


def test_where_nothing_is_readers_get_the_page_that_says_so(site, client):
    said = bytes(Page.objects.get(path=paths.NOT_FOUND).body)
    for path in NOWHERE:
        answer = client.get(path)
        assert (answer.status_code, answer.content) == (404, said), path
        assert "ETag" not in answer


def test_an_edition_that_was_never_published_is_not_there(site, client):
    assert client.get(f"/stories/{site.slug}/editions/2/").status_code == 200
    assert client.get(f"/stories/{site.slug}/editions/3/").status_code == 404


def test_before_anything_is_published_readers_are_told_that_nothing_is_there(client, db):
    answer = client.get("/")
    assert (answer.status_code, answer.content) == (404, b"Nothing is here.\n")


def test_the_process_answers_without_asking_the_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


# Tags.


def test_a_page_is_sent_under_the_digest_of_its_bytes(site, client):
    for path in one_of_each_kind():
        answer = client.get(path)
        assert answer["ETag"] == f'"{hashlib.sha256(answer.content).hexdigest()}"'
        assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_a_page_of_each_kind_takes_one_query(site, client):
    for path in one_of_each_kind():
        answer, queries = queries_of(client, path)
        assert (answer.status_code, len(queries)) == (200, 1), path


def test_a_reader_who_has_the_page_gets_no_body_and_none_is_read(site, client):
    for path in one_of_each_kind():
        answer, queries = queries_of(client, path, if_none_match=client.get(path)["ETag"])
        assert (answer.status_code, answer.content) == (304, b"")
        assert len(queries) == 1
        assert '"body"' not in queries[0]


def test_what_is_unchanged_is_told_with_the_same_tag_and_the_same_rule(site, client):
    full = client.get("/")
    unchanged = client.get("/", headers={"if-none-match": full["ETag"]})
    assert unchanged.status_code == 304
    assert (unchanged.get("ETag"), unchanged.get("Cache-Control")) == (full["ETag"], full["Cache-Control"])


def test_a_tag_may_be_one_of_several_or_weak(published, client):
    tag = client.get("/")["ETag"]
    for tags in (f'"another", {tag}', f"W/{tag}", "*"):
        assert client.get("/", headers={"if-none-match": tags}).status_code == 304


def test_a_reader_who_has_another_page_gets_this_one(published, client):
    for tags in ('"another"', "nonsense", ""):
        answer = client.get("/", headers={"if-none-match": tags})
        assert (answer.status_code, bool(answer.content)) == (200, True)


@pytest.mark.parametrize("tags", ["*", '"another"'])
def test_what_is_not_there_is_not_unchanged_either(published, client, tags):
    assert client.get("/nothing/", headers={"if-none-match": tags}).status_code == 404
    assert client.get("/stories/nothing/", headers={"if-none-match": tags}).status_code == 404


def test_a_correction_changes_the_tag_of_the_story(published, reporter, editor, client):
    path = paths.story(published.slug)
    tag = client.get(path)["ETag"]
    builders.correct_story(published, reporter=reporter, editor=editor)
    assert client.get(path, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize("passages", [5, 100])
def test_a_story_takes_one_query_however_long_it_is(investigation, reporter, editor, client, passages):
    body = "\n\n".join(f"Then [it was said, number {n}]{{#p{n}}}, and so on." for n in range(1, passages + 1))
    story = builders.make_story(investigation=investigation, body=body)
    story.edit(by=reporter, now=builders.MORNING)
    quote = builders.make_quote(investigation=investigation)
    for passage in story.passages.all():
        builders.make_evidence(passage=passage, quote=quote)
    builders.publish_story(story, reporter=reporter, editor=editor)
    answer, queries = queries_of(client, paths.story(story.slug))
    assert answer.content.decode().count('class="passage" id="p') == passages
    assert len(queries) == 1


# Variants.


@pytest.mark.parametrize("evidence", ["all", "off"])
def test_evidence_is_shown_or_hidden_as_asked(published, client, evidence):
    path = paths.story(published.slug)
    stored = Page.objects.get(path=path, variant=f"evidence={evidence}")
    answer = client.get(path, {"evidence": evidence})
    assert answer.content == bytes(stored.body)
    assert answer["ETag"] != client.get(path)["ETag"]


def test_any_other_question_gets_the_page_as_it_is(published, client):
    path = paths.story(published.slug)
    for evidence in ("", "nonsense", "ALL", "all,off", "\x00"):
        assert client.get(path, {"evidence": evidence}).content == client.get(path).content


def test_a_variant_has_a_tag_of_its_own(published, client):
    path = paths.story(published.slug)
    tag = client.get(path)["ETag"]
    assert client.get(f"{path}?evidence=all", headers={"if-none-match": tag}).status_code == 200
    tag = client.get(f"{path}?evidence=all")["ETag"]
    assert client.get(f"{path}?evidence=all", headers={"if-none-match": tag}).status_code == 304


def test_evidence_is_a_question_to_stories_alone(site, client):
    path = paths.edition(site.slug, 1)
    assert client.get(path, {"evidence": "off"}).content == client.get(path).content


# Methods and headers.


def everywhere() -> list[str]:
    """Every address of readers, and one where nothing is."""
    return [*addresses(), *ON_REQUEST, "/healthz", "/nothing/"]


def test_head_is_answered_with_the_headers_alone(site, client):
    for path in [*addresses(), *ON_REQUEST]:
        full, head = client.get(path), client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.get("ETag") == full.get("ETag")


def test_pages_are_only_read(site, client):
    for path in [*one_of_each_kind(), *ON_REQUEST, "/healthz"]:
        for method in ("post", "put", "patch", "delete", "options"):
            assert getattr(client, method)(path).status_code == 405, (method, path)


def test_no_page_sets_a_cookie_or_hangs_on_one(site):
    client = Client(enforce_csrf_checks=True)
    client.cookies["sessionid"] = "a-session"
    for path in everywhere():
        answer = client.get(path)
        assert not answer.cookies
        assert "cookie" not in answer.get("Vary", "").lower()


def test_a_reader_who_is_logged_in_gets_the_same_page(site, client, editor):
    before = {path: client.get(path).content for path in everywhere()}
    client.force_login(editor)
    for path in everywhere():
        answer, queries = queries_of(client, path)
        assert answer.content == before[path]
        assert not answer.cookies
        assert "session" not in "".join(queries)


def test_every_page_is_sent_under_a_strict_policy(site, client):
    for path in everywhere():
        answer = client.get(path)
        policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
        assert {policy[name] for name in ("style-src", "img-src", "form-action")} == {"'self'"}
        assert set(" ".join(policy.values()).split()) == {"'none'", "'self'"}
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert (answer["X-Frame-Options"], answer["Referrer-Policy"]) == ("DENY", "same-origin")


def test_no_page_needs_anything_that_the_policy_forbids(site):
    for page in Page.objects.filter(content_type__startswith="text/html"):
        html = bytes(page.body).decode()
        assert not re.search(r"<[^>]+\son\w+=|<[^>]+\sstyle=|<style", html)
        assert set(re.findall(r"<script([^>]*)>", html)) <= {' type="application/ld+json"'}
        assert not re.search(r'(?:src|<link [^>]*stylesheet"[^>]*href)="(?:https?:)?//', html)
