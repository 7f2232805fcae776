"""Evidence in plain words: what the signed tree shows everybody, and what it shows a reporter of the own report."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lapor.agencies.places import timezone_of
from lapor.channels.written.qr import qr_svg
from lapor.evidence import check, heads, receipts
from lapor.evidence import keys as signing_keys
from lapor.lib.canonical import canonical
from lapor.lib.codes import show_code
from lapor.reports import own
from lapor.vault.keys import MissingKey, WrongKey

from . import keys
from .own import actor_of


@require_safe
def explained(request: HttpRequest) -> HttpResponse:
    """What is kept, what it proves and what not, and how anyone checks it."""
    context = {
        "heads": [{"at": head.at, **heads.shown(head)} for head in heads.page()[:10]],
        "keys": [
            {"name": key.key_id, "public": bytes(key.public).hex(), "made_at": key.made_at}
            for key in signing_keys.all_public()
        ],
    }
    return render(request, "public/evidence.html", context)


@never_cache
@require_safe
def of_own(request: HttpRequest, code: str) -> HttpResponse:
    """The check of the own report, and its receipt as text and QR code."""
    actor = actor_of(request, code)
    if actor is None:
        return redirect("public:own", code=code)
    view = own.view(actor)
    report, receipt = view.report, _receipt(actor.report_id, salt=view.inside.salt)
    context = {
        "report": report,
        "place": code,
        "called": gettext("Laporan tersegel") if report.sealed_id else show_code(report.code),
        "zone": timezone_of(report.region_id),
        "checked": check.of_report(actor.report_id),
        "receipt": receipt,
        "text": json.dumps(receipt, indent=1) if receipt else "",
        "qr": qr_svg(_short(receipt), error="l") if receipt else "",
    }
    return render(request, "public/own_evidence.html", context)


@never_cache
@require_safe
def own_file(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt of the own report as a file."""
    actor = actor_of(request, code)
    if actor is None:
        raise Http404
    return _file(actor.report_id, salt=own.view(actor).inside.salt)


@never_cache
@require_safe
def sent_file(request: HttpRequest, key: UUID) -> HttpResponse:
    """The receipt of the report that this browser has just sent, until its code and PIN were noted."""
    kept = keys.kept(request, key)
    if kept is None or not kept.sent_code:
        raise Http404
    return _file(own.key_of(kept.sent_code))


def _file(report_id: int, *, salt: bytes = b"") -> HttpResponse:
    receipt = _receipt(report_id, salt=salt)
    if receipt is None:
        raise Http404
    answer = HttpResponse(json.dumps(receipt, indent=1), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="tanda-terima-{receipt["statement"]["code"][:8]}.json"'
    return answer


def _receipt(report_id: int, *, salt: bytes) -> dict[str, Any] | None:
    """None for a report without one, and where nothing can be signed now: the page says that it comes later."""
    try:
        return receipts.of_report(report_id, salt=salt or None, now=timezone.now())
    except (receipts.NoReceipt, MissingKey, WrongKey):
        return None


def _short(receipt: dict[str, Any]) -> str:
    """The receipt without the path, which changes and can be asked for: small enough for a QR code."""
    return canonical({name: receipt[name] for name in ("statement", "key", "signature", "salt")}).decode()
