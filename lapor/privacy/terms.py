"""How long which data are kept, as dated rows with their law: what holds on a day, and how a new row comes in."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from lapor.accounts.models import User

from .models import Data, Term

_FILE = Path(__file__).parent / "data" / "terms.csv"


class TermRefused(Exception):
    """The term cannot be made like this; `reason` is a stable key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def in_force(*, on: date) -> list[Term]:
    """The row that holds for each sort of data and kind of report on that day."""
    found: dict[tuple[str, str], Term] = {}
    for row in Term.objects.filter(holds_from__lte=on).order_by("holds_from"):
        found[row.data, row.kind] = row
    order = list(Data)
    return sorted(found.values(), key=lambda row: (order.index(Data(row.data)), row.kind))


def every(*, on: date) -> list[tuple[Term, str]]:
    """All rows with how each stands that day: "now", "later" or "past"."""
    now = {row.pk for row in in_force(on=on)}
    rows = Term.objects.select_related("added_by").order_by("data", "kind", "-holds_from")
    return [(row, "now" if row.pk in now else "later" if row.holds_from > on else "past") for row in rows]


def term_for(data: Data, *, kind: str, on: date) -> Term | None:
    """The row for one kind of report: its own, else the one for any kind."""
    rows = {row.kind: row for row in in_force(on=on) if row.data == data}
    return rows.get(kind) or rows.get("")


def add(
    *,
    data: str,
    kind: str,
    days: int,
    must_wait: bool,
    basis: str,
    holds_from: date,
    by: User,
    now: datetime,
    today: date,
) -> Term:
    """A new term from a day to come. Refuses a day that is not, one that has a row already, and one without its law."""
    if holds_from <= today:
        raise TermRefused("not_in_future")
    if not basis.strip():
        raise TermRefused("no_source")
    if Term.objects.filter(data=data, kind=kind, holds_from=holds_from).exists():
        raise TermRefused("exists_already")
    return Term.objects.create(
        data=data,
        kind=kind,
        days=days,
        must_wait=must_wait,
        basis=basis.strip(),
        holds_from=holds_from,
        added_at=now,
        added_by=by,
    )


def load_all() -> None:
    """Brings the terms of the file that are not there yet."""
    known = set(Term.objects.values_list("data", "kind", "holds_from"))
    with _FILE.open(encoding="utf-8", newline="") as rows:
        terms = [
            Term(
                data=row["data"],
                kind=row["kind"],
                holds_from=date.fromisoformat(row["holds_from"]),
                days=int(row["days"]),
                must_wait=row["must_wait"] == "yes",
                basis=row["basis"],
                added_at=timezone.now(),
            )
            for row in csv.DictReader(rows)
        ]
    Term.objects.bulk_create([one for one in terms if (one.data, one.kind, one.holds_from) not in known])
