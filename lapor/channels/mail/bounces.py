"""Mail of ours that came back for good: noted, and its address is written to no more until it writes to us."""

from __future__ import annotations

from datetime import datetime

from lapor.channels.models import Sending

from .addresses import SENDING
from .models import Bounce
from .sort import Returned


def note(returned: Returned, *, now: datetime) -> None:
    """Notes what came back; a delay changes nothing."""
    if not returned.is_final:
        return
    row = Bounce(of=returned.of, key=returned.key, status=returned.status[:12], at=now)
    if returned.of == SENDING:
        sent = Sending.objects.filter(pk=returned.key).first()
        if sent is None:
            return
        sent.state, sent.last_error_class, sent.next_try_at = Sending.State.FAILED, "Bounced", None
        sent.save(update_fields=["state", "last_error_class", "next_try_at"])
        row.address, row.is_settled = bytes(sent.recipient), True
    Bounce.objects.bulk_create([row], ignore_conflicts=True)


def unsettled(*, limit: int) -> list[Bounce]:
    """Notices that came back and whose recipients are not found yet, locked for the transaction."""
    rows = Bounce.objects.filter(is_settled=False).order_by("pk").select_for_update(skip_locked=True)
    return list(rows[:limit])


def settle(bounce: Bounce, *, address: bytes | None) -> None:
    """The notice was marked, and was sent to this address."""
    bounce.address, bounce.is_settled = address, True
    bounce.save(update_fields=["address", "is_settled"])


def is_lost(address: bytes) -> bool:
    """Whether mail to this address comes back."""
    return Bounce.objects.filter(address=address).exists()


def forget(address: bytes) -> None:
    """The address wrote to us: it is there."""
    Bounce.objects.filter(address=address).delete()
