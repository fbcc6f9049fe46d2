"""The whole suite on both engines: `python -m tests`, with pytest's own options behind it if you like.

SQLite first, then PostgreSQL if it is installed here. With CI set, a missing PostgreSQL or Chromium is a
failure; elsewhere the run says what it left out.
"""

import os
import subprocess
import sys

from tests import chromium, postgresql


def main() -> int:
    """Run pytest once an engine; returns its exit status, the first that isn't 0."""
    in_ci = bool(os.environ.get("CI"))
    options = sys.argv[1:]
    workers = [] if any(option.startswith(("-n", "-x", "--pdb")) for option in options) else ["-n", "auto"]
    command = [sys.executable, "-m", "pytest", *workers, *options]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEWSROOM_")}
    environment.pop("DATABASE_URL", None)
    left_out = [] if chromium.executable() else ["Chromium (install the package chromium)"]
    print("Tests on SQLite", flush=True)
    status = subprocess.run(command, env=environment).returncode
    if postgresql.binaries() is None:
        left_out.append("PostgreSQL (install the package postgresql)")
    else:
        print("Tests on PostgreSQL", flush=True)
        with postgresql.server() as url:
            on_postgresql = subprocess.run(command, env={**environment, "DATABASE_URL": url}).returncode
            status = status or on_postgresql
    for missing in left_out:
        print(f"Left out, because it is not installed here: {missing}", flush=True)
    return status or (1 if in_ci and left_out else 0)


if __name__ == "__main__":
    sys.exit(main())
