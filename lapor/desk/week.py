"""What an officer must do this week, from the lists that it leads to; and how the own bodies did, from facts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from lapor.agencies.models import Agency
from lapor.reports.access import acts_for
from lapor.reports.actors import Officer
from lapor.reports.queue import counts, due_days
from lapor.statistics.boards import asking, charts, tables
from lapor.statistics.boards.values import Table
from lapor.statistics.models import Series

from .session import for_officers

_DOING = ("late", "ready", "climbed")
_SHOWN = ("langkah", "waktu", "mutu", "bulan", "usia")


@require_GET
@for_officers
def week(request: HttpRequest, actor: Officer) -> HttpResponse:
    """Late, due day by day, objections that wait; then the figures of each own body."""
    now = timezone.now()
    today = timezone.localdate(now)
    bodies = list(Agency.objects.filter(pk__in=actor.agency_ids).order_by("name"))
    numbers = counts(actor, now=now) if acts_for(actor) else None
    days = due_days(actor, now=now) if numbers else []
    context = {
        "days": days,
        "today": today,
        "numbers": numbers,
        "objected": numbers["by_state"].get("objected", 0) if numbers else 0,
        "is_idle": not numbers or not any((*(n for _day, n in days), *map(numbers.get, _DOING))),
        "bodies": [(body, _sections(body)) for body in bodies],
    }
    return render(request, "desk/week.html", context)


def _sections(body: Agency) -> list[dict[str, Any]]:
    today = timezone.localdate()
    board = asking.board(period=asking.span(Series.REAL, today=today), today=today, agency=body)
    every = [table for table in tables.every(board, lambda _table, _key: "") if table.name in _SHOWN]
    return [{"table": table, "chart": _drawn(table)} for table in every]


def _drawn(table: Table) -> str:
    drawing = charts.of_table(table)
    return mark_safe(drawing.svg()) if drawing else ""  # noqa: S308 -- every text in it was escaped
