"""Correcting one's own name and contact (UU 27/2022 art. 6); nothing of what was or is goes into history."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.audit.record import record
from lapor.reports import actions
from lapor.reports.actors import Reporter
from lapor.reports.models import Report
from lapor.vault import identities
from lapor.vault.identities import Person

NOBODY = Person(name="", phone="", email="")


def known(report: Report) -> Person:
    """What is kept of the person behind a report, for that person."""
    return (identities.reveal(report.identity_id) if report.identity_id is not None else None) or NOBODY


@transaction.atomic
def correct(actor: Reporter, *, name: str, phone: str, email: str, now: datetime) -> None:
    """Replaces name and contact, for every report of this person that shares them. Refuses nothing at all in place."""
    report = Report.objects.get(pk=actor.report_id)
    actions.correct_identity(report_id=report.pk, name=name, phone=phone, email=email, actor=actor, now=now)
    record(user_id=actor.user_id, act="identity.corrected", subject=f"report:{report.pk}", now=now)
