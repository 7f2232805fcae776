"""Marks that tie a public key to its owner by the key outside the database (HMAC).

Whoever can write to the database, but has not that key, cannot make reports be closed for a key of their own.
"""

from __future__ import annotations

import hashlib
import hmac

from .keys import WrongKey, derived
from .models import RecoveryKey, SealingKey


def mark_of(owner: str, public: bytes) -> bytes:
    """The mark of this public key in the hands of this owner."""
    return hmac.new(derived("sealing-mark"), f"{owner}:{public.hex()}".encode(), hashlib.sha256).digest()


def of_person(owner_id: int) -> str:
    return f"person:{owner_id}"


RECOVERY = "recovery"


def checked(row: SealingKey) -> SealingKey:
    """The row, or `WrongKey` when its public half was not put there by this service for this person."""
    _check(bytes(row.mark), of_person(row.owner_id), bytes(row.public))
    return row


def checked_recovery(row: RecoveryKey) -> RecoveryKey:
    """The same of a recovery key."""
    _check(bytes(row.mark), RECOVERY, bytes(row.public))
    return row


def _check(mark: bytes, owner: str, public: bytes) -> None:
    if not hmac.compare_digest(mark, mark_of(owner, public)):
        raise WrongKey("a public key was exchanged in the database")
