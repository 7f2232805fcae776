"""Timed elevation: for dangerous acts a person proves themselves once more, says why, and has fifteen minutes.

Which acts ask for it is said where the acts are listed (`backoffice.acts`, the desk's acts on many). Everything here is
kept in two append-only tables: who, why, from when, until when, given back when.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from django.http import HttpRequest
from django.utils import timezone

from .models import Elevation, ElevationEnd, User

HOLDS = timedelta(minutes=15)
_KEY = "elevation"


class NotElevated(Exception):
    """The act asks for a running elevation, and there is none, or it has run out."""


def running(request: HttpRequest, *, now: datetime) -> Elevation | None:
    """The elevation of this session that still holds; another device's does not count."""
    key = request.session.get(_KEY)
    if key is None or not request.user.is_authenticated:
        return None
    return Elevation.objects.filter(pk=key, user_id=request.user.pk, until__gt=now, ended=None).first()


def require(request: HttpRequest, *, now: datetime) -> Elevation:
    """The one check for every dangerous act. `NotElevated` without a running elevation."""
    found = running(request, now=now)
    if found is None:
        raise NotElevated
    return found


def has_run_out(request: HttpRequest, *, now: datetime) -> bool:
    """Whether there was one in this session: then the page says that its time is over."""
    return _KEY in request.session and running(request, now=now) is None


def begin(request: HttpRequest, *, reason: str, now: datetime) -> Elevation:
    """Begins one for a person whose second factor was just checked; the session gets a new key."""
    assert isinstance(request.user, User)
    made = Elevation.objects.create(user=request.user, reason=reason, at=now, until=now + HOLDS)
    request.session.cycle_key()
    request.session[_KEY] = made.pk
    return made


def end(request: HttpRequest, *, now: datetime) -> None:
    """Gives it back before its time."""
    found = running(request, now=now)
    if found is not None:
        ElevationEnd.objects.get_or_create(elevation=found, defaults={"at": now})
    request.session.pop(_KEY, None)


def minutes_left(request: HttpRequest) -> int:
    """For the header: whole minutes, rounded up; 0 without one."""
    now = timezone.now()
    found = running(request, now=now)
    return ceil((found.until - now).total_seconds() / 60) if found is not None else 0
