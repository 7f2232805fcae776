"""PDFs from outside: cleaned and read in a process of their own, which may fail as it likes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).with_name("pdf_cleaning.py")
PATIENCE = 30  # seconds by the clock on the wall; the program itself may use half of them
_WHY = {2: "encrypted", 4: "bomb"}


class Unfit(Exception):
    """The PDF cannot be made fit; `reason` is encrypted, bomb or broken."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def clean(data: bytes) -> bytes:
    """The same pages in a file written anew, without scripts, actions, embedded files and metadata. Raises `Unfit`."""
    made = _run("clean", data)
    if not made.startswith(b"%PDF-"):
        raise Unfit("broken")
    return made


def text(data: bytes) -> str:
    """The words of its text layer. Raises `Unfit` when they cannot be read; pictures of words are not read."""
    return _run("text", data).decode("utf-8", "replace")


def _run(wish: str, data: bytes) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 -- our own program, nothing of the sender in the command
            [sys.executable, "-I", str(PROGRAM), wish],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unfit("broken") from None
    if done.returncode != 0:
        raise Unfit(_WHY.get(done.returncode, "broken"))
    return done.stdout
