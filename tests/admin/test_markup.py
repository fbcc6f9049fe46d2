"""What the desk's pages send: nothing that the content security policy would refuse."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from tests import builders

REFUSED = {
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", re.I),
    "a style sheet in the page": re.compile(r"<style\b", re.I),
    "a style on an element": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.I),
    "a handler on an element": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "a script as an address": re.compile(r"(?:href|src|action)\s*=\s*[\"']?\s*javascript:", re.I),
    "something from elsewhere": re.compile(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=\"(?:https?:)?//", re.I),
}
# Of concern to few: their pages are asked for in tests/admin/test_identity.py.
CONFIDENTIAL = {"identityaccess", "gaterun"}
NOUNS = [model._meta.model_name for model in admin.site._registry if model._meta.app_label == "investigations"]
ACCOUNTS = ["auth_user", "auth_group"]


def refused(response):
    html = response.content.decode()
    return [what for what, pattern in REFUSED.items() if pattern.search(html)]


@pytest.fixture
def root(as_user, db):
    """Somebody who sees every page there is."""
    return as_user(builders.make_user("root", is_superuser=True))


@pytest.mark.parametrize(
    ("what", "html"),
    [
        ("a script in the page", "<script>alert(1)</script>"),
        ("a style sheet in the page", "<style>a {}</style>"),
        ("a style on an element", '<td class="x" style="width: 3em">'),
        ("a handler on an element", '<a href="#" onclick="go()">'),
        ("a script as an address", '<a href="javascript:void(0)">'),
        ("something from elsewhere", '<link rel="stylesheet" href="https://cdn.example.org/a.css">'),
    ],
)
def test_the_patterns_find_what_they_are_for(what, html):
    assert REFUSED[what].search(html)


@pytest.mark.parametrize("noun", [noun for noun in NOUNS if noun not in CONFIDENTIAL])
def test_a_nouns_pages_send_nothing_that_is_refused(noun, rows, root):
    for page in ("changelist", "add", "change", "history", "delete"):
        args = [getattr(rows, noun).pk] if page in {"change", "history", "delete"} else []
        response = root.get(reverse(f"admin:investigations_{noun}_{page}", args=args))
        assert response.status_code in {200, 403}
        assert (page, refused(response)) == (page, [])


@pytest.mark.parametrize("noun", ["source", "story", "correction"])
def test_a_list_asked_for_otherwise_sends_nothing_that_is_refused(noun, rows, root):
    for query in ("?q=nothing", "?_popup=1", "?all=", "?o=-1", "?q="):
        response = root.get(reverse(f"admin:investigations_{noun}_changelist") + query)
        assert response.status_code == 200
        assert (query, refused(response)) == (query, [])


@pytest.mark.parametrize("name", ["index", "login", "password_change", "password_change_done"])
def test_the_desks_own_pages_send_nothing_that_is_refused(name, rows, root):
    if name == "login":
        root.logout()
    response = root.get(reverse(f"admin:{name}"))
    assert response.status_code == 200
    assert refused(response) == []


def test_the_page_of_an_app_and_the_farewell_send_nothing_that_is_refused(root):
    assert refused(root.get(reverse("admin:app_list", args=["investigations"]))) == []
    assert refused(root.post(reverse("admin:logout"))) == []


@pytest.mark.parametrize("noun", ACCOUNTS)
def test_the_pages_of_accounts_send_nothing_that_is_refused(noun, root):
    row = {"auth_user": builders.User, "auth_group": builders.Group}[noun].objects.first()
    pages = ["changelist", "add", "change", "history", "delete"] + ["password_change"] * (noun == "auth_user")
    for page in pages:
        args = [] if page in {"changelist", "add"} else [row.pk]
        response = root.get(reverse(f"admin:{noun}_{page}", args=args))
        assert response.status_code == 200
        assert (page, refused(response)) == (page, [])


def test_a_row_added_in_a_window_of_its_own_sends_nothing_that_is_refused(root):
    address = reverse("admin:investigations_person_add")
    rows = {"roles-TOTAL_FORMS": 0, "roles-INITIAL_FORMS": 0}
    response = root.post(address, {"name": "Lee Sample", "_popup": 1, **rows})
    assert "popup_response.js" in response.content.decode()
    assert refused(response) == []


def test_a_form_with_errors_sends_nothing_that_is_refused(root):
    response = root.post(reverse("admin:investigations_correction_add"), {"note": ""})
    assert "errornote" in response.content.decode()
    assert refused(response) == []


@pytest.mark.parametrize("path", ["/admin/", "/admin/investigations/source/", "/admin/login/"])
def test_every_page_carries_the_policy(path, rows, root):
    policy = root.get(path).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
