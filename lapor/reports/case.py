"""One report as an officer sees it: facts, thread, history, clocks, next actions, and who else has it open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Q

from lapor.audit.record import record
from lapor.vault import identities
from lapor.vault.sealing import Private

from . import access, hiding, mass, namings, opening, sealing
from .actors import Officer
from .lifecycle import Move
from .models import (
    AnswerTemplate,
    Assignment,
    Attachment,
    Clock,
    Draft,
    Event,
    EventKind,
    HandOver,
    MassReport,
    Message,
    Presence,
    Rating,
    Report,
    Scan,
)
from .opening import Inside
from .withheld import Row, as_written

SEEN_FOR = timedelta(minutes=2)
FOLLOWERS = 20  # are named on the page of the one that leads; all of them have a page of their own (`mass`)
# What is told once for each report that joined or left: of ten thousand the latest are enough.
OF_FOLLOWERS = frozenset({EventKind.LED, EventKind.LEFT})
# What says that somebody is named, or stepped aside: for those who handle the report.
FOR_HANDLERS = frozenset({EventKind.NAMED, EventKind.NAMING_REMOVED, EventKind.STEPPED_ASIDE, EventKind.BROUGHT_BACK})


@dataclass(frozen=True, kw_only=True)
class Case:
    """Everything on the report page of the desk, for reading: who reported is taken out where nobody may know."""

    report: Report
    moves: frozenset[Move]
    is_locked: bool  # sealed, and this officer has no key for it now: nothing that was said is there
    inside: Inside  # what a sealed report says of its reporter
    reporter_name: str | None  # None: hidden from this officer
    events: list[Event]
    messages: list[Message]
    attachments: list[Attachment]
    clocks: list[Clock]
    assignments: list[Assignment]
    hand_overs: list[HandOver]
    draft: Draft | None
    followers: list[Report]  # the first of those that joined it
    joined: int  # how many did
    mass: MassReport | None
    parts: list[Report]
    templates: list[AnswerTemplate]
    others_here: list[str]
    rating: Rating | None
    named: list[namings.Named]
    stepped_aside: list[namings.SteppedAside]


def open_case(actor: Officer, code: str, *, now: datetime) -> Case:
    """The case with this code and a trace that the officer has it open; `NotFound` when it is not theirs to see."""
    report = access.find(actor, code, related=("region", "category", "unit", "officer"))
    report.bring_bodies()
    name = None
    knows = report.identity_id is not None and access.may_see_identity(actor, report)
    if report.identity_id is not None and knows:
        name = identities.name_of(report.identity_id)
    key = opening.key_of(actor, report)
    is_locked = report.sealed_id is not None and key is None
    if name or key is not None or (not is_locked and not _has_it_open(actor, report, now=now)):
        # Each reading of a name or of a sealed report; of others once for as long as they stay open.
        _audit(actor, "report.opened", report.pk, now=now, name=bool(name))
    same_reach = access.visible(actor)
    moves = access.moves(actor, report)
    if is_locked:
        moves &= {Move.STEP_ASIDE}
    handles = Move.ACCUSE in moves
    case = Case(
        report=report,
        moves=moves,
        is_locked=is_locked,
        inside=Inside(),
        reporter_name=name,
        events=_history(actor, report, handles=handles),
        messages=list(
            Message.objects.filter(report=report)
            .select_related("agency", "user")
            .prefetch_related("attachments")
            .order_by("written_at", "id")
        ),
        attachments=list(Attachment.objects.filter(report=report, message=None, draft=None)),
        clocks=list(Clock.objects.filter(report=report).select_related("agency").order_by("started_at", "id")),
        assignments=list(
            Assignment.objects.filter(report=report).select_related("agency", "responsible").order_by("given_at")
        ),
        hand_overs=list(HandOver.objects.filter(report=report).select_related("agency", "responsible").order_by("id")),
        draft=Draft.objects.filter(report=report, agency__in=actor.agency_ids)
        .select_related("author")
        .prefetch_related("attachments")
        .first(),
        followers=list(same_reach.filter(leads=report).order_by("received_at", "id")[:FOLLOWERS]),
        joined=same_reach.filter(leads=report).count(),
        mass=mass.of(report),
        parts=list(same_reach.filter(split_from=report).order_by("received_at", "id")),
        templates=list(
            AnswerTemplate.objects.filter(Q(agency__in=actor.agency_ids) | Q(agency=None), is_active=True).order_by(
                "title", "id"
            )
        ),
        others_here=here(actor, report, now=now),
        rating=Rating.objects.filter(report=report).first(),
        named=namings.named(report) if handles else [],
        stepped_aside=namings.stepped_aside(report, with_reasons=Move.BRING_BACK in moves) if handles else [],
    )
    if key is not None:
        return _opened(case, key, now=now)
    if knows:
        as_written(report.identity_id, _texts(case))
    else:
        _hide_person(case)
    return case


def _history(actor: Officer, report: Report, *, handles: bool) -> list[Event]:
    """The history without what points at a report that this officer may not know of; so also without a gap."""
    events = Event.objects.filter(report=report).select_related("agency", "user", "message").order_by("id")
    events = events if handles else events.exclude(kind__in=FOR_HANDLERS)
    latest = Event.objects.filter(report=report, kind__in=OF_FOLLOWERS).order_by("-id").values("pk")[:FOLLOWERS]
    found = list(events.filter(~Q(kind__in=OF_FOLLOWERS) | Q(pk__in=latest)))
    others = {event.pk: key for event in found if (key := event.data.get("part") or event.data.get("follower"))}
    known = set(access.visible(actor).filter(pk__in=others.values()).values_list("pk", flat=True)) if others else set()
    for name in ("leads", "split_from"):
        if getattr(report, name) is not None and not access.sees(actor, getattr(report, name)):
            setattr(report, name, None)
    return [event for event in found if event.pk not in others or others[event.pk] in known]


def _opened(case: Case, key: Private, *, now: datetime) -> Case:
    """The same case with what was sealed, after colleagues who may open it too and have no envelope yet got theirs."""
    sealing.top_up(case.report, key, now=now)
    inside = opening.open_report(case.report, key)
    opening.open_messages(case.messages, key)
    opening.open_files(case.attachments, key)
    if case.draft is not None:
        opening.open_messages([case.draft], key)
    return replace(case, inside=inside)


def _texts(case: Case) -> list[Row]:
    """Every row of the case that holds texts of this report."""
    written: list[Message | Draft] = [*case.messages, *([case.draft] if case.draft else [])]
    files = [*case.attachments, *(file for row in written for file in row.attachments.all())]
    return [case.report, *written, *files]


def _hide_person(case: Case) -> None:
    """Takes a reporter who is not to be known out of everything that was written in the case."""
    strike = hiding.strikers([case.report]).get(case.report.pk)
    if strike is None:
        return
    hiding.hide([case.report])
    files = [*case.attachments]
    for message in case.messages:
        message.text, message.done_by = strike(message.text), strike(message.done_by)
        files += message.attachments.all()
    if draft := case.draft:
        draft.text, draft.done_by, draft.remark = map(strike, (draft.text, draft.done_by, draft.remark))
        files += draft.attachments.all()
    for file in files:
        file.name = strike(file.name)


def _has_it_open(actor: Officer, report: Report, *, now: datetime) -> bool:
    return Presence.objects.filter(report=report, user=actor.user_id, seen_at__gte=now - SEEN_FOR).exists()


def here(actor: Officer, report: Report, *, now: datetime) -> list[str]:
    """Notes that this officer has the report open; returns the names of the others who have."""
    mine = Presence(report=report, user_id=actor.user_id, seen_at=now)
    Presence.objects.bulk_create(
        [mine], update_conflicts=True, unique_fields=["report", "user"], update_fields=["seen_at"]
    )
    return list(
        Presence.objects.filter(report=report, seen_at__gte=now - SEEN_FOR)
        .exclude(user_id=actor.user_id)
        .order_by("seen_at")
        .values_list("user__name", flat=True)
    )


class Unscanned(Exception):
    """No scanner has seen this file yet; an officer opens it only after a warning."""

    def __init__(self, attachment: Attachment) -> None:
        super().__init__(str(attachment.key))
        self.attachment = attachment


def attachment(
    actor: Officer, key: str, *, now: datetime, is_warned: bool = False
) -> tuple[Attachment, Private | None]:
    """A file of a report that this officer may see, of an unsent draft only for the body that writes it; else
    `NotFound`, as for one with a virus, and for a sealed one that they cannot open now. With the key that `files.read`
    needs. Raises `Unscanned` unless the officer was warned; pictures need no warning,
    since they were made anew here. Leaves an entry in the audit trail.
    """
    sent = Q(draft=None) | Q(draft__agency__in=actor.agency_ids)
    found = (
        Attachment.objects.select_related("report")
        .filter(sent, key=key, report__in=access.visible(actor))
        .exclude(scan=Scan.INFECTED)
        .first()
    )
    if found is None or found.report is None:
        raise access.NotFound(key)
    private = opening.key_of(actor, found.report)
    if found.report.sealed_id is not None and private is None:
        raise access.NotFound(key)
    if private is not None:
        opening.open_files([found], private)
    if access.may_see_identity(actor, found.report):
        as_written(found.report.identity_id, [found])
    elif strike := hiding.strikers([found.report]).get(found.report.pk):
        found.name = strike(found.name)
    is_unscanned = found.scan == Scan.NOT_SCANNED and found.kind != "image"
    if is_unscanned and not is_warned:
        raise Unscanned(found)
    _audit(actor, "file.opened", found.report.pk, now=now, file=found.pk, unscanned=is_unscanned)
    return found, private


def letter(actor: Officer, code: str, letter_id: int, *, now: datetime) -> tuple[Case, HandOver]:
    """A hand-over letter with its case, for drawing; `NotFound` otherwise. Leaves an entry in the audit trail.

    There is none of a sealed report, not even one made before it was sealed: paper has no lock.
    """
    case = open_case(actor, code, now=now)
    for one in case.hand_overs:
        if one.pk == letter_id and case.report.sealed_id is None:
            _audit(actor, "letter.drawn", case.report.pk, now=now, letter=one.pk)
            return case, one
    raise access.NotFound(code)


def _audit(actor: Officer, act: str, report_id: int, *, now: datetime, **data: int | bool) -> None:
    record(user_id=actor.user_id, act=act, subject=f"report:{report_id}", now=now, data=data)


Letter = HandOver

__all__ = ["Case", "Letter", "Unscanned", "attachment", "here", "letter", "open_case"]
