"""The legal grounds as dated data: which hold, which held, and how one comes and goes."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import Q, QuerySet

from .models import Ground

_FILE = Path(__file__).parent / "data" / "grounds.csv"


class GroundRefused(Exception):
    """The ground cannot come or go like this; `reason` is a stable key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def on(day: date) -> QuerySet[Ground]:
    """The grounds that hold on a day."""
    return Ground.objects.filter(Q(holds_until=None) | Q(holds_until__gt=day), holds_from__lte=day).order_by("pk")


def every() -> QuerySet[Ground]:
    """All there are and were, for the page that keeps them."""
    return Ground.objects.order_by("key", "-holds_from")


@transaction.atomic
def replace(
    *,
    key: str,
    name: str,
    name_en: str,
    article: str,
    needs_reference: bool,
    may_be_delayed: bool,
    holds_from: date,
    today: date,
) -> Ground:
    """A new ground, or the next version of one with the same key, from a day to come; the one before ends that day.

    Refuses a day that is not to come: requests are judged by what held when they were made.
    """
    if holds_from <= today:
        raise GroundRefused("not_in_future")
    if not article.strip():
        raise GroundRefused("no_source")
    if Ground.objects.filter(key=key, holds_from__gte=holds_from).exists():
        raise GroundRefused("exists_already")
    Ground.objects.filter(key=key, holds_until=None).update(holds_until=holds_from)
    return Ground.objects.create(
        key=key,
        name=name,
        name_en=name_en,
        article=article.strip(),
        needs_reference=needs_reference,
        may_be_delayed=may_be_delayed,
        holds_from=holds_from,
    )


@transaction.atomic
def end(ground: Ground, *, on: date, today: date) -> Ground:
    """Nothing can be asked for on this ground from that day on."""
    row = Ground.objects.select_for_update().get(pk=ground.pk)
    if on < today or on < row.holds_from:
        raise GroundRefused("not_in_future")
    if row.holds_until is not None:
        raise GroundRefused("already_ended")
    row.holds_until = on
    row.save(update_fields=["holds_until"])
    return row


def load_all() -> None:
    """Brings the grounds of the file that are not there yet; what a person ended or replaced stays so."""
    known = set(Ground.objects.values_list("key", flat=True))
    with _FILE.open(encoding="utf-8", newline="") as rows:
        Ground.objects.bulk_create(
            Ground(
                key=row["key"],
                name=row["name"],
                name_en=row["name_en"],
                article=row["article"],
                needs_reference=row["needs_reference"] == "yes",
                may_be_delayed=row["may_be_delayed"] == "yes",
                holds_from=date.fromisoformat(row["holds_from"]),
            )
            for row in csv.DictReader(rows)
            if row["key"] not in known
        )
