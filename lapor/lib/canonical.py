"""One spelling for data that are hashed or signed: the same values always give the same bytes, in every language."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any


def canonical(value: Any) -> bytes:
    """JSON with sorted names, no blanks, and everything but ASCII escaped; times as `moment` writes them."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=_plain).encode()


def moment(at: datetime) -> str:
    """A moment in UTC to the microsecond: 2026-10-05T01:00:00.000000Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form")
