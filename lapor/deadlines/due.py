"""From a promise to a moment: until when a step must be done, when to warn, how much an extension gives."""

from __future__ import annotations

import time as clock
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from lapor.agencies.places import timezone_of
from lapor.lib.workdays import Pause, due_date, workdays_before

from .calendar import calendar_for
from .models import Promise, Step

FRESH_SECONDS = 30.0
_END_OF_DAY = time(23, 59, 59)
_START_OF_WORK = time(8, 0)


class NoPromise(Exception):
    """No promise is in force for this kind, step and day; names what is missing."""


@dataclass(frozen=True)
class PromiseTerms:
    """The length of one step as promised: `days` of `unit` ("working" or "calendar")."""

    days: int
    unit: str
    warn_days: int
    extension_days: int
    source: str

    def longer_by(self, days: int) -> PromiseTerms:
        return replace(self, days=self.days + days)


_held: tuple[float, list[Promise]] | None = None


def forget() -> None:
    """Drops the promises held in memory."""
    global _held
    _held = None


def promise_for(*, kind: str, has_oversight: bool | None, step: str, on: date) -> PromiseTerms:
    """The promise in force on a day. The most particular row wins: kind and oversight, then kind, then any kind."""
    fitting = [
        promise
        for promise in _promises()
        if promise.step == step
        and promise.holds_from <= on
        and (promise.holds_until is None or on < promise.holds_until)
        and promise.kind in {"", kind}
        and promise.has_oversight in {None, has_oversight}
    ]
    if not fitting:
        raise NoPromise(f"no promise for kind {kind!r}, step {step!r} on {on}")
    return _terms(max(fitting, key=lambda found: (found.kind != "", found.has_oversight is not None, found.holds_from)))


def due_at(
    *, started_at: datetime, terms: PromiseTerms, region_code: str | None, pauses: Sequence[Pause] = ()
) -> datetime:
    """The last second of the last day, by the clock of the place. Work counts from the day after the start."""
    zone = timezone_of(region_code)
    day = due_date(
        started=started_at.astimezone(zone).date(),
        days=terms.days,
        pauses=pauses,
        calendar=calendar_for(region_code),
        unit=terms.unit,
    )
    return datetime.combine(day, _END_OF_DAY, tzinfo=zone)


def warn_at(*, due_at: datetime, step: str, region_code: str | None, terms: PromiseTerms | None = None) -> datetime:
    """Eight in the morning of the working day on which to warn: `warn_days` of the promise's unit before the due day.

    Without `terms` the longest warning that any kind of report has for this step.
    """
    terms = terms or _longest_warning(step)
    zone = timezone_of(region_code)
    calendar = calendar_for(region_code)
    day = due_at.astimezone(zone).date()
    if terms.unit == Promise.Unit.CALENDAR:
        day = workdays_before(day - timedelta(days=terms.warn_days), 0, calendar)
    else:
        day = workdays_before(day, terms.warn_days, calendar)
    return datetime.combine(day, _START_OF_WORK, tzinfo=zone)


def extension_days(*, kind: str, has_oversight: bool | None, on: date) -> int:
    """How many days one extension of the answer gives."""
    return promise_for(kind=kind, has_oversight=has_oversight, step=Step.RESOLVE, on=on).extension_days


def _longest_warning(step: str) -> PromiseTerms:
    fitting = [promise for promise in _promises() if promise.step == step]
    if not fitting:
        raise NoPromise(f"no promise for step {step!r}")
    return _terms(max(fitting, key=lambda found: found.warn_days))


def _terms(promise: Promise) -> PromiseTerms:
    return PromiseTerms(promise.days, promise.unit, promise.warn_days, promise.extension_days, promise.source)


def _promises() -> list[Promise]:
    global _held
    held = _held
    if held is not None and clock.monotonic() - held[0] < FRESH_SECONDS:
        return held[1]
    rows = list(Promise.objects.all())
    _held = (clock.monotonic(), rows)
    return rows
