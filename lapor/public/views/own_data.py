"""The reporter's own data: see, download, correct, erase (UU 27/2022 art. 6-8, 13), for one report or an account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lapor.accounts.models import User
from lapor.audit.record import record
from lapor.disclosure import telling
from lapor.lib.codes import show_code
from lapor.privacy import account as accounts
from lapor.privacy import correcting, erasing, package, subject, terms
from lapor.reports import own
from lapor.reports.actors import Reporter
from lapor.reports.change import Incomplete
from lapor.reports.lifecycle import MoveRefused
from lapor.vault.identities import Person
from lapor.voice import answering

from ..forms.own_data import AccountForm, EraseForm, IdentityForm
from .own import actor_of

IN_ITS_BOX = gettext_noop(
    "Identitas dalam laporan tersegel hanya dapat dibaca pemeriksa yang ditunjuk, dan tidak tersimpan di tempat lain."
)
REFUSED = {
    "legal_hold": gettext_noop("Ada proses hukum yang memerlukan laporan ini, jadi identitas belum dapat dihapus."),
    "must_wait": gettext_noop("Selama laporan ini terbuka, hukum mewajibkan identitas disimpan."),
    "sealed": IN_ITS_BOX,
}


@never_cache
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """What is kept, how to take it along, correct it, erase it, and what follows."""
    actor = actor_of(request, code)
    return _page(request, actor, code) if actor is not None else redirect("public:track")


@never_cache
@require_POST
def take(request: HttpRequest, code: str) -> HttpResponseBase:
    """The package of one report."""
    actor = actor_of(request, code)
    if actor is None:
        return redirect("public:track")
    now = timezone.now()
    part = _part(actor, folder="")
    record(user_id=actor.user_id, act="data.taken", subject=f"report:{actor.report_id}", now=now)
    return _package(package.stream([part], account=None, now=now), f"lapor-{part.data['code']}.zip")


@never_cache
@sensitive_post_parameters("name", "phone", "email")
@require_POST
def correct(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request, code)
    if actor is None:
        return redirect("public:track")
    form = IdentityForm(request.POST)
    if form.is_valid():
        try:
            correcting.correct(actor, now=timezone.now(), **form.cleaned_data)
        except Incomplete:
            form.add_error(None, gettext("Isi paling sedikit satu. Untuk menghapus semuanya, pakai “Hapus identitas”."))
        except MoveRefused:
            form.add_error(None, gettext(IN_ITS_BOX))
        else:
            messages.success(request, gettext("Nama dan kontak Anda diperbarui."))
            return redirect("public:own_data", code=code)
    return _page(request, actor, code, identity=form)


@never_cache
@require_POST
def erase(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request, code)
    if actor is None:
        return redirect("public:track")
    form = EraseForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, code, erasure=form)
    try:
        erasing.erase(actor, now=timezone.now())
    except erasing.ErasureRefused as no:
        form.add_error(None, gettext(REFUSED[no.reason]))
        return _page(request, actor, code, erasure=form)
    messages.success(request, gettext("Identitas Anda sudah dihapus dan tidak dapat dikembalikan."))
    # From now on code and PIN alone open it: this browser goes on as if they had just been typed.
    request.session["own"] = {**request.session.get("own", {}), code: actor.report_id}
    return redirect("public:own_data", code=code)


@sensitive_variables("person")
def _page(
    request: HttpRequest,
    actor: Reporter,
    place: str,
    *,
    identity: IdentityForm | None = None,
    erasure: EraseForm | None = None,
) -> HttpResponse:
    view, now = own.view(actor), timezone.now()
    person = _person(view)
    context = {
        "place": place,
        "report": view.report,
        "code_shown": show_code(view.report.code),
        "person": person,
        "n_messages": len(view.messages),
        "n_files": len(subject.files_of(view)),
        "disclosed": telling.lines(view.report.pk),
        "outlook": (outlook := erasing.outlook(view.report, now=now)),
        "refusal": gettext(REFUSED[outlook.reason]) if outlook.reason else "",
        "identity_form": identity or IdentityForm(initial=asdict(person)),
        "erase_form": erasure or EraseForm(),
        "problem": identity or erasure,
        "terms": terms.in_force(on=timezone.localdate(now)),
    }
    return render(request, "public/own_data.html", context, status=422 if identity or erasure else 200)


@never_cache
@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What the account is, everything of it to take along, and its end."""
    return _account(request)


@never_cache
@login_required
@require_POST
def take_account(request: HttpRequest) -> HttpResponseBase:
    """The package of the account with all its reports."""
    assert isinstance(request.user, User)
    now = timezone.now()
    parts = [_part(actor, folder="") for actor in accounts.reporters(request.user)]
    parts = [package.Part(f"{part.data['code']}/", part.data, part.files) for part in parts]
    record(user_id=request.user.pk, act="data.taken", subject=f"user:{request.user.pk}", now=now)
    return _package(package.stream(parts, account=accounts.facts(request.user), now=now), "lapor-akun.zip")


@never_cache
@sensitive_post_parameters("password")
@login_required
@require_http_methods(["POST"])
def delete_account(request: HttpRequest) -> HttpResponse:
    """Ends the account, after the password once more."""
    assert isinstance(request.user, User)
    form = AccountForm(request.POST, user=request.user)
    if request.user.is_officer or not form.is_valid():
        return _account(request, form=form)
    done = accounts.delete(request.user, with_identities=form.cleaned_data["reports"] == "erase", now=timezone.now())
    logout(request)
    return render(request, "public/account_gone.html", {"done": done, "kept": [show_code(code) for code in done.kept]})


def _account(request: HttpRequest, *, form: AccountForm | None = None) -> HttpResponse:
    assert isinstance(request.user, User)
    context = {
        "form": form or AccountForm(user=request.user),
        "problem": form,
        "n": len(accounts.reporters(request.user)),
    }
    return render(request, "public/account.html", context, status=422 if form else 200)


@sensitive_variables("person", "data")
def _part(actor: Reporter, *, folder: str) -> package.Part:
    view = own.view(actor)
    person = _person(view)
    told = [asdict(line) for line in telling.lines(view.report.pk)]
    survey = answering.given(view.report.pk)
    data = subject.of_report(view, person=person, disclosed=told, survey=survey, now=timezone.now())
    return package.Part(folder, data, subject.files_of(view), view.key)


def _person(view: own.OwnView) -> Person:
    """Who reported: out of the vault, or out of the box of a sealed report."""
    if view.report.sealed_id is None:
        return correcting.known(view.report)
    return Person(name=view.inside.name, phone=view.inside.phone, email=view.inside.email)


def _package(pieces: Iterator[bytes], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
