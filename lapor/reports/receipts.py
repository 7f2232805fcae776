"""What a receipt says of a report: when it came, and digests by which only who has the salt can show what was filed.

It says nothing else: no word, no name, no place. It is kept in the event of arrival, so it is part of history.
"""

from __future__ import annotations

import hashlib
import os
from datetime import datetime

from django.utils import timezone

from lapor.lib.canonical import canonical, moment

SALT_BYTES = 16


def new_salt() -> bytes:
    """Without it nobody can try guesses on the digests. The reporter's receipt has it, and it goes with an erasure."""
    return os.urandom(SALT_BYTES)


def said(*, salt: bytes, code: str, title: str, text: str, at: datetime, to_the_day: bool = False) -> dict[str, str]:
    """The words of the receipt: `at`, `code` and `filed`. Of a sealed report it tells the day alone."""
    return {
        "at": timezone.localtime(at).date().isoformat() if to_the_day else moment(at),
        "code": _digest(salt, code),
        "filed": _digest(salt, {"text": text, "title": title}),
    }


def text_digest(salt: bytes, text: str) -> str:
    """A digest of what the column holds, by which a text that was changed in the database is found."""
    return _digest(salt, text)


def box_digest(box: bytes) -> str:
    """A digest of a sealed box, by which another one put in its place is found. It fits no guess of what is inside."""
    return hashlib.sha256(box).hexdigest()


def _digest(salt: bytes, value: object) -> str:
    return hashlib.sha256(salt + canonical(value)).hexdigest()
