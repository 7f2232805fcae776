"""The page of the ways in and out: what each channel does, and what waits there for a person. It shows no words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lapor.channels import overview

from .access import Right
from .session import Manager, for_managers


@require_safe
@for_managers(Right.CHANNELS)
def channels(request: HttpRequest, manager: Manager) -> HttpResponse:
    """Every channel now, those that are off too; then what failed, in and out."""
    standings = overview.overview(now=manager.now)
    return render(
        request,
        "backoffice/channels.html",
        {
            "standings": [one for one in standings if one.is_in_use],
            "off": [one.label for one in standings if not one.is_in_use],
            "came": [(row, overview.label(row.channel)) for row in overview.failed_in()],
            "went": [(row, overview.label(row.channel)) for row in overview.failed_out()],
            "failures": overview.failures(),
            "shown": overview.SHOWN,
        },
    )
