"""Sealing small records: AES-256-GCM under a data key of their own, which is wrapped by the key outside the database.

Layout: version byte · nonce and wrapped data key · nonce and sealed text. The version lets keys be rotated later.
"""

from __future__ import annotations

import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .keys import KEY_BYTES, WrongKey, derived

VERSION = 1
_NONCE = 12
_TAG = 16
_WRAPPED = _NONCE + KEY_BYTES + _TAG


def seal(content: dict[str, Any], *, aad: str) -> bytes:
    """Seals a dictionary of plain values; `aad` ties it to its place, so that it cannot be moved to another record."""
    key, bound = os.urandom(KEY_BYTES), aad.encode()
    outer, inner = os.urandom(_NONCE), os.urandom(_NONCE)
    wrapped = AESGCM(derived("wrap")).encrypt(outer, key, bound)
    sealed = AESGCM(key).encrypt(inner, json.dumps(content).encode(), bound)
    return bytes([VERSION]) + outer + wrapped + inner + sealed


def open_sealed(blob: bytes, *, aad: str) -> dict[str, Any]:
    """The dictionary again; `WrongKey` when key or place do not fit or a bit was changed."""
    if not blob or blob[0] != VERSION:
        raise WrongKey("sealed with an unknown version")
    if len(blob) < 1 + _WRAPPED + _NONCE + _TAG:
        raise WrongKey("what is stored was cut short")
    body, bound = blob[1:], aad.encode()
    head, tail = body[:_WRAPPED], body[_WRAPPED:]
    try:
        key = AESGCM(derived("wrap")).decrypt(head[:_NONCE], head[_NONCE:], bound)
        text = AESGCM(key).decrypt(tail[:_NONCE], tail[_NONCE:], bound)
    except InvalidTag:
        raise WrongKey("the key does not fit what is stored") from None
    found: dict[str, Any] = json.loads(text)
    return found
