"""What is remembered of each messaging service between two calls: where reading stopped, whether it refuses us."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from .models import Service

log = logging.getLogger(__name__)
PAUSE = timedelta(minutes=5)  # until a service that refuses our credentials is asked again


def cursor(channel: str) -> str:
    """Where reading stopped; empty at the very first."""
    return Service.objects.filter(pk=channel).values_list("cursor", flat=True).first() or ""


def keep_cursor(channel: str, where: str, *, now: datetime) -> None:
    """What stands before this was read."""
    Service.objects.update_or_create(pk=channel, defaults={"cursor": where, "read_at": now})


def note_refusal(channel: str, *, now: datetime) -> None:
    """The service does not take our credentials: a person must renew them, and is told by the operator's page."""
    log.warning("%s does not take our credentials any more; messages wait for new ones", channel)
    row, is_new = Service.objects.get_or_create(pk=channel, defaults={"refused_at": now, "refused_last_at": now})
    if not is_new and row.refused_at is None:
        Service.objects.filter(pk=channel, refused_at=None).update(refused_at=now, refused_last_at=now)
    elif not is_new:
        Service.objects.filter(pk=channel, refused_at__lte=now).update(refused_last_at=now)


def note_success(channel: str) -> None:
    """It took something from us: it needs nobody any more."""
    Service.objects.filter(pk=channel, refused_at__isnull=False).update(refused_at=None, refused_last_at=None)


def resting(channels: Iterable[str], *, now: datetime) -> set[str]:
    """Of these, the ones that refused us just now."""
    rows = Service.objects.filter(pk__in=list(channels), refused_last_at__gt=now - PAUSE)
    return set(rows.values_list("pk", flat=True))


def refusing() -> dict[str, datetime]:
    """Which services refuse our credentials, and since when."""
    rows = Service.objects.filter(refused_at__isnull=False)
    return {row.channel: row.refused_at for row in rows if row.refused_at is not None}
