"""The register of breaches and its clock: three times 24 hours from knowing to telling (UU 27/2022 art. 46)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from lapor.accounts.models import User
from lapor.agencies.models import Role
from lapor.agencies.people import held_on
from lapor.deadlines.due import promise_for
from lapor.deadlines.models import Step
from lapor.reports import clockwork

from .models import Breach, BreachEntry

Kind = BreachEntry.Kind
WARN_BEFORE = (timedelta(hours=24), timedelta(hours=6), timedelta(0))  # warned this long before the end


class BreachRefused(Exception):
    """It cannot be written down like this; `reason` is a stable key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A breach as it is known now: the latest that was said of each thing, and how its clock stands."""

    breach: Breach
    entries: list[BreachEntry]
    happened: str
    data: str
    people: int | None
    measures: str
    authority_told_at: datetime | None
    subjects_told_at: datetime | None
    closed_at: datetime | None
    left: timedelta | None  # until the end of the clock, negative when it is over; None once both were told

    @property
    def is_late(self) -> bool:
        return self.left is not None and self.left < timedelta(0)

    @property
    def hours_left(self) -> int:
        return int(abs(self.left).total_seconds() // 3600) if self.left is not None else 0


@transaction.atomic
def open_breach(
    *, known_at: datetime, happened: str, data: str, people: int | None, measures: str, by: User, now: datetime
) -> Breach:
    """Writes down a breach; its clock runs from when it was known, not from now. Refuses a moment to come."""
    if known_at > now:
        raise BreachRefused("in_future")
    terms = promise_for(kind="", has_oversight=None, step=Step.BREACH, on=clockwork.day_of(known_at))
    breach = Breach.objects.create(
        known_at=known_at, due_at=known_at + timedelta(days=terms.days), opened_at=now, opened_by=by
    )
    _enter(breach, Kind.OPENED, by=by, now=now, happened=happened, data=data, people=people, measures=measures)
    return breach


@transaction.atomic
def add(breach: Breach, *, kind: str, by: User, now: datetime, **said: str | int | None) -> BreachEntry:
    """One more entry; what was written before stays. Refuses an empty one, and any once the breach is closed; closing
    needs both to have been told.
    """
    row = Breach.objects.select_for_update().get(pk=breach.pk)
    known = set(row.entries.values_list("kind", flat=True))
    if Kind.CLOSED in known:
        raise BreachRefused("already_ended")
    told = {Kind.AUTHORITY_TOLD, Kind.SUBJECTS_TOLD}
    if kind == Kind.CLOSED and not told <= known:
        raise BreachRefused("not_told_yet")
    if kind in {Kind.CORRECTED, Kind.MEASURE} and not any(value not in {"", None} for value in said.values()):
        raise BreachRefused("empty")
    entry = _enter(row, kind, by=by, now=now, **said)
    if told <= known | {kind}:
        row.is_running = False
        row.save(update_fields=["is_running"])
    return entry


def standing(breach: Breach, *, now: datetime) -> Standing:
    entries = list(breach.entries.select_related("by").order_by("pk"))
    told = {entry.kind: entry.at for entry in reversed(entries)}
    people = [entry.people for entry in entries if entry.people is not None]
    return Standing(
        breach=breach,
        entries=entries,
        happened=_latest(entries, "happened"),
        data=_latest(entries, "data"),
        people=people[-1] if people else None,
        measures="\n".join(entry.measures for entry in entries if entry.measures),
        authority_told_at=told.get(Kind.AUTHORITY_TOLD),
        subjects_told_at=told.get(Kind.SUBJECTS_TOLD),
        closed_at=told.get(Kind.CLOSED),
        left=breach.due_at - now if breach.is_running else None,
    )


def every(*, now: datetime) -> list[Standing]:
    """The register, what still runs first."""
    return [standing(breach, now=now) for breach in Breach.objects.order_by("-is_running", "-known_at")]


def running(*, now: datetime) -> list[Standing]:
    return [standing(breach, now=now) for breach in Breach.objects.filter(is_running=True).order_by("due_at")]


@transaction.atomic
def to_warn_of(*, now: datetime) -> list[Breach]:
    """The breaches whose next warning is due, each once per warning; whoever calls it warns."""
    found = []
    for breach in Breach.objects.select_for_update(skip_locked=True).filter(is_running=True):
        reached = sum(breach.due_at - before <= now for before in WARN_BEFORE)
        if reached > breach.warned:
            breach.warned = reached
            breach.save(update_fields=["warned"])
            found.append(breach)
    return found


def keepers(*, now: datetime) -> list[User]:
    """Who must hear of it: the national administrators."""
    posts = held_on(clockwork.day_of(now)).filter(role=Role.NATIONAL)
    return list(User.objects.filter(pk__in=posts.values("user")).order_by("pk"))


def _enter(breach: Breach, kind: str, *, by: User, now: datetime, **said: str | int | None) -> BreachEntry:
    return BreachEntry.objects.create(breach=breach, kind=kind, by=by, at=now, **said)


def _latest(entries: list[BreachEntry], name: str) -> str:
    found = [str(getattr(entry, name)) for entry in entries if getattr(entry, name)]
    return found[-1] if found else ""
