"""Whom a new report names, for the one statement that files it; a report that names nobody has no part in this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from lapor.vault.models import Identity

from .. import accused, namings
from ..change import Incomplete
from ..models import Kind, Naming, Shield
from ..submission import Submission
from .accusing import MOST, check


@dataclass(frozen=True)
class NewNaming:
    """One naming that is to be filed: its row, what the vault keeps of it, and the marks that it puts on the report."""

    row: Naming
    secret: Identity | None
    marks: frozenset[bytes]


def new_namings(submission: Submission, *, now: datetime, today: date) -> list[NewNaming]:
    """The namings of a report as it comes in. Refuses with `Incomplete` what names nobody, and too many."""
    if len(submission.accused) > MOST:
        raise Incomplete("accused", "too_many")
    found = []
    for one in submission.accused:
        check(one)
        row, secret = namings.prepared(
            one, is_sealed=submission.kind == Kind.WHISTLEBLOWING, by="reporter", user_id=None, now=now
        )
        found.append(NewNaming(row, secret, accused.marks_against([one], on=today)))
    return found


def statement(named: Sequence[NewNaming]) -> tuple[str, list[Any]]:
    """The part of the statement that writes them, and its values; it reads the report's key from `filed`."""
    quote = connection.ops.quote_name
    naming, shield = (quote(model._meta.db_table) for model in (Naming, Shield))
    rows = ", ".join(["(%s::uuid, %s::bigint, %s::bigint, %s::bigint, %s::uuid)"] * len(named))
    sql = f""", named AS (
            INSERT INTO {naming} (id, report_id, agency_id, unit_id, officer_id, identity_id, by, named_at)
            SELECT one.id, filed.id, one.agency, one.unit, one.officer, one.person, 'reporter', filed.received_at
            FROM filed, (VALUES {rows}) AS one (id, agency, unit, officer, person)
        )"""  # noqa: S608 -- names come from the models, values are parameters
    values: list[Any] = []
    for one in named:
        values += [one.row.pk, one.row.agency_id, one.row.unit_id, one.row.officer_id, one.row.identity_id]
    marks = [(mark, one.row.pk) for one in named for mark in sorted(one.marks)]
    if marks:
        sql += f""", shields AS (
            INSERT INTO {shield} (report_id, mark, naming_id)
            SELECT filed.id, one.mark, one.naming
            FROM filed, (VALUES {", ".join(["(%s::bytea, %s::uuid)"] * len(marks))}) AS one (mark, naming)
        )"""  # noqa: S608
        values += [part for pair in marks for part in pair]
    return sql, values
