"""The way out by the API of X, version 2: a direct message, or an answer below a post
(docs.x.com/x-api/posts/create-post, …/direct-messages/create-dm-message-by-participant-id).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings

from lapor.channels import http
from lapor.channels.base import NotNow
from lapor.channels.mentions import post_in

from . import oauth

_LONGEST = timedelta(minutes=15)  # windows of X are no longer than this, and days are not waited for at once


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


def is_set_up() -> bool:
    """Whether we have an account there and all keys."""
    return bool(settings.LAPOR_X_USER_ID) and all(_keys())


def call(method: str, path: str, *, params: Mapping[str, str] | None = None, body: Any = None) -> Any:
    """What X answers; else the exception that its status means. It says itself when it takes calls again."""
    address = f"{settings.LAPOR_X_URL.rstrip('/')}{path}"
    now = datetime.now(UTC)
    signed = oauth.header(
        method, address, params or {}, keys=_keys(), nonce=secrets.token_hex(16), at=int(now.timestamp())
    )
    answer = http.ask(method, address, headers={"Authorization": signed}, params=params, body=body)
    if answer.status == 429:
        raise NotNow("429", after=_pause(answer.headers.get("x-rate-limit-reset", ""), now=now))
    return http.settle(answer)


def _pause(reset: str, *, now: datetime) -> timedelta:
    """Until the time (seconds since 1970) at which X counts anew."""
    if not reset.isdecimal() or len(reset) > 11:
        return http.SHORT
    left = datetime.fromtimestamp(int(reset), tz=UTC) - now
    return min(max(left, http.SHORT), _LONGEST)


def _keys() -> oauth.Keys:
    return (settings.LAPOR_X_KEY, settings.LAPOR_X_SECRET, settings.LAPOR_X_TOKEN, settings.LAPOR_X_TOKEN_SECRET)
