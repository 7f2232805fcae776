"""The way out to browsers: one POST to the push service that the browser named (RFC 8030)."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import httpx
from django.utils import timezone

from lapor.channels.base import NotNow, Refused
from lapor.vault import pushing

from . import kept

TIMEOUT: Final = 10.0
KEPT_FOR: Final = timedelta(days=7)  # by the push service, for a telephone that is off
LONGEST_WAIT: Final = timedelta(days=1)
# All messages are of one length: how long a closed one is would tell what it says.
LENGTH: Final = 512
GONE: Final = frozenset({httpx.codes.NOT_FOUND, httpx.codes.GONE})
NEVER: Final = frozenset({httpx.codes.BAD_REQUEST, httpx.codes.REQUEST_ENTITY_TOO_LARGE})


class Push:
    """Every push service in the settings. `to` names a subscription, `text` is the JSON that its browser shows."""

    def is_set_up(self) -> bool:
        return pushing.is_ready()

    def send(self, *, to: str, text: str, reference: int) -> None:
        """Closes the message for the browser and hands it over; a browser that is gone is forgotten."""
        browser = kept.browser_of(to)
        if browser is None or not kept.is_allowed(browser.endpoint):
            raise Refused
        headers = {
            "Authorization": pushing.authorization(browser.endpoint, now=timezone.now()),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(KEPT_FOR.total_seconds())),
            "Urgency": "normal",
        }
        content = pushing.close_for(browser, text.encode().ljust(LENGTH))
        try:
            answer = httpx.post(
                browser.endpoint, content=content, headers=headers, timeout=TIMEOUT, follow_redirects=False
            )
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            raise NotNow(type(problem).__name__) from None  # its own text holds the address, which is a secret
        _judge(answer, to)


def _judge(answer: httpx.Response, to: str) -> None:
    if answer.is_success:
        return
    if answer.status_code in GONE:
        kept.forget(to)
        raise Refused
    if answer.status_code in NEVER:
        raise Refused
    raise NotNow(after=_asked_to_wait(answer))


def _asked_to_wait(answer: httpx.Response) -> timedelta:
    """What `Retry-After` asks for, when it is a number of seconds."""
    said = answer.headers.get("Retry-After", "")
    return min(timedelta(seconds=int(said[:9])), LONGEST_WAIT) if said.isascii() and said.isdigit() else timedelta()
