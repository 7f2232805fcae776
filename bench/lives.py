"""What happens to one invented report, from its receipt to now: events, messages, clocks, and where it stands.

The officers that are measured have the same work at every size: a *cast* of reports, spread evenly over the others and
counted out by their number, belongs to them alone. All other reports avoid their bodies.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from . import texts
from .world import Seat, World

SPAN = timedelta(days=3 * 365)
CAST = 2_000
STUCK = 0.03  # this share stays somewhere for ever
DAYS = {"verify": 4, "respond": 7, "resolve": 20, "reporter_reply": 14, "complete": 30, "objection": 20}
ENDED = frozenset({"closed", "archived", "withdrawn", "merged"})
_KINDS = ("complaint", "aspiration", "information_request", "procurement", "whistleblowing")
_KIND_SHARES = (78, 90, 97, 98, 100)
_CHANNELS = ("web", "api", "sms", "counter", "email")
_CHANNEL_SHARES = (55, 75, 90, 95, 100)
_FAR = timedelta(days=10_000)

# Of each twenty reports of the cast: two open at the office and six ended there, nine at the inspectorate, three at the
# national administrator.
OFFICE_OPEN, OFFICE_ENDED, INSPECTORATE, NATIONAL = "office_open", "office_ended", "inspectorate", "national"
_PARTS = (*[OFFICE_OPEN] * 2, *[OFFICE_ENDED] * 6, *[INSPECTORATE] * 9, *[NATIONAL] * 3)
_STAYS = {OFFICE_OPEN: ("assigned", "in_progress"), INSPECTORATE: ("received", "verified"), NATIONAL: ("received",)}
WITH_RARE_WORD = range(0, 100, 20)  # the first of six at the office, counted so many


@dataclass(slots=True)
class Message:
    kind: str
    audience: str
    author: str
    user: int | None
    agency: int | None
    text: str
    at: datetime


@dataclass(slots=True)
class Event:
    kind: str
    at: datetime
    actor: str
    user: int | None
    agency: int | None
    message: int | None
    from_state: str
    to_state: str
    data: dict[str, Any]


@dataclass(slots=True)
class Clock:
    step: str
    agency: int | None
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None = None


@dataclass(slots=True)
class Life:
    """One report as it stands now, and how it came there."""

    number: int
    received_at: datetime
    seat: Seat
    kind: str
    channel: str
    visibility: str
    is_anonymous: bool
    shows_name: bool
    has_identity: bool
    region: str | None
    place: str
    place_stems: str
    category: int
    written: texts.Written
    verifier: int
    holder: int
    state: str = "received"
    resume_state: str = ""
    outcome: str = ""
    archive_reason: str = ""
    agency: int | None = None
    officer: int | None = None
    leads: int | None = None
    contributor: int | None = None
    has_draft: bool = False
    is_ready: bool = False
    stars: int | None = None
    verified_at: datetime | None = None
    assigned_at: datetime | None = None
    responded_at: datetime | None = None
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    held_at: datetime | None = None
    resumed_at: datetime | None = None
    active_at: datetime = field(init=False)
    events: list[Event] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.active_at = self.received_at

    def happens(
        self, kind: str, at: datetime, actor: str, *, state: str = "", by: int | None = None, user: int | None = None,
        says: Message | None = None, **data: Any,
    ) -> None:  # fmt: skip
        """Appends to the history; `says` goes into the thread."""
        if says is not None:
            self.messages.append(says)
        number = len(self.messages) - 1 if says is not None else None
        before, self.state, self.active_at = self.state, state or self.state, at
        self.events.append(Event(kind, at, actor, user, by, number, before, self.state, data))

    def starts(self, step: str, at: datetime, agency: int | None) -> None:
        self.clocks.append(Clock(step, agency, at, at + timedelta(days=DAYS[step])))

    def stops(self, at: datetime, *steps: str) -> None:
        for clock in self.clocks:
            if clock.stopped_at is None and (not steps or clock.step in steps):
                clock.stopped_at = at

    def ends(self, at: datetime, state: str, outcome: str) -> None:
        self.state, self.outcome, self.closed_at = state, outcome, at
        self.stops(at)

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED


def part_of(number: int, of: int) -> tuple[str, int]:
    """Which part of the cast this report plays, and its number within the cast; "" for an ordinary one."""
    cast = min(CAST, of // 4)
    step = of // cast if cast else 0
    if not cast or number % step or number // step > cast:
        return "", 0
    place = number // step - 1
    return _PARTS[place % len(_PARTS)], place


def live(number: int, *, of: int, world: World, rng: Random, now: datetime) -> Life:
    """The life of report `number` of so many."""
    part, place = part_of(number, of)
    life = _receive(number, of, part, place, world, rng, now)
    stay = rng.choice(_STAYS[part]) if part in _STAYS else ""
    if not part and rng.random() < STUCK:
        stay = rng.choice(("received", "verified", "assigned", "in_progress"))
    _Way(life, world, rng, now, stay).go()
    return life


def _receive(number: int, of: int, part: str, place: int, world: World, rng: Random, now: datetime) -> Life:
    at = now - SPAN * ((of - number + rng.random()) / of)
    seat = world.own if part else world.seat(rng)
    spot = world.spot(seat, rng)
    verifier = world.national if part == NATIONAL else seat.verifier
    kind = "complaint" if part else rng.choices(_KINDS, cum_weights=_KIND_SHARES)[0]
    category = 0 if part else min(int(rng.paretovariate(0.6)) - 1, len(world.categories) - 1)
    visibility = "sealed" if kind == "whistleblowing" else "confidential" if rng.random() < 0.05 else "public"
    is_anonymous = visibility == "sealed" or rng.random() < 0.35
    life = Life(
        number=number,
        received_at=at,
        seat=seat,
        kind=kind,
        channel=rng.choices(_CHANNELS, cum_weights=_CHANNEL_SHARES)[0],
        visibility=visibility,
        is_anonymous=is_anonymous,
        shows_name=not is_anonymous and visibility == "public" and rng.random() < 0.1,
        has_identity=rng.random() < 0.6 and visibility != "sealed",
        region=None if part == NATIONAL else spot.code[:5] if visibility == "sealed" else spot.code,
        place=spot.name,
        place_stems=spot.stems,
        category=category,
        written=texts.write(rng, world.categories[category][1], rare=bool(part) and place - 2 in WITH_RARE_WORD),
        verifier=verifier,
        holder=verifier,
    )  # fmt: skip
    life.happens("received", at, "reporter", channel=life.channel, verifier=verifier)
    life.starts("verify", at, verifier)
    life.starts("resolve", at, verifier)
    return life


class _Way:
    """The way of one report through the states, until now or until where it stays."""

    def __init__(self, life: Life, world: World, rng: Random, now: datetime, stay: str) -> None:
        self.life, self.world, self.rng, self.now, self.stay = life, world, rng, now, stay
        self.at = life.received_at
        self.desk = world.officers.get(life.verifier)

    def go(self) -> None:
        for step in (self._verify, self._hold, self._assign, self._start, self._answer, self._judge):
            if self.life.state == self.stay or not step():
                return

    def _later(self, days: float) -> bool:
        """Lets some time pass; False when that is after now."""
        if self.stay:  # it gets as far as it must, however young it is
            days = min(days, (self.now - self.at) / timedelta(days=4))
        self.at += timedelta(days=self.rng.expovariate(1 / days)) if not self.stay else timedelta(days=days)
        return self.at < self.now

    def _verify(self) -> bool:
        life, rng = self.life, self.rng
        if not self._later(1.2):
            return False
        by, user = life.verifier, self.desk
        fate = 1.0 if self.stay else rng.random()
        if fate < 0.05:
            says = Message("archive", "thread", "officer", user, by, texts.REASON, self.at)
            life.archive_reason = "too_general"
            life.happens(
                "archived", self.at, "officer", state="archived", by=by, user=user, says=says, reason="too_general"
            )
            life.ends(self.at, "archived", "archived")
            return False
        if fate < 0.07:
            life.happens("withdrawn", self.at, "reporter", state="withdrawn")
            life.ends(self.at, "withdrawn", "withdrawn")
            return False
        life.verified_at = self.at
        life.stops(self.at, "verify")
        life.happens("verified", self.at, "officer", state="verified", by=by, user=user)
        if fate < 0.085 and life.number > 200:
            life.leads = life.number - rng.randint(1, 200)
            life.happens("merged", self.at, "officer", state="merged", by=by, user=user, lead=life.leads)
            life.stops(self.at)
            return False
        return True

    def _hold(self) -> bool:
        life, rng = self.life, self.rng
        if self.stay or rng.random() > 0.04:
            return True
        if not self._later(0.5):
            return False
        life.held_at, life.resume_state = self.at, life.state
        says = Message("question", "thread", "officer", self.desk, life.verifier, texts.QUESTION, self.at)
        life.happens("held", self.at, "officer", state="on_hold", by=life.verifier, user=self.desk, says=says)
        life.starts("complete", self.at, None)
        if not self._later(8):
            return False
        life.resumed_at, life.resume_state = self.at, ""
        life.stops(self.at, "complete")
        says = Message("reply", "thread", "reporter", None, None, texts.REPLY, self.at)
        life.happens("replied", self.at, "reporter", state="verified", says=says)
        life.happens("resumed", self.at, "reporter", state="verified")
        return True

    def _assign(self) -> bool:
        life, rng, world = self.life, self.rng, self.world
        if not self._later(0.4):
            return False
        part = life.seat is world.own
        to = world.office if part else world.office_for(life.seat, life.category, rng)
        if not part and rng.random() < 0.05:
            life.contributor = world.office_for(life.seat, life.category + 1, rng)
        life.agency = life.holder = to
        life.assigned_at = self.at
        life.happens("assigned", self.at, "officer", state="assigned", by=life.verifier, user=self.desk, to=to)
        life.starts("respond", self.at, to)
        for clock in life.clocks:
            if clock.step == "resolve":
                clock.agency = to
        self.desk = world.officers.get(to)
        return True

    def _start(self) -> bool:
        life = self.life
        if not self._later(2):
            return False
        life.officer = self.desk
        life.has_draft = self.rng.random() < 0.4
        life.is_ready = life.has_draft and self.rng.random() < 0.5
        life.happens("started", self.at, "officer", state="in_progress", by=life.agency, user=self.desk)
        if self.rng.random() < 0.4 and self._later(1):
            life.responded_at = self.at
            life.stops(self.at, "respond")
            says = self._says("follow_up", texts.ANSWERS[1])
            life.happens("followed_up", self.at, "officer", by=life.agency, user=self.desk, says=says)
        return self.at < self.now

    def _answer(self) -> bool:
        life = self.life
        if not self._later(8):
            return False
        life.has_draft = life.is_ready = False
        life.answered_at = self.at
        life.responded_at = life.responded_at or self.at
        life.stops(self.at, "respond", "resolve")
        life.starts("reporter_reply", self.at, None)
        says = self._says("answer", self.rng.choice(texts.ANSWERS))
        life.happens("drafted", self.at, "officer", by=life.agency, user=self.desk, is_ready=True)
        life.happens("answered", self.at, "officer", state="answered", by=life.agency, user=self.desk, says=says)
        return True

    def _judge(self) -> bool:
        life, rng = self.life, self.rng
        fate = rng.random()
        if fate > 0.4:
            self.at += timedelta(days=DAYS["reporter_reply"])
            if self.at < self.now:
                life.happens("closed", self.at, "clock", state="closed", outcome="silence")
                life.ends(self.at, "closed", "silence")
            return False
        if not self._later(3):
            return False
        if fate > 0.05:
            life.happens("agreed", self.at, "reporter", state="closed")
            life.happens("closed", self.at, "reporter", state="closed", outcome="agreed")
            life.ends(self.at, "closed", "agreed")
            if rng.random() < 0.6:
                life.stars = rng.randint(1, 5)
                life.happens("rated", self.at, "reporter", stars=life.stars, dealt_with=life.stars > 2)
            return False
        return self._object()

    def _object(self) -> bool:
        life = self.life
        says = Message("objection", "thread", "reporter", None, None, texts.OBJECTION, self.at)
        life.happens("objected", self.at, "reporter", state="objected", says=says)
        life.holder = life.verifier
        life.stops(self.at)
        life.starts("objection", self.at, life.verifier)
        if self._later(6):
            user = self.world.officers.get(life.verifier)
            says = Message("decision", "thread", "officer", user, life.verifier, texts.REASON, self.at)
            life.happens(
                "objection_rejected", self.at, "officer", state="closed", by=life.verifier, user=user, says=says
            )
            life.happens("closed", self.at, "officer", by=life.verifier, user=user, outcome="objection_rejected")
            life.ends(self.at, "closed", "objection_rejected")
        return False

    def _says(self, kind: str, text: str) -> Message:
        return Message(kind, "thread", "officer", self.desk, self.life.agency, text, self.at)
