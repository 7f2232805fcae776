"""Before and after sending: which body receives the report, why and until when; then code and PIN, once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lapor.agencies.models import Agency, Category
from lapor.agencies.people import NobodyCanOpen
from lapor.agencies.picker import region_or_none
from lapor.agencies.places import timezone_of
from lapor.channels import invitations
from lapor.channels.written import placing, said
from lapor.channels.written.qr import qr_svg
from lapor.lib.text import normalise
from lapor.reports import actions, pending
from lapor.reports.change import Incomplete
from lapor.reports.submission import IdempotencyMismatch, Receipt, Seal
from lapor.transparency.alike import similar
from lapor.transparency.models import PublicReport

from ..forms import KINDS, SEALED_KIND, OtherBodyForm
from ..promises import sealed_promises
from . import keys


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who will receive it, why, and by when they must answer; and similar reports to support instead."""
    kept, seal = keys.kept(request, key), keys.seal_of(request, key)
    if kept is None:
        again = actions.sealed_receipt(seal) if seal and request.method == "POST" else None
        return _sealed_receipt(request, again, key=key) if again else _gone(request)
    if request.method == "POST":
        is_sealed = kept.content["kind"] == SEALED_KIND
        return _send_sealed(request, key, kept.content, seal) if is_sealed else _send(request, key, kept.content)
    if kept.sent_code:
        return redirect("public:sent", key=key)
    return _review(request, key, kept.content, OtherBodyForm(near=kept.content["region"]))


@never_cache
@require_POST
def objection(request: HttpRequest, key: UUID) -> HttpResponse:
    """The citizen thinks that the proposed body is wrong, and names another or leaves it to the one who verifies."""
    kept = keys.kept(request, key)
    if kept is None:
        return _gone(request)
    if kept.sent_code:
        return redirect("public:sent", key=key)
    content = kept.content
    form = OtherBodyForm(request.POST, near=content["region"])
    if not form.is_valid():
        return _review(request, key, content, form, status=422)
    typed, agency = form.cleaned_data, form.cleaned_data["agency"]
    content |= {
        "agency_id": agency.pk if agency else None,
        "agency_text": agency.name if agency else typed["agency_text"],
        "objects": agency is None,
        "because": normalise(typed["because"]),
    }
    _keep(request, key, content)
    return redirect("public:review", key=key)


@never_cache
@require_POST
def place(request: HttpRequest, key: UUID) -> HttpResponse:
    """The citizen says that the place which their text names is the one: only what is offered is taken."""
    kept = keys.kept(request, key)
    if kept is None:
        return _gone(request)
    if kept.sent_code:
        return redirect("public:sent", key=key)
    offer = placing.offer(kept.content)
    if offer is not None and offer.code == request.POST.get("region"):
        _keep(request, key, kept.content | {"region": offer.code, "place_text": str(offer)})
    return redirect("public:review", key=key)


def _keep(request: HttpRequest, key: UUID, content: dict[str, Any]) -> None:
    seal = keys.seal_of(request, key) if content["kind"] == SEALED_KIND else None
    pending.keep(key, content, now=timezone.now(), seal_with=seal)


@never_cache
@require_safe
def sent(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where a reload after sending lands: the report is there, but code and PIN were shown once."""
    kept = keys.kept(request, key)
    if kept is None or not kept.sent_code:
        return _gone(request)
    return render(request, "public/sent.html", {"code": kept.sent_code, "key": key})


@never_cache
@require_POST
def noted(request: HttpRequest, key: UUID) -> HttpResponse:
    """Code and PIN are written down: nobody can have this browser show them again."""
    kept = keys.kept(request, key)
    if kept is None or not kept.sent_code:
        return redirect("public:track")
    keys.forget_sent(request, kept.sent_code)
    return redirect(f"{reverse('public:track')}?kode={kept.sent_code}")


def _gone(request: HttpRequest) -> HttpResponse:
    """A key of another browser, or one that was forgotten: both look alike."""
    messages.warning(
        request,
        gettext(
            "Halaman tadi sudah tidak berlaku. Jika laporan belum terkirim, periksa apakah drafnya masih ada di bawah "
            "ini."
        ),
    )
    return redirect("public:report")


def _review(
    request: HttpRequest, key: UUID, content: dict[str, Any], other: OtherBodyForm, *, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    try:
        proposal = said.proposal(content)
    except NobodyCanOpen:  # the last investigator gave up the key meanwhile; the form says so
        return redirect(f"{reverse('public:report')}?ubah={key}")
    verify_by, answer_by = actions.deadlines_for(kind=content["kind"], region_code=content["region"] or None, now=now)
    is_sealed = content["kind"] == SEALED_KIND
    names_somebody = bool(content.get("accused"))
    is_secret = content["is_confidential"] or names_somebody or is_sealed
    seal = keys.seal_of(request, key)
    alike = [] if is_secret else _alike(content, proposal.category)
    context = {
        "key": key,
        "content": content,
        "kind_label": dict(KINDS)[content["kind"]],
        "occurred_on": said.day(content["occurred_on"]),
        "category": Category.objects.filter(pk=proposal.category).first() if proposal.category else None,
        "region": region_or_none(content["region"]),
        "place_offer": placing.offer(content),
        "zone": timezone_of(content["region"]),
        "files": pending.files(key, seal.pair.private if seal else None),
        "is_sealed": is_sealed,
        **(sealed_promises() if is_sealed else {}),
        "proposal": proposal,
        "other": other,
        "verify_by": verify_by,
        "answer_by": answer_by,
        "similar": alike,
        "names_somebody": names_somebody,
        "now": now,
    }
    return render(request, "public/review.html", context, status=status)


def _alike(content: dict[str, Any], category: str | None) -> list[PublicReport]:
    return similar(
        content["text"], title=content["title"], region=content["region"] or "", category=category or "", limit=3
    )


def _send(request: HttpRequest, key: UUID, content: dict[str, Any]) -> HttpResponse:
    """Files the report. The key makes a double click and a retry one report with one PIN."""
    if "account_id" not in content:  # a retry is by the same person, also when they signed in between
        content["account_id"] = request.user.pk if request.user.is_authenticated else None
        content["channel"] = _came_by(content)
        pending.keep(key, content, now=timezone.now())
    try:
        channel = content.get("channel") or "web"
        submission = said.submission(key, content, channel=channel, account_id=content["account_id"])
        receipt = actions.submit(submission, now=timezone.now())
    except Incomplete:
        return redirect(f"{reverse('public:report')}?ubah={key}")
    except IdempotencyMismatch:  # another click sent it just now, by another person: the report stands as it was sent
        return redirect("public:sent", key=key)
    pending.mark_sent(key, code=receipt.code)
    invitations.take_up(
        content.get("invited", ""), code=receipt.code, is_secret=_is_secret(content), now=timezone.now()
    )
    return _receipt(request, receipt, key=key, content=content)


def _is_secret(content: dict[str, Any]) -> bool:
    """Whether nothing may lead from the report to what its reporter wrote elsewhere."""
    return bool(content["is_anonymous"] or content["is_confidential"] or content.get("accused"))


def _came_by(content: dict[str, Any]) -> str:
    """The channel of the invitation that the reporter followed; the web for everybody else, and for what is secret."""
    token = "" if _is_secret(content) else content.get("invited", "")
    return invitations.channel_of(token, now=timezone.now()) or "web"


def _send_sealed(request: HttpRequest, key: UUID, content: dict[str, Any], seal: Seal | None) -> HttpResponse:
    """Files the report sealed, without account, and deletes what waited for it; the browser gives up its key."""
    assert seal is not None  # without it what was written could not have been read
    try:
        receipt = actions.submit(said.sealed_submission(key, content, seal), now=timezone.now())
    except (Incomplete, NobodyCanOpen):
        return redirect(f"{reverse('public:report')}?ubah={key}")
    pending.forget(key)
    keys.forget(request, key)
    return _sealed_receipt(request, receipt, key=key)


def _sealed_receipt(request: HttpRequest, receipt: Receipt, *, key: UUID) -> HttpResponse:
    """The sixteen digits, once; and what the reporter can count on."""
    response = render(
        request,
        "public/sealed_receipt.html",
        {
            "receipt": receipt,
            "digits": receipt.digits,
            "verifier": Agency.objects.get(pk=receipt.verifier_id),
            **sealed_promises(),
        },
    )
    keys.hold(response, key, None)
    return response


def _receipt(request: HttpRequest, receipt: Receipt, *, key: UUID, content: dict[str, Any]) -> HttpResponse:
    link = f"{settings.LAPOR_PUBLIC_URL}{reverse('public:track')}?kode={receipt.code}"
    context = {
        "receipt": receipt,
        "key": key,
        "zone": timezone_of(content["region"]),
        "is_secret": content["is_confidential"] or bool(content.get("accused")),
        "verifier": Agency.objects.get(pk=receipt.verifier_id),
        "link": link,
        "qr": qr_svg(link),
    }
    return render(request, "public/receipt.html", context)
