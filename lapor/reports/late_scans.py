"""Files that no scanner has seen yet are scanned as soon as one answers; one with a virus is locked away for good."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Q

from lapor.scanning import clamd
from lapor.vault.keys import WrongKey

from . import files
from .actors import System
from .change import changing
from .lifecycle import Move
from .models import Attachment, EventKind, Scan

BATCH = 20
AGAIN = timedelta(hours=1)


def scan_waiting(*, now: datetime) -> int:
    """Scans the files that wait longest and returns how many are settled. Done twice it changes nothing.

    A file that could not be scanned is tried again after an hour; a scanner that is away ends the round.
    """
    if not clamd.is_configured() or not clamd.answers():
        return 0
    waiting = Attachment.objects.filter(
        Q(scan_tried_at=None) | Q(scan_tried_at__lte=now - AGAIN), scan=Scan.NOT_SCANNED
    )
    settled = 0
    for attachment in waiting.order_by(F("scan_tried_at").asc(nulls_first=True), "id")[:BATCH]:
        settled += _scan(attachment, now=now)
    return settled


def _scan(attachment: Attachment, *, now: datetime) -> bool:
    try:
        verdict = clamd.scan(files.content(attachment))
    except (OSError, WrongKey):  # gone, or closed to the service itself, as files of sealed reports are
        verdict = clamd.Verdict.NOT_SCANNED
    _settle(attachment, Scan(verdict.value), now=now)
    return verdict != clamd.Verdict.NOT_SCANNED


def _settle(attachment: Attachment, found: Scan, *, now: datetime) -> None:
    """Notes what was found. A virus goes into the history of the report; the bytes stay, encrypted, and reach nobody.

    The report is locked before its file, as everywhere; a file that is claimed meanwhile is left to the next round.
    """
    row = Attachment.objects.filter(pk=attachment.pk, report=attachment.report_id, scan=Scan.NOT_SCANNED)
    if found != Scan.INFECTED or attachment.report_id is None:
        row.update(scan=found, scan_tried_at=now)
        return
    with changing(attachment.report_id, Move.QUARANTINE, actor=System(), now=now) as change:
        if row.update(scan=found, scan_tried_at=now):
            change.record(EventKind.FILE_QUARANTINED, file=attachment.pk)
