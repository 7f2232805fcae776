"""Sending what an officer typed, and the receipt for the visitor: code and PIN for paper, for a quarter of an hour, and
on the screen only where a printer fails.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from lapor.agencies.models import Agency
from lapor.agencies.places import timezone_of
from lapor.channels.letters import entering, pile
from lapor.channels.written import said
from lapor.channels.written.qr import qr_svg
from lapor.lib.codes import show_code, show_pin
from lapor.reports import pending
from lapor.reports.actors import Officer
from lapor.reports.change import Incomplete
from lapor.reports.submission import IdempotencyMismatch, Receipt

from ..session import for_officers
from . import keys
from .entry import check, require_entering


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def review(request: HttpRequest, actor: Officer, key: UUID) -> HttpResponse:
    """The check before sending; sent, the receipt. Sent again within a quarter of an hour, the same receipt."""
    require_entering(actor)
    kept = keys.kept(key, actor)
    if kept is None:
        return _over(request)
    if request.method != "POST":
        return _over(request) if kept.sent_code else check(request, key, kept.content)
    if kept.sent_code and not _is_fresh(kept.content):
        return _over(request)
    return _send(request, actor, key, kept.content, is_repeat=bool(kept.sent_code))


@require_POST
@for_officers
def reveal(request: HttpRequest, actor: Officer, key: UUID) -> HttpResponse:
    """The printer fails: the PIN stands on the screen, so that the visitor can copy it by hand. It is recorded."""
    require_entering(actor)
    kept = keys.kept(key, actor)
    if kept is None or not kept.sent_code or not _is_fresh(kept.content):
        return _over(request)
    try:
        receipt = _file(actor, key, kept.content)
    except IdempotencyMismatch:
        return _over(request)
    entering.shown_again(receipt.code, actor=actor, act="pin.revealed", now=timezone.now())
    return _receipt(request, receipt, key=key, content=kept.content, is_revealed=True)


@require_POST
@for_officers
def done(request: HttpRequest, actor: Officer, key: UUID) -> HttpResponse:
    """The paper is in the visitor's hand: nobody has this receipt again."""
    require_entering(actor)
    kept = keys.kept(key, actor)
    if kept is None or not kept.sent_code:
        return _over(request)
    pending.forget(key)
    messages.success(request, gettext("Selesai. Kode dan PIN kini hanya ada pada pelapor."))
    return redirect("desk:pile" if kept.content["letter"] else "desk:counter")


def _send(request: HttpRequest, actor: Officer, key: UUID, content: dict[str, Any], *, is_repeat: bool) -> HttpResponse:
    if "sent_at" not in content:  # before it is filed, so that the time of the first try counts
        content["sent_at"] = timezone.now().isoformat()
        pending.keep(key, content, now=timezone.now())
    try:
        receipt = _file(actor, key, content)
    except Incomplete:
        return redirect(f"{reverse('desk:counter')}?ubah={key}")
    except IdempotencyMismatch:  # what the service proposes changed since it was sent: the report stands as it was
        return _over(request)
    except entering.SheetUsed:
        words = gettext(
            "Kode lembar %(code)s tidak ada, atau laporannya sudah dimasukkan. Ubah kodenya, atau kosongkan."
        )
        del content["sent_at"]
        pending.keep(key, content, now=timezone.now())
        return check(request, key, content, status=422, refusal=words % {"code": show_code(content["sheet_code"])})
    pending.mark_sent(key, code=receipt.code)
    if content["letter"]:
        pile.entered(UUID(content["letter"]), actor=actor, now=timezone.now())
    if is_repeat:
        entering.shown_again(receipt.code, actor=actor, act="receipt.repeated", now=timezone.now())
    return _receipt(request, receipt, key=key, content=content)


def _file(actor: Officer, key: UUID, content: dict[str, Any]) -> Receipt:
    paper = entering.Paper(
        came=content["came"],
        consented_on=said.day(content["consented_on"]),
        number=content["letter_number"],
        dated_on=said.day(content["letter_dated_on"]),
        sheet=content["sheet_code"],
    )
    filed = said.submission(key, content, channel=content["came"], entered_by_id=actor.user_id)
    return entering.enter(filed, paper, actor=actor, now=timezone.now())


def _is_fresh(content: dict[str, Any]) -> bool:
    return timezone.now() < datetime.fromisoformat(content["sent_at"]) + entering.SHOWN_FOR


def _receipt(
    request: HttpRequest, receipt: Receipt, *, key: UUID, content: dict[str, Any], is_revealed: bool = False
) -> HttpResponse:
    link = f"{settings.LAPOR_PUBLIC_URL}{reverse('public:track')}?kode={receipt.code}"
    context = {
        "receipt": receipt,
        "code_shown": show_code(receipt.code),
        "pin_shown": show_pin(receipt.pin),
        "sheet_shown": show_code(content["sheet_code"]),
        "key": key,
        "is_revealed": is_revealed,
        "is_letter": bool(content["letter"]),
        "sheet_code": content["sheet_code"],
        "zone": timezone_of(content["region"]),
        "verifier": Agency.objects.get(pk=receipt.verifier_id),
        "site": settings.LAPOR_PUBLIC_URL.removeprefix("https://").removeprefix("http://"),
        "number": settings.LAPOR_SMS_NUMBER,
        "link": link,
        "qr": qr_svg(link),
    }
    return render(request, "desk/counter/receipt.html", context)


def _over(request: HttpRequest) -> HttpResponse:
    """A receipt that was shown, a key of somebody else, or one that was forgotten: all look alike."""
    messages.warning(
        request,
        gettext(
            "Tanda terima itu tidak dapat ditampilkan lagi. Bila laporannya terkirim, kodenya ada di daftar ini; PIN "
            "hanya ada di kertas pelapor."
        ),
    )
    return redirect("desk:counter_entered")
