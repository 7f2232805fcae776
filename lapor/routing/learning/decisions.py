"""Officers' own decisions as examples: reports that were verified, with what they are now.

Never read: sealed and confidential reports, whistleblowing, what was archived, and texts that were erased.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from lapor.agencies.models import Agency
from lapor.reports.models import Kind, Report, State, Visibility
from lapor.routing.learning.examples import Example

WEIGHT = 3.0  # a decision counts as much as this many shipped messages
MOST = 100_000  # the newest are learned from
_NO_LEVEL = frozenset({Agency.Kind.INSPECTORATE, Agency.Kind.SABER_PUNGLI})  # they examine matters of every level
_LEFT_OUT = (State.RECEIVED, State.ARCHIVED, State.WITHDRAWN, State.MERGED)
_COLUMNS = (
    "pk",
    "title",
    "text",
    "channel",
    "kind",
    "category_id",
    "region_id",
    "answered_at",
    "agency__level",
    "agency__kind",
    "leads_id",
    "received_at",
)


def decided(*, since: datetime | None = None) -> Iterator[tuple[datetime, Example]]:
    """When each report came in, oldest first, and the example that it makes; only those after `since`."""
    rows = Report.objects.filter(visibility=Visibility.PUBLIC, verified_at__isnull=False).exclude(text="")
    rows = rows.exclude(kind=Kind.WHISTLEBLOWING).exclude(state__in=_LEFT_OUT)
    if since is not None:
        rows = rows.filter(received_at__gt=since)
    newest = rows.order_by("-received_at", "-pk").values(*_COLUMNS)[:MOST]
    for row in reversed(newest):
        yield row["received_at"], _example(row)


def _example(row: dict[str, object]) -> Example:
    answered_for = row["answered_at"] is not None and row["agency__kind"] not in _NO_LEVEL
    return Example(
        id=f"r{row['pk']}",
        text=str(row["text"]),
        title=str(row["title"]),
        channel=str(row["channel"]),
        kind=str(row["kind"]),
        category=_or_none(row["category_id"]),
        level=_or_none(row["agency__level"]) if answered_for else None,
        region_code=_or_none(row["region_id"]),
        is_spam=False,
        group=f"r{row['leads_id'] or row['pk']}",
        weight=WEIGHT,
    )


def _or_none(value: object) -> str | None:
    return str(value) if value else None
