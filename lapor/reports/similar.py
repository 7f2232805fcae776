"""Reports that could tell the same matter, for the officer who reads one: found by their rarest terms, ranked by all.

It only proposes; an officer reads both and decides. Which reports may be shown is for `access` to say, whatever was
found. Sealed reports are never proposed.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
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


def near(actor: Actor, report: Report, *, compared: int = COMPARED) -> list[Similar]:
    """The same without a lower bound, as they are stored."""
    return near_each(actor, [report], compared=compared)[report.pk]


def near_each(
    actor: Actor,
    reports: Sequence[Report],
    *,
    compared: int,
    shared: int = 1,
    least: int = 1,
    columns: Sequence[str] = (),
) -> dict[int, list[Similar]]:
    """For each of these reports, by key, what `near` finds; the reports that are compared are read once for all.

    Of those that share `shared` of their terms; nothing for one that has fewer than `least` such. Where `columns` are
    named, only these are read.
    """
    keys_of: dict[int, set[int]] = {}
    for report in reports:
        keys = nearest(Posting, marks_of(message_of(report)), most=compared, shared=shared)
        keys_of[report.pk] = {key for key in keys if key != report.pk}
    keys_of = {of: keys if len(keys) >= least else set() for of, keys in keys_of.items()}
    others = _still_open(actor, set().union(*keys_of.values()), columns)
    return {
        report.pk: rated(
            report,
            [
                one
                for one in others
                if one.pk in keys_of[report.pk] and abs(one.received_at - report.received_at) <= AROUND
            ],
        )
        for report in reports
    }


def _still_open(actor: Actor, keys: Set[int], columns: Sequence[str]) -> list[Report]:
    """Of these what the actor may see and a report may still join, oldest first."""
    if not keys:
        return []
    closed = Q(state=State.CLOSED, mass__stage=Stage.OPEN)
    found = (
        access.visible(actor)
        .filter(~Q(state__in=ENDED) | closed, pk__in=keys, leads=None)
        .exclude(visibility=Visibility.SEALED)
        .exclude(state=State.MERGED)
    )
    return sorted(found.only(*columns) if columns else found, key=lambda other: (other.received_at, other.pk))


def rated(report: Report, others: Sequence[Report]) -> list[Similar]:
    """How alike each of the others is, likest first; those that share nothing are left out."""
    ranking = Ranking([message_of(one) for one in (report, *others)])
    best = ranking.best(0, range(1, len(others) + 1), len(others))
    return [Similar(others[at - 1], likeness, ranking.said(0, at)) for at, likeness in best]
