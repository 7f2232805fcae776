"""Brings texts from before under the rule of `withheld`: a pass over the reports that there were, in small steps, once.

It changes no version and adds nothing to history: nobody reads anything else afterwards than what they may. What
stands in history stays: messages, which nothing may change, and texts whose digest is in the event of their arrival.
Those are masked when they are read (`hiding`).
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from lapor.vault.models import Progress

from .models import Attachment, Draft, Report
from .withheld import TEXTS, Pen, Row

NAME = "reporters in texts"
BATCH = 100


@transaction.atomic
def sweep(*, limit: int = BATCH) -> int:
    """The next reports in order of their keys; returns how many, and 0 once all from before have been seen."""
    newest = Report.objects.aggregate(Max("pk"))["pk__max"] or 0
    Progress.objects.get_or_create(name=NAME, defaults={"until": newest})
    # Another worker that is at it already goes on alone.
    progress = Progress.objects.select_for_update(skip_locked=True).filter(name=NAME).first()
    if progress is None or progress.after >= progress.until:
        return 0
    known = Report.objects.filter(pk__gt=progress.after, pk__lte=progress.until, receipt_salt=None)
    known = known.filter(identity__isnull=False, identity__erased_at=None)
    found = list(known.order_by("pk").select_for_update(of=("self",))[:limit])
    for report in found:
        _take_out(report)
    progress.after = found[-1].pk if found else progress.until
    progress.save(update_fields=["after"])
    return len(found)


def _take_out(report: Report) -> None:
    pen = Pen(report)
    rows: list[Row] = [report]
    for model in (Draft, Attachment):
        rows += model.objects.filter(report=report)
    for row in rows:
        texts = {name: getattr(row, name) for name in TEXTS[type(row)]}
        named = {name: text for name, text in texts.items() if pen.stored(row, name, text) != text}
        if named:
            pen.write(row, **named)
            if isinstance(row, Report):
                row.save(update_fields=list(named))
