"""Who sits at the desk: a signed-in officer becomes an actor. What the actor may see or do is in `reports.access`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone

from lapor.accounts.models import User
from lapor.reports.access import NotFound
from lapor.reports.actors import Officer, officer

P = ParamSpec("P")


def actor(request: HttpRequest) -> Officer:
    """The signed-in officer with the posts held today."""
    assert isinstance(request.user, User)
    return officer(request.user, on=timezone.localdate())


def for_officers(
    view: Callable[Concatenate[HttpRequest, Officer, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Hands the officer to the view. A visitor is asked to sign in; no officer, or a report out of reach: 404."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        if not request.user.is_officer:
            raise Http404
        try:
            response = view(request, actor(request), *args, **kwargs)
        except NotFound as missing:
            raise Http404 from missing
        response["Cache-Control"] = "private, no-store"
        return response

    return guarded
