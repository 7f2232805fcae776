"""From what somebody asks to a board: which series there are, and which period they fill."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Max, Min

from lapor.agencies.models import Agency, Region
from lapor.lib.months import shifted

from ..models import Cell, Facet, Scope, Series
from ..sums import Asked, Period
from .board import OF_LEVEL, Board

USUAL = 12  # months


def has_synthetic() -> bool:
    return Cell.objects.filter(series=Series.SYNTHETIC, scope=Scope.ALL, key="", facet=Facet.ALL, value="").exists()


def span(series: str, *, today: date) -> Period:
    """The period that is shown when none is asked for: the last twelve months; of a synthetic year its months."""
    this = today.replace(day=1)
    if series == Series.SYNTHETIC:
        cells = Cell.objects.filter(series=series, scope=Scope.ALL, key="", facet=Facet.ALL, value="", n__0__gt=0)
        found = cells.aggregate(first=Min("month"), last=Max("month"))
        if found["first"]:
            return Period(found["first"], found["last"])
    return Period(shifted(this, 1 - USUAL), this)


def today_of(series: str, *, today: date) -> date:
    """The day by which lateness is judged: of a synthetic year its last one."""
    return shifted(span(series, today=today).last, 1) - timedelta(days=1) if series == Series.SYNTHETIC else today


def board(
    *,
    period: Period,
    today: date,
    region: Region | None = None,
    agency: Agency | None = None,
    kind: str = "",
    channel: str = "",
    category: str = "",
    series: str = Series.REAL,
) -> Board:
    """The board of a body, else a place, else the nation, narrowed by at most one of kind, channel and category."""
    facets = ((Facet.KIND, kind), (Facet.CHANNEL, channel), (Facet.CATEGORY, category))
    facet, value = next(((facet, value) for facet, value in facets if value), (Facet.ALL, ""))
    scope, key = Scope.ALL, ""
    if agency is not None:
        scope, key = Scope.AGENCY, str(agency.pk)
    elif region is not None:
        scope, key = OF_LEVEL[Region.Level(region.level)], region.code
    asked = Asked(period=period, scope=scope, key=key, facet=facet, value=value, series=series)
    return Board(asked=asked, today=today, region=None if agency else region, agency=agency)
