"""What awaits the decision of whoever stands on a rung of the ladder: the list, and what is open to decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from lapor.deadlines.ladder import Decision, Office, rung_of

from . import access
from .actors import Officer
from .models import Clock, Report

PAGE = 50
MOST = 1000


@dataclass(frozen=True)
class Waiting:
    """One late step that awaits a decision, or has one and is still late."""

    report: Report
    clock: Clock
    office: Office
    decision: Decision | None


@dataclass(frozen=True)
class Unanswered:
    """A recommendation whose answer is late, before whoever must see to it."""

    report: Report
    by: str
    late_body: str
    office: Office
    due_at: datetime
    climbs_at: datetime | None


def waiting(actor: Officer, *, after: str = "") -> tuple[list[Waiting], str]:
    """One page, undecided ones first, then those that climb on soonest; and the cursor of the next, if there is one."""
    found = access.awaiting(actor).select_related("report__region", "report__holder", "escalated_to", "agency")
    if place := _read(after):
        decision, wake_at, key = place
        found = found.filter(
            Q(decision__gt=decision)
            | Q(decision=decision, wake_at__gt=wake_at)
            | Q(decision=decision, wake_at=wake_at, pk__gt=key)
        )
    rows = list(found.order_by("decision", "wake_at", "pk")[: PAGE + 1])
    shown = rows[:PAGE]
    end = shown[-1] if len(rows) > PAGE else None
    cursor = f"{end.decision}~{end.wake_at.isoformat()}~{end.pk}" if end is not None and end.wake_at else ""
    return [
        Waiting(row.report, row, Office(row.office), Decision(row.decision) if row.decision else None) for row in shown
    ], cursor


def undecided(actor: Officer) -> int:
    """How many wait for a first word, for the head of the desk, late answers to recommendations among them; no more
    than MOST are counted. One question for both.
    """
    late = access.awaiting(actor).filter(decision="").order_by().values("pk")
    return late.union(access.unanswered(actor).order_by().values("pk"), all=True)[:MOST].count()


def unanswered(actor: Officer) -> list[Unanswered]:
    """The late answers to recommendations that this actor must see to, longest due first."""
    found = access.unanswered(actor).select_related("report__region", "by", "to")
    return [
        Unanswered(row.report, str(row.by), str(row.to), Office(row.office), row.due_at, row.wake_at)
        for row in found.order_by("due_at", "pk")[:PAGE]
    ]


def decisions(actor: Officer, report: Report) -> list[tuple[str, str]]:
    """What this actor may decide on a late report, with the words for it."""
    found = dict[str, str]()
    for step, office in access.rungs_of(actor, report).values_list("step", "office"):
        rung = rung_of(step, office)
        found |= {one.value: str(one.label) for one in (rung.decisions if rung else ())}
    return list(found.items())


def _read(cursor: str) -> tuple[str, datetime, int] | None:
    """A cursor that nobody wrote is none."""
    decision, _sep, rest = cursor.partition("~")
    moment, _sep, key = rest.partition("~")
    try:
        return decision, datetime.fromisoformat(moment), int(key[:18])
    except ValueError:
        return None
