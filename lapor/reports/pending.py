"""Reports that are written but not sent: kept sealed between the form and "send", and forgotten after a day.

Of one that is to be sealed for investigators the browser alone holds the key, so that nobody reads it here before or
after it is sent; it is deleted upon sending.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from lapor.vault.envelope import open_sealed, seal
from lapor.vault.keys import WrongKey
from lapor.vault.sealing import Private

from . import files as stored
from .models import Attachment, Pending
from .opening import open_files, unbox
from .sealing import box
from .submission import Seal

KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Kept:
    """What was written, and the code once it was sent."""

    key: UUID
    content: dict[str, Any]
    sent_code: str


def keep(key: UUID, content: dict[str, Any], *, now: datetime, seal_with: Seal | None = None) -> None:
    """Keeps (or replaces) what was written. Only text, numbers, booleans and None. With a seal, for the holder of its
    key alone.
    """
    if seal_with is None:
        kept = {"sealed": seal(content, aad=f"pending:{key}"), "public": None}
    else:
        public = seal_with.pair.public
        kept = {"sealed": box(public, content), "public": public}
    Pending.objects.update_or_create(pk=key, defaults=kept | {"made_at": now})


def load(key: UUID, private: Private | None = None) -> Kept | None:
    """What was written under this key; None when it was never kept, has been forgotten, or is for another's key."""
    row = Pending.objects.filter(pk=key).first()
    if row is None:
        return None
    if row.public is None:
        return Kept(key, open_sealed(bytes(row.sealed), aad=f"pending:{key}"), row.sent_code)
    try:
        return Kept(key, unbox(private, bytes(row.sealed)), row.sent_code) if private else None
    except (WrongKey, json.JSONDecodeError):
        return None


def mark_sent(key: UUID, *, code: str) -> None:
    """It has become a report; a second "send" finds that one."""
    Pending.objects.filter(pk=key).update(sent_code=code)


def forget(key: UUID) -> None:
    """Deletes what was kept: it has become a sealed report, and nothing may tell when."""
    Pending.objects.filter(pk=key).delete()


def files(key: UUID, private: Private | None = None) -> list[Attachment]:
    """Files that wait with this key. Sealed ones have a name when their key is given; one that does not open is let go:
    its writer has lost the key, and sends it again.
    """
    found = list(Attachment.objects.filter(pending=key, report=None).order_by("id"))
    if private is None:
        return found
    lost = [file for file in found if not _opens(file, private)]
    _delete(lost)
    return [file for file in found if file not in lost]


def _opens(file: Attachment, private: Private) -> bool:
    try:
        open_files([file], private)
    except WrongKey:
        return False
    return True


def turn_files(key: UUID, seal_with: Seal | None, *, holder: Seal | None, now: datetime) -> None:
    """The files that wait are sealed, or plain again, as the kind of report that was chosen now needs it. `holder` is
    the seal they may be under.
    """
    for file in files(key):
        if seal_with is not None:
            stored.seal(file, seal_with.pair.public, now=now)
        elif holder is not None:
            stored.unseal(file, holder.pair.private, now=now)


def drop_file(key: UUID, *, attachment: str) -> None:
    """Removes one waiting file."""
    _delete(list(Attachment.objects.filter(pending=key, report=None, key=attachment)))


def drop_files(key: UUID) -> None:
    """Removes every file that still waits with this key."""
    _delete(list(Attachment.objects.filter(pending=key, report=None)))


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
            stored.delete(attachment)
