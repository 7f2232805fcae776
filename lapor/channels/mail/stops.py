"""Who asked for no more notices by mail (RFC 8058), by the keyed digest of the address. What they ask is answered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.channels.models import Talk
from lapor.channels.sms.state import keep, recall
from lapor.reports.models import Channel


@transaction.atomic
def set_stopped(address: bytes, *, is_stopped: bool, now: datetime) -> None:
    """Stops the notices to this address, or begins them again."""
    talk, memory, _is_open_elsewhere = recall(Channel.EMAIL, address, now=now)
    keep(talk, memory, is_stopped=is_stopped, now=now)


def is_stopped(address: bytes) -> bool:
    """Whether this address gets no notices."""
    return Talk.objects.filter(channel=Channel.EMAIL, sender=address, is_stopped=True).exists()
