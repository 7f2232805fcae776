"""The way out by the API of X, version 2: a direct message, or an answer below a post
(docs.x.com/x-api/posts/create-post, …/direct-messages/create-dm-message-by-participant-id); and the way to pictures of
direct messages, which X gives to the two who write to each other alone.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings

from lapor.channels import http
from lapor.channels.base import Media, NotNow
from lapor.channels.mentions import post_in
from lapor.channels.shapes import text_at
from lapor.lib.files import MAX_BYTES

from . import oauth

_LONGEST = timedelta(minutes=15)  # windows of X are no longer than this, and days are not waited for at once

_PATH = re.compile(r"/[\w./-]{1,200}", re.ASCII)


class X:
    """One account, by the settings LAPOR_X_*."""

    def is_set_up(self) -> bool:
        return is_set_up()

    def send(self, *, to: str, text: str, reference: int) -> None:
        """Hands one message over, or writes it below the post that `to` names."""
        if post := post_in(to):
            call("POST", "/2/tweets", body={"text": text, "reply": {"in_reply_to_tweet_id": post}})
            return
        _kind, _colon, person = to.partition(":")
        call("POST", f"/2/dm_conversations/with/{quote(person, safe='')}/messages", body={"text": text})

    def fetch(self, name: str) -> Media:
        """A picture of at most 10 MB."""
        address = f"{_pictures()}{name}"
        content = http.download(address, most=MAX_BYTES, headers={"Authorization": _signed("GET", address, {})})
        return Media(name.rsplit("/", 1)[-1], content)


def picture_in(media: Any) -> str:
    """Our name of the picture that a direct message holds: its path there. Empty for none, and for one elsewhere, which
    is not asked for: the address is somebody else's word, and our signature goes with it.
    """
    address = text_at(media, "media_url_https")
    path = address.removeprefix(_pictures())
    is_theirs = path != address and text_at(media, "type") == "photo"
    return path if is_theirs and _PATH.fullmatch(path) and ".." not in path else ""


def is_set_up() -> bool:
    """Whether we have an account there and all keys."""
    return bool(settings.LAPOR_X_USER_ID) and all(_keys())


def call(method: str, path: str, *, params: Mapping[str, str] | None = None, body: Any = None) -> Any:
    """What X answers; else the exception that its status means. It says itself when it takes calls again."""
    address = f"{settings.LAPOR_X_URL.rstrip('/')}{path}"
    signed = _signed(method, address, params or {})
    answer = http.ask(method, address, headers={"Authorization": signed}, params=params, body=body)
    if answer.status == 429:
        raise NotNow("429", after=_pause(answer.headers.get("x-rate-limit-reset", ""), now=datetime.now(UTC)))
    return http.settle(answer)


def _signed(method: str, address: str, params: Mapping[str, str]) -> str:
    at = int(datetime.now(UTC).timestamp())
    return oauth.header(method, address, params, keys=_keys(), nonce=secrets.token_hex(16), at=at)


def _pause(reset: str, *, now: datetime) -> timedelta:
    """Until the time (seconds since 1970) at which X counts anew."""
    if not reset.isdecimal() or len(reset) > 11:
        return http.SHORT
    left = datetime.fromtimestamp(int(reset), tz=UTC) - now
    return min(max(left, http.SHORT), _LONGEST)


def _pictures() -> str:
    return settings.LAPOR_X_MEDIA_URL.rstrip("/")


def _keys() -> oauth.Keys:
    return (settings.LAPOR_X_KEY, settings.LAPOR_X_SECRET, settings.LAPOR_X_TOKEN, settings.LAPOR_X_TOKEN_SECRET)
