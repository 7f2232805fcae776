"""The reporter's page: prove it with code and PIN (or an account), read everything, act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lapor.agencies.people import somebody_opens
from lapor.agencies.places import timezone_of
from lapor.channels.letters import sheets
from lapor.channels.written.report import NOBODY_OPENS
from lapor.channels.written.uploads import drop_file, take_files
from lapor.disclosure import telling
from lapor.evidence import check
from lapor.lib.codes import parse_code, parse_sheet_code
from lapor.reports import actions, files, own, pending, visits
from lapor.reports.actors import Reporter
from lapor.reports.change import Incomplete
from lapor.reports.classes import Secrecy, classes_of
from lapor.reports.lifecycle import Move, MoveRefused
from lapor.reports.own import NotFound
from lapor.transparency import shelf
from lapor.vault import pushing
from lapor.voice import answering

from ..forms import NameSomebodyForm, RateForm, ReasonForm, ReceiptForm, ReplyForm, SecrecyForm, TrackForm
from ..forms.voice import VoiceForm
from ..history import lines
from ..next_steps import next_step
from ..promises import sealed_promises
from . import keys

SESSION_KEY = "own"
SEALED = "tersegel"  # stands in an address for the report whose receipt this browser showed: no number is in it
VISIT = "kunjungan"
WAITING_KEY = "waiting"
TYPED_BY_YOU = _(
    "Laporan ini Anda masukkan untuk orang lain, jadi di sini tidak dapat dibuka: jawabannya hanya untuk pelapor. "
    "Minta pelapor membukanya di HP-nya sendiri, atau lewat SMS. Percobaan ini dicatat."
)
WITH_FILES = frozenset({Move.REPLY, Move.OBJECT})


@dataclass(frozen=True)
class Deed:
    """One thing a reporter can do: its form, its action and the thanks that follow."""

    form: type[forms.Form] | None
    act: Callable[..., Any]
    thanks: Any


DEEDS: dict[str, Deed] = {
    Move.REPLY: Deed(ReplyForm, actions.reply, _("Balasan Anda terkirim.")),
    Move.AGREE: Deed(None, actions.agree, _("Terima kasih. Laporan ini selesai.")),
    Move.OBJECT: Deed(
        ReplyForm,
        actions.object_to_answer,
        _("Keberatan Anda diterima. Inspektorat akan memeriksanya, bukan instansi yang menjawab."),
    ),
    Move.OBJECT_TO_ARCHIVE: Deed(
        ReplyForm,
        actions.object_to_archive,
        _("Keberatan Anda diterima. Admin satu tingkat di atas akan memeriksanya."),
    ),
    Move.WITHDRAW: Deed(ReasonForm, actions.withdraw, _("Laporan dicabut. Anda dapat membukanya kembali kapan saja.")),
    Move.REOPEN: Deed(ReasonForm, actions.reopen, _("Laporan dibuka kembali.")),
    Move.RATE: Deed(RateForm, actions.rate, _("Terima kasih atas penilaian Anda.")),
    Move.ASK_SECRECY: Deed(SecrecyForm, actions.ask_secrecy, _("Kerahasiaan laporan diperbarui.")),
    Move.ACCUSE: Deed(
        NameSomebodyForm, actions.accuse, _("Tersimpan. Yang Anda sebut tidak melihat laporan ini sejak sekarang.")
    ),
    Move.LIFT_SECRECY: Deed(None, actions.lift_secrecy, _("Laporan kini terbuka untuk publik.")),
}


@never_cache
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Code and PIN open the report; wrong ones all get the same answer."""
    if request.method != "POST":
        return _track(request, TrackForm(initial={"code": request.GET.get("kode", "")}))
    form = TrackForm(request.POST)
    if form.is_valid():
        try:
            prove = sheets.prove if parse_sheet_code(form.cleaned_data["code"]) else own.prove
            actor = prove(
                code=form.cleaned_data["code"],
                pin=form.cleaned_data["pin"],
                now=timezone.now(),
                by=request.user.pk if request.user.is_authenticated else None,
            )
        except own.WrongProof:
            form.add_error(None, gettext("Kode dan PIN ini tidak cocok. Periksa kembali angkanya."))
        except sheets.NotEntered:
            form.add_error(None, gettext("Lembar ini belum dimasukkan oleh petugas. Coba lagi beberapa hari lagi."))
        except own.TypedByYou:
            form.add_error(None, TYPED_BY_YOU)
        except own.TooManyTries as refused:
            until = timezone.localtime(refused.until)
            words = {"time": f"{date_format(until, 'TIME_FORMAT')} {until:%Z}"}
            form.add_error(None, gettext("Terlalu banyak percobaan. Coba lagi setelah pukul %(time)s.") % words)
        else:
            code = own.view(actor).report.code
            request.session.cycle_key()
            keys.forget_sent(request, code)
            request.session[SESSION_KEY] = {**request.session.get(SESSION_KEY, {}), code: actor.report_id}
            return redirect("public:own", code=code)
    return _track(request, form, status=422)


@never_cache
@sensitive_post_parameters("receipt")
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest) -> HttpResponse:
    """The receipt opens a sealed report for a short visit; wrong ones all get the same answer, whatever they are."""
    if request.method != "POST":
        return redirect("public:track")
    form = ReceiptForm(request.POST)
    form.is_valid()
    try:
        token = visits.visit(form.cleaned_data.get("receipt", ""), now=timezone.now())
    except visits.WrongReceipt:
        form.add_error("receipt", gettext("Tanda terima ini tidak cocok. Periksa kembali angkanya."))
        return _track(request, TrackForm(), receipt_form=form, status=422)
    except visits.TooManyTries:
        form.add_error(None, gettext("Sedang terlalu banyak percobaan. Tunggu satu menit, lalu coba lagi."))
        return _track(request, TrackForm(), receipt_form=form, status=429)
    response = redirect("public:own", code=SEALED)
    response.set_cookie(
        VISIT, token, path="/lacak/", secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict"
    )
    return response


def _track(
    request: HttpRequest, form: TrackForm, *, receipt_form: ReceiptForm | None = None, status: int = 200, **more: str
) -> HttpResponse:
    context = {"form": form, "receipt_form": receipt_form or ReceiptForm(), **more}
    return render(request, "public/track.html", context, status=status)


@never_cache
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The whole thread, who has it now, until when, what happens next, and what the reporter can do."""
    actor = actor_of(request, code)
    if actor is None:
        typed = parse_code(code)
        return redirect(f"{reverse('public:track')}?kode={typed}" if typed else "public:track")
    return show(request, actor, code)


@never_cache
@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Forgets in this browser every report that was opened with a PIN, for a telephone that others use too. A visit
    with a receipt ends on the front page, which tells nothing.
    """
    if code == SEALED:
        visits.leave(request.COOKIES.get(VISIT, ""))
        response = redirect("public:home")
        response.delete_cookie(VISIT, path="/lacak/", samesite="Strict")
        return response
    if parse_code(code) not in request.session.get(SESSION_KEY, {}):
        return redirect("public:track")
    if request.user.is_authenticated:
        for name in (SESSION_KEY, WAITING_KEY):
            request.session.pop(name, None)
    else:
        request.session.flush()
    messages.success(request, gettext("Laporan sudah ditutup di perangkat ini."))
    return redirect("public:track")


@never_cache
@require_POST
def act(request: HttpRequest, code: str, move: str) -> HttpResponse:
    """One deed of the reporter; with a mistake the page comes back with what was typed."""
    deed = DEEDS.get(move)
    if deed is None:
        raise Http404
    actor = actor_of(request, code)
    if actor is None:
        return _prove_again(request, code)
    form = deed.form(request.POST, request.FILES) if deed.form else forms.Form(request.POST)
    problems = _take_files(request, actor, code) if move in WITH_FILES else []
    if dropped := request.POST.get("drop"):
        drop_file(_waiting_key(request, actor, code), dropped)
        return show(request, actor, code, wrong=(move, type(form)(initial=request.POST.dict())))
    waiting = tuple(file.pk for file in pending.files(_waiting_key(request, actor, code))) if move in WITH_FILES else ()
    if move == Move.REPLY and waiting:  # a photo alone says something
        form.fields["text"].required = False
    for problem in problems:
        form.add_error("files", problem)
    if not form.is_valid():
        return show(request, actor, code, wrong=(move, form))
    arguments = {name: value for name, value in form.cleaned_data.items() if name != "files"}
    if move in {Move.WITHDRAW, Move.REOPEN}:
        arguments = {"reason" if move == Move.WITHDRAW else "text": arguments["text"]}
    if move in WITH_FILES:
        arguments["attachments"] = waiting
    if isinstance(form, NameSomebodyForm):
        arguments = {"whom": form.accused()}
    try:
        deed.act(report_id=actor.report_id, actor=actor, now=timezone.now(), **arguments)
    except Incomplete as missing:
        form.add_error(missing.field if missing.field in form.fields else None, gettext("Tulis sedikit lebih lengkap."))
        return show(request, actor, code, wrong=(move, form))
    except MoveRefused:
        return show(request, actor, code, refused=str(form.cleaned_data.get("text") or " "))
    messages.success(request, deed.thanks)
    return redirect("public:own", code=code)


@never_cache
@require_POST
def seal(request: HttpRequest, code: str) -> HttpResponse:
    """The reporter seals the own report, and gets the receipt that takes the place of code and PIN."""
    return _with_receipt(request, code, actions.seal)


@never_cache
@require_POST
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt of a report that an officer sealed, once, for whoever proved it with code and PIN."""
    return _with_receipt(request, code, actions.take_receipt)


def _with_receipt(request: HttpRequest, code: str, act: Callable[..., str]) -> HttpResponse:
    actor = actor_of(request, code)
    if actor is None:
        return _prove_again(request, code)
    try:
        digits = act(report_id=actor.report_id, actor=actor, now=timezone.now())
    except MoveRefused as no:
        if no.reason == "nobody_opens":
            messages.error(request, NOBODY_OPENS)
        return show(request, actor, code, refused=" ")
    for name in (SESSION_KEY, WAITING_KEY):
        request.session[name] = {key: one for key, one in request.session.get(name, {}).items() if key != code}
    context = {"digits": digits, "was_raised": True, **sealed_promises()}
    return render(request, "public/sealed_receipt.html", context)


@never_cache
@require_safe
def file(request: HttpRequest, code: str, key: UUID) -> HttpResponse | FileResponse:
    """A file of the own report."""
    actor = actor_of(request, code)
    if actor is None:
        raise Http404
    try:
        attachment, private = own.attachment(actor, str(key))
    except NotFound as missing:
        raise Http404 from missing
    response = FileResponse(
        files.read(attachment, private),
        as_attachment=private is not None or attachment.kind != "image",
        filename=attachment.name,
        content_type=attachment.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Every report of this account."""
    assert request.user.pk is not None
    return render(
        request, "public/mine.html", {"reports": own.reports_of_account(request.user.pk), "now": timezone.now()}
    )


def _prove_again(request: HttpRequest, code: str) -> HttpResponse:
    """The proof ran out while the reporter was writing: the words come back, to be copied. The same for any code."""
    form = TrackForm(initial={"code": parse_code(code) or ""})
    return _track(request, form, kept=request.POST.get("text", ""), status=403)


def actor_of(request: HttpRequest, code: str) -> Reporter | None:
    """Who proved to be the reporter in this session, or owns the account that sent it; a report that was split from
    one proved here belongs to the same person. A sealed one is open to the visitor who showed its receipt.
    """
    if code == SEALED:
        return visits.visitor(request.COOKIES.get(VISIT, ""), now=timezone.now())
    code = parse_code(code) or ""
    proved: dict[str, int] = request.session.get(SESSION_KEY, {})
    if code in proved:
        return Reporter(report_id=proved[code])
    try:
        if request.user.is_authenticated and request.user.pk is not None:
            return own.by_account(code=code, user_id=request.user.pk)
    except NotFound:
        pass
    try:
        part = own.by_original(code=code, report_ids=proved.values())
    except NotFound:
        return None
    request.session[SESSION_KEY] = {**proved, code: part.report_id}
    return part


def show(
    request: HttpRequest,
    actor: Reporter,
    place: str,
    *,
    wrong: tuple[str, forms.Form] | None = None,
    refused: str = "",
    voice: VoiceForm | None = None,
) -> HttpResponse:
    """The page. `voice`: a survey form with a mistake; `wrong`: a deed and its form with one. `refused`: what was
    written for a deed that is no longer open.
    """
    view = own.view(actor)
    ready: dict[str, forms.Form | None] = {
        str(move): deed.form(auto_id=f"{move}_%s") if deed.form else None
        for move, deed in DEEDS.items()
        if Move(move) in view.moves
    }
    if wrong is not None:
        ready[wrong[0]] = wrong[1]
    survey = answering.survey_of(view.report, now=timezone.now())
    context = {
        "view": view,
        "place": place,
        "classes": [one for one in classes_of(view.report) if one != Secrecy.OPEN],
        "can_seal": Move.SEAL in view.moves and somebody_opens(on=timezone.localdate()),
        "push_key": pushing.public_key() if view.report.sealed_id is None and pushing.is_ready() else "",
        "renews": Move.TAKE_RECEIPT in view.moves and view.report.receipt_tag is None,
        "moment": "DATE_FORMAT" if view.report.sealed_id else "DATETIME_FORMAT",
        "zone": timezone_of(view.report.region_id),
        "report": view.report,
        "history": lines(view),
        "asked_for_me": telling.lines(view.report.pk) if view.report.is_anonymous else [],
        "checked": check.of_report(view.report.pk),
        "next_step": next_step(view),
        "survey": survey,
        "voice": voice or (VoiceForm.of(survey, view) if survey else None),
        "is_published": _is_published(view.report.code),
        "was_proved_here": view.report.code in request.session.get(SESSION_KEY, {}),
        "forms": ready,
        "wrong": wrong[0] if wrong else "",
        "wrong_form": wrong[1] if wrong else None,
        "refused": refused,
        "waiting": own.waiting(actor, _waiting_key(request, actor, place)),
        "now": timezone.now(),
    }
    failed = wrong is not None and wrong[1].is_bound
    status = 409 if refused else 422 if failed else 200
    return render(request, "public/own.html", context, status=status)


def _is_published(code: str) -> bool:
    try:
        return shelf.one(code) is not None
    except shelf.NotPublished:
        return False


def _waiting_key(request: HttpRequest, actor: Reporter, code: str) -> UUID:
    """Under which files wait that were sent with a mistake in the text: a second try need not send them again. Of a
    sealed report the session knows nothing.
    """
    if code == SEALED:
        return own.waiting_key(actor)
    keys: dict[str, str] = request.session.get(WAITING_KEY, {})
    if code not in keys:
        request.session[WAITING_KEY] = keys = {**keys, code: str(uuid4())}
    return UUID(keys[code])


def _take_files(request: HttpRequest, actor: Reporter, code: str) -> list[str]:
    uploads = request.FILES.getlist("files")
    if not uploads:
        return []
    return take_files(uploads, key=_waiting_key(request, actor, code), public=own.seal_public(actor))
