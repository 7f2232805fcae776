"""The one contract of all channels: what comes in, what goes out, and what a gateway can answer.

A gateway hands a message to `inbox.take` and is told that it is kept; everything else happens later, in the worker.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from lapor.reports.models import Channel
from lapor.vault.pins import blind_index


@dataclass(frozen=True)
class Media:
    """A file that came with a message, as its sender named it. Nothing has looked at it yet."""

    name: str = field(repr=False)
    data: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A message as it came in. `sender` is the number, address or account in its one canonical form.

    `about` is what else its channel says and its listener needs: the subject of a mail, the post that was commented.
    Under `MEDIA` stand the service's own names of files that are still to be fetched, under `KIND` what a message
    without words is.
    """

    channel: str
    external_id: str
    sender: str = field(repr=False)
    text: str = field(repr=False)
    sent_to: str = ""
    about: Mapping[str, str] = field(default_factory=dict, repr=False)
    files: tuple[Media, ...] = field(default=(), repr=False)
    came_at: datetime


MEDIA, KIND, POINT, POST = "media", "kind", "point", "post"  # keys of `Incoming.about`


def kind_of(channel: str) -> str:
    """By what its senders are known: "phone", "email" or "account"."""
    kinds = {str(Channel.SMS): "phone", str(Channel.WHATSAPP): "phone", str(Channel.EMAIL): "email"}
    return kinds.get(channel, "account")


def digest_of(sender: str) -> bytes:
    """By which what a number ("+62…"), address or account ("telegram:12345") wrote is found again, as in the vault."""
    purpose = "phone" if sender.startswith("+") else "account" if ":" in sender else "email"
    return blind_index(sender, purpose=purpose)


class Refused(Exception):
    """The gateway will never take this message (a wrong number, a wrong password)."""


class NotNow(Exception):
    """The gateway did not take it this time: it may be tried again, not before `after` where the service says so.

    `is_general` where it would take no other message either.
    """

    def __init__(self, why: str = "", *, after: timedelta | None = None, is_general: bool = False) -> None:
        super().__init__(why)
        self.after = after
        self.is_general = is_general or after is not None


class NeedsAttention(NotNow):
    """Our own credentials are not taken any more: a person must renew them, and until then every message waits."""


class Aside(Exception):
    """A message that its listener does not act on, nor answer: `why` in a word; one that waits is for a person.

    Whoever raises it undoes what it has written.
    """

    def __init__(self, why: str, *, waits: bool = True) -> None:
        super().__init__(why)
        self.why, self.waits = why, waits


class Gateway(Protocol):
    """The way out of one channel."""

    def is_set_up(self) -> bool:
        """Whether its settings are there; without them the channel is off and says so."""

    def send(self, *, to: str, text: str, reference: int) -> None:
        """Hands one message over. `Refused` when it never will be taken, `NotNow` when it may be tried again.

        `reference` comes back in a report of delivery.
        """


class Poller(Protocol):
    """A channel whose service calls nobody: it is asked for what is new."""

    def is_set_up(self) -> bool:
        """Whether its settings are there."""

    def poll(self, *, now: datetime) -> int:
        """Keeps what is new since the last time; how much. Raises as a gateway does."""


class Fetcher(Protocol):
    """The way to the files of one channel, which a message only names."""

    def fetch(self, name: str) -> Media:
        """The file that the service calls so. `Refused` when it will never be had, `NotNow` when it may be later."""


class Listener(Protocol):
    """Who understands what came in by a channel."""

    def hear(self, message: Incoming, *, now: datetime) -> list[str]:
        """Acts on one message in the caller's transaction; what is to be answered, in the order to be read. Raises
        `Aside` for one that is put away, with nothing done.
        """
