"""The page of alarms: what fell silent and still is, what rang before, and from when on silence is an alarm."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lapor.alarms import thresholds, watch
from lapor.alarms.models import Alarm, Kind
from lapor.channels import overview

from . import access
from .access import Right
from .session import Manager, for_managers

_CHANNELS = {Kind.CHANNEL_SILENT, Kind.CHANNEL_STUCK}


@dataclass(frozen=True)
class Row:
    """One alarm as the page shows it: `what` fell silent in words."""

    alarm: Alarm
    what: str


@require_safe
@for_managers(Right.SEE)
def alarms(request: HttpRequest, manager: Manager) -> HttpResponse:
    """Of the bodies that this person manages; for who runs the service, of the service too."""
    mine = access.bodies(manager.actor, Right.SEE, on=manager.today)
    is_operator = Right.DELIVERIES in manager.rights
    context = {
        "raised": [_row(one) for one in watch.raised(bodies=mine, with_service=is_operator)],
        "cleared": [_row(one) for one in watch.cleared(bodies=mine, with_service=is_operator)],
        "thresholds": thresholds.table().values(),
        "is_operator": is_operator,
    }
    return render(request, "backoffice/alarms.html", context)


def _row(one: Alarm) -> Row:
    return Row(one, overview.label(one.subject) if one.kind in _CHANNELS else one.subject)
