"""What browsers are told: every address of every kind of node, asked by everybody, against the rule of its side."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import addresses, builders, headers
from tests.visitors import Visitor, visitors

pytestmark = pytest.mark.once
DESK_PATHS = {"all": ("/admin",), "desk": ("/",), "public": ()}
WALKERS = ("anonymous", "reporter", "superuser")  # test_authorization.py sends the others along the desk
BESIDE = [
    "/admin",
    "/admin/nothing/",
    "/admin/investigations/source/999999/change/",
    "/admin//",
    "/nothing/",
    "/Admin/",
]
BESIDE += [
    "//admin/",
    "/stories/nothing/",
    "/stories/x/?evidence=all",
    "/meetings/?kind=dinner&after=x",
    "/favicon.ico",
]


@pytest.fixture
def site(rows, reporter, editor, standards):
    """A row of every kind on the desk, and a page of every kind for readers."""
    rows.policy.edit(by=reporter)
    for make in (builders.make_merger, builders.make_identity_access, builders.make_gate_run):
        make()
    people = {"reporter": reporter, "editor": editor, "standards": standards}
    addresses.publish_one_of_each(rows.story, rows.meeting, rows.policy, **people)
    return rows


@pytest.fixture
def walkers(investigation, outsider, reporter, editor, standards):
    """Everybody who walks the site."""
    return visitors(investigation, outsider=outsider, reporter=reporter, editor=editor, standards=standards)


@pytest.fixture
def role(request, settings):
    """The site as a node of this role serves it."""
    settings.ROLE, settings.ROOT_URLCONF = request.param, f"newsroom.urls_{request.param}"
    settings.DESK_PATHS = DESK_PATHS[request.param]
    return request.param


def faults_at(path, visitor, role):
    """What answers at this address hold against the rule, by method."""
    desk = path.startswith(DESK_PATHS[role])
    methods = ("GET", "POST") if desk else ("GET", "HEAD", "POST")
    found = {method: headers.faults(visitor.ask(method, path), desk=desk) for method in methods}
    return {f"{method} {path}": faults for method, faults in found.items() if faults}


# --- The walk ---


@pytest.mark.parametrize("who", WALKERS)
@pytest.mark.parametrize("role", ["all"], indirect=True)
def test_every_address_keeps_the_rule_of_its_side(role, who, site, walkers):
    known = addresses.addresses()
    assert {address.side for address in known} == {"admin", "public"}
    assert all(address.path.startswith("/admin/") == (address.side == "admin") for address in known)
    found = {}
    for path in [*(address.path for address in known), *BESIDE]:
        found |= faults_at(path, walkers[who], role)
    assert found == {}


@pytest.mark.parametrize("role", ["desk", "public"], indirect=True)
def test_every_address_of_a_node_with_one_side_keeps_its_rule(role, site, walkers):
    known = addresses.addresses(urlconf=f"newsroom.urls_{role}")
    assert len(known) > 12
    found = {}
    for path in [*(address.path for address in known), *BESIDE]:
        found |= faults_at(path, walkers["superuser"], role)
    assert found == {}


def test_an_address_that_no_row_fills_is_told(db):
    with pytest.raises(addresses.CannotFill, match="There is no"):
        addresses.addresses(row_of=lambda model: None)
    with pytest.raises(addresses.CannotFill, match="No page is stored for"):
        addresses.addresses(urlconf="newsroom.urls_public")


PLANTED = {
    "a cached page of the desk": ("Cache-Control", "private, max-age=60"),
    "an inline script": ("Content-Security-Policy", "default-src 'none'; script-src 'self' 'unsafe-inline'"),
    "a frame": ("X-Frame-Options", "SAMEORIGIN"),
    "an address told to others": ("Referrer-Policy", "unsafe-url"),
    "a sniffed type": ("X-Content-Type-Options", ""),
    "a camera": ("Permissions-Policy", "camera=(self)"),
    "a cookie for scripts": ("Set-Cookie", {"httponly": False, "samesite": "Strict", "path": "/admin/"}),
    "a cookie from elsewhere": ("Set-Cookie", {"httponly": True, "samesite": "Lax", "path": "/admin/"}),
    "a cookie that stays": (
        "Set-Cookie",
        {"httponly": True, "samesite": "Strict", "path": "/admin/", "max_age": 60},
    ),
    "a cookie for readers too": ("Set-Cookie", {"httponly": True, "samesite": "Strict", "path": "/"}),
}


@pytest.mark.parametrize("what", PLANTED)
def test_what_breaks_the_desks_rule_is_found(what, db):
    response = Client().get("/admin/login/")
    assert headers.faults(response, desk=True) == []
    name, value = PLANTED[what]
    if name == "Set-Cookie":
        response.set_cookie("sessionid", "x", **value)
    else:
        response[name] = value
    assert len(headers.faults(response, desk=True)) > 0


def test_what_breaks_the_readers_rule_is_found(db):
    response = Client().get("/healthz")
    assert headers.faults(response, desk=False) == []
    response["Vary"] = "Accept, Cookie"
    response.set_cookie("visitor", "7")
    assert headers.faults(response, desk=False) == ["sets the cookie visitor", "hangs on a cookie"]


# --- Cookies ---


@pytest.mark.parametrize(
    ("session", "token"),
    [("x", "no token"), ("a-session-of-somebody", "k" * 64), ("", ""), ('"', "ä"), ("x" * 5000, "k")],
)
def test_cookies_that_readers_bring_along_are_neither_read_nor_answered(session, token, site):
    client = Client(enforce_csrf_checks=True)
    client.cookies["sessionid"], client.cookies["csrftoken"] = session, token
    for path in ("/", "/meetings/?kind=dinner", "/nothing/", "/healthz", "/stories/nothing/"):
        for method in ("get", "head", "post"):
            response = getattr(client, method)(path)
            assert (path, headers.faults(response, desk=False)) == (path, [])


def test_the_desks_addresses_are_those_of_its_node(settings):
    assert settings.ROLE == "all"
    assert reverse("admin:index").startswith(settings.DESK_PATHS)
    assert reverse("admin:index") == settings.SESSION_COOKIE_PATH == settings.CSRF_COOKIE_PATH


def test_a_session_ends_with_the_browser_and_after_half_a_day(client, reporter):
    reporter.set_password("a-password-of-tests")
    reporter.save()
    response = client.post("/admin/login/", {"username": "reporter", "password": "a-password-of-tests"})
    for cookie in (response.cookies["sessionid"], response.cookies["csrftoken"]):
        assert (cookie["max-age"], cookie["expires"]) == ("", "")
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert client.session.get_expiry_age() == 12 * 3600


def test_what_the_desk_says_to_somebody_is_in_no_cookie(rows, walkers):
    response = walkers["reporter"].ask("POST", reverse("admin:investigations_story_publish", args=[rows.story.pk]))
    assert response.status_code == 302
    assert "messages" not in response.cookies


# --- Errors ---


def test_a_form_with_a_stale_token_is_refused_in_a_sentence_and_without_a_style(reporter):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/admin/login/", {"username": "reporter"})
    page = response.content.decode()
    assert (response.status_code, headers.faults(response, desk=True)) == (403, [])
    assert "This form was not taken" in page
    assert "style" not in page


@pytest.mark.parametrize(("path", "desk"), [("/admin/", True), ("/meetings/", False)])
def test_an_error_keeps_the_rule_and_tells_nothing(path, desk, reporter, monkeypatch):
    def broken(*args):
        raise ValueError("Zoe Nandu")

    monkeypatch.setattr("investigations.admin.site.waiting_for", broken)
    monkeypatch.setattr("investigations.public.views.index_page", broken)
    visitor = Visitor(reporter)
    visitor.client.raise_request_exception = False
    response = visitor.ask("GET", path)
    assert (response.status_code, headers.faults(response, desk=desk)) == (500, [])
    assert "Zoe" not in response.content.decode()


@pytest.mark.parametrize("path", ["/admin/", "/"])
def test_a_host_that_is_not_ours_is_answered_by_the_rule_too(path, db):
    response = Client().get(path, headers={"host": "elsewhere.example.org"})
    assert (response.status_code, headers.faults(response, desk=path == "/admin/")) == (400, [])


@pytest.mark.parametrize("path", ["/admin/", "/", "/nothing/"])
def test_in_production_browsers_are_told_to_come_back_over_https_alone(path, db, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    plain = Client().get(path)
    assert (plain.status_code, plain["Location"]) == (301, f"https://testserver{path}")
    assert headers.faults(plain, desk=path == "/admin/") == []
    assert Client().get(path, secure=True)["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_files_of_the_site_are_sent_under_the_rule_too(db):
    response = Client().get("/static/newsroom/icon.svg")
    response.close()
    assert (response.status_code, headers.faults(response, desk=False)) == (200, [])
    assert "Access-Control-Allow-Origin" not in response


def test_an_answer_that_a_view_lets_be_kept_is_not_kept(monkeypatch, walkers):
    kept = HttpResponse("the list of sources", headers={"Cache-Control": "public, max-age=3600"})
    monkeypatch.setattr("investigations.admin.site.NewsroomAdminSite.app_index", lambda *args, **kwargs: kept)
    assert walkers["reporter"].ask("GET", "/admin/investigations/")["Cache-Control"] == "no-store"
