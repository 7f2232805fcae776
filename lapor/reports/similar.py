"""Reports that could be about the same matter: open, of the same place and time, with words in common.

It only proposes; an officer reads both and decides. Sealed reports are never proposed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from lapor.lib.text import search_text

from . import access, hiding
from .actors import Officer
from .lifecycle import ENDED
from .models import Report, State, Visibility

AROUND = timedelta(days=120)
COMPARED = 300
SHOWN = 5
LEAST_WORDS = 3
ENOUGH = 0.3  # share of words in common from which two reports are worth comparing


@dataclass(frozen=True)
class Similar:
    """A report and how much of its words it shares (0 to 1)."""

    report: Report
    likeness: float


def candidates(actor: Officer, report: Report) -> list[Similar]:
    """Those of the same district with the most words in common, likest first."""
    district = ".".join((report.region_id or "").split(".")[:3])
    if not district:
        return []
    near = Q(region=report.region_id) | Q(region=district) | Q(region__code__startswith=district + ".")
    found = (
        access.visible(actor)
        .filter(near, leads=None, received_at__range=(report.received_at - AROUND, report.received_at + AROUND))
        .exclude(pk=report.pk)
        .exclude(visibility=Visibility.SEALED)
        .exclude(state__in=(*ENDED, State.MERGED))
        .order_by("-received_at", "-id")[:COMPARED]
    )
    own = _words(report)
    rated = [Similar(other, likeness(own, _words(other))) for other in found]
    likest = sorted((one for one in rated if one.likeness >= ENOUGH), key=lambda one: -one.likeness)[:SHOWN]
    hiding.hide(one.report for one in likest)
    return likest


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Words in common as a share of the shorter text's words, so that a short SMS is found beside a long letter."""
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer >= LEAST_WORDS else 0.0


def _words(report: Report) -> frozenset[str]:
    return frozenset(search_text(f"{report.title} {report.text[:1000]}").split())
