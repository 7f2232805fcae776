"""The history of an entry in words."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from lapor.causes.models import Change, Stage

register = template.Library()

NAMES = {
    "title": _("Judul"),
    "cause": _("Akar masalah"),
    "measure": _("Tindakan"),
    "owner": _("Penanggung jawab"),
    "due_on": _("Selesai paling lambat"),
    "measured_on": _("Tindakan berlaku sejak"),
    "stage": _("Tahap"),
}


class Line(NamedTuple):
    name: str
    was: str
    becomes: str


@register.filter
def lines(change: Change) -> list[Line]:
    """What was changed, in the words of the page."""
    return [
        Line(str(NAMES[name]), _say(name, was), _say(name, becomes))
        for name, (was, becomes) in change.fields.items()
        if name in NAMES
    ]


def _say(name: str, value: str | None) -> str:
    if not value:
        return ""
    if name.endswith("_on"):
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    return str(Stage(value).label) if name == "stage" else value
