"""From a report and its history to its fact. Pure once the rows are read: the same rows always give the same fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from lapor.deadlines.models import Step
from lapor.reports.models import Clock, Event, EventKind, Rating, Report, State

from .buckets import Bucket, bucket_of
from .models import Fact

_FIRST = (EventKind.VERIFIED, EventKind.ASSIGNED, EventKind.ANSWERED)
_TIMES = (EventKind.HANDED_BACK, EventKind.OBJECTED, EventKind.REOPENED, EventKind.OBJECTION_ACCEPTED)
_LATE = (Step.VERIFY, Step.RESPOND, Step.RESOLVE)
# Where an office must act next; in the others the reporter is awaited.
_OFFICE_MUST_ACT = frozenset({State.RECEIVED, State.VERIFIED, State.ASSIGNED, State.IN_PROGRESS, State.OBJECTED})
_DAY = timedelta(days=1)


@dataclass
class Told:
    """What is known of one report beside its row: (kind, when) of events, (step, due, stopped) of ended limits, and the
    rating (stars, dealt with).
    """

    events: list[tuple[str, datetime]] = field(default_factory=list)
    limits: list[tuple[str, datetime, datetime]] = field(default_factory=list)
    rating: tuple[int, bool] | None = None

    def first(self, kind: str) -> datetime | None:
        return min((at for found, at in self.events if found == kind), default=None)

    def times(self, *kinds: str) -> int:
        return sum(found in kinds for found, _at in self.events)

    def late(self, step: str) -> int | None:
        """The most days by which a limit of this step was missed, a day begun counting whole; 0 when in time."""
        found = [_days_after(due, stopped) for name, due, stopped in self.limits if name == step]
        return max(found, default=None)


def read(report_ids: Collection[int]) -> dict[int, Told]:
    """What is told of these reports: three questions, whatever their number."""
    told: dict[int, Told] = defaultdict(Told)
    events = Event.objects.filter(report_id__in=report_ids, kind__in=[*_FIRST, *_TIMES])
    for key, kind, at in events.values_list("report_id", "kind", "at"):
        told[key].events.append((kind, at))
    ended = Clock.objects.filter(report_id__in=report_ids, step__in=_LATE, stopped_at__isnull=False)
    for key, step, due, stopped in ended.values_list("report_id", "step", "due_at", "stopped_at"):
        assert stopped is not None
        told[key].limits.append((step, due, stopped))
    ratings = Rating.objects.filter(report_id__in=report_ids)
    for key, stars, dealt_with in ratings.values_list("report_id", "stars", "dealt_with"):
        told[key].rating = (stars, dealt_with)
    return told


def facts_of(reports: Iterable[Report]) -> list[Fact]:
    """The facts of these reports as they are now."""
    reports = list(reports)
    told = read([report.pk for report in reports])
    return [fact_of(report, told.get(report.pk) or Told()) for report in reports]


def fact_of(report: Report, told: Told) -> Fact:
    """The fact of one report. A first time comes from history, or from the row where the history was taken over."""
    code = report.region_id or ""
    bucket = bucket_of(state=report.state, resume_state=report.resume_state)
    stars, dealt_with = told.rating or (None, None)
    has_limit = report.state in _OFFICE_MUST_ACT and report.holder_id is not None
    return Fact(
        report_id=report.pk,
        bucket=bucket,
        state=report.state,
        outcome=report.outcome,
        visibility=report.visibility,
        kind=report.kind,
        channel=report.channel,
        province=code[:2],
        regency=_part(code, 5),
        district=_part(code, 8),
        village=_part(code, 13),
        agency_id=report.agency_id,
        holder_id=report.holder_id,
        category=report.category_id or "",
        received_on=timezone.localdate(report.received_at),
        verified_on=_day(told.first(EventKind.VERIFIED) or report.verified_at),
        assigned_on=_day(told.first(EventKind.ASSIGNED) or report.assigned_at),
        answered_on=_day(told.first(EventKind.ANSWERED) or report.answered_at),
        ended_on=_day(report.closed_at or report.active_at) if bucket == Bucket.SELESAI else None,
        due_on=_day(report.due_at) if has_limit else None,
        verify_late=told.late(Step.VERIFY),
        respond_late=told.late(Step.RESPOND),
        resolve_late=told.late(Step.RESOLVE),
        hand_backs=told.times(EventKind.HANDED_BACK),
        objections=told.times(EventKind.OBJECTED),
        reopenings=told.times(EventKind.REOPENED, EventKind.OBJECTION_ACCEPTED),
        stars=stars,
        dealt_with=dealt_with,
    )


def _part(code: str, length: int) -> str:
    return code[:length] if len(code) >= length else ""


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at is not None else None


def _days_after(due: datetime, stopped: datetime) -> int:
    return max(-((due - stopped) // _DAY), 0)
