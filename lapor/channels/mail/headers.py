"""The headers of a mail as words: broken ones are read as far as they go, and never fail."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from lapor.lib.text import normalise

# What the standard library raises on headers and bodies that follow no standard.
BROKEN: Final = (MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
LONGEST = 20_000
LONGEST_ADDRESS = 254  # RFC 5321 §4.5.3.1.3, as corrected
_TO = ("Delivered-To", "X-Original-To", "To", "Cc")


def every(mail: Message[Any, Any], name: str) -> list[str]:
    """All headers of this name, in order, in clear."""
    wanted = name.lower()
    return [_decoded(value) for key, value in mail.raw_items() if key.lower() == wanted]


def first(mail: Message[Any, Any], name: str) -> str:
    """The first one; empty when there is none."""
    return next(iter(every(mail, name)), "")


def sender(mail: Message[Any, Any]) -> tuple[str, str]:
    """(address in small letters, name) of the one who wrote; both empty when that cannot be told."""
    # Addresses are read before words are decoded, since a decoded name may look like an address.
    raw = [str(value)[:LONGEST] for key, value in mail.raw_items() if key.lower() == "from"]
    found = [(name, address) for name, address in _addresses(raw) if address]
    if len(raw) != 1 or len(found) != 1 or not is_address(found[0][1]):
        return "", ""
    return found[0][1].lower(), normalise(_decoded(found[0][0]))[:100]


def recipients(mail: Message[Any, Any]) -> tuple[str, ...]:
    """Every address that it was sent to or left at, in small letters."""
    raw = [str(value)[:LONGEST] for key, value in mail.raw_items() if key.lower() in {one.lower() for one in _TO}]
    return tuple(dict.fromkeys(address.lower() for _name, address in _addresses(raw) if "@" in address))[:50]


def is_address(written: str) -> bool:
    """Whether one can write back to it."""
    if len(written) > LONGEST_ADDRESS or written.startswith("+") or ":" in written:
        return False  # such ones are taken for numbers and accounts by the digest of senders
    try:
        validate_email(written)
    except ValidationError:
        return False
    return True


def _addresses(raw: Iterable[str]) -> list[tuple[str, str]]:
    try:
        return getaddresses(list(raw))
    except BROKEN:
        return []


def _decoded(value: Any) -> str:
    written = str(value)[:LONGEST]
    with contextlib.suppress(*BROKEN):
        written = str(make_header(decode_header(written)))
    return " ".join(written.encode("utf-8", "replace").decode().split())
