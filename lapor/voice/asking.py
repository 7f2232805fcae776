"""Who is asked: the consumer "voice" opens a survey for every report that closes, and a day later its reporter is told
of it once, by their own channel.

Sealed reports are never asked about: a line in the figures of a body, or a message, would tell that there was one. Who
has answered already is not told. Whether a message may go out at all (STOP, lost addresses) and what it says of a
report that is kept secret is decided where all messages are (`notify`).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from lapor.reports import actions
from lapor.reports.access import NotFound
from lapor.reports.actors import Clock
from lapor.reports.lifecycle import MoveRefused
from lapor.reports.models import Channel, Event, EventKind, Rating, State, Visibility

from . import answering
from .models import Asked
from .questions import RATED, version_on

log = logging.getLogger(__name__)
CONSUMER: Final = "voice"
WAIT: Final = timedelta(days=1)
BATCH: Final = 200
_KINDS: Final = frozenset({EventKind.CLOSED, EventKind.RATED, EventKind.SECRECY_RAISED})


def consume(events: Sequence[Event]) -> None:
    """Opens surveys of what closed and keeps ratings as answers. Reading an event twice changes nothing."""
    told = [event for event in events if event.kind in _KINDS and event.report.channel != Channel.OPENDATA]
    gone = {event.report_id for event in told if event.report.visibility == Visibility.SEALED}
    told = [event for event in told if event.report_id not in gone]
    Asked.objects.filter(pk__in=gone).delete()
    closed = [event for event in told if event.kind == EventKind.CLOSED and event.report.state == State.CLOSED]
    Asked.objects.bulk_create([_survey(event) for event in closed], ignore_conflicts=True)
    _take_ratings({event.report_id for event in told}, now=max((event.at for event in told), default=None))


def _survey(event: Event) -> Asked:
    day = timezone.localdate(event.at)
    return Asked(
        report_id=event.report_id,
        agency_id=event.report.responsible_id,
        version=version_on(day),
        asked_on=day,
        due_on=day + WAIT,
    )


def _take_ratings(report_ids: set[int], *, now: datetime | None) -> None:
    """A rating is the answer to the first question, whenever it was given."""
    if now is None:
        return
    open_ones = {asked.pk: asked for asked in Asked.objects.filter(pk__in=report_ids)}
    for report_id, stars in Rating.objects.filter(report__in=open_ones).values_list("report_id", "stars"):
        answering.keep(open_ones[report_id], {RATED: stars}, on=timezone.localdate(now))


def ask_due(*, now: datetime, limit: int = BATCH) -> int:
    """Has the reporters told whose day has come, once each; returns how many surveys were looked at."""
    due = Asked.objects.filter(due_on__lte=timezone.localdate(now)).order_by("due_on").values_list("pk", flat=True)
    keys = list(due[:limit])
    for key in keys:
        _ask(key, now=now)
    return len(keys)


@transaction.atomic
def _ask(key: int, *, now: datetime) -> None:
    asked = Asked.objects.select_for_update(skip_locked=True).filter(pk=key, due_on__isnull=False).first()
    if asked is None:
        return
    asked.due_on = None
    if asked.answered_on is None and timezone.localdate(now) <= answering.until(asked.asked_on):
        try:
            with transaction.atomic():
                actions.ask_voice(report_id=key, actor=Clock(), now=now)
            asked.is_told = True
        except (MoveRefused, NotFound):  # opened again or sealed meanwhile
            log.info("a survey was not asked: its report is not closed any more")
    asked.save(update_fields=["due_on", "is_told"])


def note_reached(report_id: int, *, is_reached: bool) -> None:
    """That the message of a survey was handed over, or that it came back."""
    Asked.objects.filter(pk=report_id).update(is_reached=is_reached)
