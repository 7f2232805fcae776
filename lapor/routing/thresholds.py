"""From which probability on a suggestion is made: set by an administrator, held in memory for a few seconds."""

from __future__ import annotations

from datetime import datetime
from time import monotonic

from django.db import transaction

from lapor.accounts.models import User
from lapor.audit.record import record
from lapor.routing.combine import USUAL_THRESHOLD
from lapor.routing.learning import shelf
from lapor.routing.models import Threshold

FRESH_SECONDS = 10.0

_held: float | None = None
_held_at = -FRESH_SECONDS


class ThresholdRefused(Exception):
    """Not a probability from 0 to 1; `reason` is a stable key."""

    reason = "no_such_threshold"


def current() -> float:
    """The threshold in force. Without a model nobody asks the database for it."""
    global _held, _held_at
    now = monotonic()
    if shelf.in_use() is None:
        return USUAL_THRESHOLD
    if _held is None or now - _held_at >= FRESH_SECONDS:
        _held, _held_at = newest(), now
    return _held


def newest() -> float:
    """The threshold as the database has it; the usual one when nobody has set any."""
    row = Threshold.objects.order_by("-set_at", "-pk").first()
    return row.value if row else USUAL_THRESHOLD


def set_to(value: float, *, by: User, now: datetime) -> None:
    """Another threshold from now on, on record. Refuses with `ThresholdRefused` what is no probability."""
    if not 0 <= value <= 1:
        raise ThresholdRefused
    with transaction.atomic():
        row = Threshold.objects.create(value=value, set_at=now, set_by=by)
        data = {"percent": round(value * 100)}
        record(user_id=by.pk, act="routing.threshold", subject=f"threshold:{row.pk}", now=now, data=data)
    forget()


def forget() -> None:
    """Reads the database at the next question."""
    global _held
    _held = None
