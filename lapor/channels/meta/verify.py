"""How Meta shows that it is Meta, the same for WhatsApp, pages and Instagram
(developers.facebook.com/docs/graph-api/webhooks/getting-started).
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from lapor.channels import webhook


def challenge(request: HttpRequest) -> HttpResponse:
    """The answer to the one GET by which a webhook is entered at Meta."""
    word = request.GET.get("hub.verify_token", "")
    if request.GET.get("hub.mode") != "subscribe" or not webhook.is_same(word, settings.LAPOR_META_WORD):
        return webhook.refused(403)
    return HttpResponse(request.GET.get("hub.challenge", "")[:200], content_type="text/plain")


def told(request: HttpRequest) -> tuple[Any, int]:
    """What a POST says, and 200; or the status that refuses it. The signature is over the bytes as they came."""
    try:
        raw = webhook.raw_body(request)
    except webhook.TooLarge:
        return None, 413
    secret = settings.LAPOR_META_SECRET
    given = request.headers.get("X-Hub-Signature-256", "")
    if not secret or not webhook.is_same(given, webhook.hex_signature(secret, raw)):
        return None, 403
    said = webhook.content_of(raw)
    return said, 400 if said is None else 200
