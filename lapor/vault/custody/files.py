"""Keys in files of 32 bytes outside the database (`keys/vault`, then `keys/vault.2`), for their owner alone to read."""

from __future__ import annotations

import contextlib
import os
import secrets
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from ..trouble import MissingKey, WrongKey

KEY_BYTES = 32


def path_of(number: int) -> Path:
    """The first version has the name that it always had."""
    return Path(settings.LAPOR_DATA) / "keys" / ("vault" if number == 1 else f"vault.{number}")


class FileCustody:
    name = "file"
    kept_for: timedelta | None = None

    def make(self, number: int) -> bytes:
        """Writes the file whole or not at all; of two processes at once, both get the one that was first."""
        path = path_of(number)
        if not path.exists():
            _write(path)
        return b""

    def fetch(self, number: int, token: bytes) -> bytes:
        path = path_of(number)
        try:
            key = path.read_bytes()
        except FileNotFoundError:
            raise MissingKey(f"{path} is gone; put back the copy that was kept apart") from None
        except OSError as problem:
            raise MissingKey(f"{path} cannot be read ({problem.strerror})") from None
        if len(key) != KEY_BYTES:
            raise WrongKey(f"{path} does not hold {KEY_BYTES} bytes")
        return key

    def place(self, number: int) -> str:
        return str(path_of(number))


def is_open_to_others(number: int) -> bool:
    """Whether somebody beside its owner may read the file."""
    path = path_of(number)
    return path.exists() and bool(path.stat().st_mode & 0o077)


def _write(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(secrets.token_bytes(KEY_BYTES))
            handle.flush()
            os.fsync(handle.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        _sync(path.parent)
    finally:
        draft.unlink()


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
