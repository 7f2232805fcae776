"""Codes and promises in the words that people read."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.lib import codes

register = template.Library()

PROMISES = {
    "verify": _("Diperiksa paling lambat"),
    "respond": _("Kabar pertama dari instansi paling lambat"),
    "resolve": _("Dijawab paling lambat"),
    "reporter_reply": _("Anda dapat setuju atau keberatan sampai"),
    "complete": _("Keterangan Anda ditunggu sampai"),
    "objection": _("Keberatan diputuskan paling lambat"),
}


@register.filter
def show_code(code: str) -> str:
    return codes.show_code(code)


@register.filter
def show_pin(pin: str) -> str:
    return codes.show_pin(pin)


@register.filter
def show_receipt(digits: str) -> str:
    return codes.show_receipt(digits)


@register.filter
def step_promise(step: str) -> str:
    return str(PROMISES.get(step, gettext("Tenggat")))
