"""What a person decides about a copy that was held back: it is published, or kept from the public for good."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.accounts.models import User
from lapor.audit.record import record
from lapor.reports.models import Report

from . import doubts
from .doubts import Stretches
from .models import Decision, Held
from .publish import publish


class AlreadyDecided(Exception):
    """Somebody else decided first, or nothing was held."""


class OtherWords(Exception):
    """The report no longer reads as it did when this person looked."""


@transaction.atomic
def decide(
    report_id: int,
    decision: Decision,
    *,
    code: str,
    by: User,
    now: datetime,
    seen_as: str = "",
    masks: Stretches | None = None,
) -> None:
    """Carries it out and leaves a trace. `masks` are masked besides, in the words that `seen_as` marks.

    Refuses a second decision (`AlreadyDecided`), and masks for words that have changed since (`OtherWords`).
    """
    if seen_as and seen_as != doubts.seen_as(Report.objects.select_for_update().get(pk=report_id)):
        raise OtherWords
    is_first = Held.objects.filter(pk=report_id, decision="").update(
        decision=decision, by=by, decided_at=now, seen_as=seen_as, masks=dict(masks or {})
    )
    if not is_first:
        raise AlreadyDecided
    masked = sum(len(places) for places in (masks or {}).values())
    record(user_id=by.pk, act=f"copy.{decision}", subject=f"report:{code}", now=now, data={"masked": masked})
    publish([report_id])
