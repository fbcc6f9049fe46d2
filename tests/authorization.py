"""The authorization table, and how an answer of the desk is put into one of its words."""

import json
import re
from pathlib import Path
from typing import Any

import yaml
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from tests.admin.files import written
from tests.admin.forms import posted
from tests.visitors import ROLES, Visitor

TABLE = Path(__file__).with_name("authorization.yaml")
WORDS = {"ok", "none", "back", "refused", "403", "404", "405", "login"}
METHODS = ("GET", "POST")
WRITE = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(?!django_session")')


def table() -> dict[str, dict[tuple[str, str], dict[str, str]]]:
    """The table: by noun, by action and method, by role. Raises AssertionError for a line nobody can read."""
    text = TABLE.read_text(encoding="utf-8")
    found: dict[str, dict[tuple[str, str], dict[str, str]]] = {}
    lines = 0
    for noun, actions in yaml.safe_load(text).items():
        found[noun] = {}
        for line, cells in actions.items():
            action, _, method = line.rpartition(" ") if line.endswith(METHODS) else (line, "", "")
            words = str(cells).split()
            assert len(words) == len(ROLES), f"{noun}, {line}: {len(words)} cells for {len(ROLES)} roles"
            assert set(words) <= WORDS, f"{noun}, {line}: {set(words) - WORDS}"
            for each in [method] if method else METHODS:
                assert (action, each) not in found[noun], f"{noun}, {line} stands twice"
                found[noun][action, each] = dict(zip(ROLES, words, strict=True))
            lines += 1
    assert len(re.findall(r"^  \S.*:", text, re.M)) == lines, "a noun or a line stands twice"
    return found


def outcome(response: Any, statements: list[str]) -> str:
    """An answer as one word of the table.

    A row that is deleted, made, changed or shown is `ok`. `refused` is an answer that gives an error in a sentence,
    `back` one that leads elsewhere and did nothing. `statements` are those that met a row.
    """
    wrote = [statement for statement in statements if WRITE.match(statement)]
    to_login = response.status_code == 302 and response.url.startswith(reverse("admin:login"))
    if to_login or response.status_code in {403, 404, 405}:
        assert wrote == []
        return "login" if to_login else str(response.status_code)
    if response.status_code in {409, 422}:  # a script was told why not; what was begun is taken back
        return "refused"
    assert response.status_code in {200, 302}, response.status_code
    if _errors(response):
        return "refused"
    return "back" if response.status_code == 302 and not wrote else "ok"


def _errors(response: Any) -> bool:
    """Whether an answer says that something is wrong."""
    request = response.wsgi_request
    told = [message.level_tag for message in get_messages(request)] if request.user.is_authenticated else []
    context = response.context or {}
    form, verdict = (context.get(name) for name in ("adminform", "verdict"))
    wrong = bool(form and context.get("errors")) or bool(verdict and verdict.has_errors())
    plain = context.get("form")
    return wrong or "error" in told or bool(getattr(plain, "is_bound", False) and plain.errors)


class Asker:
    """Does at the desk what each line of the table is about, as one visitor, and takes it back."""

    def __init__(self, visitor: Visitor, row: Any, noun: str, values: dict[str, Any]) -> None:
        self.visitor, self.client, self.row, self.noun, self.values = visitor, visitor.client, row, noun, values
        self.answers: list[Any] = []

    def cell(self, action: str, method: str, path: str) -> str:
        """The word for one action."""
        own = getattr(self, f"{method.lower()}_{action}", None)
        statements: list[str] = []

        def noted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            result = execute(sql, params, many, context)
            if sql.startswith("INSERT") or context["cursor"].rowcount:
                statements.append(sql)
            return result

        with self.visitor.as_if_never(), connection.execute_wrapper(noted):
            response = own(path) if own else getattr(self.client, method.lower())(path, self.values.get(action, {}))
            self.answers.append(response)
            word = outcome(response, statements)
            hidden = getattr(self, f"lacks_{action}", None) if word == "ok" else None
            return "none" if hidden and hidden(method, response) else word

    # --- Lists ---

    def lacks_list(self, method: str, response: Any) -> bool:
        """Whether the list doesn't show the row; after a POST, whether the row that was to go is still there."""
        if method == "POST":
            return type(self.row)._default_manager.filter(pk=self.row.pk).exists()
        return self.row not in response.context["cl"].result_list

    def post_list(self, path: str) -> Any:
        """Delete the row from its list."""
        data = {"action": "delete_selected", "_selected_action": [self.row.pk], "post": "yes"}
        return self.client.post(path, data)

    def lacks_export(self, method: str, response: Any) -> bool:
        """Whether the file has no rows."""
        return method == "POST" and json.loads(b"".join(response.streaming_content)) == []

    def post_export(self, path: str) -> Any:
        """A file of everything."""
        return self.client.post(path, {"format": "json"})

    def lacks_autocomplete(self, method: str, response: Any) -> bool:
        """Whether a search doesn't find the row."""
        return str(self.row.pk) not in {found["id"] for found in response.json()["results"]}

    def lacks_search(self, method: str, response: Any) -> bool:
        """Whether the desk's search doesn't find what was asked for."""
        return not response.context["hits"]

    # --- Forms ---

    def post_add(self, path: str) -> Any:
        """Fill in the form as it is rendered, if it is."""
        return self._fill_in(path, self.values.get("add", {}))

    def post_change(self, path: str) -> Any:
        """Send the form back with one value changed."""
        return self._fill_in(path, self.values.get("change", {}))

    def post_delete(self, path: str) -> Any:
        """Confirm."""
        return self.client.post(path, {"post": "yes"})

    def post_password_change(self, path: str) -> Any:
        """Set another's password."""
        return self._fill_in(path, self.values.get("password_change", {}))

    def _fill_in(self, path: str, values: dict[str, Any]) -> Any:
        shown = self.client.get(path)
        has_form = shown.context is not None and shown.context.get("inline_admin_formsets") is not None
        return self.client.post(path, posted(shown, **values) if has_form else values)

    # --- Files ---

    def post_import(self, path: str) -> Any:
        """Preview a file with a row like ours."""
        file = SimpleUploadedFile("rows.json", written([self.values.get("import", {})], "json"))
        return self.client.post(path, {"import_file": file})

    def post_process_import(self, path: str) -> Any:
        """Confirm such a preview; without one, something."""
        preview = self.post_import(path.replace("process_import", "import"))
        upload = (preview.context or {}).get("upload") or "nothing"
        return self.client.post(path, {"upload": upload})
