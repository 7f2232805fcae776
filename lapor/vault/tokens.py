"""What only the holder of a token opens: the database keeps a digest to find it by, and a box that the token unlocks.

Tokens are long and random, so a plain digest cannot be searched by guessing, and no other key is needed.
"""

from __future__ import annotations

import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .keys import WrongKey

_VERSION = b"\x01"
_NONCE = 12


def token_digest(token: str) -> bytes:
    """What is stored in place of a token of at least 128 random bits."""
    return hashlib.sha256(f"lapor:token:{token}".encode()).digest()


def seal_by(token: str, content: bytes) -> bytes:
    """Seals bytes under the token (AES-256-GCM, key by RFC 5869)."""
    nonce = os.urandom(_NONCE)
    return _VERSION + nonce + _box(token).encrypt(nonce, content, token_digest(token))


def open_by(token: str, blob: bytes) -> bytes:
    """The bytes again; `WrongKey` for another token, another version, or when a bit was changed."""
    if blob[:1] != _VERSION or len(blob) <= 1 + _NONCE:
        raise WrongKey("sealed with an unknown version")
    try:
        return _box(token).decrypt(blob[1 : 1 + _NONCE], blob[1 + _NONCE :], token_digest(token))
    except InvalidTag:
        raise WrongKey("the token does not open this") from None


def _box(token: str) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"lapor:sealed by token")
    return AESGCM(derived.derive(token.encode()))
