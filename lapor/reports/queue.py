"""The desk's lists: what needs doing now, most urgent first. Every row passes `access.visible`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from lapor.lib.codes import parse_code

from . import access
from .actors import Officer
from .models import Draft, Kind, Report, State

PAGE = 25
ENDED = (State.CLOSED, State.ARCHIVED, State.WITHDRAWN, State.MERGED)
WAITING = (State.ON_HOLD, State.ANSWERED)
STATES = State.choices
KINDS = Kind.choices


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


@dataclass(frozen=True)
class Page:
    """`ready` holds the keys of the rows whose draft waits for approval."""

    rows: list[Report]
    next_cursor: str
    ready: frozenset[int] = frozenset()


TABS = ("todo", "waiting", "ready", "all", "ended")


def rows(actor: Officer, filters: Filters, *, now: datetime) -> QuerySet[Report]:
    """The reports of a tab under the filters, unordered."""
    found = access.visible(actor)
    match filters.tab:
        case "todo":
            found = found.filter(holder__in=actor.agency_ids).exclude(state__in=(*ENDED, *WAITING))
        case "waiting":
            found = found.filter(holder__in=actor.agency_ids, state__in=WAITING)
        case "ready":
            drafts = Draft.objects.filter(is_ready=True, agency__in=actor.agency_ids)
            found = found.filter(pk__in=drafts.values("report"))
        case "ended":
            found = found.filter(state__in=ENDED)
        case _:
            pass
    if filters.state:
        found = found.filter(state=filters.state)
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.category:
        found = found.filter(category=filters.category)
    if filters.agency:
        found = found.filter(agency__slug=filters.agency)
    if filters.region:
        found = found.filter(Q(region=filters.region) | Q(region__code__startswith=filters.region + "."))
    if filters.mine:
        found = found.filter(officer=actor.user_id)
    if filters.lateness == "late":
        found = found.filter(due_at__lt=now)
    elif filters.lateness == "today":
        found = found.filter(due_at__gte=now, due_at__date=timezone.localdate(now))
    elif filters.lateness == "week":
        found = found.filter(due_at__gte=now, due_at__lt=now + timedelta(days=7))
    if filters.q:
        code = parse_code(filters.q)
        found = (
            found.filter(code=code)
            if code
            else found.filter(Q(title__icontains=filters.q) | Q(text__icontains=filters.q))
        )
    return found


def page(actor: Officer, filters: Filters, *, now: datetime, cursor: str = "") -> Page:
    """One page by keyset, earliest due first; a report without a due time comes last."""
    found = rows(actor, filters, now=now).select_related("agency", "holder", "region", "category", "unit", "officer")
    newest_first = filters.tab in {"all", "ended"}
    order = ("-received_at", "-id") if newest_first else (F("due_at").asc(nulls_last=True), "id")
    column = "received_at" if newest_first else "due_at"
    if cursor:
        found = found.filter(_after(cursor, column=column, descending=newest_first))
    got = list(found.order_by(*order)[: PAGE + 1])
    shown = got[:PAGE]
    ready = Draft.objects.filter(report__in=shown, is_ready=True, agency__in=actor.agency_ids)
    waiting = frozenset(ready.values_list("report_id", flat=True))
    if len(got) <= PAGE:
        return Page(shown, "", waiting)
    moment = getattr(shown[-1], column)
    return Page(shown, f"{moment.isoformat() if moment else ''}~{shown[-1].pk}", waiting)


def _after(cursor: str, *, column: str, descending: bool) -> Q:
    moment_text, _sep, key_text = cursor.partition("~")
    if not key_text.isdigit():
        return Q()
    key = int(key_text)
    if not moment_text:
        return Q(**{f"{column}__isnull": True}, pk__gt=key)
    try:
        moment = datetime.fromisoformat(moment_text)
    except ValueError:
        return Q()
    beyond = "lt" if descending else "gt"
    after = Q(**{f"{column}__{beyond}": moment}) | Q(**{column: moment, f"pk__{beyond}": key})
    return after if descending else after | Q(**{f"{column}__isnull": True})


def counts(actor: Officer, *, now: datetime) -> dict[str, Any]:
    """Numbers for the head of the desk: by tab, by state of what is in hand, and how many are late."""
    held = access.visible(actor).filter(holder__in=actor.agency_ids).exclude(state__in=ENDED)
    by_state = {row["state"]: row["n"] for row in held.values("state").annotate(n=Count("id")).order_by()}
    todo = {state: n for state, n in by_state.items() if state not in WAITING}
    return {
        "todo": sum(todo.values()),
        "waiting": sum(by_state.values()) - sum(todo.values()),
        "ready": rows(actor, Filters(tab="ready"), now=now).count(),
        "late": held.filter(due_at__lt=now).exclude(state__in=WAITING).count(),
        "by_state": by_state,
    }
