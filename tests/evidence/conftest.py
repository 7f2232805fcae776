from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from lapor.evidence.findings import Finding, Tally
from lapor.evidence.follow import follow
from lapor.evidence.verify import verify
from lapor.reports import events
from tests.cast import MONDAY, Stage, set_stage

LATER = MONDAY + timedelta(minutes=10)


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """Real transactions: what may be logged depends on which of them have ended."""
    return set_stage()


def log(now: object = None) -> None:
    """Everything there is becomes leaves, and a head is signed over it."""
    events.settle()
    while follow(now=now or LATER):  # type: ignore[arg-type]
        pass


def sql(statement: str, *values: Any) -> None:
    """As the owner of the tables, with the triggers that would refuse it switched off for as long as it takes."""
    tables = ("reports_event", "reports_message", "audit_entry", "evidence_leaf", "evidence_node", "evidence_head")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def faults(**given: object) -> list[Finding]:
    return list(verify(Tally(), **given))  # type: ignore[arg-type]


def named(**given: object) -> list[tuple[str, str, str, str]]:
    """What a verification names: what is wrong, table, code and kind."""
    return [(finding.found.name, finding.table, finding.code, finding.kind) for finding in faults(**given)]
