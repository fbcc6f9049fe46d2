"""A public node, started alone: `python -m tests.public.node < questions.json` prints what it does as JSON."""

import json
import os
import sys
from io import BytesIO
from typing import Any


def main() -> None:
    """Serve the paths asked for through the WSGI application, try the statements, name the modules."""
    asked = json.load(sys.stdin)
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    from newsroom.wsgi import application

    answers = {path: ask(application, path) for path in asked["paths"]}
    sent = ask(application, asked["form"], "wrong=It+was+April")
    receipt = ask(application, sent["headers"]["Location"])
    loaded = sorted(sys.modules)
    tried = {statement: run(statement) for statement in asked["statements"]}
    json.dump({"answers": answers, "sent": sent, "receipt": receipt, "modules": loaded, "tried": tried}, sys.stdout)


def ask(application: Any, path: str, form: str = "") -> dict[str, Any]:
    """Ask for a path as gunicorn does, or send a form there; status, headers and body."""
    begun: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        begun.update(status=int(status.split()[0]), headers=dict(headers))

    name, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "POST" if form else "GET",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(form)),
        "HTTP_SEC_FETCH_SITE": "same-origin",
        "REMOTE_ADDR": "192.0.2.7",
        "PATH_INFO": name,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(form.encode()),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    answer = application(environ, start_response)
    body = b"".join(answer)
    answer.close()
    return {**begun, "body": body.decode()}


def run(statement: str) -> str:
    """Try a statement and take it back; what the database said, or that it was done."""
    from django.db import DatabaseError, connection, transaction

    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            transaction.set_rollback(True)
    except DatabaseError as error:
        return str(error).splitlines()[0]
    return "done"


if __name__ == "__main__":
    main()
