"""One view for every act: draws its form, calls what the table names, leaves a trace in the audit trail, says so."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from lapor.accounts import elevation
from lapor.accounts.elevating import Proof, ask
from lapor.accounts.models import User
from lapor.audit.record import record

from . import words
from .acts import ACTS, Act
from .doing import REFUSALS, reason_of
from .extras import extras
from .forms.base import OfficeForm
from .session import Manager, for_managers


@require_http_methods(["GET", "HEAD", "POST"])
def perform(request: HttpRequest, name: str, key: Any = None) -> HttpResponseBase:
    """The page of one act; 404 for whoever may not do it here."""
    act = ACTS[name]
    return for_managers(act.right)(_perform)(request, act=act, name=name, key=key)


def _perform(request: HttpRequest, manager: Manager, act: Act, name: str, key: Any) -> HttpResponse:
    subject = act.about.find(manager, act.right, key)
    is_post = request.method == "POST"
    form = act.form(
        request.POST if is_post else None, request.FILES if is_post else None, manager=manager, subject=subject
    )
    proof = ask(request, now=manager.now) if act.needs_elevation else None
    if not is_post or not form.is_valid():
        return _page(request, manager, act, name, subject, form, proof=proof)
    if form.asks_twice and ("confirmed" not in request.POST or "again" in request.POST):
        return _page(request, manager, act, name, subject, form, proof=proof, is_check="again" not in request.POST)
    if proof is not None and not proof.is_given(now=manager.now):  # whatever was typed stays
        return _page(request, manager, act, name, subject, form, proof=proof, is_check=form.asks_twice)
    under = elevation.require(request, now=manager.now).pk if act.needs_elevation else None
    try:
        made = _do(manager, act, name, subject, form, under)
    except REFUSALS as refusal:
        form.add_error(None, words.refused(reason_of(refusal)))
        return _page(request, manager, act, name, subject, form)
    match made:
        case (User() as user, str() as link) if link:
            return render(request, "backoffice/link.html", {"person": user, "link": link})
    messages.success(request, words.outcome(str(act.done), made))
    return redirect(act.about.back(subject))


@transaction.atomic
def _do(manager: Manager, act: Act, name: str, subject: Any, form: OfficeForm, under: int | None) -> Any:
    """The change and its trace, or neither; `under` is the elevation that it was done under."""
    key = act.about.key(subject)
    made = act.do(subject, manager, **form.arguments())
    record(
        user_id=manager.user.pk,
        act=f"office.{name}",
        subject=key,
        now=manager.now,
        reason=form.why(),
        data=form.facts() | _made(made, subject) | ({"elevation": under} if under is not None else {}),
    )
    return made


def _made(made: Any, subject: Any) -> dict[str, Any]:
    """The key of what the act made, if it made something."""
    if isinstance(made, tuple):
        made = made[0]
    return {"made": made.pk} if hasattr(made, "pk") and made != subject else {}


def _page(
    request: HttpRequest,
    manager: Manager,
    act: Act,
    name: str,
    subject: Any,
    form: OfficeForm,
    *,
    proof: Proof | None = None,
    is_check: bool = False,
) -> HttpResponse:
    context = {
        "act": act,
        "name": name,
        "form": form,
        "subject": subject,
        "about": act.about.name(subject),
        "back": act.about.back(subject),
        "is_check": is_check,
        "proof": proof,
        **extras(name, subject, manager, form),
    }
    is_refused = bool(form.errors) or (proof is not None and proof.form.is_bound)
    return render(request, act.template, context, status=422 if is_refused else 200)
