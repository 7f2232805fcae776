"""Where this installation keeps things, and at which address it answers: read from the environment without Django."""

from __future__ import annotations

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name: str, default: bool = False) -> bool:
    """A setting that is on (1, true, yes, on) or off."""
    return os.environ.get(name, "1" if default else "0").strip().lower() in {"1", "true", "yes", "on"}


def data() -> Path:
    """The folder of this installation's database, files and keys; what makes two installations different."""
    return Path(os.environ.get("LAPOR_DATA") or BASE_DIR / "var").resolve()


def port() -> int:
    """The port of the web server. Raises ValueError when PORT is not a number that can be one."""
    given = os.environ.get("PORT") or "8000"
    if not given.isascii() or not given.isdigit() or not 0 < int(given) < 65536:
        raise ValueError(f"PORT must be a number from 1 to 65535, not {given!r}.")
    return int(given)


def workers() -> int:
    """How many web processes: one for each core, unless LAPOR_WEB_WORKERS says another number."""
    return int(os.environ.get("LAPOR_WEB_WORKERS") or os.cpu_count() or 1)


def listen() -> str:
    """The address that the web server listens on; by default only this machine reaches it."""
    return os.environ.get("LAPOR_LISTEN") or "127.0.0.1"


def address() -> str:
    """The site's address as people type it."""
    return (os.environ.get("LAPOR_PUBLIC_URL") or f"http://127.0.0.1:{port()}").rstrip("/")
