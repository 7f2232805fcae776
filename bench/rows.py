"""Turns invented lives into rows of the tables, as the actions and consumers of the service would have left them."""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import models

from lapor.lib.codes import is_code
from lapor.lib.likeness import Message as Said
from lapor.notify.models import Notice
from lapor.reports import postings
from lapor.reports.models import Assignment, Clock, Draft, Event, Message, Posting, Rating, Report
from lapor.reports.sealing import box
from lapor.statistics.buckets import bucket_of
from lapor.statistics.facts import Told, fact_of
from lapor.statistics.models import Fact
from lapor.transparency import alike
from lapor.transparency.models import CopyPosting, PublicEvent, PublicReport, Support
from lapor.transparency.rules import EVENTS, WITH_TEXT
from lapor.vault import identities, pins
from lapor.vault.models import Identity
from lapor.vault.sealing import new_pair

from .lives import Life
from .world import World

PIN = "40719926"
SEAL = new_pair()  # one for all sealed reports: what is measured does not open them
STRIDE = 16  # keys of events and messages that one report may use
_TOLD = {"received", "assigned", "answered", "archived"}

# Which columns are written; every other one of the model gets the model's own default.
COLUMNS: dict[type[models.Model], str] = {
    Identity: "id data_key key_version sealed phone_index email_index made_at",
    Report: "id code pin_digest channel kind title text category_id region_id place identity_id is_anonymous shows_name"
    " visibility state resume_state outcome archive_reason verifier_id agency_id responsible_id guardian_id holder_id"
    " officer_id leads_id received_at verified_at assigned_at responded_at answered_at closed_at active_at due_at"
    " sealed_id seal_public sealed receipt_tag",
    Message: "id report_id kind audience author user_id agency_id text done_by done_on written_at sealed",
    Event: "id report_id kind at actor user_id agency_id message_id from_state to_state data",
    Clock: "report_id step agency_id started_at due_at first_due_at wake_at is_paused missed_at stopped_at"
    " escalated_to_id",
    Assignment: "report_id agency_id responsible_id is_lead given_at given_by_id",
    Draft: "report_id agency_id author_id text done_by done_on is_ready written_at sealed",
    Rating: "report_id stars dealt_with given_at",
    Notice: "report_id event_id audience identity_id template state made_at sent_at",
    Fact: " ".join(field.attname for field in Fact._meta.concrete_fields),
    PublicReport: "report_id code title text kind category_id region_id province regency district place"
    " agency_id holder_id reporter_label state bucket outcome archive_reason channel received_at assigned_at"
    " active_at due_at answered_at closed_at stars support_count words",
    PublicEvent: "event_id report_id kind at actor agency_id to_agency_id state text done_by done_on",
    Support: "report_id supporter at",
    Posting: "report_id mark",
    CopyPosting: "report_id mark",
}

Rows = dict[type[models.Model], list[tuple[Any, ...]]]


def code_of(number: int) -> str:
    """The code of report `number`: as if by chance, always the same, never twice. Those from 9 on are for pgbench."""
    body = 10**8 + number * 611_953 % (8 * 10**8)
    return next(code for digit in range(10) if is_code(code := f"{body}{digit}"))


def rows_of(lives: Sequence[Life], *, world: World, rng: Random, now: datetime) -> Rows:
    """All rows of these reports, by table."""
    rows: Rows = defaultdict(list)
    for life in lives:
        _Rows(life, rows, world, rng, now).add()
    return rows


class _Rows:
    def __init__(self, life: Life, rows: Rows, world: World, rng: Random, now: datetime) -> None:
        self.life, self.rows, self.world, self.rng, self.now = life, rows, world, rng, now
        self.code = code_of(life.number)
        self.identity = uuid.UUID(int=rng.getrandbits(128), version=4) if life.has_identity else None
        self.due_at: datetime | None = None
        self.is_sealed = life.visibility == "sealed"
        self.category = None if self.is_sealed else world.categories[life.category][0]
        self.name = f"Pelapor Uji {life.number}"

    def add(self) -> None:
        if self.identity is not None:
            self._identity(self.identity)
        self._clocks()
        self._report()
        self._thread()
        self._work()
        self._fact()
        life = self.life
        is_read = life.verified_at is not None or life.state == "archived"
        if is_read and life.visibility == "public" and life.state not in {"withdrawn", "merged"}:
            self._copy()
        if not life.is_ended and not self.is_sealed:
            self._postings()

    def _postings(self) -> None:
        """Where others of the same matter look for it: only what is open can be found."""
        life, written = self.life, self.life.written
        said = Said(text=written.text, title=written.title, region_code=life.region or "")
        self.rows[Posting].extend((life.number, mark) for mark in postings.marks_of(said))
        if life.verified_at is not None and life.visibility == "public":
            marks = postings.marks_of(said, purpose=alike.PURPOSE)
            self.rows[CopyPosting].extend((life.number, mark) for mark in marks)

    def _identity(self, key: uuid.UUID) -> None:
        email = f"pelapor-{self.life.number}@uji.invalid"
        person = identities.sealed(name=self.name, phone="", email=email, key=key)
        assert person is not None
        self.rows[Identity].append((
            key, person.data_key, person.key_version, person.sealed, None, person.email_index, self.life.received_at,
        ))  # fmt: skip

    def _clocks(self) -> None:
        life, now = self.life, self.now
        for clock in life.clocks:
            runs = clock.stopped_at is None and not life.is_ended
            is_paused = runs and life.state == "on_hold" and clock.step != "complete"
            is_missed = runs and not is_paused and clock.due_at < now
            # One that was missed long ago has climbed to the national administrator; no other is due soon.
            wakes = max(clock.due_at - timedelta(days=1), now + timedelta(days=2))
            self.rows[Clock].append((
                life.number, clock.step, clock.agency, clock.started_at, clock.due_at, clock.due_at,
                wakes if runs and not is_paused and not is_missed else None, is_paused,
                clock.due_at if is_missed else None, clock.stopped_at, self.world.national if is_missed else None,
            ))  # fmt: skip
            if runs and not is_paused and (self.due_at is None or clock.due_at < self.due_at):
                self.due_at = clock.due_at

    def _report(self) -> None:
        life, written, is_sealed = self.life, self.life.written, self.is_sealed
        title, text, place = ("", "", "") if is_sealed else (written.title, written.text, life.place)
        pin, reason = (None, "") if is_sealed else (pins.pin_digest(self.code, PIN), life.archive_reason)
        self.rows[Report].append((
            life.number, self.code, pin, life.channel, life.kind, title, text, self.category, life.region, place,
            self.identity, life.is_anonymous, life.shows_name,
            life.visibility, life.state, life.resume_state, life.outcome, reason, life.verifier,
            life.agency, life.agency, life.verifier, life.holder, life.officer, life.leads, life.received_at,
            life.verified_at, life.assigned_at, life.responded_at, life.answered_at, life.closed_at, life.active_at,
            self.due_at, *self._seal(title=written.title, text=written.text, place=life.place),
        ))  # fmt: skip

    def _seal(self, **said: str) -> tuple[Any, ...]:
        if not self.is_sealed:
            return (None, None, None, None)
        key = uuid.UUID(int=self.rng.getrandbits(128), version=4)
        return (key, SEAL.public, box(SEAL.public, said), self.rng.randbytes(32))

    def _said(self, text: str, done_by: str, done_on: date | None) -> tuple[Any, ...]:
        """(text, by whom, when), and the box in their place where the report is sealed."""
        if not self.is_sealed:
            return (text, done_by, done_on), None
        return ("", "", None), box(SEAL.public, {"text": text, "done_by": done_by, "done_on": done_on})

    def _thread(self) -> None:
        life, first = self.life, self.life.number * STRIDE
        for place, said in enumerate(life.messages):
            is_answer = said.kind == "answer"
            words, sealed = self._said(
                said.text, "Bidang Pelayanan" if is_answer else "", said.at.date() if is_answer else None
            )
            self.rows[Message].append((
                first + place, life.number, said.kind, said.audience, said.author, said.user, said.agency, *words,
                said.at, sealed,
            ))  # fmt: skip
        for place, event in enumerate(life.events):
            self.rows[Event].append((
                first + place, life.number, event.kind, event.at, event.actor, event.user, event.agency,
                None if event.message is None else first + event.message, event.from_state, event.to_state,
                json.dumps(event.data),
            ))  # fmt: skip
            if self.identity is not None and event.kind in _TOLD:
                self.rows[Notice].append(
                    (life.number, first + place, "reporter", self.identity, event.kind, "sent", event.at, event.at)
                )

    def _work(self) -> None:
        life = self.life
        if life.agency is not None:
            given = (life.assigned_at, self.world.officers.get(life.verifier))
            self.rows[Assignment].append((life.number, life.agency, life.agency, True, *given))
            if life.contributor not in {None, life.agency} and not self.is_sealed:
                self.rows[Assignment].append((life.number, life.contributor, life.contributor, False, *given))
        if life.has_draft and life.state == "in_progress" and life.officer is not None:
            text = "Konsep buatan untuk pengukuran. " * 4
            words, sealed = self._said(text, "Bidang Pelayanan", life.active_at.date())
            self.rows[Draft].append((
                life.number, life.agency, life.officer, *words, life.is_ready, life.active_at, sealed,
            ))  # fmt: skip
        if life.stars is not None and not self.is_sealed:
            self.rows[Rating].append((life.number, life.stars, life.stars > 2, life.active_at))

    def _fact(self) -> None:
        """By the way of the consumer, from the row of the report that was just made."""
        life = self.life
        report = Report(**dict(zip(COLUMNS[Report].split(), self.rows[Report][-1], strict=True)))
        told = Told(
            events=[(event.kind, event.at) for event in life.events],
            limits=[(clock.step, clock.due_at, clock.stopped_at) for clock in life.clocks if clock.stopped_at],
            rating=None if life.stars is None or self.is_sealed else (life.stars, life.stars > 2),
        )
        fact = fact_of(report, told)
        self.rows[Fact].append(tuple(getattr(fact, name) for name in COLUMNS[Fact].split()))

    def _bucket(self) -> str:
        return bucket_of(state=self.life.state, resume_state=self.life.resume_state).value

    def _copy(self) -> None:
        life, code, written = self.life, self.life.region or "", self.life.written
        is_empty = life.state == "archived"
        stems = " ".join((written.stems, life.place_stems, self.world.body_stems.get(life.agency or 0, "")))
        supporters = min(int(self.rng.paretovariate(0.9)) - 1, 300) if self.rng.random() < 0.1 else 0
        self.rows[PublicReport].append((
            life.number, self.code, "" if is_empty else written.title, "" if is_empty else written.text, life.kind,
            self.category, life.region, code[:2], code[:5] if len(code) >= 5 else "",
            code[:8] if len(code) >= 8 else "", "" if is_empty else life.place,
            life.agency, life.holder, self.name if life.shows_name and life.has_identity else "", life.state,
            self._bucket(), life.outcome, life.archive_reason, life.channel, life.received_at, life.assigned_at,
            life.active_at, self.due_at, life.answered_at, life.closed_at, life.stars, supporters,
            "" if is_empty else stems,
        ))  # fmt: skip
        self.rows[Support].extend((life.number, self.rng.randbytes(32), life.active_at) for _ in range(supporters))
        first = life.number * STRIDE
        for place, event in enumerate(life.events):
            if event.kind not in EVENTS:
                continue
            said = life.messages[event.message] if event.message is not None and event.kind in WITH_TEXT else None
            by_whom, when = ("Bidang Pelayanan", said.at.date()) if said and said.kind == "answer" else ("", None)
            self.rows[PublicEvent].append((
                first + place, life.number, event.kind, event.at, event.actor, event.agency, event.data.get("to"),
                event.to_state, said.text if said and not is_empty else "", by_whom, when,
            ))  # fmt: skip


def stems_in(rows: Rows) -> Iterator[str]:
    """Every stem of the published copies among these rows."""
    place = COLUMNS[PublicReport].split().index("words")
    for row in rows[PublicReport]:
        yield from row[place].split()
