"""The shape of every change: lock the row, may this actor, is it legal, set fields, save, append the event.

Nothing is sent from here; consumers of events send.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from . import access, clockwork
from .actors import Actor, Officer, Reporter
from .lifecycle import Move, MoveRefused, target
from .models import Attachment, Audience, Author, Event, EventKind, Message, MessageKind, Report, State


class ChangedMeanwhile(Exception):
    """Somebody else changed the report after this actor last saw it. Nothing was done; the text is the
    caller's to keep.
    """

    def __init__(self, report: Report) -> None:
        super().__init__(report.code)
        self.report = report


class Incomplete(Exception):
    """A text of substance, a reason or a choice is missing. `field` names it, `reason` is a stable key."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


@dataclass
class Change:
    """An open change of one locked report."""

    report: Report
    actor: Actor
    now: datetime
    move: Move
    from_state: str
    events: list[Event] = field(default_factory=list)

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
        attachments: tuple[int, ...] = (),
    ) -> Message:
        """Adds a message to the report's thread; claims files that wait for one."""
        message = Message.objects.create(
            report=self.report,
            kind=kind,
            audience=audience,
            author=_author(self.actor),
            user_id=self.actor.user_id,
            agency_id=self.acting_agency_id(),
            text=text,
            done_by=done_by,
            done_on=done_on,
            written_at=self.now,
        )
        if attachments:
            Attachment.objects.filter(pk__in=attachments, report=None).update(
                report=self.report, message=message, pending=None
            )
        return message

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
    with transaction.atomic():
        report = Report.objects.select_for_update(of=("self",)).filter(pk=report_id).first()
        if report is None:
            raise access.NotFound(report_id)
        if version is not None and version != report.version and access.sees(actor, report):
            raise ChangedMeanwhile(report)
        access.require(actor, move, report)
        change = Change(report=report, actor=actor, now=now, move=move, from_state=report.state)
        report.state = target(move, report.state)
        yield change
        clockwork.refresh_due(report)
        report.version += 1
        report.active_at = now
        report.save()
        Event.objects.bulk_create(change.events)


def words(text: str, *, field: str, least: int) -> str:
    """The text, trimmed, when it has at least `least` characters; else `Incomplete`."""
    trimmed = text.strip()
    if not trimmed:
        raise Incomplete(field, "empty")
    if len(trimmed) < least:
        raise Incomplete(field, "too_short")
    return trimmed


__all__ = ["Change", "ChangedMeanwhile", "Incomplete", "MoveRefused", "changing", "words"]
