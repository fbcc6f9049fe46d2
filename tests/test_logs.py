"""Logs and error mail: where something happened, and none of what people typed."""

import logging
import sys
from io import StringIO

import pytest
from django.core import mail
from django.core.servers.basehttp import WSGIRequestHandler
from django.test import Client

from newsroom.logs import PlacesFormatter, PlacesMailHandler, places
from tests import builders

SECRET = "Zoe Nandu"


@pytest.fixture
def log():
    """What the console would show of everything that is logged."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PlacesFormatter("%(levelname)s %(name)s: %(message)s"))
    loggers = [logging.getLogger(), logging.getLogger("django.server")]
    for logger in loggers:
        logger.addHandler(handler)
    yield stream
    for logger in loggers:
        logger.removeHandler(handler)


@pytest.fixture
def broken(settings, monkeypatch, reporter):
    """A desk whose front page fails with a name in its error and in its variables; errors are mailed."""
    settings.ADMINS = [("Desk", "desk@example.org")]

    def fail(user):
        name = f"{SECRET} {user}"
        try:
            int(name)
        except ValueError as error:
            raise KeyError(name) from error

    monkeypatch.setattr("investigations.admin.site.waiting_for", fail)
    client = Client(raise_request_exception=False)
    client.force_login(reporter)
    return client


def all_loggers():
    known = logging.Logger.manager.loggerDict.values()
    return [logging.getLogger(), *(logger for logger in known if isinstance(logger, logging.Logger))]


# --- Log lines ---


@pytest.mark.parametrize(
    "path", ["/nothing/", "/admin/investigations/source/9/change/", "/admin/investigations/nothing/"]
)
def test_what_is_not_found_is_logged_without_its_query(path, log, client, reporter):
    client.force_login(reporter)
    assert client.get(f"{path}?q=Zoe+Nandu").status_code == 404
    assert log.getvalue() == f"WARNING django.request: Not Found: {path}\n"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("GET /admin/?q=Zoe+Nandu HTTP/1.1", '"GET /admin/ HTTP/1.1" 200 7'),
        ("GET /admin/?q=Zoe HTTP/1.0 Nandu HTTP/1.1", '"GET /admin/ HTTP/1.1" 200 7'),
        ('GET /?q="Zoe" HTTP/1.1', '"GET / HTTP/1.1" 200 7'),
        ("GET /stories/ HTTP/1.1", '"GET /stories/ HTTP/1.1" 200 7'),
    ],
)
def test_the_demos_server_logs_the_path_alone(line, shown, log):
    handler = WSGIRequestHandler.__new__(WSGIRequestHandler)
    handler.request = None
    handler.log_message('"%s" %s %s', line, "200", "7")
    assert log.getvalue() == f"INFO django.server: {shown}\n"


def test_a_bad_request_line_is_logged_up_to_its_query(log):
    logging.getLogger("django.server").info("code %d, message %s", 400, f"Bad request syntax ('GET /?q={SECRET}')")
    assert log.getvalue() == "INFO django.server: code 400, message Bad request syntax ('GET /\n"


def test_an_error_is_logged_by_its_places_and_kinds(log, broken):
    assert broken.post(f"/admin/?q={SECRET}", {"name": SECRET}).status_code == 500
    said = log.getvalue()
    assert "ERROR django.request: Internal Server Error: /admin/\n" in said
    assert "builtins.ValueError" in said
    assert "which led to:" in said
    assert said.strip().endswith("builtins.KeyError")
    assert "int(name)" in said
    assert [word for word in SECRET.split() if word in said] == []


def test_words_that_another_handler_gave_an_error_are_not_taken_over(log):
    try:
        raise ValueError(SECRET)
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "It failed", None, sys.exc_info())
    assert SECRET in logging.Formatter().format(record)
    assert SECRET not in PlacesFormatter().format(record)
    assert SECRET in record.exc_text


def test_errors_that_lead_to_each_other_end():
    one, other = ValueError(SECRET), KeyError(SECRET)
    one.__context__, other.__context__ = other, one
    assert places(one).count("Error") == 2


def test_an_export_is_logged_by_who_and_what(log, client, reporter):
    client.force_login(reporter)
    client.post("/admin/investigations/person/export/?q=Zoe", {"format": "csv"})
    assert log.getvalue() == f"INFO investigations.admin.exchange: User {reporter.pk} exported people as csv\n"


def test_everything_that_is_logged_passes_the_newsrooms_handlers():
    assert PlacesMailHandler in {type(handler) for handler in logging.getLogger().handlers}
    others = [
        f"{logger.name}: {handler}"
        for logger in all_loggers()
        for handler in logger.handlers
        if not type(handler).__module__.startswith("_pytest")
        and not isinstance(handler, (PlacesMailHandler, logging.NullHandler))
        and not isinstance(handler.formatter, PlacesFormatter)
    ]
    assert others == []


# --- Error mail ---


def test_an_error_is_mailed_by_its_place_and_the_addresss_pattern(broken):
    broken.cookies["sessionid_of_another"] = SECRET
    assert broken.post(f"/admin/?q={SECRET}", {"name": SECRET}).status_code == 500
    (sent,) = mail.outbox
    assert sent.to == ["desk@example.org"]
    assert sent.subject.startswith("[Django] ERROR: builtins.KeyError in tests.test_logs, line ")
    assert "Asked with POST for an address like /admin/\n" in sent.body
    assert "raise KeyError(name) from error" in sent.body
    everything = str(sent.message()) + sent.body
    assert [word for word in (*SECRET.split(), "reporter", "sessionid") if word in everything] == []


def test_an_error_at_a_rows_address_is_mailed_without_the_row(broken, investigation, monkeypatch):
    source = builders.make_source(investigation=investigation)
    monkeypatch.setattr("investigations.admin.source.as_readers", lambda source: 1 / 0)
    broken.get(f"/admin/investigations/source/{source.pk}/change/")
    (sent,) = mail.outbox
    assert "an address like /admin/investigations/source/<path:object_id>/change/" in sent.body
    assert source.code_name not in sent.body


def test_an_error_without_an_exception_is_mailed_by_its_logger_alone(settings, client):
    settings.ADMINS = [("Desk", "desk@example.org")]
    assert client.get("/", headers={"host": "zoe.example.org"}).status_code == 400
    (sent,) = mail.outbox
    assert sent.subject.startswith(
        "[Django] ERROR: django.core.exceptions.DisallowedHost in django.http.request, line "
    )
    assert "zoe" not in str(sent.message())


def test_nobody_is_mailed_unless_somebody_is_named(broken, settings):
    settings.ADMINS = []
    broken.get("/admin/")
    assert mail.outbox == []
