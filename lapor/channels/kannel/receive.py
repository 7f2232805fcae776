"""The way in from Kannel: its `get-url` with `%p` from, `%P` to, `%a` text, `%I` id, `%C` charset, `%T` time.

What is answered 200 is on disk; anything else makes Kannel try again. Kannel sends the text in the charset that it
names; the shared secret stands in the address, so the web server in front must keep no log of it (docs/channels.md).
"""

from __future__ import annotations

import hmac
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET

from lapor.channels import inbox, outbox, webhook
from lapor.channels.base import Incoming
from lapor.lib import phones
from lapor.vault.pins import blind_index

CHANNEL = "sms"
SAME_WITHIN = timedelta(minutes=10)  # of gateways without ids: the same words again are the same message
SUCCESS = "1"
_CHARSETS = {"utf-8": "utf-8", "utf8": "utf-8", "utf-16be": "utf-16-be", "utf-16": "utf-16-be", "ucs-2": "utf-16-be"}


@never_cache
@require_GET
@sensitive_variables()
def inbound(request: HttpRequest) -> HttpResponse:
    """Keeps one message. 403 without the secret, 400 for one without a sender that can be answered."""
    said = _said(request)
    if not _is_kannel(said):
        return HttpResponse(status=403)
    number = phones.normalise(_text(said, "from"))
    if number is None:
        return HttpResponse("no such sender", status=400, content_type="text/plain")
    now = timezone.now()
    text = webhook.clean(_text(said, "text"))
    inbox.take(
        Incoming(
            channel=CHANNEL,
            external_id=_id(said, number, text, now=now),
            sender=number,
            text=text,
            sent_to=_text(said, "to")[:20],
            came_at=_came_at(_text(said, "time"), now=now),
        )
    )
    return HttpResponse("", content_type="text/plain")  # Kannel sends what is answered here to the sender: nothing


@never_cache
@require_GET
def report(request: HttpRequest) -> HttpResponse:
    """What became of a message that we sent."""
    said = _said(request)
    if not _is_kannel(said):
        return HttpResponse(status=403)
    reference = _text(said, "reference")
    if reference.isascii() and reference.isdigit() and len(reference) < 19:
        outbox.arrived(int(reference), is_lost=_text(said, "type") != SUCCESS)
    return HttpResponse("", content_type="text/plain")


def _said(request: HttpRequest) -> dict[str, bytes]:
    """The parameters as bytes: their charset is named by one of them."""
    raw = request.META.get("QUERY_STRING", "")
    pairs = parse_qs(raw, keep_blank_values=True, encoding="latin-1", max_num_fields=30)
    return {name: values[-1].encode("latin-1") for name, values in pairs.items()}


def _is_kannel(said: dict[str, bytes]) -> bool:
    secret = settings.LAPOR_KANNEL_SECRET.encode()
    return bool(secret) and hmac.compare_digest(said.get("secret", b""), secret)


def _text(said: dict[str, bytes], name: str) -> str:
    charset = said.get("charset", b"").decode("ascii", "replace").lower() if name == "text" else ""
    raw = said.get(name, b"")
    try:
        return raw.decode(_CHARSETS.get(charset, "utf-8"))
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _id(said: dict[str, bytes], number: str, text: str, *, now: datetime) -> str:
    """Kannel's own id; without one, a digest that is the same for a repeat within some minutes."""
    given = _text(said, "id")
    if given and len(given) <= 100:
        return given
    step = int(now.timestamp() // SAME_WITHIN.total_seconds())
    return blind_index(f"{number}\0{text}\0{_text(said, 'time')}\0{step}", purpose="message").hex()


def _came_at(written: str, *, now: datetime) -> datetime:
    """The time that Kannel gives (`%T`, seconds, or `%t`, UTC); one a week off is not believed."""
    try:
        if written.isdigit():
            found = datetime.fromtimestamp(int(written), tz=UTC)
        else:
            found = datetime.fromisoformat(written.replace(" ", "T")).replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        return now
    return webhook.believed(found, now=now)
