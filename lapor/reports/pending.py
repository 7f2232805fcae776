"""Reports that are written but not sent: kept sealed between the form and "send", and forgotten after a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage

from lapor.vault.envelope import open_sealed, seal

from .models import Attachment, Pending

KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Kept:
    """What was written, and the code once it was sent."""

    key: UUID
    content: dict[str, Any]
    sent_code: str


def keep(key: UUID, content: dict[str, Any], *, now: datetime) -> None:
    """Keeps (or replaces) what was written. Only text, numbers, booleans and None."""
    Pending.objects.update_or_create(pk=key, defaults={"sealed": seal(content, aad=f"pending:{key}"), "made_at": now})


def load(key: UUID) -> Kept | None:
    """What was written under this key; None when it was never kept or has been forgotten."""
    row = Pending.objects.filter(pk=key).first()
    if row is None:
        return None
    return Kept(key, open_sealed(bytes(row.sealed), aad=f"pending:{key}"), row.sent_code)


def mark_sent(key: UUID, *, code: str) -> None:
    """It has become a report; a second "send" finds that one."""
    Pending.objects.filter(pk=key).update(sent_code=code)


def files(key: UUID) -> list[Attachment]:
    """Files that wait with this key."""
    return list(Attachment.objects.filter(pending=key, report=None).order_by("id"))


def drop_file(key: UUID, *, attachment: str) -> None:
    """Removes one waiting file."""
    _delete(list(Attachment.objects.filter(pending=key, report=None, key=attachment)))


def forget_old(*, now: datetime) -> int:
    """Deletes what was not sent within a day, files included; a sent one needs no copy either."""
    limit = now - KEPT_FOR
    stale = list(Attachment.objects.filter(report=None, added_at__lt=limit))
    _delete(stale)
    gone, _by_model = Pending.objects.filter(made_at__lt=limit).delete()
    return gone + len(stale)


def _delete(attachments: list[Attachment]) -> None:
    for attachment in attachments:
        # Only while it is nobody's: a report may claim it between the reading and this line.
        gone, _by_model = Attachment.objects.filter(pk=attachment.pk, report=None).delete()
        if gone:
            default_storage.delete(attachment.stored_as)
