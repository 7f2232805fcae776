"""Wraps data keys by the key-encryption key, and unwraps them, each with the number of the version that did it.

Which versions there are stands in the database, with a fingerprint of each: so a lost or exchanged key is noticed and
never replaced in silence. The newest version wraps; every older one unwraps until it is retired.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from . import custody
from .custody.files import KEY_BYTES
from .models import Identity, KeyVersion, ServiceKey
from .trouble import MissingKey, WrongKey

NONCE = 12
TAG = 16
LOOKED_AT_FOR = 30  # seconds until a process looks again which versions there are
INDEX, RECORDS = "index", "records"


@dataclass(frozen=True)
class _Version:
    number: int
    custody: str
    token: bytes
    fingerprint: bytes


@dataclass
class _Memory:
    """What this process knows; of keys, until when."""

    versions: dict[int, _Version]
    looked_at: float
    keys: dict[int | str, tuple[bytes, float]]  # by number of the version, and by name of the service key


_lock = threading.RLock()
_memory = _Memory({}, 0.0, {})


def wrap(key: bytes, *, bound: str) -> tuple[int, bytes]:
    """(number of the version, the wrapped key); `bound` ties it to its place."""
    number = current()
    return number, encrypt(version_key(number), key, bound=bound)


def unwrap(number: int, wrapped: bytes, *, bound: str) -> bytes:
    """The data key again; `WrongKey` when version or place do not fit or a bit was changed."""
    return decrypt(version_key(number), wrapped, bound=bound)


def current() -> int:
    """The version that wraps now. The very first one is made here, when the database holds nothing sealed yet."""
    return max(_versions())


def version_key(number: int) -> bytes:
    """The wrapping key of one version, once its fingerprint is known to fit."""
    with _lock:
        known = _remembered(number)
        if known is not None:
            return known
        version = _versions().get(number) or _versions(anew=True).get(number)
        if version is None:
            raise WrongKey(f"sealed with version {number} of the key, which this database does not know")
        key = derive(_raw(version), "wrap")
        _memory.keys[number] = (key, _until(version))
        return key


def service_key(name: str) -> bytes:
    """A key of the service itself, wrapped like every data key: `INDEX` for digests, `RECORDS` for small records."""
    with _lock:
        known = _remembered(name)
        if known is not None:
            return known
        versions = _versions()
        row = ServiceKey.objects.filter(pk=name).first()
        if row is None:
            raise MissingKey(f"the service key {name!r} is missing from the database; restore it from a backup")
        key = open_service_key(row)
        version = versions.get(row.key_version) or _versions(anew=True)[row.key_version]
        _memory.keys[name] = (key, _until(version))
        return key


def open_service_key(row: ServiceKey) -> bytes:
    """The key in this row."""
    return unwrap(row.key_version, bytes(row.wrapped), bound=f"service:{row.name}")


def forget() -> None:
    """Drops everything from memory (after a change of key, and in tests)."""
    with _lock:
        _memory.versions, _memory.looked_at = {}, 0.0
        _memory.keys.clear()


def encrypt(key: bytes, content: bytes, *, bound: str) -> bytes:
    """AES-256-GCM: nonce, then what is sealed."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, bound.encode())


def decrypt(key: bytes, blob: bytes, *, bound: str) -> bytes:
    """What was sealed; `WrongKey` otherwise."""
    if len(blob) < NONCE + TAG:
        raise WrongKey("what is stored was cut short")
    with contextlib.suppress(InvalidTag):
        return AESGCM(key).decrypt(blob[:NONCE], blob[NONCE:], bound.encode())
    raise WrongKey("the key does not fit what is stored")


def derive(key: bytes, purpose: str, *, salt: bytes | None = None) -> bytes:
    """A 32-byte key for one purpose (RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=f"lapor:{purpose}".encode()).derive(key)


def fingerprint(raw: bytes) -> bytes:
    """What the database remembers of a key. It says nothing about the key."""
    return derive(raw, "fingerprint")


def _remembered(name: int | str) -> bytes | None:
    key, until = _memory.keys.get(name, (b"", 0.0))
    return key if key and time.monotonic() < until else None


def _until(version: _Version) -> float:
    kept_for = custody.named(version.custody).kept_for
    return time.monotonic() + kept_for.total_seconds() if kept_for else float("inf")


def _raw(version: _Version) -> bytes:
    """The key as its custody has it, when it is the one that the database remembers."""
    holder = custody.named(version.custody)
    raw = holder.fetch(version.number, version.token)
    if not hmac.compare_digest(fingerprint(raw), version.fingerprint):
        place = holder.place(version.number)
        raise WrongKey(f"{place} is not the key this database was sealed with (version {version.number})")
    return raw


def _versions(*, anew: bool = False) -> dict[int, _Version]:
    with _lock:
        if anew or not _memory.versions or time.monotonic() > _memory.looked_at + LOOKED_AT_FOR:
            with _apart() as database:
                _memory.versions = _read(database) or _begin(database)
            _memory.looked_at = time.monotonic()
        return _memory.versions


@contextlib.contextmanager
def _apart() -> Iterator[BaseDatabaseWrapper]:
    """A connection outside any transaction: what is remembered of the first key must be durable before the first
    secret is, and stay when the transaction that happened to need the key is rolled back.
    """
    if not connection.in_atomic_block:
        yield connection
        return
    aside = connection.copy()
    try:
        yield aside
    finally:
        aside.close()


def _read(database: BaseDatabaseWrapper) -> dict[int, _Version]:
    table = database.ops.quote_name(KeyVersion._meta.db_table)
    with database.cursor() as cursor:
        cursor.execute(f"SELECT number, custody, token, fingerprint FROM {table}")  # noqa: S608 -- our own table
        return {row[0]: _Version(row[0], row[1], bytes(row[2]), bytes(row[3])) for row in cursor.fetchall()}


def _begin(database: BaseDatabaseWrapper) -> dict[int, _Version]:
    """Makes and remembers the first version; `MissingKey` where something is sealed already."""
    if Identity.objects.exists():
        raise MissingKey("the database holds sealed identities but no version of the key; restore it from a backup")
    holder = custody.chosen()
    token = holder.make(1)
    raw = holder.fetch(1, token)
    services = [
        (name, encrypt(derive(raw, "wrap"), os.urandom(KEY_BYTES), bound=f"service:{name}"))
        for name in (INDEX, RECORDS)
    ]
    version_table, service_table = (database.ops.quote_name(one._meta.db_table) for one in (KeyVersion, ServiceKey))
    with database.cursor() as cursor:
        # One statement: all are there or none. Of two processes at once, the first one wins.
        cursor.execute(
            f"""WITH first AS (
                INSERT INTO {version_table} (number, custody, token, fingerprint, made_at)
                VALUES (1, %s, %s, %s, now()) ON CONFLICT DO NOTHING RETURNING number
            ) INSERT INTO {service_table} (name, wrapped, key_version, made_at)
            SELECT made.name, made.wrapped, first.number, now()
            FROM first, (VALUES (%s, %s::bytea), (%s, %s::bytea)) AS made (name, wrapped)
            ON CONFLICT DO NOTHING""",  # noqa: S608
            [holder.name, token, fingerprint(raw), *services[0], *services[1]],
        )
    return _read(database)
