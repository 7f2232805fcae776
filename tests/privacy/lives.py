"""Reports of one invented person, in the stages that the tests need."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lapor.reports import actions
from lapor.reports.files import keep
from lapor.reports.models import Attachment, Event, Report
from lapor.reports.submission import Receipt
from tests.cast import MONDAY, Stage, file_report, reporter, to_answered
from tests.desk.paper import a_photo, pending_key

NAME, PHONE, EMAIL = "Kenari Uji Sunyi", "+6281255554444", "kenari.sunyi@contoh.invalid"
SIGNED = f"Lampu jalan di depan rumah {NAME} mati sejak seminggu. Hubungi 0812-5555-4444."
MARKS = (NAME, "Kenari", "5555-4444", EMAIL)


def filed(**changes: Any) -> tuple[Report, Receipt]:
    photo = keep(a_photo(), name=f"KTP {NAME}.jpg", pending=pending_key(), now=MONDAY)
    given = {"name": NAME, "phone": PHONE, "email": EMAIL, "text": SIGNED, "attachment_ids": (photo.pk,)}
    return file_report(**(given | changes))


def closed(stage: Stage, *, now: datetime = MONDAY, **changes: Any) -> tuple[Report, Receipt]:
    """Answered and agreed to; the officer greets the reporter by name."""
    report, receipt = filed(**changes)
    to_answered(stage, report, now=now)
    actions.note(report_id=report.pk, text=f"Bu {NAME} sudah ditelepon.", actor=stage.officer("admin"), now=now)
    actions.agree(report_id=report.pk, actor=reporter(report), now=now)
    return Report.objects.get(pk=report.pk), receipt


def kinds(report: Report) -> list[str]:
    return list(Event.objects.filter(report=report).order_by("id").values_list("kind", flat=True))


def files(report: Report) -> int:
    return Attachment.objects.filter(report=report).count()
