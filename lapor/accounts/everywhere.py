"""Signing out on every device at once, for a lost telephone or a person who leaves."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from .models import User


def sign_out_everywhere(*, user: User) -> None:
    """Ends all sessions of this person, the current one included."""
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)


@login_required
def page(request: HttpRequest) -> HttpResponse:
    if request.method != "POST" or not isinstance(request.user, User):
        return render(request, "account/everywhere.html")
    sign_out_everywhere(user=request.user)
    logout(request)
    messages.success(request, _("Anda sudah keluar dari semua perangkat."))
    return HttpResponseRedirect(reverse("account_login"))
