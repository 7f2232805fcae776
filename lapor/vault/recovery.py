"""The recovery key: its public half closes an envelope of every sealed report, its private half no one person opens."""

from __future__ import annotations

from .marks import checked_recovery
from .models import RecoveryKey


def current() -> RecoveryKey | None:
    """The key that new reports are closed for; None before the custodians have made one.

    `WrongKey` when its public half is not the one that was made here.
    """
    row = RecoveryKey.objects.filter(retired_at=None).first()
    return checked_recovery(row) if row else None
