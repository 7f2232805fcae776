"""What the tree says of one report, for its reporter: whether each step is in it and still says what it said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lapor.reports.models import Event, Message

from . import heads
from .models import Leaf, Source
from .sources import EVENTS, MESSAGES, Row, leaves_of


@dataclass(frozen=True, kw_only=True)
class Checked:
    """`signed` rows agree with leaves under a signed head; `waiting` ones are not there yet; `wrong` ones disagree."""

    signed: int
    waiting: int
    wrong: int
    signed_at: datetime | None


def of_report(report_id: int) -> Checked:
    """Compares every event and message of the report with its leaf, along the indexes of the report."""
    head = heads.latest()
    rows = {(row.source, row.row_id): row for row in _rows(report_id)}
    leaves = {(leaf.source, leaf.row_id): leaf for leaf in _leaves(report_id)}
    wrong = len(leaves.keys() - rows.keys())  # a step that was there is gone
    signed = waiting = 0
    for place, row in rows.items():
        leaf = leaves.get(place)
        if leaf is None or head is None or leaf.index >= head.size:
            waiting += 1
        elif row.fits(leaf):
            signed += 1
        else:
            wrong += 1
    return Checked(signed=signed, waiting=waiting, wrong=wrong, signed_at=head.at if head else None)


def _rows(report_id: int) -> list[Row]:
    found: list[Row] = []
    for table, model in ((EVENTS, Event), (MESSAGES, Message)):
        keys = model._default_manager.filter(report=report_id).values_list("pk", flat=True)
        found += [leaves_of(table, row)[0] for row in table.rows(list(keys))]
    return found


def _leaves(report_id: int) -> list[Leaf]:
    return list(Leaf.objects.filter(report_id=report_id, source__in=[Source.EVENT, Source.MESSAGE]))
