"""A report that an officer types for somebody who came or wrote: filed like every other, with who typed it and what the
visitor agreed to. The helper has no right to the report afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction

from lapor.audit.record import record
from lapor.reports import access, actions
from lapor.reports.actors import Officer
from lapor.reports.models import Report
from lapor.reports.submission import Receipt, Submission
from lapor.vault.envelope import open_sealed, seal

from .models import Entered, Sheet

SHOWN_FOR = timedelta(minutes=15)  # the receipt, to the officer who entered it, for a printer that jams
LISTED = 100


@dataclass(frozen=True, kw_only=True)
class Paper:
    """How it came. `consented_on`: the day on which the visitor heard it read back and agreed."""

    came: str
    consented_on: date | None = None
    number: str = field(default="", repr=False)
    dated_on: date | None = None
    sheet: str = ""


class SheetUsed(Exception):
    """There is no such blank sheet, or a report was entered from it already."""


def enter(submission: Submission, paper: Paper, *, actor: Officer, now: datetime) -> Receipt:
    """Files the report, once under its idempotency key; a repeat gives the same receipt. Refuses with `NotFound`
    whoever may not enter reports, with `SheetUsed` a sheet that is taken, and as `actions.submit` does.
    """
    access.require_entering(actor)
    with transaction.atomic():
        sheet = _free_sheet(paper.sheet)
        receipt = actions.submit(submission, now=now)
        report = Report.objects.only("pk").get(code=receipt.code)
        if receipt.is_repeat:
            return receipt
        if sheet is not None and Entered.objects.filter(sheet=sheet).exists():
            raise SheetUsed
        row = Entered(
            report=report,
            came=paper.came,
            by_id=actor.user_id,
            at=now,
            consented_on=paper.consented_on,
            dated_on=paper.dated_on,
            box=seal({"number": paper.number}, aad=f"entered:{report.pk}") if paper.number else None,
            sheet=sheet,
        )
        row.save(force_insert=True)
        agreed = paper.consented_on.isoformat() if paper.consented_on else ""
        record(
            user_id=actor.user_id,
            act="report.entered",
            subject=f"report:{report.pk}",
            now=now,
            data={"came": paper.came, "consented_on": agreed, "sheet": paper.sheet},
        )
    return receipt


def shown_again(code: str, *, actor: Officer, act: str, now: datetime) -> None:
    """Records that code and PIN stood on the screen of the officer: "pin.revealed" in clear, "receipt.repeated" for
    paper.
    """
    report = Report.objects.only("pk").get(code=code)
    record(user_id=actor.user_id, act=act, subject=f"report:{report.pk}", now=now)


def entered_by(actor: Officer) -> list[tuple[str, datetime, str]]:
    """(code, when, how it came) of the latest that this officer typed: all that a helper is told of them."""
    access.require_entering(actor)
    rows = Entered.objects.filter(by=actor.user_id).order_by("-id")[:LISTED]
    return [(row.report.code, row.at, row.get_came_display()) for row in rows.select_related("report")]


def reference_of(report_id: int) -> tuple[str, date | None]:
    """(number, day) of the letter that a report came by, for whoever may know who wrote it; empty where not known."""
    row = Entered.objects.filter(report=report_id).first()
    if row is None:
        return "", None
    number = str(open_sealed(bytes(row.box), aad=f"entered:{report_id}")["number"]) if row.box else ""
    return number, row.dated_on


def forget_numbers() -> int:
    """Destroys the numbers of letters whose writer's identity was erased; returns how many."""
    erased = Entered.objects.filter(box__isnull=False, report__identity__erased_at__isnull=False)
    return erased.update(box=None)


def _free_sheet(code: str) -> Sheet | None:
    """The sheet, locked against a colleague who enters it at the same moment."""
    if not code:
        return None
    sheet = Sheet.objects.select_for_update().filter(code=code).first()
    if sheet is None:
        raise SheetUsed
    return sheet
