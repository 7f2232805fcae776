"""The pages of the training. There are none where real reports are: a site is for practice, or it is not (ADR 0008)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from lapor.accounts.models import User
from lapor.agencies.models import Membership
from lapor.demonstration.case import NobodyThere
from lapor.desk.session import for_officers
from lapor.evidence.keys import all_public
from lapor.reports.actors import Officer

from . import certificate as papers
from . import prepare, progress
from .exercises import BY_SLUG
from .models import Certificate

P = ParamSpec("P")


def for_practice(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """404 on a site for real reports."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not settings.LAPOR_DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@for_practice
@for_officers
def home(request: HttpRequest, actor: Officer) -> HttpResponse:
    """The exercises of each post of the officer, how far they are, and for who directs, how far the others are."""
    now = timezone.now()
    posts = progress.posts_of(_user(request), on=timezone.localdate(now))
    desks = [
        {
            "post": post,
            "standings": [(one, prepare.address_of(one.attempt) if one.attempt else "") for one in standings],
            "is_done": all(one.done_at for one in standings),
            "certificate": progress.certificate_of(post),
        }
        for post in posts
        for standings in [progress.standings(post, now=now)]
    ]
    directed = {post.agency for post in posts if post.role in prepare.WATCHING}
    today = timezone.localdate(now)
    bodies = [(body, progress.people_of(body, on=today)) for body in sorted(directed, key=lambda body: body.name)]
    public_keys = [bytes(key.public).hex() for key in all_public()] if bodies else []
    return render(request, "training/home.html", {"desks": desks, "bodies": bodies, "public_keys": public_keys})


@require_POST
@for_practice
@for_officers
def begin(request: HttpRequest, actor: Officer, post: int, slug: str) -> HttpResponse:
    """Makes the report of an exercise and leads to it."""
    mine = _post(request, post)
    exercise = BY_SLUG.get(slug)
    if exercise is None or mine.role not in exercise.roles:
        raise Http404
    try:
        attempt = prepare.begin(exercise, mine, now=timezone.now())
    except prepare.KeyMissing:
        messages.error(request, gettext("Buat kunci Anda dahulu, lalu mulai latihan ini lagi."))
        return redirect("desk:key")
    except NobodyThere:
        messages.error(
            request,
            gettext(
                "Latihan ini memerlukan rekan contoh di instansi Anda, dan belum ada. Hubungi pengelola situs latihan."
            ),
        )
        return redirect("training:home")
    return redirect(prepare.address_of(attempt))


@require_POST
@for_practice
@for_officers
def certify(request: HttpRequest, actor: Officer, post: int) -> HttpResponse:
    """The certificate, once everything is done."""
    try:
        made = progress.certify(_post(request, post), now=timezone.now())
    except progress.NotAllDone:
        messages.error(request, gettext("Selesaikan semua latihan peran ini dahulu."))
        return redirect("training:home")
    return redirect("training:certificate", number=made.number)


@require_safe
@for_practice
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """What stands on a certificate, for whoever has its number: so a paper can be checked."""
    found = get_object_or_404(Certificate, number=number)
    return render(request, "training/certificate.html", {"certificate": found, "code": papers.code_of(found)})


@require_safe
@for_practice
def paper(request: HttpRequest, number: str) -> HttpResponse:
    """The certificate as PDF."""
    found = get_object_or_404(Certificate, number=number)
    name = f'attachment; filename="sertifikat-{found.number}.pdf"'
    return HttpResponse(papers.draw(found), content_type="application/pdf", headers={"Content-Disposition": name})


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _post(request: HttpRequest, key: int) -> Membership:
    """One of the officer's own posts, held today."""
    held = progress.posts_of(_user(request), on=timezone.localdate())
    found = next((post for post in held if post.pk == key), None)
    if found is None:
        raise Http404
    return found
