"""Pages about routing: the rules of competence with their history, and how often the proposals were right."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lapor.routing import numbers as figures
from lapor.routing.models import Rule

from . import accuracy
from .access import NotFound, Right
from .forms.routing import FilterForm
from .rule_words import Names, differences, row_of
from .session import Manager, for_managers

MOST = 300
CONFUSIONS = 10


@require_safe
@for_managers(Right.ROUTING)
def rules(request: HttpRequest, manager: Manager) -> HttpResponse:
    """The table in the order in which it is tried, narrowed by matter, level, body or word."""
    names = Names()
    bodies = sorted({body for said in Rule.objects.values_list("body", flat=True) for body in said.split("|")})
    form = FilterForm(request.GET, names=names, bodies=bodies)
    asked = form.asked()
    found = _narrowed(Rule.objects.all(), asked)
    return render(
        request,
        "backoffice/rules.html",
        {
            "form": form,
            "asked": asked,
            "rows": [row_of(rule, names) for rule in found[:MOST]],
            "n": found.count(),
            "total": Rule.objects.filter(is_active=True).count(),
        },
    )


def _narrowed(rows: QuerySet[Rule], asked: dict[str, str]) -> QuerySet[Rule]:
    state = asked.get("state", "")
    rows = rows.filter(is_edited=True) if state == "edited" else rows.filter(is_active=state != "off")
    if level := asked.get("level"):
        rows = rows.filter(level=level)
    for name in ("category", "body"):  # one of several joined by "|"
        if value := asked.get(name):
            alone, rest = Q(**{name: value}), Q(**{f"{name}__startswith": f"{value}|"})
            rows = rows.filter(
                alone | rest | Q(**{f"{name}__endswith": f"|{value}"}) | Q(**{f"{name}__contains": f"|{value}|"})
            )
    if word := asked.get("q"):
        words = [Q(**{f"{name}__icontains": word}) for name in ("when", "unless", "reason", "source", "body")]
        rows = rows.filter(words[0] | words[1] | words[2] | words[3] | words[4])
    return rows


@require_safe
@for_managers(Right.ROUTING)
def rule(request: HttpRequest, manager: Manager, key: int) -> HttpResponse:
    """One rule, and everything that was ever done to it."""
    found = Rule.objects.filter(pk=key).first()
    if found is None:
        raise NotFound(key)
    names = Names()
    changes = found.changes.select_related("by")
    return render(
        request,
        "backoffice/rule.html",
        {
            "rule": found,
            "row": row_of(found, names),
            "history": [(change, differences(change, names)) for change in changes],
        },
    )


@require_safe
@for_managers(Right.ROUTING)
def numbers(request: HttpRequest, manager: Manager) -> HttpResponse:
    """Accuracy, coverage, overrides and drift, with their intervals; nothing where too little was decided."""
    by = request.GET.get("menurut", "")
    by = by if by in get_args(figures.By) else "agency"
    since, until = _period(request, manager.today)
    found = accuracy.summary(since, until, by)
    lines = [accuracy.line_of(row) for row in found]
    return render(
        request,
        "backoffice/numbers.html",
        {
            "whole": accuracy.whole(found) if found else None,
            "rows": [line for line in lines if line.is_enough],
            "few": [line for line in lines if not line.is_enough],
            "tabs": [(label, _address(since, until, key), key == by) for key, label in accuracy.BY.items()],
            "heading": accuracy.BY[by],
            "by": by,
            "since": since,
            "until": until,
            "confusions": [
                (one, accuracy.percent(one.share)) for one in figures.costliest_confusions(since, until, CONFUSIONS)
            ],
            "model": (model := figures.current_model()),
            "model_figures": accuracy.model_figures(model) if model else [],
            "threshold": accuracy.percent(figures.threshold()),
            "least": figures.ENOUGH,
        },
    )


def _address(since: date, until: date, by: str) -> str:
    query = {"sejak": since.isoformat(), "sampai": until.isoformat(), "menurut": by}
    return f"{reverse('backoffice:numbers')}?{urlencode(query)}"


def _period(request: HttpRequest, today: date) -> tuple[date, date]:
    """The days asked for; the last ninety where the address says nothing or nonsense."""
    until = _day(request.GET.get("sampai", "")) or today
    since = _day(request.GET.get("sejak", "")) or until - timedelta(days=90)
    return (since, until) if since <= until else (until, since)


def _day(typed: str) -> date | None:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None
