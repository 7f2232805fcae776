"""The holding pen: mails that could not be placed, until an officer makes each a report, adds it to one, or drops it.

Whoever opens one leaves a trace (the back office records it), since what stands in it may be confidential.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from lapor.channels import inbox, outbox
from lapor.channels.models import Received
from lapor.reports import actions, by_contact
from lapor.reports.actors import Reporter
from lapor.reports.lifecycle import MoveRefused
from lapor.reports.models import Channel, Report
from lapor.reports.refusals import Incomplete

from . import filing, says
from .read import Mail, Unreadable, read

MOST: Final = 200


class Drop(models.TextChoices):
    """Why a mail was dropped."""

    ADVERTISING = "advertising", _("Iklan atau penipuan")
    NOT_A_REPORT = "not_a_report", _("Bukan laporan")
    KNOWN = "known", _("Isinya sudah ada dalam laporan lain")
    UNREADABLE = "unreadable", _("Tidak terbaca")
    MACHINE = "machine", _("Ditulis mesin")


class PenRefused(Exception):
    """The mail stays where it is; `reason` is a stable key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def waiting() -> list[Received]:
    """What waits, oldest first: when it came and why it waits, nothing of what stands in it."""
    return list(_held().order_by("came_at", "pk").only("pk", "came_at", "why")[:MOST])


def how_many() -> int:
    """How many wait."""
    return _held().count()


def find(key: int) -> Received | None:
    """One that waits."""
    return _held().filter(pk=key).first()


def look(row: Received) -> Mail | None:
    """The mail in clear; None for one that nobody can read."""
    try:
        return read(inbox.opened(row).files[0].data)
    except (Unreadable, IndexError):
        return None


@transaction.atomic
def file(row: Received, *, is_trusted: bool, now: datetime) -> Report:
    """Makes it a report. A sender who is trusted is its reporter and is answered; of any other no address is kept."""
    held, mail = _taken(row)
    is_known = is_trusted and bool(mail.sender)
    letter = filing.file(mail, external_id=held.external_id, is_trusted=is_known, now=now)
    if letter.report_id is None:
        raise PenRefused("mail_too_short")
    if is_known:
        outbox.queue(channel=Channel.EMAIL, to=mail.sender, text=letter.folded(), once=f"pen:{held.pk}", now=now)
    _done(held, "filed", now=now)
    return Report.objects.get(pk=letter.report_id)


@transaction.atomic
def add(row: Received, *, report_id: int, now: datetime) -> Report:
    """Adds it to the thread of this report, marked as a mail from elsewhere."""
    held, mail = _taken(row)
    report = by_contact.of_mail(report_id)
    if report is None:
        raise PenRefused("cannot_add")
    kept, _refused = filing.keep_files(mail, now=now)
    words = says.FROM_ELSEWHERE.format(text=mail.text or mail.subject)
    actor = Reporter(report_id=report.pk)
    try:
        actions.reply(report_id=report.pk, text=words, attachments=kept, actor=actor, now=now)
    except (MoveRefused, Incomplete):
        raise PenRefused("cannot_add") from None
    _done(held, "added", now=now)
    return report


@transaction.atomic
def drop(row: Received, *, reason: str, now: datetime) -> None:
    """Drops it for this reason; its content is gone."""
    held = _locked(row)
    _done(held, f"dropped:{Drop(reason).value}", now=now)


def _held() -> models.QuerySet[Received]:
    return Received.objects.filter(channel=Channel.EMAIL, state=Received.State.REFUSED)


def _locked(row: Received) -> Received:
    held = _held().select_for_update().filter(pk=row.pk).first()
    if held is None:
        raise PenRefused("mail_is_gone")
    return held


def _taken(row: Received) -> tuple[Received, Mail]:
    held = _locked(row)
    mail = look(held)
    if mail is None:
        raise PenRefused("mail_unreadable")
    return held, mail


def _done(held: Received, what: str, *, now: datetime) -> None:
    held.state, held.why, held.done_at = Received.State.DONE, what, now
    held.save(update_fields=["state", "why", "done_at"])
    inbox.forget_files([held.pk])
