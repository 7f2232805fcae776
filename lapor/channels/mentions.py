"""What is written in public: a short answer with a link to go on in private, and nothing of what was written.

Not every comment asks for one: what says less than a report would is kept and left alone, and nobody is answered more
than twice a day, so that no thread is filled by us.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from lapor.reports.submission import MIN_TEXT

from . import invitations, outbox
from .base import POST, Incoming, Listener

MOST_A_DAY: Final = 2
DAY: Final = timedelta(hours=24)
INVITED: Final = (
    "Terima kasih sudah memberi tahu. Mohon lengkapi laporan Anda secara pribadi di {link} dan jangan tulis data "
    "pribadi di sini."
)
_ADDRESSES = re.compile(r"(?:@|https?://)\S+")


@dataclass(frozen=True)
class Public:
    """The listener of channels where people write in public too; `private` hears what they write to us alone."""

    private: Listener

    def hear(self, message: Incoming, *, now: datetime) -> list[str]:
        """Answers below the post, not to its writer."""
        post = message.about.get(POST, "")
        if not post:
            return self.private.hear(message, now=now)
        text = " ".join(_ADDRESSES.sub(" ", message.text).split())
        if len(text) >= MIN_TEXT and invitations.sent_to(message.sender, since=now - DAY) < MOST_A_DAY:
            link = invitations.invite(channel=message.channel, sender=message.sender, post=post, text=text, now=now)
            outbox.queue(
                channel=message.channel,
                to=post_address(message.channel, post),
                text=INVITED.format(link=link),
                once=f"mention:{message.channel}:{message.external_id}",
                now=now,
            )
        return []


def post_address(channel: str, post: str) -> str:
    """Where an answer below a post goes: "x-post:1790"."""
    return f"{channel}-post:{post}"


def post_in(address: str) -> str:
    """The post in such an address; empty where it is a person's."""
    kind, _colon, post = address.partition(":")
    return post if kind.endswith("-post") else ""
