"""Lateness in the words of a published report: on which rung of the ladder it stands, and what its timeline says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lapor.deadlines.ladder import Decision, Office, in_words
from lapor.transparency.models import PublicEvent
from lapor.transparency.shelf import climbed


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


def said(event: PublicEvent) -> str:
    """What a line of the timeline says of lateness."""
    return " · ".join(in_words(event.office, decision=event.decision, skipped=event.skipped))
