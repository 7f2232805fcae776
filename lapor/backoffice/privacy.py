"""Pages about personal data: how long they are kept and what was erased, legal holds, and the register of breaches."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lapor.privacy import breaches as register
from lapor.privacy import holds, retention, terms
from lapor.privacy.models import Breach
from lapor.reports.queue import KINDS

from .access import NotFound, Right
from .session import Manager, for_managers

LETTERS = ("subjek", "lembaga")


@require_safe
@for_managers(Right.RETENTION)
def kept(request: HttpRequest, manager: Manager) -> HttpResponse:
    """The terms with their law, what stands under a legal hold, and what the system erased lately."""
    kinds = dict(KINDS)
    rows = [(row, kinds.get(row.kind, ""), how) for row, how in terms.every(on=manager.today)]
    return render(
        request,
        "backoffice/terms.html",
        {
            "rows": [row for row in rows if row[2] != "past"],
            "past": [row for row in rows if row[2] == "past"],
            "holds": [(hold, hold.lifted_at is None and hold.until >= manager.today) for hold in holds.every()[:100]],
            "erased": retention.log(limit=30),
        },
    )


@require_safe
@for_managers(Right.BREACHES)
def breaches(request: HttpRequest, manager: Manager) -> HttpResponse:
    """The register, what still runs first."""
    return render(request, "backoffice/breaches.html", {"rows": register.every(now=manager.now)})


@require_safe
@for_managers(Right.BREACHES)
def breach(request: HttpRequest, manager: Manager, key: int) -> HttpResponse:
    """One breach as it is known now, and every entry."""
    return render(request, "backoffice/breach.html", {"standing": register.standing(_found(key), now=manager.now)})


@require_safe
@for_managers(Right.BREACHES)
def letter(request: HttpRequest, manager: Manager, key: int, to: str) -> HttpResponse:
    """The draft of a notice to the people concerned or to the authority, to be printed and completed."""
    if to not in LETTERS:
        raise NotFound(to)
    context = {"standing": register.standing(_found(key), now=manager.now), "to": to, "today": manager.today}
    return render(request, "backoffice/breach_letter.html", context)


def _found(key: int) -> Breach:
    found = Breach.objects.filter(pk=key).first()
    if found is None:
        raise NotFound(key)
    return found
