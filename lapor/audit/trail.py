"""Reading the audit trail of one subject, newest first."""

from __future__ import annotations

from .models import Entry


def of_subject(subject: str, *, limit: int = 20) -> list[Entry]:
    """What was done to it, with who did it; `subject` is like "agency:12"."""
    return list(Entry.objects.filter(subject=subject).select_related("user").order_by("-id")[:limit])
