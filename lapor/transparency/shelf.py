"""What pages and feeds take from the published copies, and the visitor's "I have seen this too"."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from lapor.reports.mass_numbers import numbers
from lapor.reports.models import State
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
    report = one(code)
    digest = pins.blind_index(f"{report.code}:{supporter}", purpose="support")
    _row, is_new = Support.objects.get_or_create(report_id=report.report_id, supporter=digest, defaults={"at": now})
    if is_new:
        PublicReport.objects.filter(pk=report.pk).update(support_count=F("support_count") + 1)
    return PublicReport.objects.values_list("support_count", flat=True).get(pk=report.pk)
