"""The consumer "postback": whoever asked in public is told there that an answer is published, with its link alone.

Only of reports that everybody may read and whose reporter did not ask to stay unnamed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.conf import settings

from lapor.reports.hiding import is_guarded
from lapor.reports.models import Event, EventKind

from . import invitations, outbox
from .mentions import post_address

CONSUMER: Final = "postback"
ANSWERED: Final = "Laporan ini sudah dijawab. Jawabannya dapat dibaca di {link}"


def consume(events: Sequence[Event]) -> None:
    """Queues what is to be said below posts, once for each answer."""
    for event in events:
        report = event.report
        if event.kind != EventKind.ANSWERED or is_guarded(report):
            continue
        began = invitations.origin_of(report.code)
        if began is not None:
            outbox.queue(
                channel=began.channel,
                to=post_address(began.channel, began.post),
                text=ANSWERED.format(link=f"{settings.LAPOR_PUBLIC_URL.rstrip('/')}/laporan/{report.code}/"),
                once=f"postback:{event.pk}",
                now=event.at,
            )
