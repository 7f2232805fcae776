"""Mass reports on the desk: what is offered and open, one with its members and candidates, and joining many at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from lapor.accounts.elevating import ask
from lapor.lib.codes import show_code
from lapor.reports import actions, mass
from lapor.reports.access import NotFound, could, find
from lapor.reports.actors import Officer
from lapor.reports.change import ChangedMeanwhile, Incomplete
from lapor.reports.lifecycle import Move, MoveRefused
from lapor.reports.mass import Member

from . import bulk, words
from .bulk import Result
from .rows import BUCKETS
from .session import for_officers


@dataclass(frozen=True)
class Shown:
    """A report in a list of this page; `mark` is what a tick sends, `percent` how alike it is."""

    report: Member
    code: str
    mark: str
    bucket: str
    percent: int = 0


@require_safe
@for_officers
def masses(request: HttpRequest, actor: Officer) -> HttpResponse:
    """For who may merge: what is offered first, then what is open."""
    _require_merger(actor)
    rows = [(row, show_code(row.mass.lead.code)) for row in mass.listed(actor)]
    offered = [row for row in rows if row[0].mass.stage == "offered"]
    return render(
        request, "desk/masses.html", {"offered": offered, "open": [row for row in rows if row not in offered]}
    )


@require_safe
@for_officers
def one(request: HttpRequest, actor: Officer, code: str) -> HttpResponse:
    """One report with all that joined it and those that might; 404 for one out of reach."""
    _require_merger(actor)
    after = request.GET.get("sesudah", "")
    found = mass.page(actor, code, after=int(after) if after.isdecimal() and len(after) < 16 else 0)
    return render(
        request,
        "desk/mass.html",
        {
            "page": found,
            "lead": found.lead,
            "code_shown": show_code(found.lead.code),
            "members": [_shown(report) for report in found.members],
            "candidates": [_shown(alike.report, alike.likeness) for alike in found.candidates],
            "is_first": not after,
        },
    )


@require_http_methods(["GET", "POST"])
@for_officers
def join(request: HttpRequest, actor: Officer, code: str) -> HttpResponse:
    """Merges every ticked report into the lead, each by itself; says of each what was done or why not."""
    _require_merger(actor)
    lead = find(actor, code)
    ticked = request.POST.getlist("report")[: bulk.MOST]
    if request.method == "GET" or not ticked:
        return redirect("desk:mass", code=lead.code)
    proof = ask(request, now=timezone.now()) if len(ticked) > bulk.MANY else None
    if proof is not None and not proof.is_given(now=timezone.now()):
        return render(request, "desk/mass_many.html", {"proof": proof, "lead": lead, "ticked": ticked}, status=422)
    results = [_join(actor, mark, lead) for mark in bulk.with_same(actor, ticked, is_group=False)[: bulk.MOST]]
    return render(
        request,
        "desk/mass_joined.html",
        {
            "lead": lead,
            "code_shown": show_code(lead.code),
            "results": [(show_code(result.code), result) for result in results],
            "done": sum(result.is_done for result in results),
        },
    )


def _join(actor: Officer, mark: str, lead: Member) -> Result:
    code, version = bulk.read_mark(mark)
    try:
        report = find(actor, code)
        actions.merge(report_id=report.pk, into=lead, actor=actor, now=timezone.now(), version=version)
    except NotFound:
        return Result(code, False, gettext("Laporan ini tidak ditemukan."))
    except ChangedMeanwhile:
        return Result(code, False, gettext("Tidak digabung: rekan Anda mengubah laporan ini lebih dulu."))
    except MoveRefused as no:
        return Result(code, False, words.refused(no.reason))
    except Incomplete as lack:
        return Result(code, False, words.incomplete(lack.reason))
    return Result(code, True, gettext("Digabung."))


def _shown(report: Member, likeness: float = 0.0) -> Shown:
    bucket = BUCKETS.get(report.state, "proses")
    mark = f"{report.code}.{report.version}"
    return Shown(report, show_code(report.code), mark, bucket, min(99, round(likeness * 100)))


def _require_merger(actor: Officer) -> None:
    if not could(actor, Move.DECIDE_MASS):
        raise Http404
