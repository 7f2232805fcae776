"""The reports that this browser is writing: each has a key, known to one session only."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from lapor.reports import pending

_IN_SESSION = "pending"
_MOST = 10


def remember(request: HttpRequest, key: UUID) -> None:
    keys = request.session.get(_IN_SESSION, [])
    if str(key) not in keys:
        request.session[_IN_SESSION] = [*keys, str(key)][-_MOST:]


def known(request: HttpRequest, text: str) -> UUID | None:
    """The key, when this browser made it."""
    return UUID(text) if text in request.session.get(_IN_SESSION, []) else None


def kept(request: HttpRequest, key: UUID) -> pending.Kept | None:
    """What this browser wrote under the key."""
    return pending.load(key) if known(request, str(key)) else None


def forget_sent(request: HttpRequest, code: str) -> None:
    """From now on this browser cannot show the PIN of this report again."""
    keys = request.session.get(_IN_SESSION, [])
    left = [key for key in keys if (written := pending.load(UUID(key))) is None or written.sent_code != code]
    if left != keys:
        request.session[_IN_SESSION] = left
