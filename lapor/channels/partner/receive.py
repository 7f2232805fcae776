"""The way in for other systems: one message a call, signed with the secret of both (docs/channels.md).

Who the sender is stands on the partner's word: what one of them wrote is found again by the same partner's word alone.
"""

from __future__ import annotations

import base64
import binascii
from datetime import timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from lapor.channels import inbox, webhook
from lapor.channels.base import Incoming, Media
from lapor.channels.shapes import list_at, text_at
from lapor.lib.files import MAX_BYTES, MAX_FILES

from . import known

CHANNEL: Final = "partner"
MOST: Final = 15 * 1024 * 1024
SKEW: Final = timedelta(minutes=5)
LONGEST_NAME: Final = 100  # of an id or a sender


class Unfit(Exception):
    """The message cannot be kept; the text says which part of it, and never what stood there."""


@csrf_exempt
@never_cache
@require_POST
@sensitive_variables()
def inbound(request: HttpRequest, slug: str) -> HttpResponse:
    """Keeps one message: 200, with `taken` false for an id that came before. 403 without a signature of now, 413 for
    one that is too large, 422 with a reason for one that cannot be kept.
    """
    now = timezone.now()
    at = request.headers.get("X-Lapor-Timestamp", "")
    partner = known.active(slug)
    try:
        raw = webhook.raw_body(request, most=MOST)
    except webhook.TooLarge:
        return _error(413, "too_large")
    given = request.headers.get("X-Lapor-Signature", "")
    if partner is None or not webhook.is_same(given, known.signature(partner, at, raw)):
        return _error(403, "signature")
    if not (at.isdecimal() and len(at) < 12) or abs(now.timestamp() - int(at)) > SKEW.total_seconds():
        return _error(403, "clock")
    said = webhook.content_of(raw)
    try:
        message = Incoming(
            channel=CHANNEL,
            external_id=webhook.own_id(CHANNEL, f"{slug}\0{_name(said, 'id')}"),
            sender=f"partner:{slug}:{_name(said, 'sender')}",
            text=_text(said),
            files=tuple(_files(said)),
            came_at=now,
        )
    except Unfit as reason:
        return _error(422, str(reason))
    return JsonResponse({"taken": inbox.take(message)})


def _name(said: Any, part: str) -> str:
    found = text_at(said, part)
    if not found or len(found) > LONGEST_NAME or not found.isprintable():
        raise Unfit(part)
    return found


def _text(said: Any) -> str:
    """Nothing is cut off: the partner's sender is to know what was handed in."""
    found = text_at(said, "text")
    if len(found) > webhook.LONGEST:
        raise Unfit("text")
    return webhook.clean(found)


def _files(said: Any) -> list[Media]:
    rows = list_at(said, "files")
    if len(rows) > MAX_FILES:
        raise Unfit("files")
    found = []
    for row in rows:
        try:
            data = base64.b64decode(text_at(row, "data"), validate=True)
        except (binascii.Error, ValueError):
            raise Unfit("files") from None
        if not data or len(data) > MAX_BYTES:
            raise Unfit("files")
        found.append(Media(text_at(row, "name")[:LONGEST_NAME], data))
    return found


def _error(status: int, reason: str) -> JsonResponse:
    return JsonResponse({"error": reason}, status=status)
