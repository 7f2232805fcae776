"""One report as an officer sees it: facts, thread, history, clocks, next actions, and who else has it open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from lapor.audit.record import record
from lapor.vault import identities

from . import access, hiding
from .actors import Officer
from .lifecycle import Move
from .models import (
    AnswerTemplate,
    Assignment,
    Attachment,
    Clock,
    Draft,
    Event,
    HandOver,
    Message,
    Presence,
    Rating,
    Report,
)

SEEN_FOR = timedelta(minutes=2)


@dataclass(frozen=True, kw_only=True)
class Case:
    """Everything on the report page of the desk, for reading: who reported is taken out where nobody may know."""

    report: Report
    moves: frozenset[Move]
    reporter_name: str | None  # None: hidden from this officer
    events: list[Event]
    messages: list[Message]
    attachments: list[Attachment]
    clocks: list[Clock]
    assignments: list[Assignment]
    hand_overs: list[HandOver]
    draft: Draft | None
    followers: list[Report]
    parts: list[Report]
    templates: list[AnswerTemplate]
    others_here: list[str]
    rating: Rating | None


def open_case(actor: Officer, code: str, *, now: datetime) -> Case:
    """The case with this code and a trace that the officer has it open; `NotFound` when it is not theirs to see."""
    found = access.find(actor, code)
    report = (
        Report.objects.select_related(
            "agency", "responsible", "holder", "verifier", "guardian", "region", "category",
            "unit", "officer", "leads", "split_from", "proposed_agency",
        ).get(pk=found.pk)
    )  # fmt: skip
    name = None
    if report.identity_id is not None and access.may_see_identity(actor, report):
        name = identities.name_of(report.identity_id)
    if not _has_it_open(actor, report, now=now):
        _audit(actor, "report.opened", report.pk, now=now, name=bool(name))
    same_reach = access.visible(actor)
    case = Case(
        report=report,
        moves=access.moves(actor, report),
        reporter_name=name,
        events=list(Event.objects.filter(report=report).select_related("agency", "user", "message").order_by("id")),
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
        followers=list(same_reach.filter(leads=report).order_by("received_at", "id")),
        parts=list(same_reach.filter(split_from=report).order_by("received_at", "id")),
        templates=list(
            AnswerTemplate.objects.filter(Q(agency__in=actor.agency_ids) | Q(agency=None), is_active=True).order_by(
                "title", "id"
            )
        ),
        others_here=here(actor, report, now=now),
        rating=Rating.objects.filter(report=report).first(),
    )
    _hide_person(case)
    return case


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
    Presence.objects.update_or_create(report=report, user_id=actor.user_id, defaults={"seen_at": now})
    return list(
        Presence.objects.filter(report=report, seen_at__gte=now - SEEN_FOR)
        .exclude(user_id=actor.user_id)
        .order_by("seen_at")
        .values_list("user__name", flat=True)
    )


def attachment(actor: Officer, key: str, *, now: datetime) -> Attachment:
    """A file of a report that this officer may see, of an unsent draft only for the body that writes it; else
    `NotFound`. Leaves an entry in the audit trail.
    """
    sent = Q(draft=None) | Q(draft__agency__in=actor.agency_ids)
    found = Attachment.objects.select_related("report").filter(sent, key=key, report__in=access.visible(actor)).first()
    if found is None or found.report is None:
        raise access.NotFound(key)
    _audit(actor, "file.opened", found.report.pk, now=now, file=found.pk)
    if strike := hiding.strikers([found.report]).get(found.report.pk):
        found.name = strike(found.name)
    return found


def letter(actor: Officer, code: str, letter_id: int, *, now: datetime) -> tuple[Case, HandOver]:
    """A hand-over letter with its case, for drawing; `NotFound` otherwise. Leaves an entry in the audit trail."""
    case = open_case(actor, code, now=now)
    for one in case.hand_overs:
        if one.pk == letter_id:
            _audit(actor, "letter.drawn", case.report.pk, now=now, letter=one.pk)
            return case, one
    raise access.NotFound(code)


def _audit(actor: Officer, act: str, report_id: int, *, now: datetime, **data: int | bool) -> None:
    record(user_id=actor.user_id, act=act, subject=f"report:{report_id}", now=now, data=data)


Letter = HandOver

__all__ = ["Case", "Letter", "attachment", "here", "letter", "open_case"]
