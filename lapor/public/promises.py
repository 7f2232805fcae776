"""The promises in force, in the words of the pages: how long each step may take, and where that comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from lapor.deadlines.due import PromiseTerms, promise_for
from lapor.deadlines.models import Promise, Step
from lapor.reports.classes import TABLE, Promises, Secrecy

from .forms.narrow import kinds

ORDER = tuple(Step)


@dataclass(frozen=True)
class Row:
    """One line of the table of promises."""

    step: str
    kind: str
    has_oversight: bool | None
    days: int
    unit: str
    source: str


def life(*, on: date) -> dict[str, PromiseTerms]:
    """The length of each step for an ordinary complaint."""
    return {step.value: promise_for(kind="complaint", has_oversight=None, step=step, on=on) for step in Step}


def table(*, on: date) -> list[Row]:
    """Every promise that holds on that day, in the order of a report's life."""
    names = {**dict(kinds()), "": "", "whistleblowing": "Whistleblowing"}
    rows = Promise.objects.filter(Q(holds_until=None) | Q(holds_until__gt=on), holds_from__lte=on)
    ordered = sorted(rows, key=lambda row: (ORDER.index(Step(row.step)), list(names).index(row.kind), row.pk))
    return [
        Row(
            step=row.get_step_display(),
            kind=str(names[row.kind]),
            has_oversight=row.has_oversight,
            days=row.days,
            unit=row.get_unit_display(),
            source=row.source,
        )
        for row in ordered
        if not (row.kind == "complaint" and row.has_oversight is None and row.step == Step.RESOLVE)
    ]


def secrecy() -> list[Promises]:
    """What each class of report promises and does not, the openest first."""
    return list(TABLE.values())


def sealed_promises() -> dict[str, Any]:
    """What a page about a sealed report says: what is promised, and what is not."""
    row = TABLE[Secrecy.SEALED]
    return {"promised": row.holds, "limits": row.limits}
