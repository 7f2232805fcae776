"""Open reports follow the bodies: what happens to them when one is connected or taken off again.

It never waits for a connection. A report about a body that does not work here is answered by the nearest body above it
(`agencies.oversight.responsible_for`). So a change of a connection, on the day from which it holds:

- **connected**: its reports that are being handled and that another answers for come to it, with that body's draft as
  material and with a new clock for the first follow-up, if there was none yet. What was answered already stays with
  who answered; what is still being verified stays with who verifies; a sealed report stays with who may open it.
- **disconnected**: everything in its hand goes to the body that answers for it now. Where it verified, guarded or
  decided on an objection, the next administrator above does so; an objection never goes to the body that answered.

In both the reporter's own deadline stays. Nothing is stored about it: `settle` looks for reports that are out of place,
so it goes on where it stopped, and finds those whose day comes later.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from lapor.agencies.connection import works_here
from lapor.agencies.models import Agency
from lapor.agencies.oversight import forget

from . import clockwork
from .access import NotFound
from .accused import open_to
from .actions.passing import rehome
from .actors import Officer, System
from .lifecycle import OPEN, WITH_AGENCY, MoveRefused
from .models import Assignment, Report, State, Visibility

BATCH = 200
_ACTOR = System()
_HANDLED = Q(state__in=WITH_AGENCY) | Q(state=State.ON_HOLD, resume_state__in=WITH_AGENCY)


def have_answered(agency_ids: Collection[int]) -> set[int]:
    """Those of these bodies that answered a report; looks for one each, along the index of a body's reports."""
    answered = Report.objects.filter(responsible=OuterRef("pk"), answered_at__isnull=False)
    found = Agency.objects.filter(pk__in=agency_ids).filter(Exists(answered))
    return set(found.values_list("pk", flat=True))


def settle(*, now: datetime, limit: int = BATCH) -> int:
    """Moves the reports that are out of place, so many at a time; returns how many moved."""
    forget()  # another process may have changed a connection
    moved = 0
    for report_id in out_of_place(on=clockwork.day_of(now), limit=limit):
        try:
            moved += rehome(report_id=report_id, actor=_ACTOR, now=now)
        except (MoveRefused, NotFound):
            continue  # it ended between the reading and the lock
    return moved


def out_of_place(*, on: date, limit: int) -> list[int]:
    """The keys of open reports that wait for another body than the one that answers today."""
    gone = list(Agency.objects.filter(~works_here(on), connected_on__isnull=False).values_list("pk", flat=True))
    found: set[int] = set(_answered_for(on)[:limit])
    found.update(_contributed_for(on)[:limit])
    if gone:
        left = Q(responsible__in=gone) | Q(holder__in=gone) | Q(verifier__in=gone) | Q(guardian__in=gone)
        # What nobody holds was taken over from elsewhere as history: a change of bodies does not make it work.
        held = Report.objects.filter(left, state__in=OPEN, holder__isnull=False)
        found.update(held.values_list("pk", flat=True)[:limit])
        found.update(_contributions().filter(responsible__in=gone).values_list("report_id", flat=True)[:limit])
    return sorted(found)[:limit]


def waiting_for(agency_ids: Collection[int], *, reader: Officer) -> dict[int, int]:
    """How many open reports another body answers for in the place of each of these, without those that the reader may
    not know of.
    """
    found = Report.objects.filter(_HANDLED, open_to(reader), agency__in=agency_ids).exclude(agency=F("responsible"))
    return _count(found, "agency_id")


def most_waiting(agencies: QuerySet[Agency], *, limit: int, reader: Officer) -> list[tuple[Agency, int]]:
    """The bodies among these whose open reports others answer most, with how many: who should be connected next."""
    rows = (
        Report.objects.filter(_HANDLED, open_to(reader), agency__in=agencies)
        .exclude(agency=F("responsible"))
        .values("agency")
        .annotate(n=Count("pk"))
        .order_by("-n", "agency")[:limit]
    )
    counts = {row["agency"]: row["n"] for row in rows}
    found = Agency.objects.in_bulk(counts)
    return [(found[key], n) for key, n in counts.items()]


def in_hand(agency_ids: Collection[int], *, reader: Officer) -> dict[int, int]:
    """How many open reports each of these bodies has in hand, without those that the reader may not know of."""
    return _count(Report.objects.filter(open_to(reader), holder__in=agency_ids, state__in=OPEN), "holder_id")


def _count(found: QuerySet[Report], column: str) -> dict[int, int]:
    rows = found.values(key=F(column)).annotate(n=Count("pk")).order_by()
    return {row["key"]: row["n"] for row in rows}


def _answered_for(on: date) -> QuerySet[Report, int]:
    """Handled by another body though their own agency works here: the partial index `report_answered_for`."""
    return (
        Report.objects.filter(
            _HANDLED, works_here(on, path="agency__"), state__in=[*sorted(WITH_AGENCY), State.ON_HOLD]
        )
        .exclude(agency=F("responsible"))
        .exclude(visibility=Visibility.SEALED)
        .values_list("pk", flat=True)
    )


def _contributed_for(on: date) -> QuerySet[Assignment, int]:
    return (
        _contributions()
        .filter(works_here(on, path="agency__"))
        .exclude(agency=F("responsible"))
        .values_list("report_id", flat=True)
    )


def _contributions() -> QuerySet[Assignment]:
    return Assignment.objects.filter(ended_at=None, is_lead=False, report__state__in=OPEN)
