"""How each channel does, in numbers: set up or off, last message in and out, what waits, what failed, and silence.

What failed is a list to act on: read or sent again once its cause was mended, or given up with a reason. Nothing here
tells who wrote, or what.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max, Min, QuerySet
from django.utils.translation import gettext

from lapor.reports.models import Channel

from . import inbox, outbox, registry, standing
from .models import Received, Sending

SHOWN = 50
_SOON = timedelta(minutes=2)
_Queue = tuple[int, datetime | None]
_NONE: _Queue = (0, None)
TEST = "LAPOR!: pesan uji dari pengelola. Tidak perlu dibalas."  # to whoever tries a channel, in the first language


class HadItsShare(Exception):
    """This number or address was sent as many messages today as one may be."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One channel now. `is_refused` where the service does not take our credentials any more; since `late_since` the
    oldest message waits that should have been read or sent by now.
    """

    name: str
    label: str
    is_set_up: bool
    is_refused: bool
    can_be_tried: bool
    last_in: datetime | None
    last_out: datetime | None
    to_read: int
    to_send: int
    late_since: datetime | None
    failed: int
    silent_for: timedelta | None

    @property
    def is_in_use(self) -> bool:
        """Whether there is anything to tell: it is set up, or was and left something behind."""
        return self.is_set_up or bool(self.last_in or self.last_out or self.to_read or self.to_send or self.failed)

    @property
    def is_silent(self) -> bool:
        """Whether nothing came in for longer than LAPOR_CHANNEL_SILENCE hours; never for one that is off."""
        return self.silent_for is not None


def label(name: str) -> str:
    """A channel as people call it."""
    return gettext("Kabar di peramban") if name == registry.PUSH else str(Channel(name).label)


def overview(*, now: datetime) -> list[Standing]:
    """Every channel there is, those that are off too."""
    found = _Waiting(
        to_read=_by_channel(Received.objects.filter(state=Received.State.WAITING)),
        to_send=_by_channel(Sending.objects.filter(state=Sending.State.QUEUED)),
        failed_in=_by_channel(_failed_in()),
        failed_out=_by_channel(_failed_out()),
        refused=set(standing.refusing()),
    )
    return [_standing(name, found, now=now) for name in sorted({*registry.LISTENERS, *registry.GATEWAYS})]


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What of all channels needs somebody: the names of silent and of refused ones, and how many messages failed."""

    silent: list[str]
    refused: list[str]
    failed: int


def trouble(*, now: datetime) -> Trouble:
    """In short, for the first page."""
    found = overview(now=now)
    return Trouble(
        silent=[one.label for one in found if one.is_silent],
        refused=[one.label for one in found if one.is_refused],
        failed=failures(),
    )


def failed_in() -> list[Received]:
    """Messages that nobody could read, the oldest first."""
    return list(_failed_in().order_by("came_at")[:SHOWN])


def failed_out() -> list[Sending]:
    """Messages that could not be sent, the oldest first."""
    return list(_failed_out().order_by("made_at")[:SHOWN])


def failures() -> int:
    """How many messages wait for a person, in and out."""
    return _failed_in().count() + _failed_out().count()


def retry(channel: str, *, now: datetime) -> int:
    """Everything of a channel that failed is read or sent once more, as if it were new; returns how many."""
    return inbox.again(_failed_in().filter(channel=channel), now=now) + outbox.again(
        _failed_out().filter(channel=channel), now=now
    )


def send_test(channel: str, *, to: str, now: datetime) -> None:
    """Sends a few fixed words, to see whether the way out is open. Refuses with `HadItsShare`."""
    if not outbox.queue(channel=channel, to=to, text=TEST, once=f"test:{channel}:{now.timestamp()}", now=now):
        raise HadItsShare


@dataclass(frozen=True, kw_only=True)
class _Waiting:
    """What all channels together have to tell: (how many, the oldest time to try) by channel."""

    to_read: Mapping[str, _Queue]
    to_send: Mapping[str, _Queue]
    failed_in: Mapping[str, _Queue]
    failed_out: Mapping[str, _Queue]
    refused: Collection[str]


def _by_channel(rows: QuerySet[Received] | QuerySet[Sending]) -> dict[str, _Queue]:
    counted = rows.order_by().values_list("channel").annotate(n=Count("pk"), oldest=Min("next_try_at"))
    return {channel: (n, oldest) for channel, n, oldest in counted}


def _standing(name: str, found: _Waiting, *, now: datetime) -> Standing:
    gateway = registry.GATEWAYS.get(name)
    is_set_up = gateway is not None and gateway.is_set_up()
    last_in = Received.objects.filter(channel=name).aggregate(at=Max("came_at"))["at"]
    last_out = Sending.objects.filter(channel=name, sent_at__isnull=False).aggregate(at=Max("sent_at"))["at"]
    (to_read, first_in), (to_send, first_out) = found.to_read.get(name, _NONE), found.to_send.get(name, _NONE)
    oldest = min((at for at in (first_in, first_out) if at is not None), default=None)
    quiet = now - last_in if last_in is not None else None
    return Standing(
        name=name,
        label=label(name),
        is_set_up=is_set_up,
        is_refused=is_set_up and name in found.refused,
        can_be_tried=is_set_up and name in registry.LISTENERS,
        last_in=last_in,
        last_out=last_out,
        to_read=to_read,
        to_send=to_send,
        late_since=oldest if oldest is not None and oldest < now - _SOON else None,
        failed=found.failed_in.get(name, _NONE)[0] + found.failed_out.get(name, _NONE)[0],
        silent_for=quiet if is_set_up and quiet is not None and quiet > _most_silence() else None,
    )


def _most_silence() -> timedelta:
    return timedelta(hours=settings.LAPOR_CHANNEL_SILENCE)


def _failed_in() -> QuerySet[Received]:
    return Received.objects.filter(state=Received.State.FAILED)


def _failed_out() -> QuerySet[Sending]:
    return Sending.objects.filter(state=Sending.State.FAILED)
