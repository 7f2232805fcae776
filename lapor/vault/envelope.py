"""Sealing small records: AES-256-GCM, each under a key of its own. Either under a data key that the caller keeps
(identities), or under one derived for this record alone from the service's key (drafts, secrets of second factors).

The first byte says how a record was sealed: 1, with its wrapped data key in front (before there were versions of the
key); 2, as now.
"""

from __future__ import annotations

import json
import os
from typing import Any

from .keys import derived
from .trouble import WrongKey
from .wrapping import NONCE, RECORDS, TAG, decrypt, derive, encrypt, service_key

OLD, NEW = 1, 2
_SALT = 16
_WRAPPED = NONCE + 32 + TAG


def seal(content: dict[str, Any], *, aad: str) -> bytes:
    """Seals a dictionary of plain values; `aad` ties it to its place, so that it cannot be moved to another record."""
    salt = os.urandom(_SALT)
    key = derive(service_key(RECORDS), "record", salt=salt)
    return bytes([NEW]) + salt + encrypt(key, json.dumps(content).encode(), bound=aad)


def open_sealed(blob: bytes, *, aad: str) -> dict[str, Any]:
    """The dictionary again; `WrongKey` when key or place do not fit or a bit was changed."""
    match blob[:1]:
        case b"\x01":
            return _content(data_key_in(blob, aad=aad), blob[1 + _WRAPPED :], aad=aad)
        case b"\x02":
            key = derive(service_key(RECORDS), "record", salt=blob[1 : 1 + _SALT])
            return _content(key, blob[1 + _SALT :], aad=aad)
        case _:
            raise WrongKey("sealed with an unknown version")


def seal_under(key: bytes, content: dict[str, Any], *, aad: str) -> bytes:
    """The same under a data key that is kept elsewhere, wrapped."""
    return bytes([NEW]) + encrypt(key, json.dumps(content).encode(), bound=aad)


def open_under(key: bytes, blob: bytes, *, aad: str) -> dict[str, Any]:
    """What was sealed under this data key; `WrongKey` otherwise."""
    match blob[:1]:
        case b"\x01":
            return _content(key, blob[1 + _WRAPPED :], aad=aad)
        case b"\x02":
            return _content(key, blob[1:], aad=aad)
        case _:
            raise WrongKey("sealed with an unknown version")


def data_key_in(blob: bytes, *, aad: str) -> bytes:
    """The data key in front of what was sealed before there were versions of the key."""
    return decrypt(derived("wrap"), blob[1 : 1 + _WRAPPED], bound=aad)


def without_key(blob: bytes) -> bytes:
    """The same content without the wrapped key in front, once that is kept elsewhere."""
    return bytes([NEW]) + blob[1 + _WRAPPED :] if blob[:1] == b"\x01" else blob


def _content(key: bytes, sealed: bytes, *, aad: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(decrypt(key, sealed, bound=aad))
    return found
