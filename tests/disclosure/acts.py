"""What the tests of disclosure do again and again: ask, decide, look."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core import mail
from django.core.mail import EmailMessage

from lapor.disclosure import asking, deciding
from lapor.disclosure.models import Ground, Request
from lapor.notify import queue, send
from lapor.reports.models import Event, Report
from tests.cast import MONDAY, Stage

NAME, PHONE, EMAIL = "Kenari Uji Sunyi", "081255554444", "kenari.sunyi@contoh.invalid"
REASON = "Penyidik perlu memeriksa saksi yang melihat kejadian ini; lewat percakapan pelapor tidak menjawab dua kali."
WORD = "Surat perintahnya sah dan tujuannya jelas."


def ground(key: str = "court_order") -> Ground:
    return Ground.objects.get(key=key)


def ask(stage: Stage, report: Report, *, by: str = "liaison", now: datetime = MONDAY, **changes: Any) -> Request:
    given: dict[str, Any] = {
        "ground": ground(),
        "reason": REASON,
        "reference": "Penetapan 12/Pen.Pid/2026/PN Smr",
    } | changes
    return asking.ask(report_id=report.pk, actor=stage.officer(by), now=now, **given)


def decide(
    stage: Stage, request: Request, by: str, *, allows: bool = True, now: datetime = MONDAY, reason: str = WORD
) -> Request:
    return deciding.decide(key=request.pk, allows=allows, reason=reason, actor=stage.officer(by), now=now)


def allow(stage: Stage, request: Request, *, now: datetime = MONDAY) -> Request:
    """Both custodians of the national office consent."""
    decide(stage, request, "keeper_one", now=now)
    return decide(stage, request, "keeper_two", now=now)


def send_all(*, now: datetime = MONDAY) -> list[EmailMessage]:
    """Everything that anybody is told of the events so far, as letters."""
    mail.outbox.clear()
    queue.consume(list(Event.objects.select_related("report").order_by("id")))
    while send.deliver(now=now):
        pass
    return list(mail.outbox)


def kinds(report: Report) -> list[str]:
    found = Event.objects.filter(report=report, kind__startswith="identity_").order_by("id")
    return [kind.removeprefix("identity_") for kind in found.values_list("kind", flat=True)]
