"""Reading the environment strictly: a wrong value stops the start with a sentence that says what to set."""

import base64
import contextlib
import difflib
import json
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


class SettingError(ImproperlyConfigured):
    """A setting that is missing or wrong, said in one sentence with what to do."""


KNOWN = (
    "NEWSROOM_ENVIRONMENT",
    "NEWSROOM_ROLE",
    "NEWSROOM_SECRET_KEY",
    "NEWSROOM_VAULT_KEYS",
    "NEWSROOM_SITE_NAME",
    "NEWSROOM_BASE_URL",
    "NEWSROOM_TIME_ZONE",
    "NEWSROOM_CONTACT",
    "NEWSROOM_DATA_LICENSE",
    "NEWSROOM_ERROR_MAIL",
    "NEWSROOM_MAIL_SERVER",
    "NEWSROOM_MAIL_FROM",
    "NEWSROOM_INBOX_DATABASE_URL",
    "NEWSROOM_DEBUG",
    "NEWSROOM_TRUST_PROXY",
    "NEWSROOM_PROXIES",
    "NEWSROOM_DEMO_PASSWORD",
)


class Environment:
    """The environment's variables, each read with its kind and its limits."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.values = os.environ if values is None else values

    def refuse_unknown(self) -> None:
        """Raise SettingError for a NEWSROOM_ variable nobody reads: it is a typing error."""
        for name in self.values:
            if name.startswith("NEWSROOM_") and name not in KNOWN:
                close = difflib.get_close_matches(name, KNOWN, n=1)
                hint = f"did you mean {close[0]}?" if close else "unset it."
                raise SettingError(f"{name} is not a setting of Newsroom; {hint}")

    def text(self, name: str, default: str) -> str:
        """The variable's text, stripped; the default when it is unset or empty."""
        return self.values.get(name, "").strip() or default

    def required(self, name: str, example: str) -> str:
        """The variable's text. Raises SettingError when it is missing."""
        value = self.text(name, "")
        if not value:
            raise SettingError(f"{name} is not set; production needs it. For example: {name}={example}")
        return value

    def boolean(self, name: str, default: bool = False) -> bool:
        """True or false, written as true, false, yes, no, on, off, 1 or 0. Raises SettingError otherwise."""
        value = self.text(name, str(default)).lower()
        if value in {"true", "yes", "on", "1"}:
            return True
        if value in {"false", "no", "off", "0"}:
            return False
        raise SettingError(f"{name} is “{value}”; set it to true or false.")

    def number(self, name: str, default: int, *, most: int) -> int:
        """A whole number from 0 to `most`, in plain digits. Raises SettingError otherwise."""
        value = self.text(name, str(default))
        if not re.fullmatch("[0-9]{1,9}", value) or int(value) > most:
            raise SettingError(f"{name} is “{value}”; set it to a whole number from 0 to {most}.")
        return int(value)

    def choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        """One of the choices. Raises SettingError otherwise."""
        value = self.text(name, default)
        if value not in choices:
            raise SettingError(f"{name} is “{value}”; set it to {', '.join(choices[:-1])} or {choices[-1]}.")
        return value

    def mail_server(self, name: str) -> dict[str, object]:
        """The mail server's settings, by Django's names; none when it is unset. Raises SettingError otherwise.

        What is written with smtp:// begins in clear text and has to turn to TLS, but for a server on this machine.
        """
        written = self.text(name, "")
        if not written:
            return {}
        try:
            address = urlsplit(written)
            port, host = address.port, address.hostname
            if address.scheme not in {"smtp", "smtps"} or not host or port == 0 or address.path not in {"", "/"}:
                raise ValueError
            if address.query or address.fragment or bool(address.username) != bool(address.password):
                raise ValueError
        except ValueError:
            raise SettingError(
                f"{name} can't be read; write it like smtps://user:secret@mail.example.org or smtp://127.0.0.1:25."
            ) from None
        from_the_start = address.scheme == "smtps"
        return {
            "EMAIL_HOST": host,
            "EMAIL_PORT": port or (465 if from_the_start else 587),
            "EMAIL_HOST_USER": unquote(address.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(address.password or ""),
            "EMAIL_USE_SSL": from_the_start,
            "EMAIL_USE_TLS": not from_the_start and host not in {"localhost", "127.0.0.1", "::1"},
        }

    def license(self, name: str) -> dict[str, str]:
        """A license's short name and address, as data packages have them; none when it is unset.

        Raises SettingError otherwise.
        """
        written = self.text(name, "")
        if written and not re.fullmatch(r"[-a-zA-Z0-9._]+ +https?://\S+", written):
            raise SettingError(
                f"{name} is “{written}”; set it to a short name and an address, like"
                " CC-BY-4.0 https://creativecommons.org/licenses/by/4.0/."
            )
        return dict(zip(("name", "path"), written.split(), strict=False))

    def vault_keys(self, name: str) -> tuple[str, ...]:
        """Keys of 32 bytes in URL-safe base64, parted by commas; none when it is unset.

        Raises SettingError for what is no key or stands there twice, and says which one without showing it.
        """
        written = self.text(name, "")
        keys = tuple(key.strip() for key in written.split(",")) if written else ()
        for number, key in enumerate(keys, start=1):
            if not _is_key(key):
                raise SettingError(
                    f"key {number} in {name} is not 32 bytes in URL-safe base64 (44 characters, the last one =); "
                    "set the keys, parted by commas, the newest first."
                )
            if key in keys[: number - 1]:
                raise SettingError(f"key {number} in {name} stands there twice; set each key once.")
        return keys


def _is_key(text: str) -> bool:
    """Whether this is the one way to write 32 bytes in URL-safe base64."""
    shaped = re.fullmatch(r"[A-Za-z0-9_-]{43}=", text)
    return bool(shaped) and base64.urlsafe_b64encode(base64.urlsafe_b64decode(text)).decode() == text


def demo_keys(path: Path) -> dict[str, str]:
    """The demo's keys: read from the file, or made and written there, readable by its owner alone.

    Raises SettingError when the file is there but is not what this function writes.
    """
    try:
        if not path.exists():
            _write_keys(path)
        keys = json.loads(path.read_text(encoding="utf-8"))
        if not _is_key(keys["vault_key"]):
            raise ValueError
        return {name: str(keys[name]) for name in ("secret_key", "password", "vault_key")}
    except OSError as error:
        raise SettingError(
            f"the demo's keys can't be written to {path} or read there ({error.strerror}); "
            "make the folder writable, or set NEWSROOM_ENVIRONMENT=production."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise SettingError(f"{path.name} lacks a key; delete it and the next start makes a new one.") from error


def _write_keys(path: Path) -> None:
    """Write new keys, unless another start was quicker: the file appears whole or not at all."""
    keys = {
        "secret_key": secrets.token_urlsafe(48),
        "password": secrets.token_urlsafe(9),
        "vault_key": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    }
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(json.dumps(keys, indent=2) + "\n")
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
