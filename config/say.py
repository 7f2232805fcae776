"""Speaks to the person at the terminal: plain lines, at once, also into a pipe."""

from __future__ import annotations

import sys


def say(line: str = "") -> None:
    """One line of progress."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def complain(line: str) -> None:
    """One line on what went wrong."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
