"""Reports that were entrusted to investigators before they could be sealed: sealed as soon as somebody has a key."""

from __future__ import annotations

from datetime import datetime

from .actions import seal_old
from .actors import System
from .models import Report

BATCH = 200


def settle(*, now: datetime) -> int:
    """Seals what waits, oldest first; how many were sealed. Those that nobody could open yet wait on as they are."""
    waiting = Report.objects.filter(awaits_seal=True).order_by("id").values_list("pk", flat=True)[:BATCH]
    return sum(seal_old(report_id=report_id, actor=System(), now=now) for report_id in waiting)
