"""Errors as RFC 9457 problem+json, in the caller's language, with a path to the field that is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.vault.trouble import KeyTrouble
from lapor.vault.unavailable import RETRY_AFTER

from .schemas import FieldError, Problem

CONTENT_TYPE = "application/problem+json"
TITLES = {
    400: _("Permintaan tidak dapat dibaca"),
    404: _("Tidak ditemukan"),
    405: _("Metode tidak didukung"),
    409: _("Bertentangan dengan permintaan sebelumnya"),
    413: _("Permintaan terlalu besar"),
    415: _("Jenis isi tidak didukung"),
    422: _("Ada isian yang perlu diperbaiki"),
    503: _("Layanan belum siap"),
}
_AT = re.compile(r" - at `\$?\.?(?P<path>[^`]*)`$")


class Refusal(Exception):
    """An answer that is an error: its status, what to say, and which fields are wrong."""

    def __init__(self, status: int, detail: str, errors: list[FieldError] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = errors or []


def respond(status: int, detail: str, errors: list[FieldError] | None = None) -> HttpResponse:
    body = Problem(
        type="about:blank", title=str(TITLES.get(status, "")), status=status, detail=detail, errors=errors or []
    )
    return HttpResponse(msgspec.json.encode(body), status=status, content_type=CONTENT_TYPE)


def from_validation(error: msgspec.ValidationError) -> Refusal:
    """Which field is wrong and how, from msgspec's own message."""
    text = str(error)
    match = _AT.search(text)
    pointer = "/" + match["path"].replace(".", "/") if match and match["path"] else ""
    reason = text[: match.start()] if match else text
    if unknown := re.search(r"unknown field `(.*)`", reason):
        pointer, detail = f"/{unknown[1]}", gettext("Isian ini tidak dikenal.")
    elif missing := re.search(r"missing required field `(.*)`", reason):
        pointer, detail = f"/{missing[1]}", gettext("Isian ini wajib.")
    elif "length" in reason:
        detail = gettext("Panjang isian ini tidak sesuai.")
    elif "matching regex" in reason:
        detail = gettext("Bentuk isian ini tidak sesuai.")
    else:
        detail = gettext("Nilai isian ini tidak sesuai.")
    return Refusal(422, gettext("Periksa isian yang disebutkan."), [FieldError(pointer=pointer, detail=detail)])


def answers(*methods: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view that answers these methods only, and turns `Refusal` into problem+json."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.method not in methods:
                refused = respond(405, gettext("Gunakan %(methods)s.") % {"methods": ", ".join(methods)})
                refused["Allow"] = ", ".join(methods)
                return refused
            try:
                return view(request, *args, **kwargs)
            except Refusal as refusal:
                return respond(refusal.status, refusal.detail, refusal.errors)
            except KeyTrouble:
                unavailable = respond(
                    503, gettext("Kunci penyimpanan rahasia sedang tidak dapat dipakai. Coba lagi nanti.")
                )
                unavailable["Retry-After"] = RETRY_AFTER
                return unavailable

        return guarded

    return wrap
