"""What a person decides about a copy that was held back: it is published, or kept from the public for good."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.accounts.models import User
from lapor.audit.record import record

from .models import Decision, Held
from .publish import publish


class AlreadyDecided(Exception):
    """Somebody else decided first, or nothing was held."""


@transaction.atomic
def decide(report_id: int, decision: Decision, *, code: str, by: User, now: datetime) -> None:
    """Carries it out and leaves a trace. Refuses a second decision (`AlreadyDecided`)."""
    is_first = Held.objects.filter(pk=report_id, decision="").update(decision=decision, by=by, decided_at=now)
    if not is_first:
        raise AlreadyDecided
    record(user_id=by.pk, act=f"copy.{decision}", subject=f"report:{code}", now=now)
    publish([report_id])
