"""Pages around the identity of an anonymous reporter: the custodian's list and decision, the requester's one look."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from lapor.disclosure import custodians, deciding, telling, viewing
from lapor.disclosure.deciding import DecisionRefused
from lapor.disclosure.models import Request
from lapor.lib.codes import show_code
from lapor.reports.access import NotFound
from lapor.reports.actors import Officer
from lapor.reports.change import Incomplete

from . import words
from .dates import due
from .forms.identity import DecisionForm, DelayForm
from .session import for_officers


@require_GET
@for_officers
def waiting(request: HttpRequest, actor: Officer) -> HttpResponse:
    """What waits for this custodian, the earliest deadline first, and what was decided. Nobody else has this list."""
    if not custodians.is_custodian(actor):
        raise NotFound(request.path)
    now = timezone.now()
    rows = [(one, due(one.due_at, one.report.region_id, now=now)) for one in deciding.waiting(actor)]
    return render(request, "desk/identities.html", {"rows": rows, "decided": deciding.decided(actor)})


@require_http_methods(["GET", "POST"])
@for_officers
def decision(request: HttpRequest, actor: Officer, key: UUID) -> HttpResponse:
    """The request with its reason and ground, and one custodian's word on it."""
    found = deciding.find(actor, key)
    if request.method == "GET":
        return _page(request, actor, found)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, found, form=form)
    try:
        deciding.decide(key=key, actor=actor, now=timezone.now(), **form.cleaned_data)
    except (Incomplete, DecisionRefused) as no:
        _explain(form, no)
        return _page(request, actor, found, form=form)
    messages.success(request, gettext("Keputusan Anda tersimpan."))
    return redirect("desk:identities")


@require_http_methods(["GET", "POST"])
@for_officers
def delay(request: HttpRequest, actor: Officer, key: UUID) -> HttpResponse:
    """Records an order that the reporter is told later; opened without a form it leads to the request."""
    found = deciding.find(actor, key)
    if request.method == "GET":
        return redirect("desk:identity", key=key)
    form = DelayForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, found, silence=form)
    try:
        deciding.delay(key=key, actor=actor, now=timezone.now(), **form.cleaned_data)
    except (Incomplete, DecisionRefused) as no:
        _explain(form, no)
        return _page(request, actor, found, silence=form)
    messages.success(request, gettext("Perintah penundaan dicatat."))
    return redirect("desk:identity", key=key)


@require_http_methods(["GET", "POST"])
@for_officers
@sensitive_variables("person")
def look(request: HttpRequest, actor: Officer, key: UUID) -> HttpResponse:
    """First a page that says what looking means; the look itself is a deed, so that no preview counts as one."""
    now = timezone.now()
    found = viewing.find(actor, key, now=now)
    person = viewing.look(actor, key, now=now) if request.method == "POST" else None
    return render(
        request,
        "desk/identity_look.html",
        {
            "asked": found,
            "code": found.report.code,
            "code_shown": show_code(found.report.code),
            "person": person,
            "is_open": request.method == "POST",
        },
    )


def _page(
    request: HttpRequest,
    actor: Officer,
    found: Request,
    *,
    form: DecisionForm | None = None,
    silence: DelayForm | None = None,
) -> HttpResponse:
    now = timezone.now()
    own = found.decisions.filter(custodian=actor.user_id).first()
    context: dict[str, Any] = {
        "asked": found,
        "code_shown": show_code(found.report.code),
        "due": due(found.due_at, found.report.region_id, now=now),
        "own": own,
        "others": found.decisions.exclude(custodian=actor.user_id).count(),
        "order": telling.order_of(found),
        "form": (form or DecisionForm()) if own is None and found.ended_at is None else None,
        "silence": (silence or DelayForm()) if found.ground.may_be_delayed and telling.is_owed(found) else None,
        "problem": form or silence,
    }
    return render(request, "desk/identity.html", context, status=422 if form or silence else 200)


def _explain(form: forms.Form, no: Incomplete | DecisionRefused) -> None:
    """Puts what the room below refused beside its field, or on top."""
    if isinstance(no, Incomplete):
        form.add_error(no.field if no.field in form.fields else None, words.incomplete(no.reason))
    elif no.reason == "impossible_date":
        form.add_error("until", gettext("Pilih tanggal sesudah hari ini, paling lama setahun."))
    else:
        form.add_error(None, words.refused(no.reason))
