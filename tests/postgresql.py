"""A PostgreSQL of the tests' own, in a temporary folder, gone when they end."""

import glob
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl; None when PostgreSQL is not installed."""
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)
    found = shutil.which("initdb")
    for folder in [*folders, *([os.path.dirname(os.path.realpath(found))] if found else [])]:
        if (Path(folder) / "initdb").exists() and (Path(folder) / "pg_ctl").exists():
            return Path(folder)
    return None


@contextmanager
def server() -> Iterator[str]:
    """Start a server on a free port of 127.0.0.1; yields its DATABASE_URL.

    PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody`.
    """
    folder = binaries()
    if folder is None:
        raise RuntimeError("PostgreSQL is not installed")
    home = Path(tempfile.mkdtemp(prefix="newsroom-pg-"))
    account = _account()
    if account:
        os.chown(home, account.pw_uid, account.pw_gid)
    port = _free_port()

    def run(*command: str) -> None:
        subprocess.run(
            [str(folder / command[0]), *command[1:]],
            check=True,
            cwd=home,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )

    run("initdb", "-D", f"{home}/data", "-U", "newsroom", "-A", "trust", "-E", "UTF8", "--no-sync")
    settings = ("listen_addresses=127.0.0.1", "fsync=off", "max_connections=60", "lock_timeout=300s")
    options = " ".join([f"-p {port} -k {home}", *(f"-c {setting}" for setting in settings)])
    run("pg_ctl", "-D", f"{home}/data", "-l", f"{home}/log", "-o", options, "-w", "start")
    try:
        yield f"postgres://newsroom@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-D", f"{home}/data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(home, ignore_errors=True)


def _account() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL refuses to run as root, and there is no account to run it as")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
