"""Pages about bodies: the list with its search, and one body with its connection, units, officers and history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lapor.agencies import onboarding
from lapor.agencies.connection import works_here
from lapor.agencies.models import Agency, Membership, Region, Unit
from lapor.agencies.oversight import responsible_for
from lapor.agencies.picker import search_agencies
from lapor.audit.trail import of_subject
from lapor.deadlines import exemptions
from lapor.deadlines.ladder import Office
from lapor.reports import answer_templates, staff
from lapor.reports import bodies as work

from . import access, words
from .access import Right
from .forms.bodies import FilterForm
from .people import Row as PersonRow
from .people import rows_of
from .session import Manager, for_managers

PAGE = 30
MOST = 50


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the list. `waiting` are open reports that another body answers for."""

    agency: Agency
    place: str
    is_connected: bool
    people: int
    in_hand: int
    waiting: int
    trained: int
    stage: str  # how far it has come, and who must take the next step
    next: str


@require_safe
@for_managers(Right.SEE)
def bodies(request: HttpRequest, manager: Manager) -> HttpResponse:
    """The bodies within reach, by name; a search forgives slips of the finger."""
    mine = access.bodies(manager.actor, Right.SEE, on=manager.today)
    form = FilterForm(request.GET, places=_places(mine))
    asked = form.asked()
    found = _narrowed(mine, asked, on=manager.today)
    cursor = request.GET.get("cursor", "")
    if asked["q"]:
        listed, following = search_agencies(asked["q"], among=list(found.values_list("pk", flat=True)), limit=MOST), ""
    else:
        listed, following = _page(found, cursor)
    kept = {name: value for name, value in asked.items() if value}
    return render(
        request,
        "backoffice/bodies.html",
        {
            "form": form,
            "rows": _rows(listed, manager),
            "asked": kept,
            "next_url": _address(kept | {"cursor": following}) if following else "",
            "first_url": _address(kept) if cursor else "",
            "connected": mine.filter(works_here(manager.today)).count(),
            "total": mine.count(),
        },
    )


def _address(query: dict[str, str]) -> str:
    return reverse("backoffice:bodies") + (f"?{urlencode(query)}" if query else "")


def _places(mine: QuerySet[Agency]) -> list[tuple[str, str]]:
    """Places to narrow by: for few all of them, for a whole country the provinces."""
    codes = set(mine.exclude(region=None).values_list("region_id", flat=True))
    if len(codes) > MOST:
        codes = {code[:2] for code in codes}
    rows = Region.objects.filter(code__in=codes).order_by("code") if len(codes) > 1 else []
    return [(row.code, "— " * (len(row.code) > 2) + row.name) for row in rows]


def _narrowed(mine: QuerySet[Agency], asked: dict[str, str], *, on: date) -> QuerySet[Agency]:
    if asked["region"]:
        code = asked["region"]
        mine = mine.filter(Q(region=code) | Q(region__code__startswith=f"{code}."))
    if asked["status"]:
        mine = mine.filter(works_here(on) if asked["status"] == "yes" else ~works_here(on))
    return mine


def _page(found: QuerySet[Agency], cursor: str) -> tuple[list[Agency], str]:
    """One page by name, and the cursor of the next."""
    name, _sep, key = cursor.rpartition("~")
    if key.isdecimal() and len(key) < 10:
        found = found.filter(Q(name__gt=name) | Q(name=name, pk__gt=int(key)))
    rows = list(found.select_related("region").order_by("name", "pk")[: PAGE + 1])
    if len(rows) <= PAGE:
        return rows, ""
    return rows[:PAGE], f"{rows[PAGE - 1].name}~{rows[PAGE - 1].pk}"


def _rows(listed: list[Agency], manager: Manager) -> list[Row]:
    on = manager.today
    keys = [agency.pk for agency in listed]
    regions = Region.objects.in_bulk({agency.region_id for agency in listed if agency.region_id})
    in_hand, waiting = work.in_hand(keys, reader=manager.actor), work.waiting_for(keys, reader=manager.actor)
    stands = onboarding.progress(listed, on=on, answered=work.have_answered(keys))
    return [
        Row(
            agency=agency,
            place=str(regions[agency.region_id].name) if agency.region_id else "",
            is_connected=agency.is_connected_on(on),
            people=stands[agency.pk].people,
            trained=stands[agency.pk].trained,
            in_hand=in_hand.get(agency.pk, 0),
            waiting=waiting.get(agency.pk, 0),
            stage=str(stands[agency.pk].stage.label),
            next=str(onboarding.NEXT.get(stands[agency.pk].stage, "")),
        )
        for agency in listed
    ]


@require_safe
@for_managers(Right.SEE)
def body(request: HttpRequest, manager: Manager, slug: str) -> HttpResponse:
    """Everything about one body, with the ways to change it."""
    today = manager.today
    agency = access.body(manager.actor, Right.SEE, slug, on=today)
    may = {
        right.value: access.bodies(manager.actor, right, on=today).filter(pk=agency.pk).exists()
        for right in (Right.UNITS, Right.OFFICERS, Right.EDIT, Right.CONNECT, Right.TEMPLATES, Right.LADDER)
    }
    stand = onboarding.progress([agency], on=today, answered=work.have_answered([agency.pk]))[agency.pk]
    return render(
        request,
        "backoffice/body.html",
        {
            "agency": agency,
            "may": may,
            "stand": stand,
            "next": onboarding.NEXT.get(stand.stage, ""),
            "is_head": access.is_head_of_region(agency),
            "is_connected": agency.is_connected_on(today),
            "is_national": agency.kind == Agency.Kind.NATIONAL_ADMIN,
            "exempt": [(row, Office(row.office).label) for row in exemptions.running(on=today).filter(agency=agency)],
            "will_connect": agency.connected_on is not None and agency.connected_on > today,
            "will_end": agency.disconnected_on is not None and agency.disconnected_on > today,
            "answers": responsible_for(agency, on=today),
            "in_hand": work.in_hand([agency.pk], reader=manager.actor).get(agency.pk, 0),
            "waiting": work.waiting_for([agency.pk], reader=manager.actor).get(agency.pk, 0),
            "history": agency.connection_changes.select_related("by").order_by("-recorded_at", "-pk")[:20],
            "units": _units(agency, manager),
            "people": _officers(agency, manager),
            "templates": answer_templates.templates(of=[agency.pk], with_general=False).filter(is_active=True).count(),
            "trail": [(entry, words.done(entry.act)) for entry in of_subject(f"agency:{agency.pk}", limit=10)],
        },
    )


def _units(agency: Agency, manager: Manager) -> list[tuple[Unit, int, int]]:
    """Each open unit with its officers and open reports in numbers."""
    units = list(Unit.objects.filter(agency=agency, is_active=True))
    work = staff.open_in_units([unit.pk for unit in units], reader=manager.actor)
    people: dict[int, int] = {}
    for unit_id in Membership.objects.filter(unit__in=units, ends_on=None).values_list("unit_id", flat=True):
        people[unit_id or 0] = people.get(unit_id or 0, 0) + 1
    return [(unit, people.get(unit.pk, 0), work.get(unit.pk, 0)) for unit in units]


def _officers(agency: Agency, manager: Manager) -> list[PersonRow]:
    posts = Membership.objects.filter(agency=agency).filter(Q(ends_on=None) | Q(ends_on__gt=manager.today))
    return rows_of(posts.select_related("user", "unit", "agency").order_by("user__name", "pk"), manager)
