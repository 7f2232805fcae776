"""The way in from WhatsApp's Cloud API: messages, and what became of ours
(developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from lapor.channels import inbox, outbox, webhook
from lapor.channels.base import KIND, MEDIA, POINT, Incoming
from lapor.channels.meta import verify
from lapor.channels.shapes import at, list_at, point_of, text_at
from lapor.lib import phones

CHANNEL = "whatsapp"
FILES = ("image", "document", "video")
ARRIVED, LOST = ("delivered", "read"), "failed"


@sensitive_variables()
def _keep(said: Any, now: datetime) -> None:
    for value in (at(change, "value") for entry in list_at(said, "entry") for change in list_at(entry, "changes")):
        if text_at(value, "metadata", "phone_number_id") != settings.LAPOR_WHATSAPP_NUMBER_ID:
            continue
        for one in list_at(value, "messages"):
            if (message := _message(one, now=now)) is not None:
                inbox.take(message)
        for one in list_at(value, "statuses"):
            _note(one)


inbound = verify.heard(_keep)


def sender_of(written: str) -> str:
    """A number of this country as everywhere, so that SMS and WhatsApp know one person; any other as an account."""
    number = phones.normalise(f"+{written}") if written.isascii() and written.isdecimal() else None
    return number or f"whatsapp:{written[:40]}"


def _message(one: Any, *, now: datetime) -> Incoming | None:
    sender, theirs, kind = (text_at(one, name) for name in ("from", "id", "type"))
    if not sender or not theirs:
        return None
    return Incoming(
        channel=CHANNEL,
        external_id=webhook.own_id(CHANNEL, theirs),
        sender=sender_of(sender),
        text=webhook.clean(_text(one, kind)),
        about=_about(one, kind),
        came_at=webhook.moment(text_at(one, "timestamp"), now=now),
    )


def _text(one: Any, kind: str) -> str:
    match kind:
        case "text":
            return text_at(one, "text", "body")
        case "button":
            return text_at(one, "button", "text")
        case "interactive":
            return text_at(one, "interactive", text_at(one, "interactive", "type"), "title")
        case _:
            return text_at(one, kind, "caption")


def _about(one: Any, kind: str) -> dict[str, str]:
    name = text_at(one, kind, "id")
    if kind in FILES and name and " " not in name:
        return {MEDIA: name}
    if point := point_of(at(one, "location", "latitude"), at(one, "location", "longitude")):
        return {POINT: point}
    return {} if kind in {"text", "button", "interactive"} else {KIND: kind[:20] or "unknown"}


def _note(one: Any) -> None:
    """What became of a message that we sent; `biz_opaque_callback_data` is the reference that it went with."""
    reference, state = text_at(one, "biz_opaque_callback_data"), text_at(one, "status")
    if reference.isascii() and reference.isdigit() and len(reference) < 19 and state in (*ARRIVED, LOST):
        outbox.arrived(int(reference), is_lost=state == LOST)
