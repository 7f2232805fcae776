"""The sessions of one person: listed, ended one by one, or all at once for a lost telephone or a person who leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.signals import user_logged_out
from django.db.models import F
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lapor.vault import investigators
from lapor.vault.tokens import token_digest

from .models import Session, User
from .sessions import SessionStore


@receiver(user_logged_out)
def lock_keys(*, user: User | None, **_signal: Any) -> None:
    """Whoever signs out leaves no key of sealed reports open behind, in no browser."""
    if user is not None:
        investigators.lock_everywhere(owner_id=user.pk)


def sign_out_everywhere(*, user: User) -> None:
    """Ends all sessions of this person, the current one included; locks their keys."""
    lock_keys(user=user)
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    Session.objects.filter(user=user).delete()


def sessions_of(user: User) -> list[Session]:
    """The running ones, the latest used first."""
    return list(Session.objects.filter(user=user, expires_at__gt=timezone.now()).order_by("-seen_at"))


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Where this person is signed in now."""
    assert isinstance(request.user, User)
    here = _digest(request)
    rows = [(one, bytes(one.digest) == here) for one in sessions_of(request.user)]
    return render(request, "account/sessions.html", {"rows": rows})


@login_required
@require_POST
def end_one(request: HttpRequest, session_id: int) -> HttpResponse:
    """Ends one session of this person's own; one that has ended already is no mistake."""
    assert isinstance(request.user, User)
    chosen = Session.objects.filter(pk=session_id, user=request.user)
    if chosen.filter(digest=_digest(request)).exists():
        logout(request)
        return HttpResponseRedirect(reverse("account_login"))
    chosen.delete()
    lock_keys(user=request.user)
    messages.success(request, _("Perangkat itu sudah dikeluarkan."))
    return HttpResponseRedirect(reverse("account_sessions"))


@login_required
def everywhere(request: HttpRequest) -> HttpResponse:
    """Asks first, then signs out on every device."""
    if request.method != "POST" or not isinstance(request.user, User):
        return render(request, "account/everywhere.html")
    sign_out_everywhere(user=request.user)
    logout(request)
    messages.success(request, _("Anda sudah keluar dari semua perangkat."))
    return HttpResponseRedirect(reverse("account_login"))


def _digest(request: HttpRequest) -> bytes:
    return token_digest(request.session.session_key or "")


class InUseMiddleware:
    """Notes to the hour that a signed-in person's session is in use, for the list above."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        if request.user.is_authenticated and isinstance(request.session, SessionStore):
            request.session.note_use(now=timezone.now())
