"""One answer to everybody who joined: handed on in batches, each in a transaction of its own, by the worker.

The first batch goes in the transaction of the act itself, so that few are told at once and ten thousand hold up nobody.
What was handed on is noted with the last key, so a worker that stops goes on there; a report that has left, ended or
was answered meanwhile is passed over. Every member gets an own message and an own event, and keeps the own right to
object; files stay with the report that leads.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from lapor.deadlines.models import Step

from .. import clockwork
from ..models import Audience, Event, EventKind, Message, MessageKind, Report, Spread, State
from ..withheld import Pen

BATCH = 50


def begin(lead: Report, *, now: datetime, message: Message | None = None, to: Report | None = None) -> None:
    """Hands on a message of the one that leads, or another lead, to all that joined. Inside a transaction."""
    waiting = lead.followers.filter(state=State.MERGED)
    if not waiting.exists():
        return
    spread = Spread.objects.create(lead=lead, message=message, to=to, begun_at=now)
    if not Spread.objects.filter(lead=lead, pk__lt=spread.pk).exists():
        _hand_on(spread, now=now)


def go_on(*, now: datetime) -> int:
    """The next batch of one that is not done; returns how many got it, and 0 once nothing is left.

    What was begun earlier for the same lead comes first. Two workers never have the same one.
    """
    with transaction.atomic():
        earlier = Spread.objects.filter(lead=OuterRef("lead"), pk__lt=OuterRef("pk"))
        spread = (
            Spread.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(~Exists(earlier))
            .order_by("pk")
            .first()
        )
        return _hand_on(spread, now=now) + 1 if spread is not None else 0


def _hand_on(spread: Spread, *, now: datetime) -> int:
    members = (
        Report.objects.select_for_update(of=("self",))
        .filter(leads=spread.lead_id, state=State.MERGED, pk__gt=spread.after)
        .order_by("pk")
    )
    batch = list(members[:BATCH])
    if spread.message is None:
        assert spread.to_id is not None  # database constraint
        Report.objects.filter(pk__in=[member.pk for member in batch]).exclude(pk=spread.to_id).update(leads=spread.to)
    else:
        for member in batch:
            give(member, spread.message, now=now)
    if len(batch) < BATCH:
        spread.delete()
    else:
        spread.after = batch[-1].pk
        spread.save(update_fields=["after"])
    return len(batch)


def give(member: Report, told: Message, *, now: datetime) -> None:
    """The same words in the member's own thread, without the member's own name and number."""
    lead = told.report
    message = Message(
        report=member,
        kind=told.kind,
        audience=Audience.THREAD,
        author=told.author,
        user_id=told.user_id,
        agency_id=told.agency_id,
        done_on=told.done_on,
        written_at=now,
    )
    Pen(member).write(message, text=told.text, done_by=told.done_by)
    if told.kind == MessageKind.ANSWER:
        member.state = State.ANSWERED
        # Who answered, even where the lead has gone elsewhere since.
        member.responsible_id = member.holder_id = lead.responsible_id or told.agency_id
        member.agency_id = lead.agency_id or told.agency_id
        member.guardian, member.verifier = lead.guardian, lead.verifier
        member.answered_at = now
        member.due_at = clockwork.start(member, Step.REPORTER_REPLY, now=now, agency_id=None).due_at
    member.active_at = now
    member.version += 1
    member.save()
    kind = EventKind.ANSWERED if told.kind == MessageKind.ANSWER else EventKind.FOLLOWED_UP
    beside(member, kind, by=told.author, user_id=told.user_id, now=now, agency_id=told.agency_id,
           from_state=State.MERGED, message=message, lead=lead.pk)  # fmt: skip


def beside(
    report: Report,
    kind: EventKind,
    *,
    by: str,
    user_id: int | None,
    now: datetime,
    agency_id: int | None,
    from_state: str,
    message: Message | None = None,
    **data: Any,
) -> None:
    """Appends to the history of a report beside the one that is being changed."""
    Event.objects.create(
        report=report,
        kind=kind,
        at=now,
        actor=by,
        user_id=user_id,
        agency_id=agency_id,
        message=message,
        from_state=from_state,
        to_state=report.state,
        data=data,
    )
