"""The way out by the Graph API for a Facebook page and an Instagram account: a message, or an answer below a comment
(developers.facebook.com/docs/messenger-platform/send-messages, …/instagram-platform, …/graph-api/reference/comment).

A person may be written to within a day of their last message; Meta has no templates here, so later they are not told.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from django.conf import settings

from lapor.channels.base import Media
from lapor.channels.mentions import post_in

from . import graph


class _OnMeta:
    """What both have in common; `below` is what the answers to a comment are called there."""

    below = ""

    def _id(self) -> str:
        raise NotImplementedError

    def is_set_up(self) -> bool:
        return bool(settings.LAPOR_PAGE_TOKEN and self._id())

    def send(self, *, to: str, text: str, reference: int) -> None:
        """Hands one message over, or writes it below the comment that `to` names."""
        if post := post_in(to):
            self._call(f"{quote(post, safe='')}/{self.below}", {"message": text})
            return
        _kind, _colon, person = to.partition(":")
        said = {"recipient": {"id": person}, "messaging_type": "RESPONSE", "message": {"text": text}}
        self._call(f"{self._id()}/messages", said)

    def fetch(self, name: str) -> Media:
        """A file of at most 10 MB: its name is its address, which Meta signed. No token goes there."""
        return Media("", graph.file(name))

    def _call(self, path: str, said: Mapping[str, object]) -> None:
        graph.call("POST", path, token=settings.LAPOR_PAGE_TOKEN, body=said)


class Page(_OnMeta):
    """One Facebook page."""

    below = "comments"

    def _id(self) -> str:
        return str(settings.LAPOR_FACEBOOK_PAGE_ID)


class Instagram(_OnMeta):
    """The professional account that belongs to the page."""

    below = "replies"

    def _id(self) -> str:
        return str(settings.LAPOR_INSTAGRAM_ID)
