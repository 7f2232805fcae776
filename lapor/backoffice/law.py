"""The page of the legal grounds on which an anonymous reporter may be asked for: which hold, and which held."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lapor.disclosure import grounds as law

from .access import Right
from .session import Manager, for_managers


@require_safe
@for_managers(Right.GROUNDS)
def grounds(request: HttpRequest, manager: Manager) -> HttpResponse:
    """Every ground with its article, from when to when."""
    rows = list(law.every())
    held = [row for row in rows if row.holds_until is not None and row.holds_until <= manager.today]
    return render(request, "backoffice/grounds.html", {"rows": [row for row in rows if row not in held], "past": held})
