"""Remembers which one-time codes were used, for as long as they could be typed again.

The cache is the shared one of all web workers: a memory per process would let a code pass once in each of them.
"""

from __future__ import annotations

from django.core.cache import cache

_SECONDS = 120  # a code lives three periods of 30 seconds


def first_use(*, user_id: int, code: str) -> bool:
    """True once per person and code; False when it was used before."""
    return bool(cache.add(_key(user_id, code), True, timeout=_SECONDS))


def was_used(*, user_id: int, code: str) -> bool:
    return cache.get(_key(user_id, code)) is not None


def _key(user_id: int, code: str) -> str:
    return f"accounts.code.{user_id}.{''.join(code.split())}"
