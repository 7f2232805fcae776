"""The desk's lists: what needs doing now, most urgent first; and all that is in reach, newest first.

Every row passes the rule table of `access`. Each query is written so that an index gives the rows in their order, and
continues where the last page ended: a page costs the same with ten thousand reports and with a million.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from lapor.lib.codes import parse_code

from . import access, floods, hiding
from .actors import Officer
from .lifecycle import Move
from .models import Draft, Kind, Report, State

PAGE = 25
SEARCHED = 20_000  # how many of the newest reports one search by word reads, where all reports are in reach
ENDED = (State.CLOSED, State.ARCHIVED, State.WITHDRAWN, State.MERGED)
WAITING = (State.ON_HOLD, State.ANSWERED)
TODO = tuple(state for state in State if state not in {*ENDED, *WAITING})
STATES = State.choices
KINDS = Kind.choices
# The states that a tab may hold. Work is in hand and ordered by urgency; the others are all in reach, newest first.
TABS: dict[str, tuple[State, ...]] = {
    "todo": TODO,
    "waiting": WAITING,
    "ready": (State.IN_PROGRESS,),
    "climbed": TODO,
    "all": tuple(State),
    "ended": ENDED,
}
WORK = ("todo", "waiting", "ready", "climbed")
LATENESS = ("late", "today", "week")


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the officer asked for; empty means no restriction. `tab` is one of TABS."""

    tab: str = "todo"
    state: str = ""
    kind: str = ""
    region: str = ""
    agency: str = ""
    category: str = ""
    lateness: str = ""
    q: str = ""
    mine: bool = False
    same: str = ""  # the code of a report: those with its words, each by itself


@dataclass(frozen=True)
class Page:
    """`ready` holds the keys of the rows whose draft waits for approval, `same` how many reports a row stands for where
    that is more than one (`floods`); a search may go on with an empty page.
    """

    rows: list[Report]
    next_cursor: str
    ready: frozenset[int] = frozenset()
    same: dict[int, int] = field(default_factory=dict)


class _Place(NamedTuple):
    """Where a page ended."""

    is_urgent: bool
    moment: datetime | None
    key: int


def page(actor: Officer, filters: Filters, *, now: datetime, cursor: str = "") -> Page:
    """One page by keyset. Work: urgent ones first, then the earliest due; all else: newest first."""
    is_work, place = filters.tab in WORK, _read(cursor)
    if is_work:
        got, end = _most_urgent(work(actor, filters, now=now), place), None
    else:
        got, end = _newest(actor, filters, place, now=now)
    shown = got[:PAGE]
    if len(got) > PAGE:
        last = shown[-1]
        end = _Place(is_work and last.is_urgent, last.due_at if is_work else last.received_at, last.pk)
    same = floods.numbers(shown) if is_work and not filters.same else {}
    return Page(shown, _write(end), _ready_among(shown), same)


def work(actor: Officer, filters: Filters, *, now: datetime) -> QuerySet[Report]:
    """The reports of a tab of WORK under the filters, unordered."""
    found = _climbed(actor, now=now) if filters.tab == "climbed" else _in_hand(actor)
    found = found.filter(_only(TABS[filters.tab]))
    if filters.tab == "ready":
        found = found.filter(_IS_READY)
    elif filters.tab != "climbed" and not access.could(actor, Move.SEND_ANSWER):
        found = found.exclude(_IS_READY)  # what waits for somebody else's approval is not theirs to do
    if filters.same:
        found = found.filter(floods.group(filters.same))
    elif not filters.q:
        found = found.exclude(floods.IS_BEHIND)
    return found.filter(_narrowed(actor, filters, now=now))


def counts(actor: Officer, *, now: datetime) -> dict[str, Any]:
    """Numbers for the head of the desk: by tab, by state, and how much of what is to do is late, due today, this week.

    One query over what is in hand, one over what climbed. Each number is the length of the list beside which it stands.
    """
    due = {name: Count("id", filter=_due(name, now=now)) for name in LATENESS}
    held = _in_hand(actor).filter(_OPEN).annotate(is_ready=_IS_READY)
    sends = access.could(actor, Move.SEND_ANSWER)
    by_state: dict[str, int] = {}
    total = dict.fromkeys((*WORK, *LATENESS), 0)
    if access.could(actor, Move.VERIFY):
        total["climbed"] = _climbed(actor, now=now).filter(_only(TODO)).count()
    for row in held.values("state", "is_ready").annotate(n=Count("id"), **due).order_by():
        total["ready"] += row["n"] if row["is_ready"] else 0
        if row["is_ready"] and not sends:
            continue
        by_state[row["state"]] = by_state.get(row["state"], 0) + row["n"]
        total["waiting" if row["state"] in WAITING else "todo"] += row["n"]
        for name in LATENESS if row["state"] in TODO else ():
            total[name] += row[name]
    return total | {"by_state": by_state}


def due_days(actor: Officer, *, now: datetime, days: int = 7) -> list[tuple[date, int]]:
    """How many limits of what is to do end today and on each of the next days, as far as the officer may see them.

    Read from the index of open reports: it costs by what is due in these days.
    """
    today = timezone.localdate(now)
    until = timezone.make_aware(datetime.combine(today + timedelta(days=days), time.min))
    due = work(actor, Filters(tab="todo"), now=now).filter(due_at__gte=now, due_at__lt=until)
    counted = due.annotate(day=TruncDate("due_at")).order_by().values_list("day").annotate(n=Count("id"))
    found: dict[date, int] = dict(counted)
    every = [today + timedelta(days=n) for n in range(days)]
    return [(day, found.get(day, 0)) for day in every]


_IS_READY = Q(state=State.IN_PROGRESS) & Q(
    Exists(Draft.objects.filter(report=OuterRef("pk"), agency=OuterRef("responsible"), is_ready=True))
)


def _ready_among(shown: list[Report]) -> frozenset[int]:
    keys = [report.pk for report in shown if report.state == State.IN_PROGRESS]
    if not keys:
        return frozenset()
    drafts = Draft.objects.filter(report__in=keys, agency=F("report__responsible"), is_ready=True)
    return frozenset(drafts.values_list("report_id", flat=True))


def _in_hand(actor: Officer) -> QuerySet[Report]:
    """What the bodies hold for which this officer acts, as far as the officer may see it."""
    return access.visible(actor).filter(holder__in=access.acts_for(actor))


def _climbed(actor: Officer, *, now: datetime) -> QuerySet[Report]:
    """Late reports in the hands of others, which these bodies guard: to them lateness climbed."""
    mine = access.acts_for(actor)
    return access.visible(actor).filter(guardian__in=mine, due_at__lt=now).exclude(holder__in=mine)


def _only(states: tuple[State, ...]) -> Q:
    """These states, said as "none of the others": so the database sees that the index of open reports serves."""
    return ~Q(state__in=[*ENDED, *(state for state in (*TODO, *WAITING) if state not in states)])


def _narrowed(actor: Officer, filters: Filters, *, now: datetime) -> Q:
    """The filters without the tab, as one condition."""
    wanted = Q()
    for column in ("state", "kind", "category"):
        if value := getattr(filters, column):
            wanted &= Q(**{column: value})
    if filters.agency:
        wanted &= Q(agency__slug=filters.agency)
    if filters.region:
        wanted &= Q(region=filters.region) | Q(region__code__startswith=filters.region + ".")
    if filters.lateness:
        wanted &= _due(filters.lateness, now=now)
    if filters.mine:
        wanted &= Q(officer__in={actor.user_id, *actor.stands_in_for})
    if code := parse_code(filters.q):
        wanted &= Q(code=code)
    elif filters.q:
        wanted &= Q(title__icontains=filters.q) | Q(text__icontains=filters.q)
    return wanted


def _due(lateness: str, *, now: datetime) -> Q:
    if lateness == "late":
        return Q(due_at__lt=now)
    day = timezone.localdate(now) + timedelta(days=1)
    until = timezone.make_aware(datetime.combine(day, time.min)) if lateness == "today" else now + timedelta(days=7)
    return Q(due_at__gte=now, due_at__lt=until)


def _most_urgent(found: QuerySet[Report], place: _Place | None) -> list[Report]:
    """One row more than a page: urgent reports, then the others, each by due time, those without one last."""
    found = found.order_by(F("due_at").asc(nulls_last=True), "id")
    got: list[int] = []
    for is_urgent in (True, False):
        if place is not None and place.is_urgent < is_urgent:
            continue  # the urgent ones were on earlier pages
        same = place is not None and place.is_urgent == is_urgent
        for part in _after(found.filter(is_urgent=is_urgent), place if same else None):
            if len(got) <= PAGE:
                got += part.values_list("pk", flat=True)[: PAGE + 1 - len(got)]
    rows = _shown(got)
    return [rows[key] for key in got if key in rows]


def _after(found: QuerySet[Report], place: _Place | None) -> list[QuerySet[Report]]:
    """What follows the place, in parts that each continue in an index."""
    if place is None:
        return [found]
    undated = found.filter(due_at=None)
    if place.moment is None:
        return [undated.filter(pk__gt=place.key)]
    later = Q(due_at__gt=place.moment) | Q(due_at=place.moment, pk__gt=place.key)
    return [found.filter(later, due_at__gte=place.moment), undated]


def _newest(
    actor: Officer, filters: Filters, place: _Place | None, *, now: datetime
) -> tuple[list[Report], _Place | None]:
    """One row more than a page, newest first, from every part of the officer's reach; and where a search stopped."""
    parts = access.alternatives(actor)
    wanted, end = _narrowed(actor, filters, now=now) & _before(place), None
    if filters.q and not parse_code(filters.q) and access.reads_all(actor):
        end = _horizon(place)
        wanted &= _not_before(end)
    found = Report.objects.filter(wanted).order_by("-received_at", "-id").values("id", "received_at")
    ranges = [found.filter(part, half)[: PAGE + 1] for part in parts for half in _halves(filters)]
    if not ranges:
        return [], end
    keys = ranges[0].union(*ranges[1:]).order_by("-received_at", "-id")[: PAGE + 1] if ranges[1:] else ranges[0]
    rows = _shown([row["id"] for row in keys])
    return sorted(rows.values(), key=lambda row: (row.received_at, row.pk), reverse=True), end


def _halves(filters: Filters) -> list[Q]:
    """Open and ended reports, each found by indexes of its own; without the half that the filters rule out."""
    wanted = {filters.state} if filters.state else set(TABS[filters.tab])
    halves = []
    if wanted & {*TODO, *WAITING} and filters.tab != "ended":
        halves.append(_OPEN)
    if wanted & set(ENDED) and not filters.lateness:  # no deadline runs on what has ended
        halves.append(_ENDED)
    return halves


_OPEN = ~Q(state__in=ENDED)
_ENDED = Q(state__in=ENDED)


def _shown(keys: list[int]) -> dict[int, Report]:
    """The rows with all that a line shows; read after the keys, so that joins are made for one page only."""
    rows = Report.objects.select_related("agency", "holder", "region", "category", "unit", "officer").in_bulk(keys)
    hiding.hide(rows.values())
    return rows


def _before(place: _Place | None) -> Q:
    if place is None or place.moment is None:
        return Q()
    earlier = Q(received_at__lt=place.moment) | Q(received_at=place.moment, pk__lt=place.key)
    return earlier & Q(received_at__lte=place.moment)


def _not_before(place: _Place | None) -> Q:
    if place is None:
        return Q()
    later = Q(received_at__gt=place.moment) | Q(received_at=place.moment, pk__gte=place.key)
    return later & Q(received_at__gte=place.moment)


def _horizon(place: _Place | None) -> _Place | None:
    """How far back one search by word reads where all reports are in reach; its next page reads on from there."""
    newest = Report.objects.filter(_before(place)).order_by("-received_at", "-id").values_list("received_at", "id")
    for moment, key in newest[SEARCHED : SEARCHED + 1]:
        return _Place(False, moment, key)
    return None


def _write(place: _Place | None) -> str:
    if place is None:
        return ""
    return f"{place.is_urgent:d}~{place.moment.isoformat() if place.moment else ''}~{place.key}"


def _read(cursor: str) -> _Place | None:
    """The place that an address names; None for nonsense, which starts at the beginning."""
    urgent, _sep, rest = cursor.partition("~")
    moment, _sep, key = rest.partition("~")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    if not moment:
        return _Place(urgent == "1", None, int(key))
    try:
        when = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return _Place(urgent == "1", when, int(key)) if when.tzinfo else None
