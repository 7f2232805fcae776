"""The one key outside the database, and the keys derived from it.

A wrong or missing key fails closed and names itself: the database remembers by a fingerprint which key it was sealed
with, so a lost key is never replaced by a new one in silence.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
import threading
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import connection

from .models import Identity, KeyCheck

KEY_BYTES = 32
_FINGERPRINT = "fingerprint"


class MissingKey(Exception):
    """The database holds secrets but the key file is not there; nothing can be sealed or read until it is back."""


class WrongKey(Exception):
    """The key does not fit what is stored: it was replaced, or the data come from elsewhere."""


_lock = threading.Lock()
_derived: dict[str, bytes] = {}


def key_path() -> Path:
    return Path(settings.LAPOR_DATA) / "keys" / "vault"


def ensure() -> bytes:
    """The key itself, once it is known to fit the database; made (0600) on the very first start.

    Raises `MissingKey` or `WrongKey`.
    """
    known = KeyCheck.objects.values_list("fingerprint", flat=True).first()
    key = _read()
    if key is None:
        if known is not None or Identity.objects.exists():
            raise MissingKey(f"{key_path()} is gone; put back the copy that was kept apart")
        key = _make()
    fingerprint = _derive(key, _FINGERPRINT)
    if known is None:
        _remember(fingerprint)
        known = KeyCheck.objects.values_list("fingerprint", flat=True).get()
    if not hmac.compare_digest(bytes(known), fingerprint):
        raise WrongKey(f"{key_path()} is not the key this database was sealed with")
    return key


def derived(purpose: str) -> bytes:
    """A 32-byte key for one purpose (RFC 5869); kept in memory of this process only."""
    with _lock:
        key = _derived.get(purpose)
        if key is None:
            key = _derived[purpose] = _derive(ensure(), purpose)
        return key


def forget() -> None:
    """Drops derived keys from memory (after a change of key, and in tests)."""
    with _lock:
        _derived.clear()


def _derive(key: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"lapor:{purpose}".encode()).derive(key)


def _read() -> bytes | None:
    try:
        key = key_path().read_bytes()
    except FileNotFoundError:
        return None
    if len(key) != KEY_BYTES:
        raise WrongKey(f"{key_path()} does not hold {KEY_BYTES} bytes")
    return key


def _make() -> bytes:
    """Writes a key whole or not at all; of two processes at once, both get the one that was first."""
    path = key_path()
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
    return path.read_bytes()


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remember(fingerprint: bytes) -> None:
    """Writes the fingerprint on a connection of its own: it must be durable before the first secret is, and stay when
    the transaction that happened to need the key is rolled back.
    """
    table = connection.ops.quote_name(KeyCheck._meta.db_table)
    aside = connection.copy()
    try:
        with aside.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (id, fingerprint, made_at) VALUES (1, %s, now()) ON CONFLICT DO NOTHING",  # noqa: S608 -- our own table
                [fingerprint],
            )
    finally:
        aside.close()
