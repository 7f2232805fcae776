"""What is kept for how long, with the data of every room: those of `privacy`, and the notices that stand above it."""

from __future__ import annotations

from datetime import datetime

from lapor.notify import overview
from lapor.privacy import retention
from lapor.privacy.models import Data

ELSEWHERE: retention.Elsewhere = {Data.NOTICES: overview.made_before}


def sweep(*, now: datetime) -> int:
    """Erases one batch of each sort whose term is over; returns how much."""
    return retention.sweep(ELSEWHERE, now=now)


def overdue(*, now: datetime) -> list[retention.Line]:
    """What that would be, counted; changes nothing."""
    return retention.overdue(ELSEWHERE, now=now)
