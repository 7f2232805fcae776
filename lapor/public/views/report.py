"""Writing a report. Works without JavaScript; what was typed is never lost."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from lapor.agencies.models import Agency
from lapor.agencies.picker import region_or_none
from lapor.channels import invitations
from lapor.channels.written.uploads import drop_file, take_files
from lapor.reports import pending
from lapor.reports.submission import MAX_TITLE, Seal, new_seal

from ..forms import SEALED_KIND, ReportForm
from ..promises import secrecy
from . import keys


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """The form. A file that is not accepted loses nothing else: text and good files stay."""
    if request.method != "POST":
        key = keys.known(request, request.GET.get("ubah", ""))
        kept = keys.kept(request, key) if key else None
        if kept is not None and key is not None and not kept.sent_code:
            return _form(request, ReportForm(initial=kept.content), key)
        return _form(request, ReportForm(initial=_prefill(request)), uuid4())
    key = _unsent_key(request, request.POST.get("key", ""))
    return _with_seal(request, key)


def _with_seal(request: HttpRequest, key: UUID) -> HttpResponse:
    """Whistleblowing is sealed from the first step: files before they are stored, and words while they wait."""
    held, now = keys.seal_of(request, key), timezone.now()
    seal = (held or new_seal()) if request.POST.get("kind") == SEALED_KIND else None
    pending.turn_files(key, seal, holder=held, now=now)
    response = _written(request, key, seal)
    if seal is not None or held is not None:
        keys.hold(response, key, seal)
    return response


def _written(request: HttpRequest, key: UUID, seal: Seal | None) -> HttpResponse:
    public = seal.pair.public if seal else None
    problems = take_files(request.FILES.getlist("files"), key=key, public=public)
    form = ReportForm(request.POST)
    if "narrow" in request.POST:  # one more step of the plain selects
        return _form(request, ReportForm(initial=form.one_step_down()), key, seal=seal)
    if dropped := request.POST.get("drop"):
        drop_file(key, dropped)
        return _form(request, ReportForm(initial=request.POST.dict()), key, seal=seal)
    form.has_files = bool(pending.files(key))
    if not form.is_valid() or problems:
        for problem in problems:
            form.add_error("files", problem)
        return _form(request, form, key, seal=seal, status=422)
    content = form.content() | {"invited": _invited(request, form)}
    pending.keep(key, content, now=timezone.now(), seal_with=seal)
    return redirect("public:review", key=key)


@never_cache
@csrf_exempt
@require_POST
def share(request: HttpRequest) -> HttpResponse:
    """What another app of the telephone shares becomes a report that is being written; nothing is sent.

    The telephone knows no token against forgery. A page of another site cannot use this: its requests say where they
    come from, and would bring no session but put a new one in the place of the reader's.
    """
    if request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
        return redirect("public:report")
    key = uuid4()
    problems = take_files(request.FILES.getlist("files"), key=key)
    words = dict.fromkeys(request.POST.get(name, "").replace("\0", "").strip() for name in ("teks", "tautan"))
    title = request.POST.get("judul", "").replace("\0", "").strip()[:MAX_TITLE]
    for problem in problems:
        messages.warning(request, problem)
    return _form(request, ReportForm(initial={"text": "\n".join(filter(None, words)), "title": title}), key)


def _invited(request: HttpRequest, form: ReportForm) -> str:
    """The invitation by which somebody came here, if any; it goes along until the report is sent."""
    said = request.POST.get("sambung") or request.GET.get("sambung") or form.initial.get("invited", "")
    return str(said)[:60]


def _unsent_key(request: HttpRequest, text: str) -> UUID:
    """The key of the report being written; a new one when the old one was sent: that report stands as it was."""
    key = keys.known(request, text)
    written = keys.kept(request, key) if key else None
    if key is None or (written is not None and written.sent_code):
        key = uuid4()
    keys.remember(request, key)
    return key


def _form(
    request: HttpRequest, form: ReportForm, key: UUID, *, seal: Seal | None = None, status: int = 200
) -> HttpResponse:
    keys.remember(request, key)
    seal = seal or keys.seal_of(request, key)
    waiting = pending.files(key, seal.pair.private if seal else None)
    invited = _invited(request, form)
    context = {"form": form, "key": key, "files": waiting, "promises": secrecy(), "invited": invited}
    return render(request, "public/report.html", context, status=status)


def _prefill(request: HttpRequest) -> dict[str, str]:
    """A link may name a place or an agency to report about, or go on with what somebody wrote in public."""
    place, body = (request.GET.get(name, "").replace("\0", "") for name in ("wilayah", "instansi"))
    found: dict[str, str] = {}
    if token := request.GET.get("sambung"):
        found["text"] = invitations.text_of(token, now=timezone.now())
        if not found["text"]:
            messages.info(request, gettext("Tautan itu sudah tidak berlaku. Anda tetap dapat menulis laporan di sini."))
    if region := region_or_none(place):
        found |= {"place_text": str(region), "region": region.code}
    if agency := Agency.objects.filter(slug=body, is_active=True).first():
        found["agency_text"] = agency.name
    return found
