"""Makes the text of one notice at the moment it is sent, so that secrecy asked for meanwhile holds."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from lapor.lib.codes import show_code
from lapor.reports.models import Clock, Report, Visibility

from .models import Audience, Notice
from .texts import GUARDED, TEXTS

REPORTER_PATH = "/lacak/?kode={code}"
OFFICER_PATH = "/meja/{code}/"


class Mail(NamedTuple):
    subject: str
    body: str


def compose(notice: Notice) -> Mail:
    """Subject and body in the language of the recipient."""
    report = notice.report
    text = GUARDED[notice.audience] if is_guarded(report) else TEXTS[notice.template]
    with translation.override(notice.language):
        said = {
            "code": show_code(report.code),
            "agency": str(report.holder or report.agency or gettext("petugas")),
            "due": _due(report),
            "link": settings.LAPOR_PUBLIC_URL.rstrip("/") + _path(notice),
        }
        subject, body = (str(part).format(**said) for part in text)
        closing = gettext("Surat ini dikirim otomatis. Mohon jangan dibalas.")
        return Mail(subject, f"{body}\n\n-- \n{settings.LAPOR_NAME}\n{closing}\n")


def is_guarded(report: Report) -> bool:
    """Whether mail about this report says no more than that there is something to read."""
    return report.visibility != Visibility.PUBLIC or report.is_anonymous


def _due(report: Report) -> str:
    clock = Clock.objects.filter(report=report, stopped_at=None, is_paused=False).order_by("due_at").first()
    if clock is None:
        return gettext("waktu yang tertera di halaman laporan")
    return date_format(timezone.localdate(clock.due_at), "DATE_FORMAT")


def _path(notice: Notice) -> str:
    path = REPORTER_PATH if notice.audience == Audience.REPORTER else OFFICER_PATH
    return path.format(code=notice.report.code)
