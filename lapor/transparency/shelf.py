"""What pages and feeds take from the published copies, and the visitor's "I have seen this too"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lapor.reports.mass_numbers import numbers
from lapor.reports.models import EventKind, State
from lapor.vault import pins

from .models import PublicEvent, PublicReport, Support
from .search import with_names


class NotPublished(Exception):
    """There is no published copy with this code: no such report, or not for the public. Both look alike."""


def one(code: str) -> PublicReport:
    """The copy with this code (ten digits); `NotPublished` otherwise."""
    found = with_names(PublicReport.objects.all()).filter(code=code).first()
    if found is None:
        raise NotPublished(code)
    return found


def told_by(report: PublicReport) -> int:
    """How many people told this matter, its reporter included; 0 where they are too few to be counted in public."""
    people = report.similar_count + 1
    return people if people >= numbers().counted_publicly else 0


def timeline(report: PublicReport) -> list[PublicEvent]:
    """What happened, oldest first."""
    return list(PublicEvent.objects.filter(report=report).select_related("agency", "to_agency").order_by("event_id"))


@dataclass(frozen=True)
class Climbed:
    """Where the lateness of a published report stands: which office of which body must decide, since and until when.
    `decision` is empty while it has not.
    """

    office: str
    body: str
    since: datetime
    climbs_at: datetime | None
    decision: str


def climbed(events: Sequence[PublicEvent]) -> Climbed | None:
    """The rung where a late report stands, read from its timeline; None where it stands on none."""
    on = [event for event in events if event.office and event.kind == EventKind.ESCALATED]
    if not on:
        return None
    last = on[-1]
    later = [event for event in events if event.event_id > last.event_id and event.kind != EventKind.ADVICE_RAISED]
    after = [event for event in later if event.office == last.office]
    decided = [event for event in after if event.decision]
    return Climbed(
        office=last.office,
        body=last.to_agency.name if last.to_agency else "",
        since=last.at,
        climbs_at=(after or [last])[-1].due_at,
        decision=decided[-1].decision if decided else "",
    )


@dataclass(frozen=True)
class Unanswered:
    """A recommendation whose answer is late: who gave it, when an answer was due, which office must see to it now."""

    by: str
    due_at: datetime
    office: str
    body: str
    climbs_at: datetime | None


def unanswered(events: Sequence[PublicEvent], *, now: datetime) -> Unanswered | None:
    """The oldest recommendation that is not answered and late, read from the timeline. Answers are given in order."""
    given = [event for event in events if event.kind == EventKind.RECOMMENDED]
    answers = [event for event in events if event.kind == EventKind.ADVICE_ANSWERED]
    waiting = given[len(answers) :]
    if not waiting or waiting[0].due_at is None or waiting[0].due_at > now:
        return None
    since = answers[-1].event_id if answers else 0
    raised = [event for event in events if event.kind == EventKind.ADVICE_RAISED and event.event_id > since]
    last = raised[-1] if raised else None
    return Unanswered(
        by=waiting[0].agency.name if waiting[0].agency else "",
        due_at=waiting[0].due_at,
        office=last.office if last else "",
        body=last.to_agency.name if last and last.to_agency else "",
        climbs_at=last.due_at if last else None,
    )


def newest(limit: int = 5) -> list[PublicReport]:
    """The newest copies that have content."""
    return list(
        with_names(PublicReport.objects.all()).exclude(state=State.ARCHIVED).order_by("-received_at", "-code")[:limit]
    )


def most_supported(limit: int = 5) -> list[PublicReport]:
    """The copies with most supporters, ended ones included; none that nobody supports."""
    supported = with_names(PublicReport.objects.all()).filter(support_count__gt=0).exclude(state=State.ARCHIVED)
    return list(supported.order_by("-support_count", "-code")[:limit])


@transaction.atomic
def support(code: str, supporter: str, *, now: datetime) -> int:
    """Counts one supporter once and returns how many there are. `supporter` is any stable key of one visitor."""
    return support_by(code, [supporter], now=now)


@transaction.atomic
def support_by(code: str, supporters: Sequence[str], *, now: datetime) -> int:
    """Counts each of several supporters once and returns how many there are."""
    key = one(code).pk
    report = PublicReport.objects.select_for_update().get(pk=key)  # two at once are counted one after the other
    digests = {pins.blind_index(f"{code}:{one}", purpose="support") for one in supporters}
    counted = Support.objects.filter(report_id=report.report_id, supporter__in=digests)
    new = digests - {bytes(one) for one in counted.values_list("supporter", flat=True)}
    Support.objects.bulk_create(Support(report_id=report.report_id, supporter=one, at=now) for one in new)
    report.support_count += len(new)
    report.save(update_fields=["support_count"])
    return report.support_count
