"""Photos beside a published copy. None is published until a person has looked at it and said so.

No rule can tell surely what a photo shows: a face, a house, a plate. So an officer who may decide on publication looks
at each one, hides parts of it or not, and publishes it or keeps it back; the default is that nothing is published.
What is served is a small picture made anew at that moment (`lib.photos`); the original stays encrypted where it is.
The row goes when its report is hidden, or its file erased or found infected, by triggers of the database
(migration 0004) in the same transaction; whoever reopens a withdrawn report decides anew.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from lapor.accounts.models import User
from lapor.audit.record import record
from lapor.lib import photos as drawing
from lapor.reports.files import content
from lapor.reports.models import Attachment, Report, Scan, State

from .models import Decision, Photo, PublicReport
from .rules import may_publish, shows_content


class NotForPublic(Exception):
    """This report has no public copy, or this file is no photo of it that may be published."""


class NoPhoto(Exception):
    """There is no published photo of this name."""


def may_have(report: Report) -> bool:
    """Whether photos of this report may be published at all."""
    return may_publish(report) and shows_content(report)


@dataclass(frozen=True)
class Asked:
    """One photo of a report: the file, and what was decided; None while it waits for a person."""

    file: Attachment
    decided: Photo | None

    @property
    def cells(self) -> list[tuple[int, bool]]:
        """Every cell of the grid, and whether it is hidden."""
        hidden = frozenset(self.decided.hidden if self.decided else ())
        return [(cell, cell in hidden) for cell in range(drawing.CELLS)]


def of_report(report: Report) -> list[Asked]:
    """The photos that came with a report, in their order; `NotForPublic` where none may be published."""
    if not may_have(report):
        raise NotForPublic
    files = list(_photos(report))
    decided = Photo.objects.select_related("by").defer("picture").in_bulk([file.pk for file in files])
    return [Asked(file, decided.get(file.pk)) for file in files]


@transaction.atomic
def decide(report_id: int, key: UUID, decision: Decision, *, hidden: Collection[int], by: User, now: datetime) -> None:
    """Publishes a photo with the `hidden` cells blurred, or keeps it back, and leaves a trace. A later decision counts.

    Refuses with `NotForPublic`; a photo that cannot be drawn raises `lib.photos.Unreadable`, or OSError if it is gone.
    """
    report = Report.objects.select_for_update().get(pk=report_id)
    file = _photos(report).filter(key=key).first() if may_have(report) else None
    if file is None:
        raise NotForPublic
    row = Photo.objects.filter(pk=file.pk).first() or Photo(attachment_id=file.pk, report_id=report.pk)
    row.decision, row.by, row.decided_at = decision, by, now
    row.key, row.hidden = uuid.uuid4(), sorted(hidden)  # another address for another picture
    row.picture, row.width, row.height = None, 0, 0
    if decision == Decision.PUBLISH:
        drawn = drawing.for_public(content(file), hidden=row.hidden)
        row.picture, row.width, row.height = drawn.data, drawn.width, drawn.height
    row.save()
    record(
        user_id=by.pk,
        act=f"photo.{decision}",
        subject=f"report:{report.code}",
        now=now,
        data={"file": file.pk, "hidden": len(row.hidden)},
    )


def forget(report_ids: Collection[int]) -> None:
    """Takes back the photos of these reports and what was decided on them."""
    Photo.objects.filter(report_id__in=report_ids).delete()


def shown(report: PublicReport) -> Sequence[Photo]:
    """The published photos of a published report, without their bytes."""
    if report.state == State.ARCHIVED:
        return []
    found = Photo.objects.filter(report_id=report.report_id, decision=Decision.PUBLISH)
    return list(found.defer("picture").order_by("attachment_id"))


def picture(code: str, key: UUID) -> bytes:
    """The JPEG of one published photo; `NoPhoto` unless its report is published too."""
    report = PublicReport.objects.filter(code=code).exclude(state=State.ARCHIVED).only("pk").first()
    row = Photo.objects.filter(report_id=report.pk, key=key, decision=Decision.PUBLISH).first() if report else None
    if row is None or row.picture is None:
        raise NoPhoto
    return bytes(row.picture)


def _photos(report: Report) -> QuerySet[Attachment]:
    found = Attachment.objects.filter(report=report, message=None, draft=None, kind="image", sealed=None)
    return found.exclude(scan=Scan.INFECTED).order_by("id")
