"""PINs and other short secrets: only keyed digests are stored, so a stolen database cannot be searched by guessing."""

from __future__ import annotations

import hashlib
import hmac

from .keys import derived

PIN_DIGITS = 8
RECEIPT_DIGITS = 16


def pin_digest(code: str, pin: str) -> bytes:
    """What is stored in place of the PIN of this report (HMAC-SHA-256)."""
    return _digest("pin", f"{code}:{pin}")


def pin_matches(stored: bytes | None, code: str, pin: str) -> bool:
    """In constant time, also when there is nothing stored."""
    given = pin_digest(code, pin)
    return hmac.compare_digest(stored if stored is not None else bytes(32), given)


def derived_pin(idempotency_key: str, content: bytes) -> str:
    """The PIN that this key and content always give, so that a retry can show it again without it being stored."""
    number = int.from_bytes(_digest("retry-pin", f"{idempotency_key}:{content.hex()}"), "big")
    return f"{number % 10**PIN_DIGITS:0{PIN_DIGITS}d}"


def derived_receipt(idempotency_key: str, content: bytes) -> str:
    """The receipt of a sealed report that this key and content always give. Neither of the two is stored then."""
    number = int.from_bytes(_digest("retry-receipt", f"{idempotency_key}:{content.hex()}"), "big")
    return f"{number % 10**RECEIPT_DIGITS:0{RECEIPT_DIGITS}d}"


def key_digest(idempotency_key: str) -> bytes:
    """What is stored of an idempotency key."""
    return _digest("idempotency", idempotency_key)


def content_digest(content: str) -> bytes:
    """What is stored of the content of a request, which holds names and numbers."""
    return _digest("content", content)


def code_digest(code: str) -> bytes:
    """What wrong PINs are counted under."""
    return _digest("attempts", code)


def blind_index(value: str, *, purpose: str) -> bytes:
    """A digest to find equal values by, useless without the key."""
    return _digest(f"index:{purpose}", value)


def _digest(purpose: str, text: str) -> bytes:
    return hmac.new(derived(purpose), text.encode(), hashlib.sha256).digest()
