"""The sixteen digits of a reporter of a sealed report: they find the report and open it, and are stored nowhere.

Both come out of Argon2id with a salt that is derived from the key outside the database, so a stolen database can
neither be searched by guessing nor says which receipts exist. A wrong receipt costs the same work as a right one.
"""

from __future__ import annotations

import secrets
import struct
import unicodedata
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from nacl.pwhash import argon2id

from . import passphrases, tokens
from .keys import KEY_BYTES, derived
from .models import ReporterSession
from .passphrases import SALT_BYTES
from .sealing import Pair, Private, derive, pair_of

DIGITS = 16
VISIT = timedelta(hours=1)
_ENDS = struct.Struct(">q")


@dataclass(frozen=True)
class ReceiptKeys:
    """What a receipt stands for: `tag` finds the report, `pair` opens it."""

    tag: bytes = field(repr=False)
    pair: Pair


def new_receipt() -> str:
    """Sixteen digits that nobody can guess."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def spaced(digits: str) -> str:
    """As it is shown: 1234 5678 9012 3456."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def read_receipt(digits: str) -> ReceiptKeys:
    """The keys of what was typed, spaces and hyphens left out. Anything at all gives keys: those of no report."""
    typed = "".join(str(unicodedata.digit(sign)) for sign in digits[:64] if sign.isdigit())
    salt = derived("receipt")[:SALT_BYTES]
    cost = passphrases.RECEIPT
    raw = argon2id.kdf(2 * KEY_BYTES, typed.encode(), salt, opslimit=cost.passes, memlimit=cost.memory)
    return ReceiptKeys(tag=derive(raw[:KEY_BYTES], "receipt-tag"), pair=pair_of(raw[KEY_BYTES:]))


def remember(pair_private: Private, *, sealed_id: uuid.UUID, now: datetime) -> str:
    """A token for the reporter's browser, good for an hour. The row holds only what the token opens, and a day."""
    token = secrets.token_urlsafe(32)
    content = sealed_id.bytes + _ENDS.pack(int((now + VISIT).timestamp())) + pair_private.content
    ends_on = (now + VISIT).astimezone(UTC).date()
    ReporterSession.objects.create(
        digest=tokens.token_digest(token), box=tokens.seal_by(token, content), ends_on=ends_on
    )
    return token


def recall(token: str, now: datetime) -> tuple[uuid.UUID, Private] | None:
    """What `remember` kept under this token; None for no such token or when its hour is over."""
    row = ReporterSession.objects.filter(digest=tokens.token_digest(token)).first()
    if row is None:
        return None
    content = tokens.open_by(token, bytes(row.box))
    sealed_id, rest = uuid.UUID(bytes=content[:16]), content[16:]
    if now.timestamp() >= _ENDS.unpack_from(rest)[0]:
        row.delete()
        return None
    return sealed_id, Private(rest[_ENDS.size :])


def forget(token: str) -> None:
    """Ends the visit; nothing when there is none."""
    ReporterSession.objects.filter(digest=tokens.token_digest(token)).delete()


def tidy(*, now: datetime) -> int:
    """Removes the visits of days gone by; how many there were."""
    return ReporterSession.objects.filter(ends_on__lt=now.astimezone(UTC).date()).delete()[0]
