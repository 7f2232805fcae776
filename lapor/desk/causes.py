"""The register of root causes on the desk: what might be an entry, opening one, changing and ending it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from lapor.causes import keeping, register
from lapor.causes.models import Candidate
from lapor.reports import mass
from lapor.reports.access import NotFound
from lapor.reports.actors import Officer

from .forms.causes import REASONS, CauseForm, EditCauseForm, NewCauseForm
from .session import for_officers

MOST_BODIES = 300


@require_safe
@for_officers
def causes(request: HttpRequest, actor: Officer) -> HttpResponse:
    """Entries that the actor keeps, what came often lately, and mass reports that are open."""
    _require_keeper(actor)
    masses = [row for row in mass.listed(actor) if row.mass.stage == "open"]
    context = {"entries": keeping.entries(actor), "candidates": keeping.candidates(actor), "masses": masses}
    return render(request, "desk/causes.html", context)


@require_http_methods(["GET", "POST"])
@for_officers
def new(request: HttpRequest, actor: Officer) -> HttpResponse:
    """A new entry, from a candidate (`calon`) or from nothing."""
    _require_keeper(actor)
    found = _candidate(request, actor)
    agencies = list(keeping.bodies(actor).order_by("name").values_list("pk", "name")[:MOST_BODIES])
    first = {"agency": found.agency_id, "category": found.category_id} if found else {}
    form = NewCauseForm(request.POST or None, agencies=agencies, initial=first)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        agency_id, category = data.pop("agency"), data.pop("category")
        is_found = found is not None and (found.agency_id, found.category_id) == (agency_id, category.pk)
        region = found.region_id if is_found and found is not None else None
        try:
            cause = keeping.open_entry(
                agency_id=agency_id, region_code=region, category_slug=category.pk, fields=data, actor=actor,
                now=timezone.now(),
            )  # fmt: skip
        except keeping.Refused as no:
            form.add_error(no.field, str(REASONS[no.reason]))
        else:
            messages.success(request, gettext("Akar masalah dicatat dan tampil untuk publik."))
            return redirect("desk:cause", key=cause.pk)
    context = {"form": form, "candidate": found}
    return render(request, "desk/cause_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_officers
def one(request: HttpRequest, actor: Officer, key: int) -> HttpResponse:
    """One entry to change, with its history and counts."""
    cause = keeping.find(actor, key)
    names = [*keeping.EDITED, "version"]
    form = EditCauseForm(request.POST or None, initial={name: getattr(cause, name) for name in names})
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = dict(form.cleaned_data)
        version = data.pop("version")
        try:
            keeping.change(key=key, version=version, fields=data, actor=actor, now=timezone.now())
        except keeping.Refused as no:
            form.add_error(no.field, str(REASONS[no.reason]))
        except keeping.ChangedMeanwhile:
            form.add_error(None, gettext("Rekan Anda mengubah catatan ini lebih dulu. Muat ulang, lalu ubah lagi."))
        else:
            messages.success(request, gettext("Perubahan disimpan."))
            return redirect("desk:cause", key=key)
    context = {"form": form, "entry": register.entry(key, now=timezone.now()), "words": words_of_fields()}
    return render(request, "desk/cause.html", context, status=422 if form.errors else 200)


def words_of_fields() -> dict[str, str]:
    """How fields are called in the history."""
    return {name: str(field.label) for name, field in {**CauseForm.base_fields, **EditCauseForm.base_fields}.items()}


def _candidate(request: HttpRequest, actor: Officer) -> Candidate | None:
    typed = request.GET.get("calon", "")
    if not (typed.isdecimal() and len(typed) < 16):
        return None
    return next((one for one in keeping.candidates(actor) if one.pk == int(typed)), None)


def _require_keeper(actor: Officer) -> None:
    if not keeping.keeps(actor):
        raise NotFound("causes")
