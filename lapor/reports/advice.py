"""Answers to recommendations that are late: said once in the history of the report, then carried up the ladder.

The ladder is that of `deadlines.ladder`, step ADVICE. State, holder and deadlines of the report stay as they are; a
body above that could not see the report becomes its guardian, as with any other lateness.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from lapor.agencies.models import Absence, Agency
from lapor.agencies.people import held_on
from lapor.deadlines.ladder import Rung, climbs_at, rung_of, table, workdays_after
from lapor.deadlines.models import Step
from lapor.lib.workdays import YearWithoutData

from . import clockwork, ladder
from .access import HANDS, NotFound
from .actors import Clock as ClockActor
from .change import Change, changing
from .lifecycle import Move, MoveRefused
from .models import EventKind, Recommendation, Report
from .overdue import PUT_OFF

log = logging.getLogger(__name__)
BATCH = 200
_ACTOR = ClockActor()


def sweep(*, now: datetime, limit: int = BATCH) -> int:
    """Acts on every recommendation whose answer is late and whose time has come, and on those that stand before
    somebody who is not there any more; returns how many.
    """
    due = Q(wake_at__lte=now, due_at__lte=now)
    waiting = Recommendation.objects.filter(answer=None).filter(due | _without_person(now))
    rows = list(waiting.order_by("wake_at", "pk").values_list("pk", "report_id")[:limit])
    done = 0
    for key, report_id in rows:
        try:
            done += _ring(key, report_id, now=now)
        except (MoveRefused, NotFound, YearWithoutData):
            log.exception("recommendation %s is out of step with its report", key)
            Recommendation.objects.filter(pk=key).update(wake_at=now + PUT_OFF)
    return done


def _without_person(now: datetime) -> Q:
    today = clockwork.day_of(now)
    posts = held_on(today).filter(user=OuterRef("rung_person"), agency=OuterRef("escalated_to"))
    away = Absence.objects.filter(user=OuterRef("rung_person"), starts_on__lte=today, ends_on__gte=today)
    return Q(rung__isnull=False) & (~Exists(posts) | Exists(away))


@transaction.atomic
def _ring(key: int, report_id: int, *, now: datetime) -> bool:
    """Whether there was something to do: another process may have been first, or a deputy stands in."""
    report = Report.objects.select_for_update(of=("self",)).get(pk=report_id)
    advice = Recommendation.objects.select_related("to", "by").get(pk=key)
    if advice.answer_id is not None:
        return False
    skipped = dict[str, str]()
    if advice.wake_at is not None and advice.wake_at <= now:
        rungs = _above(advice.rung)
        way = ladder.seek(report, _late(report, advice), rungs, skipped, on=clockwork.day_of(now))
    else:
        way = _elsewhere(report, advice, now=now)
        if way is None:
            return False
        skipped = way.skipped
    with changing(report_id, Move.CHASE_ADVICE, actor=_ACTOR, now=now) as change:
        if advice.missed_at is None:
            advice.missed_at = change.now
            due = advice.due_at.isoformat()
            change.record(EventKind.ADVICE_LATE, to=_late(change.report, advice).pk, by=advice.by_id, due=due)
        _stand(change, advice, way, skipped, now=now)
        advice.save()
    return True


def _elsewhere(report: Report, advice: Recommendation, *, now: datetime) -> ladder.Way | None:
    here = rung_of(Step.ADVICE, advice.office)
    if here is None:
        return None
    on = clockwork.day_of(now)
    return ladder.elsewhere(report, _late(report, advice), here, advice.rung_person_id, on=on)


def _stand(
    change: Change, advice: Recommendation, way: ladder.Way | None, skipped: dict[str, str], *, now: datetime
) -> None:
    """Puts it before who must see to it from now on; where nobody is above, whoever stands there is asked again."""
    report = change.report
    if way is not None and (way.place.person is not None or advice.rung is None):
        advice.rung, advice.office, advice.rung_at = way.rung.order, way.rung.office, change.now
        advice.escalated_to, advice.rung_person = way.place.body, way.place.person
        _let_in(report, way)
    advice.wake_at = _next_at(report, advice, now=now)
    change.record(
        EventKind.ADVICE_RAISED,
        to=advice.escalated_to_id,
        person=advice.rung_person_id,
        office=advice.office,
        next=advice.wake_at.isoformat(),
        skipped=skipped,
    )


def _let_in(report: Report, way: ladder.Way) -> None:
    hands = {getattr(report, f"{hand}_id") for hand in HANDS}
    if way.rung.office in ladder.GUARDS and way.place.body.pk not in hands:
        report.guardian = way.place.body


def _next_at(report: Report, advice: Recommendation, *, now: datetime) -> datetime:
    above = _above(advice.rung)
    own = workdays_after(now, ladder.OWN_TIME if above else ladder.REPEAT, region_code=report.region_id)
    if not above:
        return own
    return max(own, climbs_at(above[0], late_since=advice.due_at, region_code=report.region_id))


def _above(order: int | None) -> tuple[Rung, ...]:
    return table()[Step.ADVICE][0 if order is None else order + 1 :]


def _late(report: Report, advice: Recommendation) -> Agency:
    """Who must answer: the body it was given to, else the one that has the report since."""
    if advice.to_id in {report.responsible_id, report.holder_id}:
        return advice.to
    return report.responsible or report.holder or advice.to
