"""Calls of the YouTube Data API for our channel, with access tokens that are renewed as they run out
(developers.google.com/youtube/v3/docs, developers.google.com/identity/protocols/oauth2/web-server#offline).
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.conf import settings

from lapor.channels import http
from lapor.channels.base import NeedsAttention, NotNow
from lapor.channels.shapes import at, text_at

CHANNEL: Final = "youtube"
FULL: Final = frozenset({"quotaExceeded", "rateLimitExceeded", "userRateLimitExceeded", "dailyLimitExceeded"})
OURS: Final = frozenset(
    {"authError", "insufficientPermissions", "accountSuspended", "accessNotConfigured", "forbidden"}
)
QUOTA_PAUSE: Final = timedelta(hours=1)  # the quota is of a day, and its day begins at another hour than ours
EARLY: Final = 60.0  # seconds before its end a token is not used any more
_tokens: dict[str, tuple[str, float]] = {}


def is_set_up() -> bool:
    """Whether we have a channel there and its owner let us in."""
    return bool(
        settings.LAPOR_YOUTUBE_CHANNEL_ID
        and settings.LAPOR_YOUTUBE_CLIENT_ID
        and settings.LAPOR_YOUTUBE_CLIENT_SECRET
        and settings.LAPOR_YOUTUBE_REFRESH_TOKEN
    )


def call(method: str, path: str, *, params: Mapping[str, str], body: Any = None) -> Any:
    """What YouTube answers; else the exception that its reason means. A token that ended early is renewed once."""
    for is_last in (False, True):
        address = f"{settings.LAPOR_YOUTUBE_URL.rstrip('/')}/{path}"
        headers = {"Authorization": f"Bearer {_token()}"}
        answer = http.ask(method, address, headers=headers, params=params, body=body)
        if answer.status != 401 or is_last:
            break
        _tokens.clear()
    reason = text_at(answer.body, "error", "errors", 0, "reason")
    if reason in FULL:
        raise NotNow(reason, after=QUOTA_PAUSE)
    if reason in OURS:
        raise NeedsAttention(reason)
    return http.settle(answer)


def _token() -> str:
    refresh = settings.LAPOR_YOUTUBE_REFRESH_TOKEN
    token, ends = _tokens.get(refresh, ("", 0.0))
    if time.monotonic() < ends:
        return token
    asked = {
        "grant_type": "refresh_token",
        "client_id": settings.LAPOR_YOUTUBE_CLIENT_ID,
        "client_secret": settings.LAPOR_YOUTUBE_CLIENT_SECRET,
        "refresh_token": refresh,
    }
    answer = http.ask("POST", settings.LAPOR_YOUTUBE_TOKEN_URL, form=asked)
    if answer.status in (400, 401):  # invalid_grant: withdrawn, or not used for half a year
        raise NeedsAttention(str(answer.status))
    said = http.settle(answer)
    token, lasts = text_at(said, "access_token"), at(said, "expires_in")
    if not token:
        raise NotNow("no token")
    _tokens[refresh] = (token, time.monotonic() + (lasts if isinstance(lasts, int) else 0) - EARLY)
    return token
