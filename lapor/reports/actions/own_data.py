"""What people may ask about the data on themselves (UU 27/2022 art. 6, 8), and what time takes: the identity corrected
or destroyed, files erased. Whether it is time, and whether a law stands against it, is decided in the room `privacy`.
"""

from __future__ import annotations

from datetime import datetime

from django.core.files.storage import default_storage
from django.db.models import Model, Q, QuerySet

from lapor.redaction.strike import striker
from lapor.vault import identities

from ..actors import Actor
from ..change import Incomplete, changing
from ..lifecycle import Move
from ..models import Attachment, Draft, EventKind, Message, Report

# Where others may have written the reporter's name: it is taken out there too. A message can only be erased whole:
# history is never rewritten (`models.thread`).
_TEXTS: dict[type[Model], tuple[str, ...]] = {
    Draft: ("text", "done_by", "remark"),
    Attachment: ("name",),
}


def correct_identity(*, report_id: int, name: str, phone: str, email: str, actor: Actor, now: datetime) -> Report:
    """Puts another name or contact in the place of what is kept. History says that, and never what."""
    if not (name.strip() or phone.strip() or email.strip()):
        raise Incomplete("name", "empty")
    with changing(report_id, Move.CORRECT_IDENTITY, actor=actor, now=now) as change:
        report = change.report
        known = report.identity_id
        if known is None or not identities.replace(known, name=name, phone=phone, email=email):
            report.identity = identities.keep(name=name, phone=phone, email=email)
        change.record(EventKind.IDENTITY_CORRECTED)
    return report


def erase_identity(*, report_id: int, why: str, actor: Actor, now: datetime) -> Report:
    """Takes the reporter out of the texts and destroys the identity with its key; the report stays, as anonymous.

    A second report split from the first belongs to the same person: while it still needs the identity, only this
    report lets go of it.
    """
    with changing(report_id, Move.ERASE_IDENTITY, actor=actor, now=now) as change:
        report, known = change.report, change.report.identity_id
        if known is not None:
            _strike(report)
            report.identity = None
            if not _family(report).filter(identity=known).exists():
                identities.erase(known, now=now)
        report.account = None
        report.is_anonymous, report.shows_name = True, False
        change.record(EventKind.IDENTITY_ERASED, why=why)
    return report


def erase_files(*, report_id: int, why: str, actor: Actor, now: datetime) -> int:
    """Erases every file of a report; history keeps how many there were. Returns that."""
    with changing(report_id, Move.ERASE_FILES, actor=actor, now=now) as change:
        rows = Attachment.objects.filter(report=change.report)
        stored = list(rows.values_list("stored_as", flat=True))
        for name in stored:  # before the rows go: a row without its file is erased again, a file without a row never
            default_storage.delete(name)
        rows.delete()
        if stored:
            change.record(EventKind.FILES_ERASED, n=len(stored), why=why)
    return len(stored)


def leave_account(*, report_id: int, actor: Actor, now: datetime) -> Report:
    """The report belongs to no account any more; code and PIN open it."""
    with changing(report_id, Move.LEAVE_ACCOUNT, actor=actor, now=now) as change:
        change.report.account = None
        change.record(EventKind.ACCOUNT_LEFT)
    return change.report


def same_person(report: Report) -> QuerySet[Report]:
    """This report and those that were split from it or that it was split from: all of one reporter."""
    return _family(report) | Report.objects.filter(pk=report.pk)


def _family(report: Report) -> QuerySet[Report]:
    kin = Q(split_from=report.pk)
    if report.split_from_id is not None:
        kin |= Q(pk=report.split_from_id) | Q(split_from=report.split_from_id)
    return Report.objects.filter(kin).exclude(pk=report.pk)


def _strike(report: Report) -> None:
    """Without the identity nobody could tell any more which words name the reporter: so they go first."""
    person = identities.reveal(report.identity_id) if report.identity_id is not None else None
    if person is None:
        return
    strike = striker(name=person.name, phone=person.phone, email=person.email)
    if strike(report.text) != report.text:
        report.receipt_salt = None  # the text is no longer the one that was receipted, and the audit trail says why
    report.title, report.text, report.place = map(strike, (report.title, report.text, report.place))
    report.proposal_reason = strike(report.proposal_reason)[:400]  # it may quote the reporter
    for message in Message.objects.filter(report=report):
        if (strike(message.text), strike(message.done_by)) != (message.text, message.done_by):
            Message.objects.filter(pk=message.pk).update(text="", done_by="", done_on=None, salt=None)
    for model, columns in _TEXTS.items():
        for row in model._default_manager.filter(report=report):
            changed = {name: new for name in columns if (new := strike(old := getattr(row, name))) != old}
            if changed:
                model._default_manager.filter(pk=row.pk).update(**changed)
