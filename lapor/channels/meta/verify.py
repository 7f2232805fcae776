"""How Meta shows that it is Meta, the same for WhatsApp, pages and Instagram
(developers.facebook.com/docs/graph-api/webhooks/getting-started).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from lapor.channels import webhook


def _challenge(request: HttpRequest) -> HttpResponse:
    """The answer to the one GET by which a webhook is entered at Meta."""
    word = request.GET.get("hub.verify_token", "")
    if request.GET.get("hub.mode") != "subscribe" or not webhook.is_same(word, settings.LAPOR_META_WORD):
        return webhook.refused(403)
    return HttpResponse(request.GET.get("hub.challenge", "")[:200], content_type="text/plain")


def heard(keep: Callable[[Any, datetime], None]) -> Callable[[HttpRequest], HttpResponse]:
    """The address that Meta calls, which keeps what came: 403 without Meta's signature, 413 for a body too large."""

    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "POST"])
    @sensitive_variables()
    def inbound(request: HttpRequest) -> HttpResponse:
        if request.method == "GET":
            return _challenge(request)
        said, status = _told(request)
        if status != 200:
            return webhook.refused(status)
        keep(said, timezone.now())
        return webhook.taken()

    return inbound


def _told(request: HttpRequest) -> tuple[Any, int]:
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
