"""The one key outside the database, and the keys derived from it. A wrong or missing key fails closed
and names itself.
"""

from __future__ import annotations

import os
import secrets
import threading
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BYTES = 32


class MissingKey(Exception):
    """The key file is not there although it was made before; nothing sealed can be read or written until it is back."""


class WrongKey(Exception):
    """The key does not fit what is stored: it was replaced, or the data come from elsewhere."""


_lock = threading.Lock()
_derived: dict[str, bytes] = {}


def key_path() -> Path:
    return Path(settings.LAPOR_DATA) / "keys" / "vault"


def ensure() -> None:
    """Makes the key (0600) on the very first start; refuses when a marker says that one existed and it is gone."""
    path, marker = key_path(), key_path().with_suffix(".made")
    if path.exists():
        return
    if marker.exists():
        raise MissingKey(str(path))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(secrets.token_bytes(KEY_BYTES))
        handle.flush()
        os.fsync(handle.fileno())
    marker.write_text(
        "The key beside this file was made here. Without it nothing sealed can be read: keep a copy apart.\n"
    )


def derived(purpose: str) -> bytes:
    """A 32-byte key for one purpose (RFC 5869); kept in memory of this process only."""
    with _lock:
        key = _derived.get(purpose)
        if key is None:
            key = _derived[purpose] = HKDF(
                algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"lapor:{purpose}".encode()
            ).derive(_master())
        return key


def forget() -> None:
    """Drops derived keys from memory (after a change of key, and in tests)."""
    with _lock:
        _derived.clear()


def _master() -> bytes:
    ensure()
    try:
        key = key_path().read_bytes()
    except FileNotFoundError as missing:
        raise MissingKey(str(key_path())) from missing
    if len(key) != KEY_BYTES:
        raise WrongKey(f"{key_path()} does not hold {KEY_BYTES} bytes")
    return key
