"""Tags: the key of a row as a short word that nobody can guess, read or make without the service's key.

One block of AES under a key for the purpose alone: eight bytes of the row's key and eight of zeros, by which a made-up
tag is told (one in 2^64 would pass). The same row always has the same tag, so threads of mail stay together.
"""

from __future__ import annotations

import base64
import binascii

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from .keys import derived

LENGTH = 26
_HALF = 8


def tag_of(key: int, *, purpose: str) -> str:
    """26 small letters and digits, fit for an address and indifferent to capitals."""
    block = bytes(_HALF) + key.to_bytes(_HALF, "big")
    return base64.b32encode(_encrypt(block, purpose)).decode().rstrip("=").lower()


def key_in(tag: str, *, purpose: str) -> int | None:
    """The key of the row again; None for a tag that was not made here, or for another purpose."""
    if len(tag) != LENGTH or not tag.isascii():
        return None
    try:
        block = base64.b32decode(tag.upper() + "======")
    except (binascii.Error, ValueError):
        return None
    clear = _decrypt(block, purpose)
    return int.from_bytes(clear[_HALF:], "big") if clear[:_HALF] == bytes(_HALF) else None


def _encrypt(block: bytes, purpose: str) -> bytes:
    return _cipher(purpose).encryptor().update(block)


def _decrypt(block: bytes, purpose: str) -> bytes:
    return _cipher(purpose).decryptor().update(block)


def _cipher(purpose: str) -> Cipher[modes.ECB]:
    # A single block is what AES permutes: the mode, which would show equal blocks of a longer text, has no part in it.
    return Cipher(algorithms.AES256(derived(f"tag:{purpose}")), modes.ECB())  # noqa: S305
