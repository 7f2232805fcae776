"""Pages of one's own key: make it, unlock it for a short time, lock it, change the passphrase, say that it is lost.

The token of what is unlocked is in a cookie of the desk alone; neither a session nor a page holds it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lapor.accounts.models import User
from lapor.custody import newcomers, own_key
from lapor.custody.own_key import PassphraseRefused
from lapor.reports.actors import Officer, officer
from lapor.vault import investigators
from lapor.vault.investigators import KeyExists, NoKey, TooManyTries, WrongPassphrase

from .forms.keys import ChangeForm, CodeForm, GiveUpForm, KeyForm, NewPassphraseForm, UnlockForm
from .session import UNLOCKED, actor, for_officers

P = ParamSpec("P")


def for_key_holders(
    view: Callable[Concatenate[HttpRequest, User, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Hands the person to the view; 404 for whoever holds no role that needs a key."""

    def guarded(request: HttpRequest, _actor: Officer, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        user = request.user
        if not isinstance(user, User) or not own_key.roles_of(user, on=timezone.localdate()):
            raise Http404
        return view(request, user, *args, **kwargs)

    return sensitive_post_parameters()(for_officers(guarded))


@require_safe
@for_key_holders
def home(request: HttpRequest, user: User) -> HttpResponse:
    """How one's key stands, and what can be done with it."""
    return _home(request, user, UnlockForm())


def _home(request: HttpRequest, user: User, form: KeyForm, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    token = request.COOKIES.get(UNLOCKED, "")
    until = investigators.open_until(owner_id=user.pk, token=token, now=now)
    context = {
        "key": investigators.current(user.pk),
        "until": until,
        "minutes": minutes_left(until),
        "waiting": sum(1 for _report in newcomers.waiting(actor(request), on=timezone.localdate(now))),
        "form": form,
        "next": _next(request),
        "roles": own_key.roles_of(user, on=timezone.localdate()),
    }
    return render(request, "desk/keys/home.html", context, status=status)


def minutes_left(until: datetime | None) -> int:
    """Whole minutes, begun ones counted."""
    return max(1, -(-int((until - timezone.now()).total_seconds()) // 60)) if until else 0


@require_http_methods(["GET", "HEAD", "POST"])
@for_key_holders
def make(request: HttpRequest, user: User) -> HttpResponseBase:
    """Makes the key; the answer shows the backup code, once."""
    form = NewPassphraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            code = own_key.make(user, passphrase=form.cleaned_data["new"], on=timezone.localdate(now), now=now)
        except PassphraseRefused as refusal:
            form.add_error("new", weak(refusal.reason))
        except KeyExists:
            return redirect("desk:key")
        else:
            return render(request, "desk/keys/code.html", {"code": _grouped(code)})
    return _page(request, "make", form)


@require_POST
@for_key_holders
def unlock(request: HttpRequest, user: User) -> HttpResponseBase:
    """Unlocks this browser and goes on to where the person wanted to go."""
    form, now = UnlockForm(request.POST), timezone.now()
    if not form.is_valid():
        return _home(request, user, form, status=422)
    try:
        token = own_key.unlock(user, passphrase=form.cleaned_data["passphrase"], on=timezone.localdate(now), now=now)
    except (WrongPassphrase, TooManyTries, NoKey) as refusal:
        form.add_error("passphrase", _refused(refusal))
        return _home(request, user, form, status=422)
    messages.success(request, gettext("Kunci Anda terbuka. Kunci menutup sendiri setelah 15 menit tanpa dipakai."))
    keys = investigators.keys_of(owner_id=user.pk, token=token, now=now)
    done = newcomers.hand_on(officer(user, on=timezone.localdate(now), keys=keys), now=now)
    if done.envelopes:
        messages.info(request, _handed(done))
    response = redirect(_next(request) or "desk:key")
    response.set_cookie(
        UNLOCKED,
        token,
        max_age=int(investigators.LONGEST.total_seconds()),
        path=reverse("desk:queue"),
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


@require_POST
@for_key_holders
def lock(request: HttpRequest, user: User) -> HttpResponseBase:
    """Locks every browser of the person, at once."""
    investigators.lock_everywhere(owner_id=user.pk)
    messages.success(request, gettext("Kunci Anda tertutup."))
    return _forgetting(redirect("desk:key"))


@require_POST
@for_officers
def hand_on(request: HttpRequest, unlocked: Officer) -> HttpResponseBase:
    """Hands colleagues what they may open and cannot yet, a part at a time."""
    done = newcomers.hand_on(unlocked, now=timezone.now())
    if done.envelopes:
        messages.success(request, _handed(done))
    return redirect("desk:key")


@require_http_methods(["GET", "HEAD", "POST"])
@for_key_holders
def change(request: HttpRequest, user: User) -> HttpResponseBase:
    """Another passphrase by the one that is known."""
    return _renew(request, user, ChangeForm, "change", own_key.change, "old")


@require_http_methods(["GET", "HEAD", "POST"])
@for_key_holders
def by_code(request: HttpRequest, user: User) -> HttpResponseBase:
    """Another passphrase by the backup code."""
    return _renew(request, user, CodeForm, "by_code", own_key.change_by_code, "code")


def _renew(
    request: HttpRequest, user: User, kind: type[NewPassphraseForm], name: str, act: Callable[..., None], proof: str
) -> HttpResponseBase:
    form = kind(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now, given = timezone.now(), form.cleaned_data
        try:
            act(user, **{proof: given[proof]}, new=given["new"], on=timezone.localdate(now), now=now)
        except PassphraseRefused as refusal:
            form.add_error("new", weak(refusal.reason))
        except (WrongPassphrase, TooManyTries, NoKey) as refusal:
            form.add_error(proof, _refused(refusal))
        else:
            messages.success(request, gettext("Frasa sandi baru berlaku. Buka kunci Anda dengan frasa itu."))
            return _forgetting(redirect("desk:key"))
    return _page(request, name, form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_key_holders
def give_up(request: HttpRequest, user: User) -> HttpResponseBase:
    """Ends a key whose passphrase and code are both lost, so that another can be made."""
    form = GiveUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not user.check_password(form.cleaned_data["password"]):
            form.add_error("password", gettext("Kata sandi tidak cocok."))
        else:
            own_key.give_up(user, on=timezone.localdate(), now=timezone.now())
            messages.success(request, gettext("Kunci lama berakhir. Buat kunci yang baru."))
            return _forgetting(redirect("desk:key_make"))
    return _page(request, "give_up", form)


def _handed(done: newcomers.Handed) -> str:
    said = ngettext(
        "%(count)s laporan diteruskan kepada rekan yang berhak.",
        "%(count)s laporan diteruskan kepada rekan yang berhak.",
        done.reports,
    )
    return said % {"count": done.reports}


def weak(reason: str) -> str:
    """Why a passphrase is not taken."""
    match reason:
        case "too_short":
            return gettext("Terlalu pendek. Pakai paling sedikit 15 huruf, atau lima kata.")
        case "too_simple":
            return gettext("Terlalu mudah ditebak. Pakai kata-kata yang berbeda.")
        case _:
            return gettext("Ini kata sandi Anda untuk masuk. Pilih yang lain untuk kunci ini.")


def _refused(refusal: Exception) -> str:
    match refusal:
        case TooManyTries(until=until):
            minutes = minutes_left(until)
            said = ngettext(
                "Terlalu sering salah. Tunggu %(minutes)s menit, lalu coba lagi.",
                "Terlalu sering salah. Tunggu %(minutes)s menit, lalu coba lagi.",
                minutes,
            )
            return said % {"minutes": minutes}
        case NoKey():
            return gettext("Anda belum punya kunci.")
        case _:
            return gettext("Tidak cocok.")


def _page(request: HttpRequest, name: str, form: KeyForm) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, f"desk/keys/{name}.html", {"form": form}, status=status)


def _next(request: HttpRequest) -> str:
    """Where to go on: a page of the desk, or nowhere."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    inside = asked.startswith(reverse("desk:queue")) and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if inside else ""


def _forgetting(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(UNLOCKED, path=reverse("desk:queue"), samesite="Strict")
    return response


def _grouped(code: str) -> str:
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))
