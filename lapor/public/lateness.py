"""Lateness in the words of a published report: on which rung of the ladder it stands, and what its timeline says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lapor.deadlines.ladder import Decision, Office, in_words
from lapor.transparency.models import PublicEvent
from lapor.transparency.shelf import Unanswered, climbed, unanswered


@dataclass(frozen=True)
class Rung:
    """Where a late report stands: an office, never a person."""

    office: str
    body: str
    since: datetime
    climbs_at: datetime | None
    decision: str


def rung(events: Sequence[PublicEvent]) -> Rung | None:
    """The rung where this report stands."""
    found = climbed(events)
    if found is None:
        return None
    decision = str(Decision(found.decision).label) if found.decision else ""
    return Rung(str(Office(found.office).label), found.body, found.since, found.climbs_at, decision)


@dataclass(frozen=True)
class Advice:
    """A recommendation whose answer is late; `office` is empty until lateness has been noted."""

    by: str
    due_at: datetime
    office: str
    body: str


def advice(events: Sequence[PublicEvent], *, now: datetime) -> Advice | None:
    """The recommendation on this report that the body owes an answer to, where it is late."""
    found: Unanswered | None = unanswered(events, now=now)
    if found is None:
        return None
    return Advice(found.by, found.due_at, str(Office(found.office).label) if found.office else "", found.body)


def said(event: PublicEvent) -> str:
    """What a line of the timeline says of lateness."""
    return " · ".join(in_words(event.office, decision=event.decision, skipped=event.skipped))
