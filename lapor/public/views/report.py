"""Writing, reviewing and sending a report. Works without JavaScript; what was typed is never lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lapor.agencies.models import Agency, Category, Region
from lapor.agencies.places import timezone_of
from lapor.lib.files import Refused
from lapor.reports import actions, files, pending
from lapor.reports.change import Incomplete
from lapor.reports.submission import IdempotencyMismatch, Receipt, Submission
from lapor.routing.propose import Proposal, propose
from lapor.transparency.search import similar

from ..forms import KINDS, ReportForm
from ..qr import qr_svg

SESSION_KEY = "pending"


def file_error(name: str, reason: str) -> str:
    """Why a file was not taken, in the reader's language."""
    words = {
        "too_large": gettext("%(name)s lebih besar dari 10 MB."),
        "too_many": gettext("%(name)s tidak disimpan: paling banyak lima berkas."),
        "empty": gettext("%(name)s kosong."),
        "too_many_pixels": gettext("%(name)s terlalu besar ukurannya (lebih dari 40 juta piksel)."),
    }
    return words.get(
        reason, gettext("%(name)s tidak dapat dibaca. Kirim foto (JPG, PNG), dokumen PDF, atau video pendek (MP4).")
    ) % {"name": name}


@never_cache
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """The form. A file that is not accepted loses nothing else: text and good files stay."""
    if request.method == "GET":
        key = _known_key(request, request.GET.get("ubah", ""))
        kept = pending.load(key) if key else None
        if kept is not None and key is not None and not kept.sent_code:
            return _form(request, ReportForm(initial=kept.content), key)
        return _form(request, ReportForm(initial=_prefill(request)), uuid4())
    key = _known_key(request, request.POST.get("key", "")) or uuid4()
    _remember(request, key)
    problems = take_files(request.FILES.getlist("files"), key=key)
    if dropped := request.POST.get("drop"):
        drop_file(key, dropped)
        return _form(request, ReportForm(initial=request.POST.dict()), key)
    form = ReportForm(request.POST)
    form.has_files = bool(pending.files(key))
    if not form.is_valid() or problems:
        for problem in problems:
            form.add_error("files", problem)
        return _form(request, form, key, status=422)
    pending.keep(key, form.content(), now=timezone.now())
    return redirect("public:review", key=key)


@never_cache
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, key: UUID) -> HttpResponse:
    """Before sending: who will receive it, why, and by when they must answer; and similar reports to
    support instead.
    """
    kept = pending.load(key) if _known_key(request, str(key)) else None
    if kept is None:
        raise Http404
    if kept.sent_code:
        return redirect("public:sent", key=key) if request.method == "GET" else _send(request, key, kept.content)
    if request.method == "POST":
        return _send(request, key, kept.content)
    content = kept.content
    now = timezone.now()
    proposal = _proposal(content)
    verify_by, answer_by = actions.deadlines_for(kind=content["kind"], region_code=content["region"] or None, now=now)
    is_secret = content["is_confidential"] or content["kind"] == "whistleblowing"
    alike = (
        [] if is_secret else similar(f"{content['title']} {content['text']}", region=content["region"] or None, limit=3)
    )
    context = {
        "key": key,
        "content": content,
        "kind_label": dict(KINDS)[content["kind"]],
        "category": Category.objects.filter(pk=proposal.category).first() if proposal.category else None,
        "region": Region.objects.filter(code=content["region"]).first() if content["region"] else None,
        "files": pending.files(key),
        "proposal": proposal,
        "verify_by": verify_by,
        "answer_by": answer_by,
        "similar": alike,
        "now": now,
        "is_secret": is_secret,
    }
    return render(request, "public/review.html", context)


@never_cache
def sent(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where a reload after sending lands: the report is there, but code and PIN were shown once."""
    kept = pending.load(key) if _known_key(request, str(key)) else None
    if kept is None or not kept.sent_code:
        raise Http404
    return render(request, "public/sent.html", {"code": kept.sent_code, "key": key})


def _send(request: HttpRequest, key: UUID, content: dict[str, Any]) -> HttpResponse:
    """Files the report. The key makes a double click and a retry one report with one PIN."""
    try:
        receipt = actions.submit(_submission(request, key, content), now=timezone.now())
    except Incomplete:
        return redirect(f"{reverse('public:report')}?ubah={key}")
    except IdempotencyMismatch:  # sent before, and since then the person signed in: the report stands as it was sent
        return redirect("public:sent", key=key)
    pending.mark_sent(key, code=receipt.code)
    return _receipt(request, receipt, region_code=content["region"])


def _receipt(request: HttpRequest, receipt: Receipt, *, region_code: str) -> HttpResponse:
    link = f"{settings.LAPOR_PUBLIC_URL}{reverse('public:track')}?kode={receipt.code}"
    context = {
        "receipt": receipt,
        "zone": timezone_of(region_code),
        "verifier": Agency.objects.get(pk=receipt.verifier_id),
        "link": link,
        "qr": qr_svg(link),
    }
    return render(request, "public/receipt.html", context)


def _submission(request: HttpRequest, key: UUID, content: dict[str, Any]) -> Submission:
    proposal = _proposal(content)
    return Submission(
        channel="web",
        kind=content["kind"],
        text=content["text"],
        title=content["title"],
        category=proposal.category,
        region_code=content["region"] or None,
        place=content["place"],
        latitude=_decimal(content["latitude"]),
        longitude=_decimal(content["longitude"]),
        occurred_on=_day(content["occurred_on"]),
        name=content["name"],
        phone=content["phone"],
        email=content["email"],
        is_anonymous=content["is_anonymous"],
        is_confidential=content["is_confidential"],
        shows_name=content["shows_name"] and not content["is_anonymous"],
        is_urgent=proposal.urgent,
        proposed_agency_id=proposal.agency.pk if proposal.agency else None,
        proposal_reason=proposal.reason,
        attachment_ids=tuple(file.pk for file in pending.files(key)),
        account_id=request.user.pk if request.user.is_authenticated else None,
        idempotency_key=f"web:{key}",
        language=content["language"],
    )


def _proposal(content: dict[str, Any]) -> Proposal:
    return propose(
        text=content["text"],
        title=content["title"],
        kind=content["kind"],
        category=content["category"] or None,
        region_code=content["region"] or None,
        agency_id=content["agency_id"],
        on=timezone.localdate(),
    )


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def drop_file(key: UUID, attachment: str) -> None:
    try:
        pending.drop_file(key, attachment=str(UUID(attachment)))
    except ValueError:  # no name of a file: nothing to drop
        return


def take_files(uploads: list[UploadedFile], *, key: UUID) -> list[str]:
    """Keeps every good file under the key; says what was wrong with each other one."""
    problems = []
    for upload in uploads:
        try:
            files.keep(cast("Any", upload), name=upload.name or "", pending=key, now=timezone.now())
        except Refused as refused:
            problems.append(file_error(upload.name or gettext("Berkas"), refused.reason))
    return problems


def _form(request: HttpRequest, form: ReportForm, key: UUID, *, status: int = 200) -> HttpResponse:
    _remember(request, key)
    return render(request, "public/report.html", {"form": form, "key": key, "files": pending.files(key)}, status=status)


def _prefill(request: HttpRequest) -> dict[str, str]:
    """A link may name a place or an agency to report about."""
    found: dict[str, str] = {}
    if region := Region.objects.filter(code=request.GET.get("wilayah", "")).first():
        found |= {"place_text": str(region), "region": region.code}
    if agency := Agency.objects.filter(slug=request.GET.get("instansi", "")).first():
        found["agency_text"] = agency.name
    return found


def _remember(request: HttpRequest, key: UUID) -> None:
    keys = request.session.get(SESSION_KEY, [])
    if str(key) not in keys:
        request.session[SESSION_KEY] = [*keys, str(key)][-10:]


def _known_key(request: HttpRequest, text: str) -> UUID | None:
    """The key, when this browser made it; a report being written belongs to one session only."""
    return UUID(text) if text in request.session.get(SESSION_KEY, []) else None
