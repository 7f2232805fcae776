"""Who sits at the desk: a signed-in officer becomes an actor. What the actor may see or do is in `reports.access`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from lapor.accounts.models import User
from lapor.reports.access import NotFound
from lapor.reports.actors import Officer, officer
from lapor.vault.investigators import keys_of

P = ParamSpec("P")
UNLOCKED = "kunci"  # the cookie with the token of unlocked keys


def actor(request: HttpRequest) -> Officer:
    """The signed-in officer with the posts held today, and the keys that this browser has unlocked."""
    assert isinstance(request.user, User)
    token = request.COOKIES.get(UNLOCKED, "")
    keys = keys_of(owner_id=request.user.pk, token=token, now=timezone.now()) if token else None
    known = officer(request.user, on=timezone.localdate(), keys=keys)
    request.officer = replace(known, keys=None)  # type: ignore[attr-defined]  # the back office's menu asks for the posts
    return known


def for_officers(
    view: Callable[Concatenate[HttpRequest, Officer, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Hands the officer to the view. A visitor is asked to sign in; no officer, or a report out of reach: 404.

    Whatever the answer is, words that somebody typed come back with it.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, User):
            response = _signed_out(request)
        elif not request.user.is_officer or _is_garbled(request):
            raise Http404
        else:
            try:
                response = view(request, actor(request), *args, **kwargs)
            except NotFound as missing:
                if not (typed := _typed(request)):
                    raise Http404 from missing
                response = render(request, "desk/kept.html", {"typed": typed}, status=404)
        response["Cache-Control"] = "private, no-store"
        return response

    return guarded


def _signed_out(request: HttpRequest) -> HttpResponseBase:
    """To the sign-in page; but a form that was sent too late comes back with what was typed, to be copied."""
    here = request.get_full_path()
    if typed := _typed(request):
        return render(
            request, "desk/signed_out.html", {"typed": typed, "sign_in": redirect_to_login(here).url}, status=403
        )
    return redirect_to_login(here)


def _typed(request: HttpRequest) -> list[str]:
    """Sentences in a form that was sent: what somebody would be sorry to type again."""
    hidden = {"csrfmiddlewaretoken", "version", "seen", "pending"}
    found = [value for name, values in request.POST.lists() if name not in hidden for value in map(str, values)]
    return [value for value in found if " " in value.strip()]


def _is_garbled(request: HttpRequest) -> bool:
    """A NUL in an address: no person typed it, and no database takes it."""
    return "\0" in request.path or any("\0" in value for _name, values in request.GET.lists() for value in values)
