"""The promises as a table: which holds now, which will hold, which held; and how a new one comes in."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from . import due
from .models import Promise


class PromiseRefused(Exception):
    """The promise cannot be made like this; `reason` is a stable key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def add_promise(
    *,
    step: str,
    kind: str,
    has_oversight: bool | None,
    days: int,
    unit: str,
    warn_days: int,
    extension_days: int,
    holds_from: date,
    source: str,
    today: date,
) -> Promise:
    """A new limit for what starts from that day on; what runs already keeps its date.

    Refuses a day that is not to come (deadlines that run would change behind everybody's back), one that has a limit
    already, less than a day, a warning before the start, and a limit without its source.
    """
    if holds_from <= today:
        raise PromiseRefused("not_in_future")
    if days < 1 or warn_days >= days:
        raise PromiseRefused("days_do_not_fit")
    if not source.strip():
        raise PromiseRefused("no_source")
    if Promise.objects.filter(step=step, kind=kind, has_oversight=has_oversight, holds_from=holds_from).exists():
        raise PromiseRefused("exists_already")
    promise = Promise.objects.create(
        step=step,
        kind=kind,
        has_oversight=has_oversight,
        days=days,
        unit=unit,
        warn_days=warn_days,
        extension_days=extension_days,
        holds_from=holds_from,
        source=source.strip(),
    )
    transaction.on_commit(due.forget)
    return promise


def promises_on(day: date) -> list[tuple[Promise, str]]:
    """Every promise with how it stands that day: "now", "later" or "past" (another has taken its place)."""
    rows = list(Promise.objects.all())
    latest: dict[tuple[str, str, bool | None], date] = {}
    for row in rows:
        if row.holds_from <= day:
            key = (row.step, row.kind, row.has_oversight)
            latest[key] = max(latest.get(key, row.holds_from), row.holds_from)
    steps = (
        "verify",
        "respond",
        "resolve",
        "complete",
        "reporter_reply",
        "objection",
        "advice",
        "disclose",
        "disclose_lapse",
        "breach",
    )
    order = {step: place for place, step in enumerate(steps)}
    found = [(row, _standing(row, latest, day)) for row in rows]
    return sorted(
        found,
        key=lambda pair: (order.get(pair[0].step, 9), pair[0].kind, str(pair[0].has_oversight), pair[0].holds_from),
    )


def _standing(row: Promise, latest: dict[tuple[str, str, bool | None], date], day: date) -> str:
    if row.holds_from > day:
        return "later"
    is_ended = row.holds_until is not None and row.holds_until <= day
    return "past" if is_ended or latest[row.step, row.kind, row.has_oversight] > row.holds_from else "now"
