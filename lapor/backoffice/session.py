"""Who sits in the back office: a signed-in officer who manages something. What they may do is in `access`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone

from lapor.accounts.models import User
from lapor.reports.actors import Officer, officer

from . import access
from .access import Right

P = ParamSpec("P")


@dataclass(kw_only=True)
class Manager:
    """One administrator at one moment; `seated` is the same person at the desk, where the request came from there."""

    user: User
    now: datetime
    seated: Officer | None = None

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @cached_property
    def actor(self) -> Officer:
        return self.seated or officer(self.user, on=self.today)

    @cached_property
    def rights(self) -> frozenset[Right]:
        return access.rights(self.actor)


def manager_of(request: HttpRequest) -> Manager | None:
    """The person behind a request, made once; None for a visitor or a citizen."""
    if not isinstance(request.user, User) or not request.user.is_officer:
        return None
    known = getattr(request, "manager", None)
    if not isinstance(known, Manager):
        known = Manager(user=request.user, now=timezone.now(), seated=getattr(request, "officer", None))
        request.manager = known  # type: ignore[attr-defined]
    return known


def for_managers(
    right: Right,
) -> Callable[[Callable[Concatenate[HttpRequest, Manager, P], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Hands the administrator to the view. A visitor is asked to sign in; without the right, or out of reach: 404."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, Manager, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            manager = manager_of(request)
            if manager is None:
                raise Http404
            try:
                access.require(manager.actor, right)
                response = view(request, manager, *args, **kwargs)
            except access.NotFound as missing:
                raise Http404 from missing
            response["Cache-Control"] = "private, no-store"
            return response

        return guarded

    return decorate
