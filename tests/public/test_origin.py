"""A form without a token: only the site's own page may send it."""

import pytest
from django.test import RequestFactory

from investigations.public.origin import sent_from_here

OWN = "http://news.example.org"


def request(origin=None, site=None, host="news.example.org", secure=False):
    given = {"origin": origin, "sec-fetch-site": site, "host": host}
    headers = {name: value for name, value in given.items() if value is not None}
    return RequestFactory().post("/", headers=headers, secure=secure)


@pytest.fixture(autouse=True)
def _site(settings):
    settings.BASE_URL = OWN
    settings.ALLOWED_HOSTS = ["news.example.org", "127.0.0.1"]


@pytest.mark.parametrize(("origin", "site"), [(OWN, "same-origin"), (OWN, None), (None, "same-origin")])
def test_what_our_own_page_sends_is_taken(origin, site):
    assert sent_from_here(request(origin, site))


@pytest.mark.parametrize(
    "origin",
    [
        "http://elsewhere.example",
        "https://news.example.org",
        "http://news.example.org:8080",
        "http://news.example.org.elsewhere.example",
        "null",
        "",
    ],
)
@pytest.mark.parametrize("site", [None, "same-origin"])
def test_another_origin_is_refused_whatever_else_is_said(origin, site):
    assert not sent_from_here(request(origin, site))


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
@pytest.mark.parametrize("origin", [None, OWN])
def test_another_site_is_refused_whatever_else_is_said(site, origin):
    assert not sent_from_here(request(origin, site))


def test_what_says_nothing_of_where_it_is_from_is_refused():
    assert not sent_from_here(request())


def test_the_address_that_was_asked_for_is_ours_too():
    assert sent_from_here(request("http://127.0.0.1:8001", "same-origin", host="127.0.0.1:8001"))
    assert sent_from_here(request("https://127.0.0.1", host="127.0.0.1", secure=True))


def test_behind_a_proxy_the_sites_own_address_is_ours(settings):
    settings.BASE_URL = "https://news.example.org"
    assert sent_from_here(request("https://news.example.org", "same-origin", host="127.0.0.1"))
