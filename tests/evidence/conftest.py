"""Tests here run in one transaction that is rolled back, where nothing ever settles: rows count as settled at once. That
rows really wait until no older one can come is tested in test_tree.py, with real transactions.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from lapor.audit.models import Entry
from lapor.evidence import sources
from lapor.evidence.findings import Finding, Tally
from lapor.evidence.follow import follow
from lapor.evidence.models import Leaf, Source
from lapor.evidence.verify import verify
from tests.cast import MONDAY, Stage

LATER = MONDAY + timedelta(minutes=10)
TABLES = (
    "reports_event", "reports_message", "audit_entry", "evidence_leaf", "evidence_node", "evidence_head",
)  # fmt: skip


@pytest.fixture
def stage(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr(sources, "SETTLED", "true")
    return stage


def log(now: datetime = LATER) -> None:
    """Everything there is becomes leaves, and a head is signed over it."""
    give_up = time.monotonic() + 60
    while follow(now=now) or _waits():
        if time.monotonic() > give_up:
            raise TimeoutError("an older transaction does not end")


def _waits() -> bool:
    """Whether entries wait, with real transactions, for one that is older, perhaps of another database."""
    if connection.in_atomic_block or Leaf.objects.filter(source=Source.ENTRY).count() == Entry.objects.count():
        return False
    time.sleep(0.05)
    return True


def sql(statement: str, *values: Any) -> None:
    """As the owner of the tables, with the triggers that would refuse it switched off for as long as it takes."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # in a transaction nothing may wait for its end
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def faults(**given: Any) -> list[Finding]:
    return list(verify(Tally(), **given))


def named(**given: Any) -> list[tuple[str, str, str, str]]:
    """What a verification names: what is wrong, table, code and kind."""
    return [(finding.found.name, finding.table, finding.code, finding.kind) for finding in faults(**given)]
