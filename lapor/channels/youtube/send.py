"""The way out at YouTube: an answer below a comment (developers.google.com/youtube/v3/docs/comments/insert). There are
no private messages.
"""

from __future__ import annotations

from lapor.channels.base import Refused
from lapor.channels.mentions import post_in

from . import account


class YouTube:
    """One channel, by the settings LAPOR_YOUTUBE_*."""

    def is_set_up(self) -> bool:
        return account.is_set_up()

    def send(self, *, to: str, text: str, reference: int) -> None:
        """Writes it below the comment that `to` names. `Refused` for a person."""
        post = post_in(to)
        if not post:
            raise Refused("no private messages")
        said = {"snippet": {"parentId": post, "textOriginal": text}}
        account.call("POST", "comments", params={"part": "snippet"}, body=said)
