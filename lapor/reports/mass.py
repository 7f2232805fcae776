"""Mass reports for reading: offered where many reports tell one matter, listed for who may decide, with their members.

The consumer "mass offers" only offers. It counts open, public reports alone: what is confidential, or names somebody,
neither makes nor leads an offer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from . import access, hiding
from .actors import Officer, System
from .lifecycle import Move
from .mass_numbers import numbers
from .models import Channel, Event, EventKind, MassReport, Report, Stage, State, Visibility
from .similar import Similar, candidates, near_each

CONSUMER = "mass offers"
LISTED = 50
MEMBERS = 50
ENOUGH = 3  # times as many as make an offer are looked at; they come likest first
SHARED = 3  # terms: of labelled pairs that are alike enough one in thirty has fewer, of the others nearly all
CANDIDATES = 60  # on the page of one mass report
COMPARED = 300
TOGETHER = 100  # new reports that are compared at once
_SYSTEM = System()
_COMPARED_BY = (
    "title", "text", "region_id", "category_id", "received_at", "state", "leads_id", "visibility", "is_shielded",
)  # fmt: skip
Member = Report  # for doors, which never import the models


@dataclass(frozen=True, kw_only=True)
class Row:
    """A mass report in a list: how many people told the matter, the lead's included."""

    mass: MassReport
    people: int


@dataclass(frozen=True, kw_only=True)
class Page:
    """One mass report as an officer sees it. `members` are those in reach, `people` counts all; `next_member` is where
    the next page of members begins.
    """

    lead: Report
    mass: MassReport | None
    people: int
    by_state: dict[str, int]
    members: list[Report]
    next_member: int | None
    candidates: list[Similar]
    may_merge: bool


def consume(events: Sequence[Event]) -> None:
    """Offers a mass report where a new report is one of many alike. Reading an event twice changes nothing."""
    told = {
        event.report_id: (event.report, event.at)
        for event in events
        if event.kind == EventKind.RECEIVED and event.report.channel != Channel.OPENDATA and _counts(event.report)
    }
    new = list(told.values())
    for start in range(0, len(new), TOGETHER):
        _offer(new[start : start + TOGETHER])


def _counts(report: Report) -> bool:
    is_open = report.is_open and report.leads_id is None
    return is_open and report.visibility == Visibility.PUBLIC and not report.is_shielded


def _offer(new: Sequence[tuple[Report, datetime]]) -> None:
    """The oldest of those alike would lead. Nothing where one of them already leads or led an offer."""
    rules = numbers()
    found = near_each(
        _SYSTEM,
        [report for report, _at in new],
        compared=ENOUGH * rules.least,
        shared=SHARED,
        least=rules.least - 1,
        columns=_COMPARED_BY,
    )
    alike_of = {
        report.pk: [
            one.report
            for one in found[report.pk]
            if one.likeness >= rules.alike and abs(one.report.received_at - report.received_at) <= rules.within
        ]
        for report, _at in new
    }
    keys = {key for of, alike in alike_of.items() if alike for key in (of, *(one.pk for one in alike))}
    led = set(MassReport.objects.filter(lead__in=keys).values_list("lead_id", flat=True)) if keys else set()
    for report, at in new:
        alike = alike_of[report.pk]
        counted = [report, *(one for one in alike if _counts(one))]
        if len(counted) < rules.least or not led.isdisjoint({report.pk, *(one.pk for one in alike)}):
            continue
        first = min(counted, key=lambda one: (one.received_at, one.pk))
        MassReport.objects.get_or_create(
            lead=first, defaults={"stage": Stage.OFFERED, "alike": len(counted), "made_at": at}
        )
        led.add(first.pk)


def listed(actor: Officer) -> list[Row]:
    """What is offered or open among the reports in the actor's reach, the newest first; the latest fifty."""
    found = MassReport.objects.filter(lead__in=access.visible(actor)).exclude(stage=Stage.DECLINED)
    masses = list(found.select_related("lead", "lead__region").order_by("-made_at", "-id")[:LISTED])
    hiding.hide([mass.lead for mass in masses])
    joined = Report.objects.filter(leads__in=[mass.lead_id for mass in masses]).values_list("leads_id")
    counted = dict(joined.annotate(n=Count("pk")).order_by())
    return [Row(mass=mass, people=1 + counted.get(mass.lead_id, 0)) for mass in masses]


def page(actor: Officer, code: str, *, after: int = 0) -> Page:
    """The report with this code with all that joined it; members in order of arrival from key `after` on, candidates on
    the first page. `access.NotFound` when it is not the actor's to see.
    """
    lead = access.find(actor, code)
    joined = Report.objects.filter(leads=lead)
    by_state = Counter(dict(joined.values_list("state").annotate(n=Count("pk")).order_by()))
    in_reach = access.visible(actor).filter(leads=lead, pk__gt=after).select_related("region").order_by("pk")
    members = list(in_reach[: MEMBERS + 1])
    more, members = len(members) > MEMBERS, members[:MEMBERS]
    may_merge = access.could(actor, Move.MERGE) and lead.leads_id is None and lead.visibility != Visibility.SEALED
    alike = candidates(actor, lead, most=CANDIDATES, compared=COMPARED) if may_merge and not after else []
    hiding.hide([lead, *members])
    return Page(
        lead=lead,
        mass=MassReport.objects.filter(lead=lead).first(),
        people=1 + by_state.total(),
        by_state={str(State(state).label): n for state, n in sorted(by_state.items())},
        members=members,
        next_member=members[-1].pk if more else None,
        candidates=alike,
        may_merge=may_merge,
    )


def of(report: Report) -> MassReport | None:
    """The mass report that this one leads, unless it was declined."""
    return MassReport.objects.filter(lead=report).exclude(stage=Stage.DECLINED).first()
