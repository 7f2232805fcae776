"""Pages of the custodians: how recovery stands, beginning it, and deciding on what another began."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lapor.accounts.models import User
from lapor.agencies.models import Agency, Role
from lapor.agencies.people import held_on
from lapor.custody import recovery
from lapor.custody.recovery import RecoveryRefused
from lapor.reports.actors import Officer
from lapor.vault import investigators
from lapor.vault.models import RecoveryRequest

from . import words
from .forms.recovery import HandForm, RefuseForm, pair_of
from .session import for_officers

P = ParamSpec("P")


def for_custodians(
    view: Callable[Concatenate[HttpRequest, Officer, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Hands the custodian to the view; 404 for everybody else."""

    def guarded(request: HttpRequest, actor: Officer, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not any(post.role == Role.CUSTODIAN for post in actor.posts):
            raise Http404
        return view(request, actor, *args, **kwargs)

    return for_officers(guarded)


@require_safe
@for_custodians
def home(request: HttpRequest, actor: Officer) -> HttpResponse:
    """How recovery stands, and the last requests."""
    return _home(request, actor)


def _home(request: HttpRequest, actor: Officer, *, refusal: str = "") -> HttpResponse:
    state = recovery.standing(on=timezone.localdate())
    guards = [(person, person.pk in state.with_key, person.pk in state.with_part) for person in state.custodians]
    context = {
        "state": state,
        "guards": guards,
        "requests": [_row(one) for one in recovery.listed()],
        "is_locked": actor.keys is None,
        "refusal": refusal,
    }
    return render(request, "desk/keys/recovery.html", context, status=422 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_custodians
def begin(request: HttpRequest, actor: Officer) -> HttpResponseBase:
    """Begins to open reports again for an investigator."""
    form = HandForm(request.POST or None, choices=_investigators())
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        user, body = pair_of(said.pop("to"))
        people = {"to": User.objects.get(pk=user), "body": Agency.objects.get(pk=body)}
        try:
            recovery.begin_handing(actor, **people, **said, now=timezone.now())  # type: ignore[arg-type]
        except RecoveryRefused as refusal:
            form.add_error(None, words.recovery_refused(refusal.reason))
        else:
            messages.success(request, gettext("Permintaan dimulai. Penjaga lain harus menyetujuinya dalam 24 jam."))
            return redirect("desk:recovery")
    context = {"form": form, "is_locked": actor.keys is None}
    return render(request, "desk/keys/recovery_new.html", context, status=422 if form.errors else 200)


@require_POST
@for_custodians
def renew(request: HttpRequest, actor: Officer) -> HttpResponseBase:
    """Begins to make the recovery key, or to make it anew."""
    try:
        recovery.begin_renewal(actor, now=timezone.now())
    except RecoveryRefused as refusal:
        return _home(request, actor, refusal=words.recovery_refused(refusal.reason))
    messages.success(request, gettext("Permintaan dimulai. Penjaga lain harus menyetujuinya dalam 24 jam."))
    return redirect("desk:recovery")


@require_http_methods(["GET", "HEAD", "POST"])
@for_custodians
def decide(request: HttpRequest, actor: Officer, key: int) -> HttpResponseBase:
    """One request, to be confirmed or refused."""
    found = RecoveryRequest.objects.filter(pk=key).first()
    if found is None:
        raise Http404
    form, refusal = RefuseForm(), ""
    if request.method == "POST":
        try:
            if "confirm" in request.POST:
                done = recovery.confirm(key, custodian=actor, now=timezone.now())
                messages.success(request, words.recovered(done.kind, done.done))
                return redirect("desk:recovery")
            form = RefuseForm(request.POST)
            if form.is_valid():
                recovery.refuse(key, custodian=actor, reason=form.cleaned_data["reason"], now=timezone.now())
                messages.success(request, gettext("Permintaan diakhiri tanpa membuka apa pun."))
                return redirect("desk:recovery")
        except RecoveryRefused as no:
            refusal = words.recovery_refused(no.reason)
    context = {
        "one": _row(found),
        "form": form,
        "refusal": refusal,
        "is_own": found.opened_by == actor.user_id,
        "is_locked": actor.keys is None,
    }
    return render(request, "desk/keys/recovery_one.html", context, status=422 if refusal or form.errors else 200)


def _investigators() -> list[tuple[str, str]]:
    posts = held_on(timezone.localdate()).filter(role=Role.INVESTIGATOR, agency__is_active=True)
    rows = list(posts.select_related("user", "agency").order_by("agency__name", "user__name"))
    keyed = investigators.holders_with_keys({post.user_id for post in rows})
    return [
        (f"{post.user_id}-{post.agency_id}", f"{post.agency} · {post.user}") for post in rows if post.user_id in keyed
    ]


def _row(one: RecoveryRequest) -> dict[str, Any]:
    people: dict[int | None, User] = {}
    people.update(User.objects.in_bulk([key for key in (one.opened_by, one.decided_by, one.for_owner) if key]))
    return {
        "request": one,
        "opened_by": people[one.opened_by],
        "decided_by": people.get(one.decided_by),
        "to": people.get(one.for_owner),
        "body": Agency.objects.filter(pk=one.body_id).first() if one.body_id else None,
        "is_open": one.state == RecoveryRequest.State.OPEN and timezone.now() < one.ends_at,
        "state": words.RECOVERY_STATES[one.state],
    }
