"""Who is told what, when: one table from (event, audience) to people and template. The words are in `texts`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, auto
from typing import Any

from lapor.agencies.models import Role
from lapor.deadlines.ladder import Office
from lapor.reports.models import Event
from lapor.reports.models import EventKind as E

from .models import VOICE, Audience


class People(Enum):
    """The people of a body that a message goes to; `recipients` finds them."""

    REPORTER = auto()
    TRIAGE = auto()  # administrators of the body that holds the report now
    LIAISONS = auto()  # liaison officers of the body that must answer
    OVERSEERS = auto()  # of the overseeing body in the event's data
    WATCHERS = auto()  # administrators of the body in the event's data, and of the inspectorate above it
    CONTRIBUTOR = auto()  # liaison officers of the body in the event's data
    UNIT = auto()  # the officer in charge or the deputy, else the operators of the unit, else the liaison officers
    KEEPERS = auto()  # the custodians who may decide on the request in the event's data
    NAMED = auto()  # the person in the event's data, else the administrators of the body in it


ROLES: dict[People, tuple[Role, ...]] = {
    People.TRIAGE: (Role.ADMIN, Role.NATIONAL),
    People.LIAISONS: (Role.LIAISON, Role.PPID),
    People.CONTRIBUTOR: (Role.LIAISON,),
    People.UNIT: (Role.OPERATOR,),
    People.OVERSEERS: (Role.OVERSEER,),
    People.WATCHERS: (Role.ADMIN, Role.NATIONAL),
    People.NAMED: (Role.ADMIN, Role.NATIONAL),
}
# Whatever the table says, of a sealed report only these hear, and only at the body that holds it.
SEALED_ROLES = (Role.INVESTIGATOR,)
HOURLY = timedelta(hours=1)


@dataclass(frozen=True)
class Line:
    """One message. `when` names what the event's data must hold, `unless` what they must not; `quiet` is how long the
    same person hears it once.
    """

    audience: Audience
    people: People
    template: str
    when: Mapping[str, Any] = field(default_factory=dict)
    quiet: timedelta | None = None
    unless: str = ""

    def fits(self, event: Event) -> bool:
        return not event.data.get(self.unless) and all(
            event.data.get(name) == value for name, value in self.when.items()
        )


def _reporter(template: str, **when: Any) -> Line:
    return Line(Audience.REPORTER, People.REPORTER, template, when)


def _officers(people: People, template: str, *, quiet: timedelta | None = None, unless: str = "", **when: Any) -> Line:
    return Line(Audience.OFFICERS, people, template, when, quiet, unless)


def _one_or_many(people: People, template: str) -> tuple[Line, Line]:
    """A report given by a person is told by itself; many that came at once (`bulk`) are told once an hour."""
    return _officers(people, template, unless="bulk"), _officers(people, "inherited", quiet=HOURLY, bulk=True)


TABLE: dict[str, tuple[Line, ...]] = {
    E.RECEIVED: (_reporter("received"), _officers(People.TRIAGE, "to_verify", quiet=HOURLY)),
    E.PASSED: (_officers(People.TRIAGE, "to_verify", quiet=HOURLY),),
    E.REOPENED: (_officers(People.TRIAGE, "to_verify", quiet=HOURLY),),
    E.HANDED_BACK: (_officers(People.TRIAGE, "handed_back"),),
    E.HELD: (_reporter("held"),),
    E.REMINDED: (_reporter("reminded"),),
    E.ASSIGNED: (_reporter("assigned"), *_one_or_many(People.LIAISONS, "to_handle")),
    E.CONTRIBUTOR_ADDED: _one_or_many(People.CONTRIBUTOR, "to_contribute"),
    E.UNIT_ASSIGNED: (_officers(People.UNIT, "to_draft", unless="bulk"),),  # its people came with the reports
    E.REASSIGNED: _one_or_many(People.UNIT, "to_draft"),
    E.DRAFTED: (_officers(People.LIAISONS, "to_approve", is_ready=True),),
    E.DRAFT_RETURNED: (_officers(People.UNIT, "draft_returned"),),
    E.REPLIED: (_officers(People.UNIT, "replied"),),
    E.FOLLOWED_UP: (_reporter("followed_up"),),
    E.EXTENDED: (_reporter("extended"),),
    E.ANSWERED: (_reporter("answered"),),
    E.OBJECTED: (_officers(People.TRIAGE, "to_decide"),),
    E.OBJECTION_ACCEPTED: (_reporter("objection_accepted"), _officers(People.LIAISONS, "returned")),
    E.SENT_BACK: (_reporter("sent_back"), _officers(People.LIAISONS, "returned_weak")),
    E.OBJECTION_REJECTED: (_reporter("objection_rejected"),),
    E.ARCHIVED: (_reporter("archived"),),
    E.WITHDRAWN: (_reporter("expired", why="incomplete"),),
    E.CLOSED: (_reporter("closed", outcome="silence"),),
    E.VOICE_ASKED: (_reporter(VOICE),),
    E.MERGED: (_reporter("merged"),),
    E.SPLIT: (_reporter("split"),),
    E.WARNED: (_officers(People.UNIT, "warned"),),
    E.OVERDUE: (_officers(People.LIAISONS, "overdue"),),
    E.IDENTITY_ASKED: (Line(Audience.KEEPERS, People.KEEPERS, "identity_asked"),),
    E.IDENTITY_LATE: (Line(Audience.KEEPERS, People.KEEPERS, "identity_asked"),),
    E.IDENTITY_ALLOWED: (Line(Audience.NAMED, People.NAMED, "identity_decided"),),
    E.IDENTITY_REFUSED: (Line(Audience.NAMED, People.NAMED, "identity_decided"),),
    E.IDENTITY_LAPSED: (Line(Audience.NAMED, People.NAMED, "identity_decided"),),
    E.IDENTITY_TOLD: (_reporter("identity_told"),),
    E.ESCALATED: (
        *(Line(Audience.NAMED, People.NAMED, "escalated", {"why": why}) for why in ("second_hand_back", "passed_back")),
        *(Line(Audience.NAMED, People.NAMED, f"late_{office}", {"office": office}) for office in Office),
    ),
    E.RUNG_WAITS: tuple(Line(Audience.NAMED, People.NAMED, f"late_{office}", {"office": office}) for office in Office),
    E.RECOMMENDED: (_reporter("recommended"), _officers(People.LIAISONS, "to_answer_advice")),
    E.ADVICE_ANSWERED: (_reporter("advice_answered"), _officers(People.OVERSEERS, "advice_reply")),
    E.ADVICE_LATE: (
        _officers(People.LIAISONS, "advice_late"),
        _officers(People.WATCHERS, "advice_late_there"),
        _officers(People.OVERSEERS, "advice_not_answered"),
    ),
    E.ADVICE_RAISED: (Line(Audience.NAMED, People.NAMED, "advice_raised"),),
    E.RUNG_DECIDED: (_officers(People.LIAISONS, "rung_decided"),),
}
