"""Writing to the audit trail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .models import Entry


def record(
    *, user_id: int | None, act: str, subject: str, now: datetime, reason: str = "", data: dict[str, Any] | None = None
) -> Entry:
    """Appends one entry. `subject` is like "agency:12"; `data` holds keys and codes only."""
    return Entry.objects.create(at=now, user_id=user_id, act=act, subject=subject, reason=reason, data=data or {})
