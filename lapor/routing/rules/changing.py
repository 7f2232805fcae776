"""Changes of the table of competence: a row comes, says something else, is switched off or on again.

Each leaves a row of history with what was said before and after. No report is sent anywhere else because of it: rules
speak when a report comes in, and to the officer who disposes it.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from lapor.accounts.models import User
from lapor.routing.models import Rule, RuleChange
from lapor.routing.rules.checks import problems
from lapor.routing.rules.in_force import forget
from lapor.routing.rules.said import COLUMNS, Said, said_by

LOCK = 710_241_005
LONGEST_WHY = 300


class RuleRefused(Exception):
    """The rule cannot be changed like this; `reason` is a stable key, `field` the column it is about, if any."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


def lock() -> None:
    """Holds the table until the transaction ends: changes come one after the other, in the order of their keys."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@transaction.atomic
def add(said: Said, *, by: User, why: str, now: datetime) -> Rule:
    """A new row, first among those of its priority. Refuses what could not be decided by."""
    _check(said, why)
    lock()
    rule = Rule.objects.create(**asdict(said), is_edited=True)
    _note(rule, before=None, by=by, why=why, now=now)
    return rule


@transaction.atomic
def change(rule: Rule, said: Said, *, by: User, why: str, now: datetime) -> Rule:
    """The row says something else from now on. Refuses what could not be decided by, and a change of nothing."""
    _check(said, why)
    lock()
    row = Rule.objects.select_for_update().get(pk=rule.pk)
    if said == said_by(row):
        raise RuleRefused("nothing_changed")
    before = snapshot(row)
    for name in COLUMNS:
        setattr(row, name, getattr(said, name))
    row.is_edited = True
    row.save()
    _note(row, before=before, by=by, why=why, now=now)
    return row


@transaction.atomic
def switch(rule: Rule, *, is_active: bool, by: User, why: str, now: datetime) -> Rule:
    """The row decides nothing any more, or decides again. Refuses where it already stands so, and to switch on a row
    that could not be decided by any more.
    """
    _check(said_by(rule) if is_active else None, why)
    lock()
    row = Rule.objects.select_for_update().get(pk=rule.pk)
    if row.is_active == is_active:
        raise RuleRefused("rule_stands_so")
    before = snapshot(row)
    row.is_active, row.is_edited = is_active, True
    row.save(update_fields=["is_active", "is_edited"])
    _note(row, before=before, by=by, why=why, now=now)
    return row


def _check(said: Said | None, why: str) -> None:
    if not why.strip():
        raise RuleRefused("no_reason")
    if said is not None and (found := problems(said)):
        raise RuleRefused(found[0].reason, found[0].field)


def snapshot(rule: Rule) -> dict[str, Any]:
    """A row as history keeps it."""
    return asdict(said_by(rule)) | {"is_active": rule.is_active}


def _note(rule: Rule, *, before: dict[str, Any] | None, by: User, why: str, now: datetime) -> None:
    RuleChange.objects.create(
        rule=rule, at=now, by=by, why=why.strip()[:LONGEST_WHY], before=before, after=snapshot(rule)
    )
    transaction.on_commit(forget)
