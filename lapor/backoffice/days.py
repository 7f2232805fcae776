"""Pages about time: the days off of a year with their standing, and the limits with their source."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lapor.agencies.models import Region
from lapor.deadlines import changes
from lapor.deadlines.models import CalendarYear, Holiday, Step
from lapor.deadlines.promises import promises_on
from lapor.reports.queue import KINDS

from . import access
from .access import NotFound, Right
from .session import Manager, for_managers

OVERSIGHT: dict[bool | None, Words | str] = {
    None: "", True: _("berkadar pengawasan"), False: _("tidak berkadar pengawasan"),
}  # fmt: skip


@require_safe
@for_managers(Right.SEE)
def calendar(request: HttpRequest, manager: Manager, year: int | None = None) -> HttpResponse:
    """The days off of one year that are in force here, and those taken back."""
    years = {row.year: row for row in CalendarYear.objects.order_by("year")}
    year = manager.today.year if year is None else year
    if year not in years and year not in {manager.today.year, manager.today.year + 1}:
        raise NotFound(year)
    is_national = Right.NATIONAL_DAYS in manager.rights
    mine = access.bodies(manager.actor, Right.SEE, on=manager.today).exclude(region=None).values("region")
    shown = Holiday.objects.filter(day__year=year).select_related("added_by", "removed_by")
    if not is_national:
        shown = shown.filter(Q(region_code="") | Q(region_code__in=mine))
    rows = list(shown.order_by("day", "region_code", "name"))
    places = {row.code: row.name for row in Region.objects.filter(code__in={row.region_code for row in rows})}
    keeps = access.bodies(manager.actor, Right.REGIONAL_DAYS, on=manager.today).exclude(region=None)
    kept = set(keeps.values_list("region_id", flat=True)) if not is_national else set(places)
    return render(
        request,
        "backoffice/calendar.html",
        {
            "year": year,
            "standing": years.get(year),
            "years": sorted({*years, manager.today.year, manager.today.year + 1})[-5:],
            "rows": [
                (row, places.get(row.region_code, ""), is_national or row.region_code in kept)
                for row in rows
                if row.removed_at is None
            ],
            "removed": [(row, places.get(row.region_code, "")) for row in rows if row.removed_at is not None],
            "warning": changes.calendar_warning(on=manager.today),
            "waiting_since": changes.waiting_since(),
            "may_add": Right.REGIONAL_DAYS in manager.rights,
            "is_national": is_national,
        },
    )


@require_safe
@for_managers(Right.SEE)
def promises(request: HttpRequest, manager: Manager) -> HttpResponse:
    """Every limit: those that hold, those to come, and those that held."""
    kinds = dict(KINDS)
    rows = [
        (row, Step(row.step).label, kinds.get(row.kind, ""), OVERSIGHT[row.has_oversight], standing)
        for row, standing in promises_on(manager.today)
    ]
    return render(
        request,
        "backoffice/promises.html",
        {
            "rows": [row for row in rows if row[4] != "past"],
            "past": [row for row in rows if row[4] == "past"],
            "may_add": Right.PROMISES in manager.rights,
        },
    )
