"""`POST /api/v1/reports`: the hot path. Decodes, proposes, files; the same action as the form."""

from __future__ import annotations

import re
from datetime import datetime

import msgspec
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext
from django.views.decorators.csrf import csrf_exempt

from lapor.agencies.people import NobodyCanOpen
from lapor.lib import phones
from lapor.reports import actions
from lapor.reports.change import Incomplete
from lapor.reports.submission import Accused, IdempotencyMismatch, Submission
from lapor.routing.propose import Proposal, propose

from .accused import accused
from .choices import agency_by_slug, is_category, is_region
from .parcel import Kept, kept, unpack
from .problem import Refusal, answers
from .schemas import AgencyRef, FieldError, Filed, NewReport, decimal

_encoder = msgspec.json.Encoder()
_KEY = re.compile(r"^[\x21-\x7e]{16,200}$")
_valid_email = EmailValidator()


@csrf_exempt
@answers("POST")
def file(request: HttpRequest) -> HttpResponse:
    """Files a report: 201 with its receipt; 200 with the same receipt for a repeat of an Idempotency-Key."""
    parcel = unpack(request)
    new = parcel.report
    key = request.headers.get("Idempotency-Key", "")
    if key and not _KEY.match(key):
        raise Refusal(
            400,
            gettext("Idempotency-Key harus 16 sampai 200 huruf atau angka tanpa spasi."),
            [FieldError(pointer="Idempotency-Key", detail=gettext("Bentuk isian ini tidak sesuai."))],
        )
    now = timezone.now()
    phone, email, agency_id = _checked(new)
    named = accused(new.accused)
    try:
        proposal = told = _proposal(new, agency_id=agency_id, named=named, now=now)
        if get_language() != settings.LANGUAGE_CODE:
            with translation.override(settings.LANGUAGE_CODE):  # officers read the reason too
                told = _proposal(new, agency_id=agency_id, named=named, now=now)
        with kept(parcel, now=now) as files:
            submission = _submission(new, told, files, named=named, phone=phone, email=email, key=key)
            receipt = actions.submit(submission, now=now)
    except Incomplete as missing:
        raise _incomplete(missing) from None
    except NobodyCanOpen:
        raise _nobody() from None
    except IdempotencyMismatch:
        raise Refusal(409, gettext("Idempotency-Key ini sudah dipakai untuk isi yang lain.")) from None
    is_sealed = bool(receipt.digits)
    body = Filed(
        code="" if is_sealed else receipt.code,
        pin=receipt.pin,
        receipt=receipt.digits,
        received_at=receipt.received_at,
        verify_by=receipt.verify_by,
        due_at=receipt.answer_by,
        verifier=AgencyRef(slug=proposal.verifier.slug, name=proposal.verifier.name),
        agency=AgencyRef(slug=proposal.agency.slug, name=proposal.agency.name) if proposal.agency else None,
        reason=proposal.reason,
        track_url=f"{settings.LAPOR_PUBLIC_URL}/lacak/" + ("" if is_sealed else f"?kode={receipt.code}"),
    )
    answer = HttpResponse(
        _encoder.encode(body), status=200 if receipt.is_repeat else 201, content_type="application/json"
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _checked(new: NewReport) -> tuple[str, str, int | None]:
    """(phone in canonical form, e-mail, agency's key); refuses what does not exist with the path of each field."""
    wrong: list[FieldError] = []
    phone = phones.normalise(new.phone) if new.phone.strip() else ""
    if phone is None:
        wrong.append(FieldError(pointer="/phone", detail=gettext("Nomor ini tidak dikenali. Contoh: 0812 3456 7890")))
    email = new.email.strip()
    if email:
        try:
            _valid_email(email)
        except ValidationError:
            wrong.append(FieldError(pointer="/email", detail=gettext("Alamat e-mail ini tidak lengkap.")))
    if new.region is not None and not is_region(new.region):
        wrong.append(FieldError(pointer="/region", detail=gettext("Kode wilayah ini tidak ada.")))
    if new.category is not None and not is_category(new.category):
        wrong.append(FieldError(pointer="/category", detail=gettext("Kategori ini tidak ada.")))
    agency = agency_by_slug(new.agency) if new.agency is not None else None
    if new.agency is not None and agency is None:
        wrong.append(FieldError(pointer="/agency", detail=gettext("Instansi ini tidak ada.")))
    if new.occurred_on is not None and not 1945 <= new.occurred_on.year <= timezone.localdate().year:
        wrong.append(FieldError(pointer="/occurred_on", detail=gettext("Tanggal ini tidak mungkin.")))
    if (new.latitude is None) != (new.longitude is None):
        wrong.append(FieldError(pointer="/longitude", detail=gettext("Lintang dan bujur diisi bersama.")))
    if wrong:
        raise Refusal(422, gettext("Periksa isian yang disebutkan."), wrong)
    return phone or "", email, agency.pk if agency else None


def _proposal(new: NewReport, *, agency_id: int | None, named: tuple[Accused, ...], now: datetime) -> Proposal:
    """Who should answer; its reason is in the language of this moment."""
    return propose(
        text=new.text,
        title=new.title,
        kind=new.kind,
        category=new.category,
        region_code=new.region,
        agency_id=agency_id,
        accused=named,
        on=timezone.localdate(now),
    )


def _submission(
    new: NewReport, proposal: Proposal, files: Kept, *, named: tuple[Accused, ...], phone: str, email: str, key: str
) -> Submission:
    return Submission(
        channel="api",
        kind=new.kind,
        text=new.text,
        title=new.title,
        category=new.category or proposal.category,
        region_code=new.region,
        place=new.place,
        latitude=decimal(new.latitude),
        longitude=decimal(new.longitude),
        occurred_on=new.occurred_on,
        name=new.name,
        phone=phone,
        email=email,
        is_anonymous=new.is_anonymous,
        is_confidential=new.is_confidential,
        shows_name=new.shows_name,
        is_urgent=proposal.urgent,
        proposed_agency_id=proposal.agency.pk if proposal.agency else None,
        agency_named=new.agency or "",
        proposal_reason=proposal.reason,
        accused=named,
        attachment_ids=files.attachment_ids,
        seal=files.seal,
        idempotency_key=f"api:{key}" if key else "",
        language=(get_language() or "id")[:2],
    )


def _nobody() -> Refusal:
    """Why a sealed report is not taken, and where else to go."""
    words = gettext(
        "Laporan tersegel belum dapat diterima untuk tempat ini: belum ada pemeriksa dengan kunci. Tidak ada yang "
        "disimpan. Hubungi KPK (198), Ombudsman RI (137), atau LPSK (148)."
    )
    return Refusal(422, words, [FieldError(pointer="/kind", detail=words)])


def _incomplete(missing: Incomplete) -> Refusal:
    words = {
        "empty": gettext("Ceritakan apa yang terjadi."),
        "too_short": gettext("Ceritakan sedikit lebih banyak: minimal 20 huruf."),
        "too_long": gettext("Tulisan terlalu panjang."),
    }
    detail = words.get(missing.reason, gettext("Nilai isian ini tidak sesuai."))
    return Refusal(422, detail, [FieldError(pointer=f"/{missing.field}", detail=detail)])
