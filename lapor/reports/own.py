"""The reporter's own view of a report: proof by code and PIN or by account; the thread, who has it,
until when, what next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from lapor.audit.record import record
from lapor.lib.codes import parse_code, parse_pin
from lapor.vault import pins
from lapor.vault.sealing import Private

from . import access, namings, opening, pending
from .actors import Reporter
from .lifecycle import Move
from .models import Attachment, Audience, Clock, Event, EventKind, Message, Rating, Report, Scan
from .models.attempts import PinAttempts
from .opening import Inside
from .withheld import as_written

MAX_WRONG = 10
LOCKED_FOR = timedelta(hours=1)
NotFound = access.NotFound  # for the public door, which never imports `access`

# What a reporter is told of the history; everything else is the office's inner working.
TOLD = frozenset(
    {
        EventKind.RECEIVED,
        EventKind.IMPORTED,
        EventKind.VERIFIED,
        EventKind.HELD,
        EventKind.RESUMED,
        EventKind.PASSED,
        EventKind.ASSIGNED,
        EventKind.CONTRIBUTOR_ADDED,
        EventKind.STARTED,
        EventKind.FOLLOWED_UP,
        EventKind.EXTENDED,
        EventKind.HANDED_BACK,
        EventKind.HANDED_OVER,
        EventKind.HAND_OVER_REPLIED,
        EventKind.ANSWERED,
        EventKind.AGREED,
        EventKind.OBJECTED,
        EventKind.OBJECTION_ACCEPTED,
        EventKind.OBJECTION_REJECTED,
        EventKind.SENT_BACK,
        EventKind.REPLIED,
        EventKind.ARCHIVED,
        EventKind.WITHDRAWN,
        EventKind.REOPENED,
        EventKind.CLOSED,
        EventKind.MERGED,
        EventKind.SPLIT,
        EventKind.SECRECY_RAISED,
        EventKind.SECRECY_LOWERED,
        EventKind.OVERDUE,
        EventKind.ESCALATED,
        EventKind.RUNG_DECIDED,
        EventKind.RECOMMENDED,
        EventKind.ADVICE_ANSWERED,
        EventKind.ADVICE_LATE,
        EventKind.ADVICE_RAISED,
        EventKind.FILE_TAKEN,
        EventKind.RUNG_WAITS,
        EventKind.DUE_CHANGED,
        EventKind.IDENTITY_TOLD,
        EventKind.FILE_QUARANTINED,
        EventKind.IDENTITY_CORRECTED,
        EventKind.IDENTITY_ERASED,
        EventKind.FILES_ERASED,
        EventKind.ACCOUNT_LEFT,
    }
)


class WrongProof(Exception):
    """Code and PIN do not belong together; a code that does not exist gives the same answer."""


class TooManyTries(Exception):
    """This report is closed to PINs until `until`, because of wrong ones."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


class TypedByYou(Exception):
    """Code and PIN are right, but the one who shows them typed the report for somebody else."""


@dataclass(frozen=True, kw_only=True)
class OwnView:
    """All that a reporter sees of the own report."""

    report: Report
    key: Private | None = field(repr=False)  # of a sealed report that was opened with its receipt
    inside: Inside
    events: list[Event]
    messages: list[Message]
    attachments: list[Attachment]
    clocks: list[Clock]
    rating: Rating | None
    parts: list[Report]
    named: list[namings.Named]
    moves: frozenset[Move]

    @property
    def is_locked(self) -> bool:
        """Sealed, and not opened with the receipt."""
        return self.report.sealed_id is not None and self.key is None


def prove(*, code: str, pin: str, now: datetime, by: int | None = None) -> Reporter:
    """The reporter, when the PIN fits the code; refuses with `WrongProof`, after ten wrong ones an hour
    with `TooManyTries`. `by` is who is signed in: whoever typed the report for another gets `TypedByYou`, and an entry
    in the audit trail.
    """
    parsed_code, parsed_pin = parse_code(code), parse_pin(pin)
    if parsed_code is None or parsed_pin is None:
        raise WrongProof
    report = Report.objects.filter(code=parsed_code).only("pk", "pin_digest", "entered_by_id").first()
    stored = bytes(report.pin_digest) if report and report.pin_digest else None
    try_pin(parsed_code, parsed_pin, stored, now=now)
    assert report is not None  # nothing fits where nothing is stored
    if report.entered_by_id is not None and report.entered_by_id == by:
        record(user_id=by, act="own.refused_to_helper", subject=f"report:{report.pk}", now=now)
        raise TypedByYou
    return Reporter(report_id=report.pk)


def try_pin(code: str, pin: str, stored: bytes | None, *, now: datetime) -> None:
    """Returns when the PIN is that of the code; else counts a wrong try and refuses as `prove` does."""
    with transaction.atomic():
        tries, _created = PinAttempts.objects.select_for_update().get_or_create(
            code_digest=pins.code_digest(code), defaults={"since": now}
        )
        if tries.since + LOCKED_FOR <= now:
            tries.since, tries.wrong = now, 0
        if tries.wrong >= MAX_WRONG:
            raise TooManyTries(tries.since + LOCKED_FOR)
        if pins.pin_matches(stored, code, pin):
            PinAttempts.objects.filter(pk=tries.pk).delete()
            return
        tries.wrong += 1
        tries.save()
    raise WrongProof


def by_account(*, code: str, user_id: int) -> Reporter:
    """The reporter of a report that this account sent; `NotFound` otherwise."""
    report = Report.objects.filter(code=code, account_id=user_id).only("pk").first()
    if report is None:
        raise access.NotFound(code)
    return Reporter(report_id=report.pk, user_id=user_id)


def by_original(*, code: str, report_ids: Iterable[int]) -> Reporter:
    """The reporter of a second report that was split from one of these; `NotFound` otherwise."""
    report = Report.objects.filter(code=code, split_from__in=list(report_ids)).only("pk").first()
    if report is None:
        raise access.NotFound(code)
    return Reporter(report_id=report.pk)


def reports_of_account(user_id: int) -> list[Report]:
    """Every report this account sent, newest first."""
    return list(
        Report.objects.filter(account_id=user_id).select_related("holder", "agency", "region").order_by("-received_at")
    )


def view(actor: Reporter) -> OwnView:
    """What this reporter sees now."""
    found = _view(actor)
    files = [file for message in found.messages for file in message.attachments.all()]
    as_written(found.report.identity_id, [found.report, *found.messages, *found.attachments, *files])
    return found


def _view(actor: Reporter) -> OwnView:
    report = access.visible(actor).select_related("region", "category", "leads").get()
    report.bring_bodies()
    key = opening.key_of(actor, report)
    found = OwnView(
        report=report,
        key=key,
        inside=Inside(),
        events=list(
            Event.objects.filter(report=report, kind__in=TOLD).select_related("agency", "message").order_by("id")
        ),
        messages=list(
            Message.objects.filter(report=report, audience=Audience.THREAD)
            .select_related("agency")
            .prefetch_related("attachments")
            .order_by("written_at", "id")
        ),
        attachments=list(Attachment.objects.filter(report=report, message=None, draft=None)),
        clocks=list(Clock.objects.filter(report=report, stopped_at=None).order_by("due_at")),
        rating=Rating.objects.filter(report=report).first(),
        parts=list(Report.objects.filter(split_from=report).order_by("id")),
        named=namings.named(report, by=actor.kind),
        moves=access.moves(actor, report),
    )
    if key is None:
        return found
    opening.open_messages(found.messages, key)
    opening.open_files(found.attachments, key)
    return replace(found, inside=opening.open_report(report, key))


def key_of(code: str) -> int:
    """The key of the report with this code; `NotFound` otherwise. Proves nothing: for who knows whose it is."""
    found = Report.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise access.NotFound(code)
    return found


def seal_public(actor: Reporter) -> bytes | None:
    """What a file for the own report is sealed for before it is stored; None where that is not sealed."""
    found = Report.objects.values_list("seal_public", flat=True).get(pk=actor.report_id)
    return bytes(found) if found else None


def waiting_key(actor: Reporter) -> UUID:
    """Under which files wait for a reply to the own sealed report."""
    report = Report.objects.only("sealed_id").get(pk=actor.report_id)
    assert report.sealed_id is not None
    return uuid5(report.sealed_id, "reply")


def waiting(actor: Reporter, key: UUID) -> list[Attachment]:
    """Files that wait under the key, with their names where the actor can read them."""
    report = Report.objects.only("sealed_id").get(pk=actor.report_id)
    return pending.files(key, opening.key_of(actor, report))


def attachment(actor: Reporter, key: str) -> tuple[Attachment, Private | None]:
    """A file of the own report: the first ones and those in the thread, never one of an unsent draft or a note, nor one
    with a virus. With the key that `files.read` needs for a sealed one.
    """
    found = (
        Attachment.objects.select_related("report")
        .filter(report_id=actor.report_id, key=key, draft=None)
        .exclude(message__audience=Audience.OFFICERS)
        .exclude(scan=Scan.INFECTED)
        .first()
    )
    if found is None or found.report is None:
        raise access.NotFound(key)
    private = opening.key_of(actor, found.report)
    if found.sealed is not None and private is None:
        raise access.NotFound(key)
    if private is not None:
        opening.open_files([found], private)
    as_written(found.report.identity_id, [found])
    return found, private


def forget_attempts(*, now: datetime) -> int:
    """Deletes the counts of wrong PINs whose hour is over; returns how many."""
    gone, _by_model = PinAttempts.objects.filter(since__lt=now - LOCKED_FOR).delete()
    return gone
