"""Pages of dated rules: the legal grounds on which an anonymous reporter may be asked for, and rungs of the ladder that
are passed over.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lapor.deadlines import exemptions
from lapor.deadlines.ladder import Office
from lapor.disclosure import grounds as law

from .access import Right
from .session import Manager, for_managers


@require_safe
@for_managers(Right.LADDER)
def ladder(request: HttpRequest, manager: Manager) -> HttpResponse:
    """Every rung that lateness of some body passes over, now or later, and the latest that it did."""
    running = [(row, Office(row.office).label) for row in exemptions.running(on=manager.today)]
    past = [(row, Office(row.office).label) for row in exemptions.past(on=manager.today)]
    return render(request, "backoffice/ladder.html", {"running": running, "past": past})


@require_safe
@for_managers(Right.GROUNDS)
def grounds(request: HttpRequest, manager: Manager) -> HttpResponse:
    """Every ground with its article, from when to when."""
    rows = list(law.every())
    held = [row for row in rows if row.holds_until is not None and row.holds_until <= manager.today]
    return render(request, "backoffice/grounds.html", {"rows": [row for row in rows if row not in held], "past": held})
