"""A mass report is decided on: many reports of one matter get a title of their own, or stay single reports.

It is an object over merging (docs/adr/0005): its members are the reports that joined the one that leads.
"""

from __future__ import annotations

from datetime import datetime

from ..actors import Actor
from ..change import Change, Incomplete, changing, words
from ..leaks import Reach, guard
from ..lifecycle import Move, MoveRefused
from ..models import EventKind, MassReport, Report, Stage, Visibility

LEAST_TITLE = 10
LONGEST_TITLE = 150


def open_mass(
    *, report_id: int, title: str, actor: Actor, now: datetime, version: int | None = None, leak_reason: str = ""
) -> Report:
    """Makes the report lead a mass report under this title, which the public reads; again, to correct the title.

    Refuses with `Incomplete` one that has joined another, and one that is not open to all: its title would tell of it.
    """
    title = words(title, field="title", least=LEAST_TITLE)
    if len(title) > LONGEST_TITLE:
        raise Incomplete("title", "too_long")
    with changing(report_id, Move.DECIDE_MASS, actor=actor, now=now, version=version) as change:
        report = change.report
        if report.leads_id is not None or report.visibility != Visibility.PUBLIC or report.is_shielded:
            raise Incomplete("title", "cannot_lead_many")
        title = guard(change, {"title": title}, reach=Reach.PUBLIC, reason=leak_reason)["title"]
        _decide(change, Stage.OPEN, title=title)
        change.record(EventKind.MASS_OPENED)
    return report


def decline_mass(*, report_id: int, actor: Actor, now: datetime, version: int | None = None) -> Report:
    """What was offered as a mass report stays what it is, and is not offered again."""
    with changing(report_id, Move.DECIDE_MASS, actor=actor, now=now, version=version) as change:
        if not MassReport.objects.filter(lead=change.report, stage=Stage.OFFERED).exists():
            raise MoveRefused(Move.DECIDE_MASS, "not_from_here")
        _decide(change, Stage.DECLINED, title="")
        change.record(EventKind.MASS_DECLINED)
    return change.report


def _decide(change: Change, stage: Stage, *, title: str) -> None:
    decided = {"stage": stage, "title": title, "decided_by_id": change.actor.user_id, "decided_at": change.now}
    MassReport.objects.update_or_create(
        lead=change.report, defaults=decided, create_defaults={**decided, "made_at": change.now}
    )
