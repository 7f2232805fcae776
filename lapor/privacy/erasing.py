"""Erasing on request: what the law allows the reporter (UU 27/2022 art. 8, 43, 44), and what follows from it.

An identity may go at once, also while the report is open: it then goes on as an anonymous one. It must wait where a row
of `terms` says that the law needs it, and where a legal hold stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lapor.audit.record import record
from lapor.reports import actions, clockwork
from lapor.reports.actors import Reporter
from lapor.reports.models import Report, Visibility

from . import holds, terms
from .models import Data

ON_REQUEST = "request"


class ErasureRefused(Exception):
    """The law stands against it; `reason` is a stable key, `basis` the article in words."""

    def __init__(self, reason: str, basis: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.basis = basis


@dataclass(frozen=True)
class Outlook:
    """What erasing would mean now: refused with `reason` and `basis`, or done; `goes_on` while the report is open."""

    reason: str = ""
    basis: str = ""
    goes_on: bool = False

    @property
    def may(self) -> bool:
        return not self.reason


def outlook(report: Report, *, now: datetime) -> Outlook:
    """Whether the identity behind this report may be erased now, for all reports of the same person that share it."""
    if report.visibility == Visibility.SEALED:
        return Outlook(reason="sealed")
    today = clockwork.day_of(now)
    family = list(actions.same_person(report))
    if any(holds.is_held(one.pk, on=today) for one in family):
        return Outlook(reason="legal_hold", basis="UU 27/2022 pasal 15 ayat (1) huruf b")
    for one in family:
        term = terms.term_for(Data.IDENTITY, kind=one.kind, on=today)
        if one.is_open and term is not None and term.must_wait:
            return Outlook(reason="must_wait", basis=term.basis)
    return Outlook(goes_on=any(one.is_open for one in family))


@transaction.atomic
def erase(actor: Reporter, *, now: datetime) -> int:
    """Destroys the reporter's identity now; returns in how many reports. Files go with it where the report has ended.

    Refuses with `ErasureRefused`; then nothing was changed.
    """
    report = Report.objects.select_for_update().get(pk=actor.report_id)
    found = outlook(report, now=now)
    if not found.may:
        raise ErasureRefused(found.reason, found.basis)
    family = list(actions.same_person(report).order_by("pk"))
    for one in family:
        own = Reporter(report_id=one.pk, user_id=actor.user_id)
        actions.erase_identity(report_id=one.pk, why=ON_REQUEST, actor=own, now=now)
        if not one.is_open:
            actions.erase_files(report_id=one.pk, why=ON_REQUEST, actor=own, now=now)
        record(user_id=None, act="identity.erased", subject=f"report:{one.pk}", now=now)
    return len(family)
