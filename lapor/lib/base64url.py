"""Bytes as base64url without padding (RFC 4648 §5), as in keys and signed lines of text."""

from __future__ import annotations

import base64


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """Raises `ValueError` for a sign of another alphabet, and for a length that no bytes have."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
