"""One report as an officer sees it: facts, thread, history, clocks, next actions, and who else has it open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from lapor.vault import identities

from . import access
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
    Visibility,
)

SEEN_FOR = timedelta(minutes=2)


@dataclass(frozen=True, kw_only=True)
class Case:
    """Everything on the report page of the desk."""

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
    others = here(actor, report, now=now)
    name = None
    if report.identity_id is not None and access.may_see_identity(actor, report):
        name = identities.name_of(report.identity_id)
    same_reach = access.visible(actor)
    return Case(
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
        hand_overs=list(HandOver.objects.filter(report=report).select_related("agency", "responsible")),
        draft=Draft.objects.filter(report=report, agency__in=actor.agency_ids).select_related("author").first(),
        followers=list(same_reach.filter(leads=report)),
        parts=list(same_reach.filter(split_from=report)),
        templates=list(
            AnswerTemplate.objects.filter(is_active=True, agency__in=actor.agency_ids)
            | AnswerTemplate.objects.filter(is_active=True, agency=None)
        ),
        others_here=others,
        rating=Rating.objects.filter(report=report).first(),
    )


def here(actor: Officer, report: Report, *, now: datetime) -> list[str]:
    """Notes that this officer has the report open; returns the names of the others who have."""
    Presence.objects.update_or_create(report=report, user_id=actor.user_id, defaults={"seen_at": now})
    return list(
        Presence.objects.filter(report=report, seen_at__gte=now - SEEN_FOR)
        .exclude(user_id=actor.user_id)
        .order_by("seen_at")
        .values_list("user__name", flat=True)
    )


def attachment(actor: Officer, key: str) -> Attachment:
    """A file of a report that this officer may see; `NotFound` otherwise."""
    found = Attachment.objects.filter(key=key, report__in=access.visible(actor)).first()
    if found is None:
        raise access.NotFound(key)
    return found


def similar_candidates(actor: Officer, report: Report, *, limit: int = 10) -> list[Report]:
    """Open reports of the same place that could be the same matter, for the officer to judge; never sealed ones."""
    found = access.visible(actor).exclude(pk=report.pk).exclude(visibility=Visibility.SEALED)
    if report.region_id is None:
        return []
    return list(
        found.filter(region=report.region_id, leads=None)
        .exclude(state__in=("closed", "archived", "withdrawn", "merged"))
        .order_by("-received_at")[:limit]
    )


def names_to_strike(report_id: int) -> list[str]:
    """What must be struck out of a text that leaves the service: the name of a reporter who is not to be known."""
    report = Report.objects.only("identity_id", "is_anonymous", "visibility").get(pk=report_id)
    hides = report.is_anonymous or report.visibility == Visibility.SEALED
    name = identities.name_of(report.identity_id) if hides and report.identity_id else ""
    return [name] if name else []


Letter = HandOver

__all__ = ["Case", "Letter", "attachment", "here", "names_to_strike", "open_case", "similar_candidates"]
