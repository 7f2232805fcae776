"""Pages about words: categories, and the texts that an answer may start from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lapor.agencies.models import Category
from lapor.reports import answer_templates

from . import access
from .access import Right
from .session import Manager, for_managers

FEW = 30
MOST = 300


@require_safe
@for_managers(Right.CATEGORIES)
def categories(request: HttpRequest, manager: Manager) -> HttpResponse:
    """All categories, those that may no longer be chosen last."""
    return render(
        request, "backoffice/categories.html", {"rows": Category.objects.order_by("-is_active", "sort", "name")}
    )


@require_safe
@for_managers(Right.TEMPLATES)
def templates(request: HttpRequest, manager: Manager) -> HttpResponse:
    """The templates of the bodies within reach, and the general ones; or those of one body."""
    mine = access.bodies(manager.actor, Right.TEMPLATES, on=manager.today)
    is_general = Right.GENERAL_TEMPLATES in manager.rights
    at_home = mine.filter(pk__in=manager.actor.agency_ids).order_by("name")[:FEW]
    asked = request.GET.get("instansi", "")
    chosen = mine.filter(slug=asked).first() if asked else None
    if chosen is not None:
        rows = answer_templates.templates(of=[chosen.pk], with_general=False)
    else:  # the whole country would be too long a list: its bodies are asked for one by one
        near = at_home if is_general else mine
        rows = answer_templates.templates(of=list(near.values_list("pk", flat=True)), with_general=True)
    return render(
        request,
        "backoffice/templates.html",
        {
            "rows": [(row, row.agency_id is not None or is_general) for row in rows[:MOST]],
            "bodies": [chosen] if chosen else at_home,
            "chosen": chosen,
            "is_general": is_general,
        },
    )
