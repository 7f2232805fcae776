"""The second factor: compulsory for officers, before anything but setting it up and signing out.

It can be set up only within the time that `invitation` opens: after an invitation, or after the old one was lost.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from .models import FactorReset, User

_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_OPEN_NAMES = {"set_language"}


def is_required(user: User) -> bool:
    return user.is_officer or user.is_superuser


def has_one(user: User) -> bool:
    """An authenticator app or a passkey; recovery codes alone do not count."""
    return bool(Authenticator.objects.filter(user=user, type__in=_FACTORS).exists())


def came_too_late(user: User, *, now: datetime) -> bool:
    """Whether the time to set up a factor has run out, or was never given: a password alone must not be enough."""
    reset = FactorReset.objects.filter(user=user).order_by("-at").first()
    return reset is None or reset.until <= now


def can_do_without(authenticator: Authenticator) -> bool:
    """False for the last second factor of a person who must have one."""
    if not is_required(authenticator.user) or authenticator.type not in _FACTORS:
        return True
    others = Authenticator.objects.filter(user=authenticator.user, type__in=_FACTORS).exclude(pk=authenticator.pk)
    return bool(others.exists())


class SecondFactorMiddleware:
    """Sends an officer without a second factor to set one up. It looks each time: a factor may be taken away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        name = match.url_name or "" if match is not None and not match.namespaces else ""
        if name.startswith("account_") or name in _OPEN_NAMES:
            return None
        user = request.user
        if not isinstance(user, User) or not is_required(user) or has_one(user):
            return None
        if came_too_late(user, now=timezone.now()):
            logout(request)
            messages.error(request, gettext("Waktu untuk memasang faktor kedua sudah habis. Hubungi admin Anda."))
            return HttpResponseRedirect(reverse("account_login"))
        return None if name.startswith("mfa_") else HttpResponseRedirect(reverse("mfa_index"))
