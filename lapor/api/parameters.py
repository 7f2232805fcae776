"""Parameters of a request, read strictly: what is wrong is named."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext

from .problem import Refusal
from .schemas import FieldError


def text(request: HttpRequest, name: str) -> str:
    """A parameter without NUL, which the database cannot hold, and of bounded length."""
    return request.GET.get(name, "").replace("\0", "")[:200]


def day(request: HttpRequest, name: str) -> date | None:
    written = text(request, name)
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise wrong(name, gettext("Tulis tanggal seperti 2026-11-24.")) from None


def number(request: HttpRequest, name: str, *, default: int, most: int) -> int:
    """A whole number from 1 to `most`; `default` where there is none."""
    found = whole(request, name, most=most)
    return default if found is None else found


def whole(request: HttpRequest, name: str, *, most: int) -> int | None:
    """A whole number from 1 to `most`, or None."""
    written = text(request, name)
    if not written:
        return None
    digits = len(str(most))
    if not (written.isascii() and written.isdigit()) or len(written) > digits or not 1 <= int(written) <= most:
        raise wrong(name, gettext("Tulis angka 1 sampai %(most)s.") % {"most": most})
    return int(written)


def wrong(name: str, detail: str) -> Refusal:
    return Refusal(422, gettext("Periksa isian yang disebutkan."), [FieldError(pointer=name, detail=detail)])
