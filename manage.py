#!/usr/bin/env python3
"""Newsroom's command line."""

import os
import sys


def main() -> None:
    """Run a management command; an old Python is told in one sentence which one is needed."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this line exists for the Pythons below
        sys.exit("Newsroom needs Python 3.11 or newer: run it with python3.11.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    from newsroom.environment import SettingError

    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed here: run the set-up line in README.md first.")
    try:
        execute_from_command_line(sys.argv)
    except SettingError as error:
        sys.exit(f"Newsroom can't start: {error}")


if __name__ == "__main__":
    main()
