"""Reading what was published: the front page, the list with its filters, one report, and supporting it."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from lapor.agencies.oversight import responsible_for
from lapor.lib.codes import parse_code
from lapor.reports.actions import ARCHIVE_REASONS
from lapor.statistics.buckets import MEANING
from lapor.statistics.figures import figures
from lapor.transparency import photos, shelf
from lapor.transparency.models import PublicReport

from .. import narrow
from ..forms import NarrowForm
from ..lateness import advice, rung, said
from ..promises import life

SUPPORTER, SUPPORTED = "supporter", "supported"
REMEMBERED = 200


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The one big action, the figures and what they mean, and what others reported."""
    context = {
        "figures": figures(),
        "meaning": {bucket.value: words for bucket, words in MEANING.items()},
        "life": life(on=timezone.localdate()),
        "newest": shelf.newest(6),
        "supported": shelf.most_supported(3),
        "form": NarrowForm(),
        "now": timezone.now(),
    }
    return render(request, "public/home.html", context)


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """The list of reports, narrowed as the address says."""
    narrowed = narrow.read(request.GET)
    page = narrowed.page(cursor=request.GET.get("kursor", "").replace("\0", "")[:60])
    context = {
        "narrowed": narrowed,
        "form": narrowed.form,
        "page": page,
        "chips": narrowed.chips(),
        "previous": narrowed.url(kursor=page.previous_cursor) if page.previous_cursor else "",
        "next": narrowed.url(kursor=page.next_cursor) if page.next_cursor else "",
        "exactly": narrowed.url(q=page.meant) if page.meant else "",
        "now": timezone.now(),
    }
    return render(request, "public/search.html", context)


@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One published report. A code that does not exist and one that is not public give the same 404."""
    report = _published(code)
    if report.code != code:
        return redirect("public:detail", code=report.code, permanent=True)
    now = timezone.now()
    responsible = None
    if report.agency is not None and report.bucket != "selesai":
        responsible = responsible_for(report.agency, on=timezone.localdate(now))
    timeline, late = shelf.timeline(report), report.is_late(now)
    context = {
        "report": report,
        "photos": photos.shown(report),
        "timeline": [(event, said(event)) for event in timeline],
        "rung": rung(timeline) if late else None,
        "advice": advice(timeline, now=now),
        "told_by": shelf.told_by(report),
        "late": late,
        "responsible": responsible if responsible != report.agency else None,
        "archive_reason": ARCHIVE_REASONS.get(report.archive_reason, ""),
        "has_supported": report.code in request.session.get(SUPPORTED, []),
        "now": now,
    }
    return render(request, "public/detail.html", context)


@require_safe
def photo(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """One photo that an officer published. Kept by nobody on the way, so that it is gone when it is taken back."""
    try:
        data = photos.picture(code, key)
    except photos.NoPhoto:
        raise Http404 from None
    response = HttpResponse(data, content_type="image/jpeg")
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def support(request: HttpRequest, code: str) -> HttpResponse:
    """Counts this browser once. Nothing is kept that says who it was."""
    report = _published(code)
    supporter = request.session.setdefault(SUPPORTER, uuid4().hex)
    shelf.support(report.code, supporter, now=timezone.now())
    mine = request.session.get(SUPPORTED, [])
    if report.code not in mine:
        request.session[SUPPORTED] = [*mine, report.code][-REMEMBERED:]
        messages.success(request, gettext("Terima kasih. Dukungan Anda dicatat."))
    return redirect("public:detail", code=report.code)


def _published(code: str) -> PublicReport:
    try:
        return shelf.one(parse_code(code) or "")
    except shelf.NotPublished:
        raise Http404 from None
