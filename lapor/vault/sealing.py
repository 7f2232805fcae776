"""Boxes that anybody can close and one key can open: X25519 key pairs and libsodium's sealed boxes.

Pure: nothing here knows whose keys these are, nor stores them.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import Aead

from .keys import KEY_BYTES, WrongKey

VERSION = 1
_WHY = "the key does not fit what is sealed"


@dataclass(frozen=True)
class Private:
    """The private half of a pair. Its repr shows nothing."""

    content: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.content) != KEY_BYTES:
            raise WrongKey("not a private key")

    @property
    def public(self) -> bytes:
        """The half that belongs to it."""
        return bytes(PrivateKey(self.content).public_key)


@dataclass(frozen=True)
class Pair:
    """Both halves: `public` closes, `private` opens."""

    public: bytes
    private: Private


def new_pair() -> Pair:
    """A pair that nobody has seen before."""
    return pair_of(secrets.token_bytes(KEY_BYTES))


def pair_of(seed: bytes) -> Pair:
    """The pair whose private half is these 32 bytes."""
    private = Private(seed)
    return Pair(public=private.public, private=private)


def seal_for(public: bytes, content: bytes) -> bytes:
    """Closes a box that only the other half of `public` opens; two boxes of the same content look different."""
    return bytes([VERSION]) + SealedBox(PublicKey(public)).encrypt(content)


def open_with(private: Private, blob: bytes) -> bytes:
    """The content again; `WrongKey` when the key does not fit or a bit was changed."""
    body = checked(blob)
    try:
        return SealedBox(PrivateKey(private.content)).decrypt(body)
    except CryptoError:
        raise WrongKey(_WHY) from None


def checked(blob: bytes) -> bytes:
    """What follows the version; `WrongKey` for a version that is not ours."""
    if not blob or blob[0] != VERSION:
        raise WrongKey("sealed with an unknown version")
    return bytes(blob[1:])


def lock_under(secret: bytes, content: bytes, *, place: str) -> bytes:
    """Locks under a symmetric key of 32 bytes (XChaCha20-Poly1305), tied to its place so that it cannot be moved."""
    return bytes([VERSION]) + Aead(secret).encrypt(content, place.encode())


def unlock_under(secret: bytes, blob: bytes, *, place: str) -> bytes:
    """The content again; `WrongKey` when key or place do not fit."""
    body = checked(blob)
    try:
        return Aead(secret).decrypt(body, place.encode())
    except (CryptoError, ValueError):
        raise WrongKey(_WHY) from None


def derive(secret: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose out of a secret that cannot be guessed (BLAKE2b)."""
    return hashlib.blake2b(purpose.encode(), key=secret[:64], digest_size=KEY_BYTES, person=b"lapor").digest()
