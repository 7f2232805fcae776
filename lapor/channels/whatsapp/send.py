"""The way out by WhatsApp's Cloud API, and the way to files
(developers.facebook.com/docs/whatsapp/cloud-api/reference/messages and …/media).

Freely one may write only within a day of the person's last message. Afterwards a template that was approved before is
sent, which tells nothing but that there is something to read; whoever answers it has opened the day again.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils import timezone

from lapor.channels.base import Media, Refused, digest_of
from lapor.channels.meta import graph
from lapor.channels.models import Received
from lapor.channels.shapes import text_at

CHANNEL = "whatsapp"
WINDOW = timedelta(hours=24) - timedelta(minutes=5)  # their clock and ours may differ
LANGUAGE = "id"


class WhatsApp:
    """One number, by the settings LAPOR_WHATSAPP_*."""

    def is_set_up(self) -> bool:
        return bool(settings.LAPOR_WHATSAPP_TOKEN and settings.LAPOR_WHATSAPP_NUMBER_ID)

    def send(self, *, to: str, text: str, reference: int) -> None:
        """Hands one message over, or the template in its place."""
        free = {"type": "text", "text": {"body": text, "preview_url": False}}
        try:
            _send(to, free if _has_written(to) else _template(), reference)
        except graph.WindowClosed:
            _send(to, _template(), reference)

    def fetch(self, name: str) -> Media:
        """A file of at most 10 MB: its address is asked for first, and holds for minutes."""
        found = graph.call("GET", quote(name, safe=""), token=settings.LAPOR_WHATSAPP_TOKEN)
        return Media("", graph.file(text_at(found, "url"), token=settings.LAPOR_WHATSAPP_TOKEN))


def _send(to: str, content: dict[str, Any], reference: int) -> None:
    number = to.removeprefix("whatsapp:").removeprefix("+")
    said = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": number}
    said |= {"biz_opaque_callback_data": str(reference)} | content
    graph.call("POST", f"{settings.LAPOR_WHATSAPP_NUMBER_ID}/messages", token=settings.LAPOR_WHATSAPP_TOKEN, body=said)


def _has_written(to: str) -> bool:
    since = timezone.now() - WINDOW
    return Received.objects.filter(channel=CHANNEL, sender=digest_of(to), came_at__gt=since).exists()


def _template() -> dict[str, Any]:
    if not settings.LAPOR_WHATSAPP_TEMPLATE:
        raise Refused("no template")
    return {
        "type": "template",
        "template": {"name": settings.LAPOR_WHATSAPP_TEMPLATE, "language": {"code": LANGUAGE}},
    }
