"""Sealing small records: AES-256-GCM, each under a key of its own. Either under a data key that the caller keeps
(identities), or under one derived for this record alone from the service's key (drafts, secrets of second factors).

The first byte says how a record was sealed, so that another way can be told from this one.
"""

from __future__ import annotations

import json
import os
from typing import Any

from .trouble import WrongKey
from .wrapping import RECORDS, decrypt, derive, encrypt, service_key

_WAY = b"\x02"
_SALT = 16


def seal(content: dict[str, Any], *, aad: str) -> bytes:
    """Seals a dictionary of plain values; `aad` ties it to its place, so that it cannot be moved to another record."""
    salt = os.urandom(_SALT)
    key = derive(service_key(RECORDS), "record", salt=salt)
    return _WAY + salt + encrypt(key, json.dumps(content).encode(), bound=aad)


def open_sealed(blob: bytes, *, aad: str) -> dict[str, Any]:
    """The dictionary again; `WrongKey` when key or place do not fit or a bit was changed."""
    sealed = _known(blob)
    key = derive(service_key(RECORDS), "record", salt=sealed[:_SALT])
    return _content(key, sealed[_SALT:], aad=aad)


def seal_under(key: bytes, content: dict[str, Any], *, aad: str) -> bytes:
    """The same under a data key that is kept elsewhere, wrapped."""
    return _WAY + encrypt(key, json.dumps(content).encode(), bound=aad)


def open_under(key: bytes, blob: bytes, *, aad: str) -> dict[str, Any]:
    """What was sealed under this data key; `WrongKey` otherwise."""
    return _content(key, _known(blob), aad=aad)


def _known(blob: bytes) -> bytes:
    if blob[:1] != _WAY:
        raise WrongKey("sealed in an unknown way")
    return blob[1:]


def _content(key: bytes, sealed: bytes, *, aad: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(decrypt(key, sealed, bound=aad))
    return found
