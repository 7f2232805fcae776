"""What time takes: data whose term is over go in batches, again and again with the same result, with a log in numbers.

A report under a legal hold loses nothing. What is open has no age: time runs from the end of a report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from lapor.audit.record import record
from lapor.reports import actions, clockwork
from lapor.reports.actors import System
from lapor.reports.lifecycle import ENDED
from lapor.reports.models import Attachment, Report

from . import holds, terms
from .models import Data, Erasure, Term

BATCH = 200
BY_TIME = "time"
_SYSTEM = System()
# What rooms above this one keep: their rows older than a moment.
Elsewhere = Mapping[str, Callable[[datetime], QuerySet[Any]]]


@dataclass(frozen=True)
class Line:
    """How much of one sort has been kept for its time."""

    term: Term
    cutoff: datetime
    n: int


def overdue(elsewhere: Elsewhere, *, now: datetime) -> list[Line]:
    """What would be erased now, counted; changes nothing."""
    found = []
    for term in terms.in_force(on=clockwork.day_of(now)):
        cutoff = now - timedelta(days=term.days)
        rows = _rows(term, cutoff, elsewhere, now=now)
        if rows is not None:
            found.append(Line(term, cutoff, rows.count()))
    return found


def sweep(elsewhere: Elsewhere, *, now: datetime, limit: int = BATCH) -> int:
    """Erases one batch of each sort; returns how much. Called until it returns 0."""
    done = 0
    for term in terms.in_force(on=clockwork.day_of(now)):
        done += _erase(term, now - timedelta(days=term.days), elsewhere, now=now, limit=limit)
    return done


@transaction.atomic
def _erase(term: Term, cutoff: datetime, elsewhere: Elsewhere, *, now: datetime, limit: int) -> int:
    rows = _rows(term, cutoff, elsewhere, now=now)
    if rows is None:
        return 0
    codes: list[str] = []
    if rows.model is Report:
        keys = list(rows.order_by("closed_at", "pk").values_list("pk", "code")[:limit])
        for key, code in keys:
            actions.erase_identity(report_id=key, why=BY_TIME, actor=_SYSTEM, now=now)
            record(user_id=None, act="identity.erased", subject=f"report:{key}", now=now)
            codes.append(code)
        n = len(keys)
    elif rows.model is Attachment:
        files = list(rows.order_by("added_at", "pk").values_list("report_id", "report__code")[:limit])
        n = 0
        for key, code in dict.fromkeys(files):
            n += actions.erase_files(report_id=key, why=BY_TIME, actor=_SYSTEM, now=now)
            codes.append(code)
    else:
        n = rows.filter(pk__in=list(rows.values_list("pk", flat=True)[:limit])).delete()[0]
    if n:
        Erasure.objects.create(term=term, at=now, cutoff=cutoff, n=n, codes=codes)
    return n


def _rows(term: Term, cutoff: datetime, elsewhere: Elsewhere, *, now: datetime) -> QuerySet[Any] | None:
    """The rows of this term that are older than the cutoff; None where nobody says which those are."""
    held = holds.in_force(on=clockwork.day_of(now)).values("report")
    match term.data:
        case Data.IDENTITY:
            ended = Report.objects.filter(closed_at__lte=cutoff, identity__isnull=False, state__in=ENDED)
            return _of_kind(ended, term, "", now=now).exclude(pk__in=held)
        case Data.FILES:
            old = Attachment.objects.filter(
                added_at__lte=cutoff, report__closed_at__lte=cutoff, report__state__in=ENDED
            )
            return _of_kind(old, term, "report__", now=now).exclude(report__in=held)
        case Data.SESSIONS:
            return Session.objects.filter(expire_date__lte=cutoff)
        case _:
            return elsewhere[term.data](cutoff) if term.data in elsewhere else None


def _of_kind(rows: QuerySet[Any], term: Term, prefix: str, *, now: datetime) -> QuerySet[Any]:
    """A row for one kind of report takes these out of the row for any kind."""
    if term.kind:
        return rows.filter(**{f"{prefix}kind": term.kind})
    named = [one.kind for one in terms.in_force(on=clockwork.day_of(now)) if one.data == term.data and one.kind]
    return rows.exclude(**{f"{prefix}kind__in": named}) if named else rows


def log(*, limit: int) -> list[Erasure]:
    """The latest rounds that erased something."""
    return list(Erasure.objects.select_related("term").order_by("-at")[:limit])
