"""Floods: the same words filed again and again within a day, from anywhere. Nothing is dropped and nothing is merged.

The list of work shows such reports as one row with a number, for as long as they are in the same step and hands as the
first; one that goes its own way shows by itself again. Sealed reports have no words here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from lapor.lib.text import search_text
from lapor.vault.pins import blind_index

from . import access
from .actors import Officer
from .models import Channel, Event, EventKind, Report, SameText, Visibility

CONSUMER = "floods"
WITHIN = timedelta(days=1)
MOST = 100

# Behind the first one, and still in the same step and hands: a list that shows the first may leave it out.
IS_BEHIND = Q(
    Exists(
        SameText.objects.filter(
            report=OuterRef("pk"), head__state=OuterRef("state"), head__holder=OuterRef("holder"), head__leads=None
        )
    )
)


def consume(events: Sequence[Event]) -> None:
    """Notes the words of each new report, and which one it follows. Reading an event twice changes nothing."""
    filed = {
        event.report_id: event.report
        for event in events
        if event.kind == EventKind.RECEIVED and event.report.channel != Channel.OPENDATA
    }
    _note([one for one in filed.values() if one.visibility != Visibility.SEALED and one.text])


def numbers(reports: Iterable[Report]) -> dict[int, int]:
    """How many there are with the words of each of these, itself included; only where there are several."""
    led = SameText.objects.filter(head__in=[report.pk for report in reports])
    return {key: n + 1 for key, n in led.values_list("head").annotate(n=Count("pk")).order_by()}


def group(code: str) -> Q:
    """The first with this code and all that follow it, for a list of them."""
    return Q(code=code) | Q(pk__in=SameText.objects.filter(head__code=code).values("report"))


def behind(actor: Officer, codes: Collection[str]) -> list[Report]:
    """Those in reach that a list leaves out behind these, for an act on all of them at once."""
    led = SameText.objects.filter(head__code__in=codes).values("report")
    return list(access.visible(actor).filter(IS_BEHIND, pk__in=led).order_by("pk")[:MOST])


def forget_single(*, now: datetime) -> int:
    """Deletes the words of reports that nobody followed within the day; says how many."""
    led = SameText.objects.filter(head=OuterRef("report_id"))
    deleted, _by_table = SameText.objects.filter(~Exists(led), head=None, received_at__lt=now - WITHIN).delete()
    return deleted


def _note(reports: Sequence[Report]) -> None:
    noted = set(SameText.objects.filter(report__in=reports).values_list("report_id", flat=True))
    new = {report.pk: (_digest(report), report.received_at) for report in reports if report.pk not in noted}
    if not new:
        return
    firsts: dict[bytes, list[tuple[datetime, int]]] = defaultdict(list)  # of each text, oldest first
    since = min(at for _said, at in new.values()) - WITHIN
    led = SameText.objects.filter(digest__in={one for one, _at in new.values()}, head=None, received_at__gte=since)
    for digest, at, key in led.values_list("digest", "received_at", "report_id").order_by("received_at", "report_id"):
        firsts[bytes(digest)].append((at, key))
    rows = []
    for key, (digest, at) in new.items():
        head = next((first for began, first in reversed(firsts[digest]) if began >= at - WITHIN), None)
        rows.append(SameText(report_id=key, digest=digest, received_at=at, head_id=head))
        if head is None:
            firsts[digest].append((at, key))
    SameText.objects.bulk_create(rows, ignore_conflicts=True)


def _digest(report: Report) -> bytes:
    """Only reports of the same body and the same secrecy are one row: whoever sees the first may see the others."""
    said = search_text(f"{report.title} {report.text}")
    return blind_index(f"{report.verifier_id}:{report.visibility}:{report.is_anonymous}:{said}", purpose="same text")
