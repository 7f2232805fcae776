"""A citizen's account: everything of it in one package, and its end (UU 27/2022 art. 7, 8, 13).

An officer's account is no private matter: posts end in the back office, and what officers did stays in history.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from lapor.accounts import ending
from lapor.accounts.models import User
from lapor.audit.record import record
from lapor.reports import actions, own
from lapor.reports.actors import Reporter
from lapor.reports.models import Report

from . import erasing


class OfficersAccount(Exception):
    """Accounts of officers are ended by their office."""


@dataclass(frozen=True)
class Farewell:
    """What became of the reports: in how many the identity was erased, and which codes the law still keeps."""

    erased: int
    kept: list[str]


def facts(user: User) -> dict[str, Any]:
    """What is kept about the account itself."""
    return {"name": user.name, "email": user.email, "joined_at": user.joined_at}


def reporters(user: User) -> list[Reporter]:
    """The person as the reporter of each report that the account sent."""
    return [Reporter(report_id=report.pk, user_id=user.pk) for report in own.reports_of_account(user.pk)]


@transaction.atomic
def delete(user: User, *, with_identities: bool, now: datetime) -> Farewell:
    """Ends the account for good; its reports go on, opened by code and PIN alone.

    With `with_identities` the identity in each is erased, except where the law still needs it; those keep it until
    their term. Refuses an officer's account.
    """
    if user.is_officer:
        raise OfficersAccount
    erased, kept = 0, []
    for report in Report.objects.filter(account=user).order_by("pk"):
        actor = Reporter(report_id=report.pk, user_id=user.pk)
        if with_identities and report.identity_id is not None:
            try:
                erased += erasing.erase(actor, now=now)
            except erasing.ErasureRefused:
                kept.append(report.code)
        actions.leave_account(report_id=report.pk, actor=actor, now=now)
    ending.end(user)
    record(user_id=None, act="account.deleted", subject=f"user:{user.pk}", now=now)
    return Farewell(erased, kept)
