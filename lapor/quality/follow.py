"""The consumer "quality": an answer of a report that was sealed leaves every sample, with what was read of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lapor.reports.models import Event, EventKind, Visibility

from .models import Item

CONSUMER: Final = "quality"


def consume(events: Sequence[Event]) -> None:
    """Idempotent: what is gone is gone."""
    sealed = [
        event.report_id
        for event in events
        if event.kind == EventKind.SECRECY_RAISED and event.report.visibility == Visibility.SEALED
    ]
    if sealed:
        Item.objects.filter(report__in=sealed).delete()
