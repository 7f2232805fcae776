"""The reports of one telephone number or address, found by the keyed digest of the vault.

The number proves the reporter only of what came in by that same channel: on the web anybody can write any number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from . import access
from .actors import Reporter
from .lifecycle import Move
from .models import Report, State, Visibility

MOST = 20


def newest(digest: bytes, *, channel: str) -> list[Report]:
    """What this number sent by this channel, newest first; never sealed ones."""
    found = Report.objects.filter(identity__phone_index=digest, channel=channel)
    return list(
        found.exclude(visibility=Visibility.SEALED).select_related("holder", "agency").order_by("-received_at")[:MOST]
    )


def known(codes: Sequence[str]) -> list[Report]:
    """Reports that somebody proved before with code and PIN, newest first."""
    found = Report.objects.filter(code__in=codes).exclude(visibility=Visibility.SEALED)
    return list(found.select_related("holder", "agency").order_by("-received_at")[:MOST])


def that_allow(reports: Iterable[Report], move: Move) -> list[Report]:
    """Of these, the ones on which the reporter may do this now."""
    return [one for one in reports if access.may(Reporter(report_id=one.pk), move, one)]


def awaiting_reporter(digest: bytes, *, channel: str) -> Report | None:
    """The one report of this number that waits for its reporter to say more; None for none or several."""
    found = Report.objects.filter(identity__phone_index=digest, channel=channel, state=State.ON_HOLD)
    rows = list(found.exclude(visibility=Visibility.SEALED).only("pk", "code", "state")[:2])
    return rows[0] if len(rows) == 1 else None
