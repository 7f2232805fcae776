"""The reporter is told: that the identity was asked for, and what came of it; later only where a legal order says so.

On a ground on which the law may order silence, the reporter hears of the request after the first custodian has looked
at it (and could record such an order), at the latest when it ends; on every other ground at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lapor.agencies.places import timezone_of
from lapor.reports import actions
from lapor.reports.models import EventKind

from .models import Delay, Outcome, Request, Told

ASKED = "asked"


@dataclass(frozen=True, kw_only=True)
class Line:
    """What the reporter reads of one request: which body asked when, on which ground, and what came of it if told."""

    body: str
    ground: str
    article: str
    asked_at: datetime
    told_at: datetime
    outcome: str
    outcome_text: str
    ended_at: datetime | None
    viewed_at: list[datetime]


def tell(request: Request, *, now: datetime) -> int:
    """Tells what is to be told now; returns how much that was. Sets the next alarm in any case."""
    news = untold(request) if not is_delayed(request, now=now) else []
    for what in news:
        Told.objects.create(request=request, what=what, at=now)
        actions.record_identity(
            report_id=request.report_id, kind=EventKind.IDENTITY_TOLD, request=str(request.pk), what=what, now=now
        )
    set_alarm(request)
    return len(news)


def untold(request: Request) -> list[str]:
    """What the reporter has a right to hear and has not heard, in order."""
    is_ended = request.ended_at is not None
    news = [ASKED] if is_ended or not request.ground.may_be_delayed or request.decisions.exists() else []
    if is_ended:
        news.append(request.outcome)
    heard = set(request.told.values_list("what", flat=True))
    return [what for what in news if what not in heard]


def is_owed(request: Request) -> bool:
    """Whether the reporter will have something to hear of this request, now or later."""
    return request.ended_at is None or bool(untold(request))


def is_delayed(request: Request, *, now: datetime) -> bool:
    """Whether a recorded order still forbids telling."""
    end = _silent_until(request)
    return end is not None and now < end


def order_of(request: Request) -> Delay | None:
    """The recorded order that reaches furthest."""
    return request.delays.order_by("-until", "-pk").first()


def set_alarm(request: Request) -> None:
    """When the clock must look at the request next: the deadline, the lapse, the end of a silence."""
    moments: list[datetime] = []
    if request.ended_at is None:
        moments.append(request.due_at if request.late_at is None else request.lapses_at)
    silence = _silent_until(request)
    if silence is not None and untold(request):
        moments.append(silence)
    request.wake_at = min(moments, default=None)
    request.save(update_fields=["wake_at"])


def lines(report_id: int) -> list[Line]:
    """Every request about this report that its reporter was told of, the latest first. Names bodies, never officers."""
    requests = (
        Request.objects.filter(report=report_id, told__what=ASKED)
        .select_related("agency", "ground")
        .prefetch_related("told", "viewings")
        .order_by("-asked_at")
    )
    return [_line(request) for request in requests]


def _line(request: Request) -> Line:
    told = {row.what: row.at for row in request.told.all()}
    knows_outcome = bool(request.outcome) and request.outcome in told
    return Line(
        body=str(request.agency),
        ground=str(request.ground),
        article=request.ground.article,
        asked_at=request.asked_at,
        told_at=told[ASKED],
        outcome=request.outcome if knows_outcome else "",
        outcome_text=str(Outcome(request.outcome).label) if knows_outcome else "",
        ended_at=request.ended_at if knows_outcome else None,
        viewed_at=[row.at for row in request.viewings.all()] if knows_outcome else [],
    )


def _silent_until(request: Request) -> datetime | None:
    order = order_of(request)
    return _morning_after(order.until, request) if order is not None else None


def _morning_after(day: date, request: Request) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=timezone_of(request.report.region_id))
