"""Calls of Meta's Graph API, for WhatsApp, pages and Instagram alike, and what its error codes mean for a message.

developers.facebook.com/docs/graph-api/guides/error-handling and
developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes: the code counts, not the status.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from lapor.channels import http
from lapor.channels.base import NeedsAttention, NotNow, Refused
from lapor.channels.shapes import at
from lapor.lib.files import MAX_BYTES

# An expired or withdrawn token, a permission that was taken away, an account that was locked or does not pay.
OURS = frozenset({0, 3, 10, 102, 190, 368, 131005, 131031, 131042, *range(200, 300)})
LATER = frozenset({1, 2, 4, 17, 32, 341, 613, 80007, 130429, 131000, 131016, 131048, 131056, 131057, 133004})
FULL = frozenset({4, 17, 32, 613, 80007, 130429, 131048})  # too many for now: of everybody, not of one number
WINDOW_CLOSED = frozenset({131047, 2018278})  # a day after their last message nobody may be written to freely
HOSTS = (".facebook.com", ".fbcdn.net", ".fbsbx.com", ".cdninstagram.com", ".whatsapp.net")


class WindowClosed(Refused):
    """The person has not written for a day."""


def call(method: str, path: str, *, token: str, body: Mapping[str, Any] | None = None) -> Any:
    """What the Graph API answers; else the exception that its error code means."""
    address = f"{settings.LAPOR_GRAPH_URL.rstrip('/')}/{path}"
    answer = http.ask(method, address, headers=_shown(token), body=body)
    if answer.is_good:
        return answer.body
    code, deeper = (at(answer.body, "error", name) for name in ("code", "error_subcode"))
    if code in WINDOW_CLOSED or deeper in WINDOW_CLOSED:
        raise WindowClosed(str(code))
    if code in LATER:
        raise NotNow(str(code), after=answer.after or (http.SHORT if code in FULL else None))
    if code in OURS:
        raise NeedsAttention(str(code))
    return http.settle(answer)


def file(address: str, *, token: str = "") -> bytes:
    """A file that the Graph API named. The token goes to Meta's own hosts and to no other."""
    host, home = urlsplit(address), urlsplit(settings.LAPOR_GRAPH_URL)
    is_home = (host.scheme, host.netloc) == (home.scheme, home.netloc)
    if not is_home and not (host.scheme == "https" and f".{host.hostname}".endswith(HOSTS)):
        raise Refused("another host")
    return http.download(address, most=MAX_BYTES, headers=_shown(token) if token else None)


def _shown(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
