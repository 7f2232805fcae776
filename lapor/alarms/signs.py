"""What is silent now: one function for each kind, which answers with whose silence it is and since when.

Each reads what an index finds, whatever the number of reports: the latest reports, late clocks, the oldest unread
event. Sealed reports, and those that somebody may not know of, are left out: a number of one would point at them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Max
from django.db.models.functions import Greatest
from django.utils import timezone

from lapor.agencies.connection import works_here
from lapor.agencies.models import Agency
from lapor.agencies.people import held_on
from lapor.agencies.places import timezone_of
from lapor.channels import overview as channels
from lapor.deadlines.calendar import calendar_for
from lapor.deadlines.models import Step
from lapor.lib.workdays import YearWithoutData, workdays_before
from lapor.notify import overview as notices
from lapor.pulse import signs as pulse
from lapor.reports import events, rhythm

from .models import Alarm, Kind
from .thresholds import amount

LEAST = 10  # reports of a channel from which a habit can be read
Signs = Iterator["Silence"]


@dataclass(frozen=True)
class Silence:
    """Something that is silent: a channel, a consumer, a job (`subject`) or a body, and its last sign of life."""

    kind: Kind
    subject: str = ""
    agency_id: int | None = None
    since: datetime | None = None


def silences(*, now: datetime) -> Signs:
    """Everything that is silent now."""
    for look in LOOKS:
        yield from look(now)


def _channels(now: datetime) -> Signs:
    """No report for longer than the least, and for many times as long as this channel usually pauses. One that rings
    goes on until a report comes, also when others have long filled the sample.
    """
    least, factor = timedelta(hours=amount("channel_silent")), amount("channel_habit")
    ringing = dict(Alarm.objects.filter(kind=Kind.CHANNEL_SILENT, cleared_at=None).values_list("subject", "since"))
    for habit in rhythm.habits():
        quiet, rings_since = now - habit.last_at, ringing.pop(habit.channel, None)
        is_unusual = habit.n >= LEAST and quiet > max(least, factor * habit.usual_pause)
        if is_unusual or habit.last_at == rings_since:
            yield Silence(Kind.CHANNEL_SILENT, subject=habit.channel, since=habit.last_at)
    for channel, since in ringing.items():
        yield Silence(Kind.CHANNEL_SILENT, subject=channel, since=since)


def _stuck(now: datetime) -> Signs:
    late = timedelta(minutes=amount("channel_stuck"))
    for one in channels.overview(now=now):
        if one.late_since is not None and now - one.late_since > late:
            yield Silence(Kind.CHANNEL_STUCK, subject=one.name, since=one.late_since)


def _agencies(now: datetime) -> Signs:
    """Connected bodies where nobody signed in, by the working days of their place; also those without anybody. The
    invented people of a demonstration need not come.
    """
    today = timezone.localdate(now)
    seen = dict(
        held_on(today)
        .order_by()
        .values("agency")
        .annotate(at=Greatest(Max("user__last_login"), Max("user__sessions__seen_at")))
        .values_list("agency", "at")
    )
    invented = held_on(today).filter(user__is_demonstration=True).values("agency")
    connected = Agency.objects.filter(works_here(today)).exclude(kind=Agency.Kind.OVERSEER).exclude(pk__in=invented)
    for key, region, since in connected.values_list("pk", "region", "connected_on"):
        at = seen.get(key)
        began = at or (datetime.combine(since, time.min, tzinfo=timezone_of(region)) if since else None)
        if began is not None and _is_over(amount("agency_away"), began, now, region):
            yield Silence(Kind.AGENCY_AWAY, agency_id=key, since=at)


def _queues(now: datetime) -> Signs:
    for kind, step in ((Kind.QUEUE_UNREAD, Step.VERIFY), (Kind.QUEUE_UNTOUCHED, Step.RESPOND)):
        for agency_id, region, due_at in rhythm.oldest_late(step, now=now):
            if _is_over(amount(kind), due_at, now, region):
                yield Silence(kind, agency_id=agency_id, since=due_at)


def _advice(now: datetime) -> Signs:
    for agency_id, region, due_at in rhythm.oldest_advice(now=now):
        if _is_over(amount(Kind.ADVICE_UNANSWERED), due_at, now, region):
            yield Silence(Kind.ADVICE_UNANSWERED, agency_id=agency_id, since=due_at)


def _consumers(now: datetime) -> Signs:
    for consumer, since in events.waiting():
        if now - since > timedelta(minutes=amount("consumer_stalled")):
            yield Silence(Kind.CONSUMER_STALLED, subject=consumer, since=since)


def _jobs(now: datetime) -> Signs:
    for beat in pulse.read(now=now).failing:
        if beat.failures >= amount("job_failing"):
            yield Silence(Kind.JOB_FAILING, subject=beat.name, since=beat.at)


def _notices(now: datetime) -> Signs:
    oldest = notices.oldest_due(now=now)
    if oldest is not None and now - oldest > timedelta(minutes=amount("notices_late")):
        yield Silence(Kind.NOTICES_LATE, since=oldest)


def _is_over(days: int, since: datetime, now: datetime, region_code: str | None) -> bool:
    """Whether more working days of the place lie behind, today included. Looks at so many days and no more."""
    zone, calendar = timezone_of(region_code), calendar_for(region_code)
    try:
        last = workdays_before(now.astimezone(zone).date(), 0, calendar)
        return since.astimezone(zone).date() < workdays_before(last, days, calendar)
    except YearWithoutData:
        return False


LOOKS: tuple[Callable[[datetime], Signs], ...] = (
    _channels,
    _stuck,
    _agencies,
    _queues,
    _advice,
    _consumers,
    _jobs,
    _notices,
)
