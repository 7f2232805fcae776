"""The one contract of all channels: what comes in, what goes out, and what a gateway can answer.

A gateway hands a message to `inbox.take` and is told that it is kept; everything else happens later, in the worker.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from lapor.vault.pins import blind_index


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A message as it came in. `sender` is the number or address in its one canonical form."""

    channel: str
    external_id: str
    sender: str = field(repr=False)
    text: str = field(repr=False)
    sent_to: str = ""
    came_at: datetime


def digest_of(sender: str) -> bytes:
    """By which messages and reports of one number or address are found again, as in the vault."""
    return blind_index(sender, purpose="email" if "@" in sender else "phone")


class Refused(Exception):
    """The gateway will never take this message (a wrong number, a wrong password)."""


class NotNow(Exception):
    """The gateway did not take it this time: it may be tried again."""


class Gateway(Protocol):
    """The way out of one channel."""

    def is_set_up(self) -> bool:
        """Whether its settings are there; without them the channel is off and says so."""

    def send(self, *, to: str, text: str, reference: int) -> None:
        """Hands one message over. `Refused` when it never will be taken, `NotNow` when it may be tried again.

        `reference` comes back in a report of delivery.
        """


class Listener(Protocol):
    """Who understands what came in by a channel."""

    def hear(self, message: Incoming, *, now: datetime) -> list[str]:
        """Acts on one message in the caller's transaction; what is to be answered, in the order to be read."""
