"""The start: settings are read strictly, and what is wrong is said in one sentence."""

import json
import os
import re
import runpy
import secrets
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from newsroom.environment import KNOWN, Environment, SettingError, demo_keys

HERE = Path(__file__).resolve().parent.parent
SECRET = "k" * 50
VAULT_KEY = "v" * 42 + "w="
PRODUCTION = {
    "NEWSROOM_ENVIRONMENT": "production",
    "NEWSROOM_SECRET_KEY": SECRET,
    "NEWSROOM_BASE_URL": "https://news.example.org",
    "DATABASE_URL": "sqlite:///:memory:",
    "NEWSROOM_MAIL_SERVER": "smtps://desk:secret@mail.example.org",
}


def start(*options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `manage.py check` with these variables and no other of ours."""
    others = ("NEWSROOM_", "DATABASE_", "DJANGO_ALLOW_ASYNC")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    command = [sys.executable, "manage.py", "check", *options]
    return subprocess.run(command, cwd=HERE, env={**clean, **variables}, capture_output=True, text=True)


def without(name: str) -> dict[str, str]:
    """Production's variables but one."""
    return {key: value for key, value in PRODUCTION.items() if key != name}


STOPS = {
    "a wrong boolean": ({"NEWSROOM_DEBUG": "maybe"}, "NEWSROOM_DEBUG is “maybe”; set it to true or false."),
    "an unknown variable": (
        {"NEWSROOM_ROL": "desk"},
        "NEWSROOM_ROL is not a setting of Newsroom; did you mean NEWSROOM_ROLE?",
    ),
    "a wrong role": ({"NEWSROOM_ROLE": "reader"}, "NEWSROOM_ROLE is “reader”; set it to all, desk or public."),
    "no secret key": (without("NEWSROOM_SECRET_KEY"), "NEWSROOM_SECRET_KEY is not set; production needs it."),
    "no address": (without("NEWSROOM_BASE_URL"), "NEWSROOM_BASE_URL is not set; production needs it."),
    "a key of the vault that is none": (
        {"NEWSROOM_VAULT_KEYS": f"{VAULT_KEY},{SECRET}"},
        "key 2 in NEWSROOM_VAULT_KEYS is not 32 bytes in URL-safe base64",
    ),
    "a public node with keys of the vault": (
        {"NEWSROOM_ROLE": "public", "NEWSROOM_VAULT_KEYS": VAULT_KEY},
        "NEWSROOM_VAULT_KEYS is set on a public node, which has no vault; unset it there.",
    ),
    "no database": (without("DATABASE_URL"), "DATABASE_URL is not set; production needs it."),
    "a short secret": (
        {**PRODUCTION, "NEWSROOM_SECRET_KEY": SECRET[1:]},
        "NEWSROOM_SECRET_KEY is shorter than 50 characters",
    ),
    "an address in clear text": (
        {**PRODUCTION, "NEWSROOM_BASE_URL": "http://news.example.org"},
        "NEWSROOM_BASE_URL starts with http://; production serves readers over https://.",
    ),
}
REFUSED = {
    "a wrong environment": (
        {"NEWSROOM_ENVIRONMENT": "prod"},
        "NEWSROOM_ENVIRONMENT is “prod”; set it to demo or production.",
    ),
    "an empty secret key": (
        {**PRODUCTION, "NEWSROOM_SECRET_KEY": " "},
        "NEWSROOM_SECRET_KEY is not set; production needs it.",
    ),
    "an address that is none": ({"NEWSROOM_BASE_URL": "news.example.org"}, "NEWSROOM_BASE_URL is “news.example.org”"),
    "an address with a path": (
        {"NEWSROOM_BASE_URL": "https://example.org/news"},
        "NEWSROOM_BASE_URL is “https://example.org/news”",
    ),
    "an address with a port that is none": (
        {"NEWSROOM_BASE_URL": "https://example.org:port"},
        "NEWSROOM_BASE_URL is “https://example.org:port”",
    ),
    "an address with half a bracket": ({"NEWSROOM_BASE_URL": "https://["}, "NEWSROOM_BASE_URL is “https://[”"),
    "debugging in production": ({**PRODUCTION, "NEWSROOM_DEBUG": "yes"}, "NEWSROOM_DEBUG is true in production"),
    "no proxy's boolean": ({**PRODUCTION, "NEWSROOM_TRUST_PROXY": "maybe"}, "NEWSROOM_TRUST_PROXY is “maybe”"),
    "half a proxy": ({"NEWSROOM_PROXIES": "1.5"}, "NEWSROOM_PROXIES is “1.5”; set it to a whole number"),
    "a proxy too few": ({"NEWSROOM_PROXIES": "-1"}, "NEWSROOM_PROXIES is “-1”; set it to a whole number"),
    "too many proxies": (
        {"NEWSROOM_PROXIES": "10"},
        "NEWSROOM_PROXIES is “10”; set it to a whole number",
    ),
    "a zone that is none": ({"NEWSROOM_TIME_ZONE": "Mars/Olympus"}, "NEWSROOM_TIME_ZONE is “Mars/Olympus”"),
    "a zone that leaves its folder": (
        {"NEWSROOM_TIME_ZONE": "../../etc/passwd"},
        "NEWSROOM_TIME_ZONE is “../../etc/passwd”",
    ),
    "another engine": ({"DATABASE_URL": "mysql://a@b/c"}, "DATABASE_URL names neither SQLite nor PostgreSQL"),
    "no database's address": ({"DATABASE_URL": "nonsense"}, "DATABASE_URL can't be read"),
    "a mail server that is none": (
        {"NEWSROOM_MAIL_SERVER": "mail.example.org"},
        "NEWSROOM_MAIL_SERVER can't be read; write it like smtps://user:secret@mail.example.org",
    ),
    "an unreadable inbox": ({"NEWSROOM_INBOX_DATABASE_URL": "nonsense"}, "NEWSROOM_INBOX_DATABASE_URL can't be read"),
}
STARTS = {
    "nothing set": {},
    "only the database": {"DATABASE_URL": "sqlite:///:memory:"},
    "only the role of the desk": {"NEWSROOM_ROLE": "desk"},
    "only the role of readers": {"NEWSROOM_ROLE": "public"},
    "all of production": PRODUCTION,
    "production with keys of the vault": {**PRODUCTION, "NEWSROOM_VAULT_KEYS": f"{VAULT_KEY}, {'w' * 42}w="},
    "production's public node": {**PRODUCTION, "NEWSROOM_ROLE": "public"},
}


@pytest.mark.parametrize("case", STOPS)
def test_what_is_wrong_stops_the_start_with_one_sentence(case):
    variables, sentence = STOPS[case]
    done = start(**variables)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Newsroom can't start: {sentence}")
    assert done.stderr.count("\n") == 1
    assert SECRET not in done.stderr
    assert VAULT_KEY not in done.stderr


@pytest.mark.parametrize("case", REFUSED)
def test_what_else_is_wrong_is_refused_with_one_sentence(case, monkeypatch):
    variables, sentence = REFUSED[case]
    for name in [name for name in os.environ if name.startswith(("NEWSROOM_", "DATABASE_"))]:
        monkeypatch.delenv(name)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingError, match=f"^{re.escape(sentence)}") as refused:
        runpy.run_path(str(HERE / "newsroom" / "settings.py"))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("case", STARTS)
def test_what_is_enough_starts(case):
    done = start(**STARTS[case])
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("role", ["all", "desk", "public"])
def test_django_finds_nothing_to_warn_of_in_production(role):
    key = secrets.token_urlsafe(48)
    done = start(
        "--deploy", "--fail-level", "DEBUG", **{**PRODUCTION, "NEWSROOM_SECRET_KEY": key, "NEWSROOM_ROLE": role}
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


# Reading variables.


@pytest.mark.parametrize("written", ["true", "TRUE", " yes ", "on", "1"])
def test_true_may_be_written_in_several_ways(written):
    assert Environment({"NEWSROOM_DEBUG": written}).boolean("NEWSROOM_DEBUG") is True


@pytest.mark.parametrize("written", ["false", "No", "off", "0", "", " "])
def test_false_may_be_written_in_several_ways_or_left_out(written):
    assert Environment({"NEWSROOM_DEBUG": written}).boolean("NEWSROOM_DEBUG") is False


@pytest.mark.parametrize("written", ["2", "tru", "none", "y"])
def test_any_other_boolean_is_refused(written):
    with pytest.raises(SettingError, match="set it to true or false"):
        Environment({"NEWSROOM_DEBUG": written}).boolean("NEWSROOM_DEBUG")


def test_a_variable_like_no_other_is_not_guessed_at():
    with pytest.raises(SettingError, match="is not a setting of Newsroom; unset it"):
        Environment({"NEWSROOM_QQQQQQQQQQQQQQ": "1"}).refuse_unknown()


def test_variables_of_others_are_left_alone():
    Environment({"NEWSROOMS": "1", "PATH": "/bin", **dict.fromkeys(KNOWN, "1")}).refuse_unknown()


@pytest.mark.parametrize(("written", "read"), [("", 0), ("0", 0), (" 2 ", 2), ("9", 9)])
def test_a_number_is_read(written, read):
    assert Environment({"NEWSROOM_PROXIES": written}).number("NEWSROOM_PROXIES", 0, most=9) == read


@pytest.mark.parametrize("written", ["two", "1,5", "+1", "१", "1e1", "10"])
def test_what_is_no_number_is_refused(written):
    with pytest.raises(SettingError, match="set it to a whole number from 0 to 9"):
        Environment({"NEWSROOM_PROXIES": written}).number("NEWSROOM_PROXIES", 0, most=9)


# The license of what is taken away.


def test_a_license_is_a_short_name_and_an_address():
    written = " CC-BY-4.0  https://creativecommons.org/licenses/by/4.0/ "
    read = Environment({"NEWSROOM_DATA_LICENSE": written}).license("NEWSROOM_DATA_LICENSE")
    assert read == {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    assert Environment({}).license("NEWSROOM_DATA_LICENSE") == {}


@pytest.mark.parametrize(
    "written", ["CC-BY-4.0", "https://example.org", "CC BY https://example.org", "CC-BY ftp://x"]
)
def test_what_is_no_license_is_refused(written):
    with pytest.raises(SettingError, match="set it to a short name and an address, like CC-BY"):
        Environment({"NEWSROOM_DATA_LICENSE": written}).license("NEWSROOM_DATA_LICENSE")


# The mail server.


@pytest.mark.parametrize(
    ("written", "port", "ssl", "starttls"),
    [
        ("smtps://desk:s%40id@mail.example.org", 465, True, False),
        ("smtps://mail.example.org:4650/", 4650, True, False),
        ("smtp://desk:s%40id@mail.example.org", 587, False, True),
        ("smtp://127.0.0.1:25", 25, False, False),
        ("smtp://[::1]:25", 25, False, False),
    ],
)
def test_a_mail_server_is_spoken_to_in_tls_but_on_this_machine(written, port, ssl, starttls):
    found = Environment({"NEWSROOM_MAIL_SERVER": written}).mail_server("NEWSROOM_MAIL_SERVER")
    assert (found["EMAIL_PORT"], found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (port, ssl, starttls)
    assert found["EMAIL_HOST_PASSWORD"] == ("s@id" if "desk" in written else "")


@pytest.mark.parametrize(
    "written",
    [
        *("mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:port", "smtp://host:0", "smtp://["),
        *("smtp://desk@host", "smtp://:secret@host", "smtp://host/path", "smtp://host?tls=1"),
    ],
)
def test_what_is_no_mail_server_is_refused_and_not_shown(written):
    with pytest.raises(SettingError, match=r"^NEWSROOM_MAIL_SERVER can't be read") as refused:
        Environment({"NEWSROOM_MAIL_SERVER": written}).mail_server("NEWSROOM_MAIL_SERVER")
    assert written not in str(refused.value).partition("write it like")[0]


def test_production_without_a_mail_server_starts_with_a_warning():
    done = start(**without("NEWSROOM_MAIL_SERVER"))
    assert done.returncode == 0
    assert "desk.W001" in done.stderr


@pytest.mark.parametrize(
    ("variables", "backend", "mails", "sender"),
    [
        ({}, "console", True, "newsroom@example.org"),
        ({"NEWSROOM_ERROR_MAIL": "it@example.org"}, None, True, "newsroom@example.org"),
        (PRODUCTION, None, True, "newsroom@example.org"),
        ({**PRODUCTION, "NEWSROOM_MAIL_FROM": "desk@example.org"}, None, True, "desk@example.org"),
        (without("NEWSROOM_MAIL_SERVER"), None, False, "newsroom@example.org"),
        ({**PRODUCTION, "NEWSROOM_ROLE": "public"}, None, False, "newsroom@example.org"),
    ],
)
def test_who_mails_and_how_follows_from_the_server(variables, backend, mails, sender, monkeypatch):
    for name in [name for name in os.environ if name.startswith(("NEWSROOM_", "DATABASE_"))]:
        monkeypatch.delenv(name)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    found = runpy.run_path(str(HERE / "newsroom" / "settings.py"))
    assert found.get("EMAIL_BACKEND", "").split(".")[-2:-1] == ([backend] if backend else [])
    assert (found["MAILS_THE_DESK"], found["DEFAULT_FROM_EMAIL"]) == (mails, sender)


# Keys of the vault.


@pytest.mark.parametrize("written", ["", " "])
def test_without_keys_of_the_vault_there_are_none(written):
    assert Environment({"NEWSROOM_VAULT_KEYS": written}).vault_keys("NEWSROOM_VAULT_KEYS") == ()


def test_keys_of_the_vault_keep_their_order():
    keys = f" {VAULT_KEY},\n{'w' * 42}w="
    assert Environment({"NEWSROOM_VAULT_KEYS": keys}).vault_keys("NEWSROOM_VAULT_KEYS") == (VAULT_KEY, "w" * 43 + "=")


@pytest.mark.parametrize(
    "written",
    [
        "key",
        f"{VAULT_KEY},",
        f",{VAULT_KEY}",
        f"{VAULT_KEY},,{VAULT_KEY}",
        f"{VAULT_KEY};{VAULT_KEY}",
        VAULT_KEY.rstrip("="),
        VAULT_KEY[1:],
        "v" + VAULT_KEY,
        "/" + VAULT_KEY[1:],
        "é" + VAULT_KEY[1:],
        "v" * 42 + "x=",  # decodes to the same bytes as another
        f"{VAULT_KEY},{VAULT_KEY}",
    ],
)
def test_what_is_no_key_of_the_vault_is_refused_and_not_shown(written):
    with pytest.raises(SettingError, match=r"^key [12] in NEWSROOM_VAULT_KEYS ") as refused:
        Environment({"NEWSROOM_VAULT_KEYS": written}).vault_keys("NEWSROOM_VAULT_KEYS")
    assert "vvvv" not in str(refused.value)


# The demo's keys.


def test_the_demos_keys_are_made_once_for_their_owner_alone(tmp_path):
    path = tmp_path / "demo.keys.json"
    made = demo_keys(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes(), path.stat().st_mtime_ns
    assert demo_keys(path) == made
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert len(made["secret_key"]) >= 50


def test_two_demos_have_different_keys(tmp_path):
    one, other = demo_keys(tmp_path / "one.json"), demo_keys(tmp_path / "other.json")
    assert one["secret_key"] != other["secret_key"]
    assert one["password"] != other["password"]
    assert one["vault_key"] != other["vault_key"]


def test_the_demos_key_of_the_vault_is_one(tmp_path):
    key = demo_keys(tmp_path / "demo.keys.json")["vault_key"]
    assert Environment({"NEWSROOM_VAULT_KEYS": key}).vault_keys("NEWSROOM_VAULT_KEYS") == (key,)


def test_the_demos_keys_are_for_their_owner_alone_under_any_mask(tmp_path):
    before = os.umask(0)
    try:
        demo_keys(tmp_path / "demo.keys.json")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "demo.keys.json").stat().st_mode) == 0o600


SHORT = json.dumps({"secret_key": SECRET, "password": "p", "vault_key": "v"})


@pytest.mark.parametrize("written", ["", "{}", "[]", "null", "no JSON", json.dumps({"secret_key": "k"}), SHORT])
def test_a_file_that_holds_no_keys_is_told_and_left_alone(tmp_path, written):
    path = tmp_path / "demo.keys.json"
    path.write_text(written)
    with pytest.raises(SettingError, match="lacks a key; delete it"):
        demo_keys(path)
    assert path.read_text() == written


def test_a_folder_that_can_not_be_written_to_is_told(tmp_path):
    with pytest.raises(SettingError, match="can't be written to"):
        demo_keys(tmp_path / "missing" / "demo.keys.json")


def test_a_folder_in_the_place_of_the_keys_is_told(tmp_path):
    with pytest.raises(SettingError):
        demo_keys(tmp_path)


def test_a_start_in_the_midst_of_another_agrees_with_it_on_the_keys(tmp_path, monkeypatch):
    path, fdopen, met = tmp_path / "demo.keys.json", os.fdopen, []

    def midway(*args, **options):
        monkeypatch.setattr(os, "fdopen", fdopen)
        met.append(demo_keys(path))
        return fdopen(*args, **options)

    monkeypatch.setattr(os, "fdopen", midway)
    assert [demo_keys(path)] == met
    assert demo_keys(path) == met[0]
