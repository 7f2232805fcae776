"""What all webhooks share: the raw body up to a limit, its signature, and times that are believed only so far."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from lapor.lib.text import normalise
from lapor.vault.pins import blind_index

MOST: Final = 1024 * 1024  # bytes of one call of a webhook
LONGEST: Final = 4_000  # letters of a message
BELIEVED: Final = timedelta(days=7)


class TooLarge(Exception):
    """The body is larger than anybody may send here."""


def raw_body(request: HttpRequest, *, most: int = MOST) -> bytes:
    """The bytes as they came. Raises `TooLarge` without having read more."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > most:
        raise TooLarge
    found: bytes = request.read(most + 1)
    if len(found) > most:
        raise TooLarge
    return found


def mac(secret: str, message: bytes) -> bytes:
    """HMAC-SHA256 (RFC 2104)."""
    return hmac.new(secret.encode(), message, hashlib.sha256).digest()


def hex_signature(secret: str, message: bytes) -> str:
    """As Meta writes it: "sha256=" and hexadecimal digits."""
    return f"sha256={mac(secret, message).hex()}"


def base64_signature(secret: str, message: bytes) -> str:
    """As X writes it: "sha256=" and base64."""
    return f"sha256={base64.b64encode(mac(secret, message)).decode()}"


def is_same(given: str, expected: str) -> bool:
    """In constant time; an empty word never fits, since it is a setting that is missing."""
    return bool(expected) and hmac.compare_digest(given.encode(), expected.encode())


def content_of(raw: bytes) -> Any:
    """What the JSON says; None for what is none."""
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def refused(status: int) -> HttpResponse:
    """An answer without a word."""
    return HttpResponse(status=status)


def taken() -> HttpResponse:
    """What came is on disk, or was nothing to keep."""
    return HttpResponse("", content_type="text/plain")


def clean(text: str) -> str:
    """What somebody wrote, as all channels keep it."""
    return normalise(text)[:LONGEST]


def moment(written: str, *, now: datetime) -> datetime:
    """Seconds or milliseconds since 1970 as a service writes them; what is to come, or a week off, is not believed."""
    try:
        number = int(written)
        found = datetime.fromtimestamp(number / 1000 if number > 10**11 else number, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return now
    return believed(found, now=now)


def believed(found: datetime, *, now: datetime) -> datetime:
    """The time that a service gives; now, where it is to come or a week off."""
    return found if now - BELIEVED <= found <= now else now


def own_id(channel: str, theirs: str) -> str:
    """By which a message is known once, of any length. A digest: the ids of WhatsApp and Telegram hold the sender."""
    return blind_index(f"{channel}\0{theirs}", purpose="message").hex()
