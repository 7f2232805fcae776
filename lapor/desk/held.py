"""Reports whose public copy waits for a person: words that may be an insult, a threat, spam or somebody's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from lapor.accounts.models import User
from lapor.lib.codes import show_code
from lapor.reports import hiding
from lapor.reports.access import could, find, visible
from lapor.reports.actors import Officer
from lapor.reports.lifecycle import Move
from lapor.transparency import doubts, held, publish
from lapor.transparency.deciding import AlreadyDecided, OtherWords, decide
from lapor.transparency.models import Decision

from .session import for_officers

KINDS = {
    "insult": _("kata kasar"),
    "threat": _("ancaman"),
    "spam": _("tautan atau iklan"),
    held.DOUBTFUL: _("mungkin nama orang"),
}
SAID = {
    Decision.PUBLISH: _("Salinan publik diterbitkan."),
    Decision.KEEP: _("Salinan publik tidak diterbitkan. Laporannya tetap ditangani."),
}


@dataclass(frozen=True)
class Row:
    """One copy as the page shows it: its fields in parts, as they would be published, and the mark of these words."""

    code: str
    shown: str
    received_at: datetime
    kinds: list[object]
    fields: list[list[doubts.Part]]
    seen_as: str

    @property
    def doubtful(self) -> list[doubts.Part]:
        return [part for parts in self.fields for part in parts if part.kind == "doubtful"]


@require_safe
@for_officers
def waiting(request: HttpRequest, actor: Officer) -> HttpResponse:
    """What an officer who verifies may decide on, the newest first."""
    _require_verifier(actor)
    found = held.waiting()
    reports = list(visible(actor).filter(pk__in=found).order_by("-received_at"))
    names, strikers = publish.masks(reports), hiding.strikers(reports)
    rows = [
        Row(
            report.code,
            show_code(report.code),
            report.received_at,
            [KINDS[kind] for kind in found[report.pk].kinds],
            _fields(doubts.parts_of(report, names[report.pk]), strikers.get(report.pk)),
            doubts.seen_as(report),
        )
        for report in reports
    ]
    return render(request, "desk/held.html", {"rows": rows})


@require_POST
@for_officers
def settle(request: HttpRequest, actor: Officer, code: str) -> HttpResponse:
    """Publishes the copy, with more of it masked or not, or keeps it from the public; out of reach is not found."""
    _require_verifier(actor)
    assert isinstance(request.user, User)
    report = find(actor, code)
    try:
        decision = Decision(request.POST.get("decision", ""))
    except ValueError:
        raise Http404 from None
    try:
        masks = doubts.stretches(report, keys=request.POST.getlist("mask"), words=request.POST.get("words", ""))
        decide(
            report.pk,
            decision,
            code=report.code,
            by=request.user,
            now=timezone.now(),
            seen_as=request.POST.get("seen_as") or doubts.seen_as(report),
            masks=masks,
        )
    except doubts.NotThere:
        messages.error(
            request, gettext("Kata yang akan disamarkan tidak ada dalam laporan. Tulis persis seperti di sana.")
        )
    except OtherWords:
        messages.warning(request, gettext("Kata-kata laporan ini baru saja berubah. Lihat sekali lagi."))
    except AlreadyDecided:
        messages.warning(request, gettext("Rekan Anda sudah memutuskan salinan ini."))
    else:
        messages.success(request, SAID[decision])
    return redirect("desk:held")


def _fields(parts: list[doubts.Part], strike: hiding.Strike | None) -> list[list[doubts.Part]]:
    """The fields in parts, each without what an officer may not know of the reporter."""
    by_field: dict[str, list[doubts.Part]] = {}
    for part in parts:
        by_field.setdefault(part.field, []).append(part if strike is None else part.changed(strike))
    return list(by_field.values())


def _require_verifier(actor: Officer) -> None:
    if not could(actor, Move.VERIFY):
        raise Http404
