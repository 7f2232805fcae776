"""The consumer "notify": puts notices in the queue, once per event, audience and person. Sends nothing itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import prefetch_related_objects
from django.utils import timezone

from lapor.channels.push import kept
from lapor.reports.models import Channel, Event, EventKind

from .models import Notice, NoticeState
from .recipients import Recipient, Roster, recipients
from .table import TABLE, Line

CONSUMER = "notify"
MORNING_AFTER = timedelta(days=1, hours=8)
# After these no browser is told of the report any more: whoever is erased or sealed leaves no way to them.
SILENCING = frozenset({EventKind.IDENTITY_ERASED, EventKind.ACCOUNT_LEFT})
# What `recipients` reads of a report, fetched for a batch at once.
NEEDED = ("holder", "responsible", "unit", "officer", "leads", "identity", "subscriptions")


def consume(events: Sequence[Event]) -> None:
    """Queues what the table says about these events. Reading an event twice queues nothing twice."""
    notices: list[Notice] = []
    heard: dict[tuple[int, str], datetime] = {}
    roster = Roster()
    prefetch_related_objects([event.report for event in events], *NEEDED)
    for event in events:
        if event.report.channel == Channel.OPENDATA:  # published elsewhere, long ago: nobody waits for news of it
            continue
        for line, person in _told(event, roster):
            if _was_answered(line, person, event):
                continue
            if line.quiet is not None and person.user_id is not None and _heard(line, person, event, heard):
                continue
            notices.append(_notice(line, person, event))
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    for event in events:
        if event.kind in SILENCING or event.report.sealed_id is not None:
            kept.forget_report(event.report_id)  # and, with the browsers, what they were to be told


def _told(event: Event, roster: Roster) -> Iterator[tuple[Line, Recipient]]:
    for line in TABLE.get(event.kind, ()):
        if line.fits(event):
            for person in recipients(line, event, roster, on=timezone.localdate(event.at)):
                yield line, person


def _was_answered(line: Line, person: Recipient, event: Event) -> bool:
    """Whoever reports by SMS, mail or another message is told in the answer itself that it was received."""
    is_same = person.identity_id is not None and event.report.channel == person.channel
    return is_same and line.template == "received"


def _heard(line: Line, person: Recipient, event: Event, heard: dict[tuple[int, str], datetime]) -> bool:
    """Whether this officer was told the same within the quiet time; if not, notes that they are told now."""
    assert line.quiet is not None and person.user_id is not None
    key = (person.user_id, line.template)
    if key not in heard:
        last = Notice.objects.filter(user=person.user_id, template=line.template).order_by("-made_at").first()
        if last is not None:
            heard[key] = last.made_at
    if key in heard and event.at < heard[key] + line.quiet:
        return True
    heard[key] = event.at
    return False


def _first_try(event: Event) -> datetime:
    """News of a sealed report, whose events tell the day alone, wait for the next morning: the hour of a mail would
    tell what its rows do not.
    """
    return event.at + MORNING_AFTER if event.report.sealed_id else event.at


def _notice(line: Line, person: Recipient, event: Event) -> Notice:
    return Notice(
        report_id=event.report_id,
        event=event,
        audience=line.audience,
        user_id=person.user_id,
        identity_id=person.identity_id,
        subscription_id=person.subscription_id,
        channel=person.channel,
        template=line.template,
        language=person.language,
        state=NoticeState.QUEUED if person.has_channel else NoticeState.NO_CHANNEL,
        next_try_at=_first_try(event) if person.has_channel else None,
        made_at=event.at,
    )
