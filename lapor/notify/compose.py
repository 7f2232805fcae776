"""Makes the text of one notice at the moment it is sent, so that secrecy asked for meanwhile holds."""

from __future__ import annotations

import json
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse_lazy
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from lapor.accounts.invitation import password_link
from lapor.channels.mail import addresses
from lapor.lib.codes import show_code
from lapor.reports.hiding import is_guarded
from lapor.reports.models import Clock, Report

from .models import ALARM, BREACH, INVITATION, NEW_DEVICE, Audience, Notice
from .texts import GUARDED, GUARDED_SMS, LETTERS, SMS, TEXTS, Text

STOP_PATH = "/berhenti/{tag}/"
REPORTER_PATH = "/lacak/?kode={code}"
OFFICER_PATH = "/meja/{code}/"
KEEPER_PATH = "/meja/identitas/"
LETTER_PATHS = {NEW_DEVICE: reverse_lazy("account_sessions"), BREACH: "/kantor/insiden/", ALARM: "/kantor/alarm/"}
LINK_DAYS = settings.PASSWORD_RESET_TIMEOUT // 86_400


class Mail(NamedTuple):
    subject: str
    body: str


def compose(notice: Notice) -> Mail:
    """Subject and body in the language of the recipient."""
    report = notice.report
    if report is None:
        return _letter(notice)
    text = GUARDED[notice.audience] if is_guarded(report) else TEXTS[notice.template]
    with translation.override(notice.language):
        said = {
            "code": show_code(report.code),
            "agency": str(report.holder or report.agency or gettext("petugas")),
            "due": _due(report),
            "link": _address(_path(notice.audience, report.code)),
        }
        return _filled(text, said, closing=_to_reporter(notice) if notice.audience == Audience.REPORTER else "")


def stop_link(notice: Notice) -> str:
    """Where the recipient of this notice stops all of them, by a tag that tells nothing."""
    return _address(STOP_PATH.format(tag=addresses.stop_tag(notice.pk)))


def compose_sms(notice: Notice) -> str:
    """The same for a telephone, by SMS or another message, in Indonesian."""
    report = notice.report
    assert report is not None  # only reporters are told so, and of their reports
    text = GUARDED_SMS if is_guarded(report) else SMS[notice.template]
    return text.format(code=show_code(report.code), link=_address("/lacak/"))


def compose_push(notice: Notice) -> str:
    """The same for a browser: the subject of the mail, which of a guarded report tells neither code nor matter. It is
    shown on a locked screen.
    """
    report = notice.report
    assert report is not None  # only reporters are told in a browser, and of their reports
    is_quiet = is_guarded(report)
    text = GUARDED[notice.audience] if is_quiet else TEXTS[notice.template]
    with translation.override(notice.language):
        title = str(text.subject).format(code=show_code(report.code))
        path = "/lacak/" if is_quiet else _path(notice.audience, report.code)
        return json.dumps({"title": title, "body": gettext("Ketuk untuk membukanya."), "path": path})


def _letter(notice: Notice) -> Mail:
    """The link to a password is made here and kept nowhere: who reads the queue cannot open the account."""
    assert notice.user is not None  # letters are written to people with an account
    with translation.override(notice.language):
        path = password_link(user=notice.user) if notice.template == INVITATION else LETTER_PATHS[notice.template]
        said = {"link": _address(str(path)), "days": str(LINK_DAYS)}
        return _filled(LETTERS[notice.template], said)


def _to_reporter(notice: Notice) -> str:
    """What a citizen may do with the letter itself."""
    may_reply = gettext("Balas surat ini untuk menambah keterangan pada laporan Anda.")
    no_more = gettext("Tidak ingin menerima pemberitahuan seperti ini lagi? {link}").format(link=stop_link(notice))
    return f"{may_reply if addresses.is_set_up() else _no_reply()}\n{no_more}"


def _no_reply() -> str:
    return gettext("Surat ini dikirim otomatis. Mohon jangan dibalas.")


def _filled(text: Text, said: dict[str, str], *, closing: str = "") -> Mail:
    subject, body = (str(part).format(**said) for part in text)
    return Mail(subject, f"{body}\n\n-- \n{settings.LAPOR_NAME}\n{closing or _no_reply()}\n")


def _address(path: str) -> str:
    return settings.LAPOR_PUBLIC_URL.rstrip("/") + path


def _due(report: Report) -> str:
    clock = Clock.objects.filter(report=report, stopped_at=None, is_paused=False).order_by("due_at").first()
    if clock is None:
        return gettext("waktu yang tertera di halaman laporan")
    return date_format(timezone.localdate(clock.due_at), "DATE_FORMAT")


def _path(audience: str, code: str) -> str:
    if audience == Audience.KEEPERS:
        return KEEPER_PATH
    path = REPORTER_PATH if audience == Audience.REPORTER else OFFICER_PATH
    return path.format(code=code)
