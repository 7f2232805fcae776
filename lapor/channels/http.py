"""The one client of messaging services and partners: short waits, no redirects, small answers.

What goes wrong is told by class alone: an address may hold a key of ours, an answer what somebody wrote.
"""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from .base import NeedsAttention, NotNow, Refused

PATIENCE: Final = httpx.Timeout(10.0)
LONGEST: Final = 60.0  # seconds for a whole answer, however slowly it comes
MOST: Final = 2 * 1024 * 1024  # bytes of an answer that is no file
SHORT: Final = timedelta(minutes=1)  # where a service says "too many" and not for how long
LONGEST_PAUSE: Final = timedelta(hours=6)
_TROUBLES = (httpx.HTTPError, httpx.InvalidURL, UnicodeError)


class _Private(Exception):
    """The address leads into a private network."""


@dataclass(frozen=True)
class Answer:
    """What a service said. `body` is what its JSON holds; None for anything else."""

    status: int
    body: Any = field(repr=False)
    after: timedelta | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def is_good(self) -> bool:
        return httpx.codes.is_success(self.status)


def ask(
    method: str,
    address: str,
    *,
    headers: Mapping[str, str] | None = None,
    params: Mapping[str, str] | None = None,
    body: Any = None,
    raw: bytes | None = None,
    form: Mapping[str, str] | None = None,
    is_foreign: bool = False,
) -> Answer:
    """One call. `NotNow` when no whole answer came; what the answer means is for `settle` or the caller.

    An address that somebody else named (`is_foreign`) must be public and by https, else `Refused`.
    """
    said = {"json": body, "content": raw, "data": form}
    sent: dict[str, Any] = {"headers": dict(headers or {}), "params": params}
    sent |= {name: value for name, value in said.items() if value is not None}
    status, headers_back, content = _call(method, address, sent, most=MOST, is_foreign=is_foreign)
    return Answer(status, _read(content), _pause(headers_back.get("retry-after", "")), headers_back)


def settle(answer: Answer) -> Any:
    """The body of a good answer; else the exception that its status means."""
    if answer.is_good:
        return answer.body
    if answer.status == httpx.codes.TOO_MANY_REQUESTS or answer.status >= httpx.codes.INTERNAL_SERVER_ERROR:
        is_full = answer.status == httpx.codes.TOO_MANY_REQUESTS
        raise NotNow(str(answer.status), after=answer.after or (SHORT if is_full else None), is_general=True)
    if answer.status == httpx.codes.UNAUTHORIZED:
        raise NeedsAttention(str(answer.status))
    raise Refused(str(answer.status))


def download(address: str, *, most: int, headers: Mapping[str, str] | None = None, is_foreign: bool = False) -> bytes:
    """A file of at most so many bytes. `Refused` for a larger one and for one that is not there."""
    status, _said, content = _call("GET", address, {"headers": dict(headers or {})}, most=most, is_foreign=is_foreign)
    settle(Answer(status, None))
    return content


def is_public(address: str) -> bool:
    """Whether an address of the internet leads to everybody's network, and to one host there."""
    found = ip_address(address.partition("%")[0])
    return found.is_global and not found.is_multicast


def _call(
    method: str, address: str, sent: dict[str, Any], *, most: int, is_foreign: bool
) -> tuple[int, httpx.Headers, bytes]:
    guarded = is_foreign and not settings.LAPOR_ALLOW_PRIVATE_CALLS
    if guarded:
        if urlsplit(address).scheme != "https":
            raise Refused("not https")
        sent = sent | {"extensions": {"trace": _turn_back}}
    try:
        with (
            httpx.Client(verify=_trusted(), timeout=PATIENCE, follow_redirects=False, trust_env=not guarded) as client,
            client.stream(method, address, **sent) as answer,
        ):
            return answer.status_code, answer.headers, _whole(answer, most=most)
    except _Private:
        raise Refused("a private address") from None
    except _TROUBLES as problem:
        raise NotNow(type(problem).__name__, is_general=True) from None


@cache
def _trusted() -> ssl.SSLContext:
    """Whom we believe, read once: it takes longer than most calls. Clients are made anew, for they keep cookies."""
    return httpx.create_ssl_context()


def _whole(answer: httpx.Response, *, most: int) -> bytes:
    found, until = bytearray(), time.monotonic() + LONGEST
    for part in answer.iter_bytes():
        found += part
        if len(found) > most:
            raise Refused("too large")
        if time.monotonic() > until:
            raise NotNow("too slow", is_general=True)
    return bytes(found)


def _turn_back(event: str, said: Mapping[str, Any]) -> None:
    """Leaves a private network before anything was sent, whatever name led there: the address of the connection itself
    is looked at, so that a name cannot mean one thing when asked and another when called.
    """
    if event != "connection.connect_tcp.complete":
        return
    line = said["return_value"]
    if not is_public(str(line.get_extra_info("server_addr")[0])):
        line.close()
        raise _Private


def _read(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _pause(written: str) -> timedelta | None:
    """`Retry-After` in seconds; a date in it is not believed."""
    return timedelta(seconds=min(int(written), int(LONGEST_PAUSE.total_seconds()))) if written.isdecimal() else None
