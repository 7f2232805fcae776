"""The reports that this browser is writing: each has a key, known to one session only; and for one that will be sealed
what closes and finds it, in a cookie of this browser and nowhere else.
"""

from __future__ import annotations

import base64
import binascii
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from lapor.reports import pending
from lapor.reports.submission import Seal
from lapor.vault.keys import WrongKey
from lapor.vault.sealing import pair_of

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
    if not known(request, str(key)):
        return None
    seal = seal_of(request, key)
    return pending.load(key, seal.pair.private if seal else None)


def forget_sent(request: HttpRequest, code: str) -> None:
    """From now on this browser cannot show the PIN of this report again."""
    keys = request.session.get(_IN_SESSION, [])
    left = [key for key in keys if (written := pending.load(UUID(key))) is None or written.sent_code != code]
    if left != keys:
        request.session[_IN_SESSION] = left


def forget(request: HttpRequest, key: UUID) -> None:
    """The session no longer knows that this report was written; one that held nothing else is gone."""
    request.session[_IN_SESSION] = [one for one in request.session.get(_IN_SESSION, []) if one != str(key)]
    if not request.session[_IN_SESSION]:
        del request.session[_IN_SESSION]
    if not request.session.keys():
        request.session.flush()


def seal_of(request: HttpRequest, key: UUID) -> Seal | None:
    """The seal that this browser holds for what it is writing."""
    secret, _dot, digits = request.COOKIES.get(_cookie(key), "").partition(".")
    try:
        return Seal(pair_of(base64.urlsafe_b64decode(secret)), digits) if digits else None
    except (binascii.Error, ValueError, WrongKey):
        return None


def hold(response: HttpResponse, key: UUID, seal: Seal | None) -> None:
    """Gives the seal to the browser until it is closed; None takes it away."""
    if seal is None:
        response.delete_cookie(_cookie(key), path="/lapor/", samesite="Strict")
        return
    secret = base64.urlsafe_b64encode(seal.pair.private.content).decode()
    response.set_cookie(
        _cookie(key),
        f"{secret}.{seal.digits}",
        path="/lapor/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _cookie(key: UUID) -> str:
    return f"tulis-{key.hex[:12]}"
