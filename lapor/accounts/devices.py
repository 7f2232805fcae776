"""Devices that a person signs in with: recognised by a cookie of their own, named coarsely, told about when new.

Whoever guesses at an account from elsewhere never shuts out the devices that its owner has used before.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lapor.vault.tokens import token_digest

from .models import Device, User
from .sessions import BEGAN, DEVICE

FORGOTTEN_AFTER = timedelta(days=400)  # browsers keep no cookie longer (RFC 6265bis)
_MOST = 100  # letters of a cookie that we look at
_BROWSERS = (  # the first that fits: each of the later ones also bears the name of an earlier one
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def coarse_name(user_agent: str) -> str:
    """Browser and system without any version: enough to know one's own telephone by, too little to follow a person."""
    found = [next((name for mark, name in table if mark in user_agent), "") for table in (_BROWSERS, _SYSTEMS)]
    return ", ".join(filter(None, found))


def known(request: HttpRequest, email: str) -> bytes | None:
    """The digest of this browser when somebody with this address has signed in with it before."""
    token = _token(request)
    if token is None:
        return None
    digest = token_digest(token)
    known = Device.objects.filter(digest=digest, user__email=email.strip().lower()).exists()
    return digest if known else None


def mark_session(request: HttpRequest, user: User, *, now: datetime) -> None:
    """What the list of running sessions shows of this one; a citizen's bears no device."""
    request.session[BEGAN] = now.replace(minute=0, second=0, microsecond=0).isoformat()
    request.session[DEVICE] = _name(request, user)


def remember(request: HttpRequest, response: HttpResponse, user: User, *, now: datetime) -> None:
    """Knows this browser from now on. A new one is news to the person, unless it is the first ever."""
    token = _token(request) or secrets.token_urlsafe(32)
    today, digest = timezone.localdate(now), token_digest(token)
    if not Device.objects.filter(user=user, digest=digest).update(last_on=today):
        is_news = Device.objects.filter(user=user).exists()
        try:
            with transaction.atomic():
                Device.objects.create(
                    user=user, digest=digest, name=_name(request, user), first_at=now, last_on=today, is_news=is_news
                )
        except IntegrityError:  # two tabs at once
            return
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        token,
        max_age=FORGOTTEN_AFTER,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_unused(*, now: datetime) -> int:
    """Deletes the devices that nobody has signed in with for so long; says how many."""
    deleted, _by_table = Device.objects.filter(last_on__lt=timezone.localdate(now - FORGOTTEN_AFTER)).delete()
    return deleted


def _token(request: HttpRequest) -> str | None:
    token = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    return token if 40 <= len(token) <= _MOST else None


def _name(request: HttpRequest, user: User) -> str:
    return coarse_name(request.headers.get("User-Agent", "")) if user.is_officer else ""
