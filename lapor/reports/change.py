"""The shape of every change: lock the row, may this actor, is it legal, set fields, save, append the event.

Nothing is sent from here; consumers of events send. Into a sealed report everything is written sealed, and an officer
who cannot read it now cannot decide on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db import transaction

from lapor.vault.sealing import Private

from . import access, clockwork, files, independence, opening, sealing, stops
from .actors import Actor, Officer, Reporter
from .lifecycle import TABLE, Move, MoveRefused, target
from .models import Attachment, Audience, Author, Draft, Event, EventKind, Message, MessageKind, Report, State
from .refusals import Incomplete, Leaked, LeakFound
from .withheld import Pen


class ChangedMeanwhile(Exception):
    """Somebody else changed the report after this actor last saw it. Nothing was done; the text is the
    caller's to keep.
    """

    def __init__(self, report: Report) -> None:
        super().__init__(report.code)
        self.report = report


@dataclass
class Change:
    """An open change of one locked report. `now` is when it counts as done: to the day where the report is sealed.

    `key` opens the sealed report that the actor can read.
    """

    report: Report
    actor: Actor
    now: datetime
    move: Move
    from_state: str
    key: Private | None = field(default=None, repr=False)
    events: list[Event] = field(default_factory=list)

    @cached_property
    def pen(self) -> Pen:
        """Writes texts of this report without its reporter."""
        return Pen(self.report)

    def to(self, state: State) -> None:
        self.report.state = state

    def say(
        self,
        kind: MessageKind,
        text: str,
        *,
        audience: Audience = Audience.THREAD,
        done_by: str = "",
        done_on: date | None = None,
        sealed: bytes | memoryview | None = None,
        attachments: tuple[int, ...] = (),
    ) -> Message:
        """Adds a message to the report's thread; claims files that wait for one. `sealed`: `sealing.said`."""
        columns = sealing.said(self.report, text, done_by=done_by, done_on=done_on, sealed=sealed)
        message = Message(
            report=self.report,
            kind=kind,
            audience=audience,
            author=_author(self.actor),
            user_id=self.actor.user_id,
            agency_id=self.acting_agency_id(),
            written_at=self.now,
            done_on=columns["done_on"],
            sealed=columns.get("sealed"),
        )
        self.pen.write(message, text=columns["text"], done_by=columns["done_by"])
        self.claim(attachments, message=message)
        return message

    def claim(self, attachments: tuple[int, ...], **place: Message | Draft) -> None:
        """Gives files that wait to the message or draft; those of a sealed report are sealed by then at the latest."""
        if not attachments:
            return
        if self.report.seal_public is None:
            self.pen.claim(attachments, **place)
            return
        waiting = Attachment.objects.filter(pk__in=attachments, report=None)
        for file in waiting.filter(sealed=None):
            files.seal(file, bytes(self.report.seal_public), now=self.now)
        waiting.update(report=self.report, pending=None, added_at=self.now, **place)

    def record(self, kind: EventKind, *, message: Message | None = None, **data: Any) -> None:
        """Appends to history. `data` takes keys and codes only."""
        self.events.append(
            Event(
                report=self.report,
                kind=kind,
                at=self.now,
                actor=self.actor.kind,
                user_id=self.actor.user_id,
                agency_id=self.acting_agency_id(),
                message=message,
                from_state=self.from_state,
                to_state=self.report.state,
                data=data,
            )
        )

    def acting_agency_id(self) -> int | None:
        """The body in whose name an officer acts on this report."""
        if not isinstance(self.actor, Officer):
            return None
        mine = self.actor.agency_ids
        for agency_id in (
            self.report.holder_id,
            self.report.responsible_id,
            self.report.verifier_id,
            self.report.guardian_id,
        ):
            if agency_id in mine:
                return agency_id
        return next(iter(sorted(mine)), None)


def _author(actor: Actor) -> Author:
    match actor:
        case Officer():
            return Author.OFFICER
        case Reporter():
            return Author.REPORTER
        case _:
            return Author.SYSTEM


@contextmanager
def changing(
    report_id: int, move: Move, *, actor: Actor, now: datetime, version: int | None = None
) -> Iterator[Change]:
    """Opens a change. Raises `NotFound`, `MoveRefused` or `ChangedMeanwhile`; saves and appends history at the end."""
    with stops.remembering(actor=actor, now=now), transaction.atomic():
        report = Report.objects.select_for_update(of=("self",)).filter(pk=report_id).first()
        if report is None:
            raise access.NotFound(report_id)
        if version is not None and version != report.version and access.sees(actor, report):
            raise ChangedMeanwhile(report)
        access.require(actor, move, report)
        key = _key(actor, move, report)
        change = Change(
            report=report, actor=actor, now=sealing.moment(report, now), move=move, from_state=report.state, key=key
        )
        report.state, hands = target(move, report.state), sealing.hands(report)
        yield change
        independence.settle(change)
        clockwork.refresh_due(report)
        report.version += 1
        if not TABLE[move].is_quiet:
            report.active_at = change.now
        report.save()
        Event.objects.bulk_create(change.events)
        if key is not None and hands != sealing.hands(report):
            sealing.top_up(report, key, now=now)
        if report.sealed_id is not None and report.is_shielded:
            sealing.take_from_absent(report, now=now)


def _key(actor: Actor, move: Move, report: Report) -> Private | None:
    """What opens a sealed report for this actor. An officer for whom nothing does is refused, except to step aside."""
    key = opening.key_of(actor, report)
    if key is None and move != Move.STEP_ASIDE and report.sealed_id is not None and isinstance(actor, Officer):
        raise MoveRefused(move, "locked")
    return key


def words(text: str, *, field: str, least: int) -> str:
    """The text, trimmed, when it has at least `least` characters; else `Incomplete`."""
    trimmed = text.strip()
    if not trimmed:
        raise Incomplete(field, "empty")
    if len(trimmed) < least:
        raise Incomplete(field, "too_short")
    return trimmed


__all__ = ["Change", "ChangedMeanwhile", "Incomplete", "LeakFound", "Leaked", "MoveRefused", "changing", "words"]
