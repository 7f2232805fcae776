"""The pile of letters: scans in, one letter after the other beside the form, or set aside with a reason."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lapor.channels.letters import pile as letters
from lapor.channels.letters.models import Letter
from lapor.channels.written.uploads import take_files
from lapor.lib import pictures
from lapor.lib.codes import show_code
from lapor.lib.files import Refused
from lapor.reports import pending
from lapor.reports.actors import Officer
from lapor.reports.file_words import file_error
from lapor.vault.keys import WrongKey

from ..files import SANDBOX
from ..session import for_officers
from . import keys
from .entry import again, require_entering, show, written
from .forms import CounterForm, DropForm, PileForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def pile(request: HttpRequest, actor: Officer) -> HttpResponse:
    """What lies on the pile, and more scans for it: every good one is taken, what was wrong with each other is said."""
    require_entering(actor)
    if request.method != "POST":
        return _pile(request, actor, PileForm())
    uploads = request.FILES.getlist("scans")
    form = PileForm(request.POST, request.FILES)
    form.is_valid()
    if not uploads:
        form.add_error("scans", gettext("Pilih paling sedikit satu pindaian."))
    taken = 0
    for upload in uploads[: letters.MOST]:
        if problem := _add(upload, actor):
            form.add_error("scans", problem)
        else:
            taken += 1
    if left := len(uploads[letters.MOST :]):
        words = ngettext("%(n)d berkas terakhir belum diambil.", "%(n)d berkas terakhir belum diambil.", left)
        form.add_error("scans", words % {"n": left})
    if taken:
        words = ngettext("%(n)d surat masuk tumpukan.", "%(n)d surat masuk tumpukan.", taken)
        messages.success(request, words % {"n": taken})
    return _pile(request, actor, form, status=422) if form.errors else redirect("desk:pile")


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def letter(request: HttpRequest, actor: Officer, key: UUID) -> HttpResponse:
    """One letter beside the form that is filled from it. The scan goes with the report."""
    found = letters.find(actor, key)
    kept = keys.kept(key, actor)
    if kept is not None and kept.sent_code:  # sent, but the machine stopped before the pile learned of it
        letters.entered(key, actor=actor, now=timezone.now())
        return redirect("desk:pile")
    if request.method == "POST":
        return written(request, actor, key, found)
    if not pending.files(key):
        _attach(found)
    form = CounterForm(initial=again(kept.content) if kept else _first(found))
    return show(request, actor, form, key, found)


@require_safe
@for_officers
def page(request: HttpRequest, actor: Officer, key: UUID, number: int) -> HttpResponse:
    """A page of the scan as a picture."""
    found = letters.find(actor, key)
    if number not in letters.page_numbers(found):
        raise Http404
    try:
        picture, content_type = letters.page_of(found, number)
    except (pictures.Unreadable, pictures.TooSlow, OSError, WrongKey):
        raise Http404 from None
    response = HttpResponse(picture, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return response


@require_POST
@for_officers
def drop(request: HttpRequest, actor: Officer, key: UUID) -> HttpResponse:
    """Sets a letter aside, with its reason, and goes on to the next one."""
    found = letters.find(actor, key)
    form = DropForm(request.POST)
    if not form.is_valid():
        kept = keys.kept(key, actor)
        entry = CounterForm(initial=again(kept.content) if kept else _first(found))
        return show(request, actor, entry, key, found, status=422, drop=form)
    following, _left = letters.after(actor, found)
    letters.drop(found, why=form.cleaned_data["why"], now=timezone.now())
    messages.success(request, gettext("Surat disisihkan. Selama seminggu masih dapat diambil kembali dari tumpukan."))
    return redirect("desk:pile_letter", key=following) if following else redirect("desk:pile")


@require_POST
@for_officers
def take_back(request: HttpRequest, actor: Officer, key: UUID) -> HttpResponse:
    """Puts a letter that was set aside on the pile again."""
    letters.take_back(actor, key, now=timezone.now())
    return redirect("desk:pile")


def _pile(request: HttpRequest, actor: Officer, form: PileForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "letters": letters.waiting(actor),
        "aside": letters.set_aside(actor, now=timezone.now()),
        "has_reader": pictures.has_reader(),
    }
    return render(request, "desk/counter/pile.html", context, status=status)


def _add(upload: UploadedFile, actor: Officer) -> str:
    """Takes one scan in; what was wrong with it otherwise."""
    try:
        letters.add(cast("Any", upload), name=upload.name or "", actor=actor, now=timezone.now())
    except Refused as refused:
        return file_error(upload.name or gettext("Berkas"), refused.reason)
    return ""


def _attach(found: Letter) -> None:
    """The scan waits with the form, as a file of the report to be; one that is gone is said so by its pictures."""
    try:
        scan = letters.as_upload(found)
    except (OSError, WrongKey):
        return
    take_files([scan], key=found.key)


def _first(found: Letter) -> dict[str, Any]:
    """The form as it opens for a letter: with the words that were read from it."""
    sheet = show_code(found.sheet_code) if found.sheet_code else ""
    return {"came": "letter", "text": letters.text_of(found), "sheet_code": sheet}
