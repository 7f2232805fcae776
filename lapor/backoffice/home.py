"""The first page of the back office: what needs somebody, and the ways in."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lapor.agencies.connection import works_here
from lapor.agencies.models import Absence, Membership
from lapor.agencies.people import held_on
from lapor.alarms import watch
from lapor.channels import overview as channels
from lapor.channels.mail import pen
from lapor.deadlines import changes
from lapor.disclosure import clock
from lapor.notify.overview import overview
from lapor.privacy import breaches
from lapor.pulse import signs
from lapor.reports import bodies as work

from . import access
from .access import Right
from .session import Manager, for_managers

FEW = 10


@require_safe
@for_managers(Right.SEE)
def home(request: HttpRequest, manager: Manager) -> HttpResponse:
    """What is wrong first, then how many there are of everything."""
    today = manager.today
    mine = access.bodies(manager.actor, Right.SEE, on=today)
    connected = mine.filter(works_here(today))
    someone = Membership.objects.filter(pk__in=held_on(today).values("pk"), agency=OuterRef("pk"))
    alone = Absence.objects.filter(
        starts_on__lte=today,
        ends_on__gte=today,
        deputy=None,
        user__in=held_on(today).filter(agency__in=mine).values("user"),
    )
    total = mine.count()
    is_operator = Right.DELIVERIES in manager.rights
    return render(
        request,
        "backoffice/home.html",
        {
            "connected": (n := connected.count()),
            "unconnected": total - n,
            "officers": held_on(today).filter(agency__in=mine).values("user").distinct().count(),
            "empty": connected.filter(~Exists(someone)).order_by("name")[:FEW],
            "next": work.most_waiting(mine.exclude(works_here(today)), limit=FEW, reader=manager.actor)
            if Right.CONNECT in manager.rights
            else [],
            "alone": alone.select_related("user").order_by("ends_on")[:FEW],
            "warning": changes.calendar_warning(on=today) if Right.NATIONAL_DAYS in manager.rights else None,
            "waiting_since": changes.waiting_since(),
            "signs": signs.read(now=manager.now) if is_operator else None,
            "breaches": breaches.running(now=manager.now) if Right.BREACHES in manager.rights else [],
            "disclosures": clock.standing(now=manager.now, on=today) if Right.GROUNDS in manager.rights else None,
            "alarms": len(watch.raised(bodies=mine, with_service=is_operator)),
            "channels": channels.trouble(now=manager.now) if is_operator else None,
            "held": pen.how_many() if Right.HELD_MAIL in manager.rights else 0,
            "failed": sum(group.n for group in overview(now=manager.now).failed) if is_operator else 0,
        },
    )
