"""Reports that could tell the same matter, for the officer who reads one: found by their rarest terms, ranked by all.

It only proposes; an officer reads both and decides. Which reports may be shown is for `access` to say, whatever was
found. Sealed reports are never proposed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from lapor.lib.likeness import Ranking

from . import access, hiding
from .actors import Actor, Officer
from .lifecycle import ENDED
from .mass_numbers import numbers
from .models import Posting, Report, Stage, State, Visibility
from .postings import marks_of, message_of, nearest

AROUND = timedelta(days=120)
COMPARED = 40  # are read and compared word by word
SHOWN = 5


@dataclass(frozen=True)
class Similar:
    """A report and how alike it is: 0 has nothing in common, about 1 is the same. `said` is the part in the words."""

    report: Report
    likeness: float
    said: float


def candidates(actor: Officer, report: Report, *, most: int = SHOWN, compared: int = COMPARED) -> list[Similar]:
    """Those in the actor's reach that most likely tell the same matter, likest first; at most so many, possibly none.

    Not those that ended or joined another; but the lead of a mass report also after it was closed.
    """
    likest = [one for one in near(actor, report, compared=compared) if one.said >= numbers().shown][:most]
    hiding.hide(one.report for one in likest)
    return likest


def near(
    actor: Actor, report: Report, *, compared: int = COMPARED, shared: int = 1, columns: Sequence[str] = ()
) -> list[Similar]:
    """The same without a lower bound, as they are stored; of those that share so many of their terms. Where `columns`
    are named, only these are read of each.
    """
    keys = nearest(Posting, marks_of(message_of(report)), most=compared, shared=shared)
    if not keys:
        return []
    time = (report.received_at - AROUND, report.received_at + AROUND)
    closed = Q(state=State.CLOSED, mass__stage=Stage.OPEN)
    found = (
        access.visible(actor)
        .filter(~Q(state__in=ENDED) | closed, pk__in=keys, leads=None, received_at__range=time)
        .exclude(pk=report.pk)
        .exclude(visibility=Visibility.SEALED)
        .exclude(state=State.MERGED)
    )
    if columns:
        found = found.only(*columns)
    return rated(report, sorted(found, key=lambda other: (other.received_at, other.pk)))


def rated(report: Report, others: Sequence[Report]) -> list[Similar]:
    """How alike each of the others is, likest first; those that share nothing are left out."""
    ranking = Ranking([message_of(one) for one in (report, *others)])
    best = ranking.best(0, range(1, len(others) + 1), len(others))
    return [Similar(others[at - 1], likeness, ranking.said(0, at)) for at, likeness in best]
