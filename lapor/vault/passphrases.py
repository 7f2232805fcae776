"""Keys out of what a person remembers: Argon2id (RFC 9106), with the key outside the database mixed in.

A stolen database alone cannot be searched for passphrases; with the key file, each guess costs `NEW`.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass

from nacl.pwhash import argon2id

from .keys import KEY_BYTES, derived
from .sealing import derive

SALT_BYTES = argon2id.SALTBYTES


@dataclass(frozen=True)
class Cost:
    """What one derivation takes: passes over so many bytes of memory."""

    passes: int
    memory: int


# libsodium's "moderate": about half a second. A row keeps its own, so that this may be raised at any time.
NEW = Cost(passes=argon2id.OPSLIMIT_MODERATE, memory=argon2id.MEMLIMIT_MODERATE)
# For the digits of a receipt, which nobody chose and nobody can guess, and for which every visit pays. It is part of
# what a receipt is and never changes: another cost would find another report.
RECEIPT = Cost(passes=argon2id.OPSLIMIT_INTERACTIVE, memory=argon2id.MEMLIMIT_INTERACTIVE)


MIN_LENGTH = 15  # NIST SP 800-63B-4, 3.1.1.2, for a secret that stands alone
MIN_WORDS = 5
_MIN_DIFFERENT = 6


def weakness(passphrase: str) -> str:
    """Why it is too weak, as a stable key; empty when it will do: long, or of five words, and not one sign repeated."""
    words = [word for word in passphrase.split() if len(word) > 1]
    if len(passphrase.strip()) < MIN_LENGTH and len(set(words)) < MIN_WORDS:
        return "too_short"
    return "too_simple" if len(set(passphrase)) < _MIN_DIFFERENT else ""


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def stretched(passphrase: str, *, salt: bytes, cost: Cost) -> bytes:
    """The 32-byte key of this passphrase, however a keyboard composed its letters (NIST SP 800-63B, normalisation)."""
    typed = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "replace")
    raw = argon2id.kdf(KEY_BYTES, typed, salt, opslimit=cost.passes, memlimit=cost.memory)
    return derive(derived("passphrase"), raw.hex())
