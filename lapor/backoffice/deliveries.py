"""The operator's page, in numbers only: does the worker live, how far do the readers lag, what could not be sent?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lapor.evidence import overview as evidence
from lapor.notify.overview import overview
from lapor.pulse import signs
from lapor.reports import events

from .access import Right
from .session import Manager, for_managers

READERS = {
    "transparency": _("Salinan publik"),
    "statistics": _("Angka statistik"),
    "notify": _("Pemberitahuan"),
}


@require_safe
@for_managers(Right.DELIVERIES)
def deliveries(request: HttpRequest, manager: Manager) -> HttpResponse:
    """How the machine behind the pages does."""
    return render(
        request,
        "backoffice/deliveries.html",
        {
            "signs": signs.read(now=manager.now),
            "readers": [(READERS.get(name, name), lag, moved_at) for name, lag, moved_at in events.readers()],
            "queue": overview(now=manager.now),
            "evidence": evidence.overview(),
        },
    )
