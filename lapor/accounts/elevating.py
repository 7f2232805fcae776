"""The pages of timed elevation: proving oneself inside the form of a dangerous act, beforehand, and giving it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from . import elevation, second_factor
from .elevation_form import PREFIX, ElevationForm, passkey_options
from .models import User


@dataclass
class Proof:
    """What a dangerous act still asks for. Templates draw it with `components/elevation.html` inside the act's form, so
    that one press of the button proves and acts, and whatever was typed stays.
    """

    request: HttpRequest
    user: User
    has_run_out: bool
    form: ElevationForm

    @cached_property
    def passkey(self) -> dict[str, Any] | None:
        return passkey_options(self.request)

    def is_given(self, *, now: datetime) -> bool:
        """Checks reason and factor, and begins the elevation when they hold. Only now is a code used up."""
        if f"{PREFIX}-reason" not in self.request.POST:
            return False
        self.form = ElevationForm(self.request.POST, user=self.user)
        if not self.form.is_valid():
            return False
        elevation.begin(self.request, reason=self.form.cleaned_data["reason"], now=now)
        return True


def ask(request: HttpRequest, *, now: datetime) -> Proof | None:
    """What is still to prove before a dangerous act; None while an elevation runs."""
    try:
        elevation.require(request, now=now)
    except elevation.NotElevated:
        assert isinstance(request.user, User)
        form = ElevationForm(user=request.user, initial={"reason": request.POST.get(f"{PREFIX}-reason", "")})
        return Proof(request, request.user, elevation.has_run_out(request, now=now), form)
    return None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Elevation beforehand, for several acts in a row; leads back to where the person came from."""
    if not isinstance(request.user, User) or not second_factor.is_required(request.user):
        raise Http404
    now = timezone.now()
    proof = ask(request, now=now)
    if proof is None or proof.is_given(now=now):
        return HttpResponseRedirect(_back(request))
    status = 422 if proof.form.is_bound else 200
    return render(request, "account/elevation.html", {"proof": proof, "next": _back(request)}, status=status)


@login_required
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Gives the elevation back at once."""
    elevation.end(request, now=timezone.now())
    messages.success(request, _("Akses khusus sudah diakhiri."))
    return HttpResponseRedirect(_back(request))


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours else reverse("account_sessions")
