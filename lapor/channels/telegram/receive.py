"""The way in from Telegram: its Bot API calls with one Update a time (core.telegram.org/bots/api#setwebhook), and shows
the word that was given to `setWebhook`. Only private chats are listened to.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from lapor.channels import inbox, webhook
from lapor.channels.base import KIND, MEDIA, POINT, Incoming
from lapor.channels.shapes import at, list_at, point_of, text_at

CHANNEL = "telegram"
FILES = ("document", "video", "animation", "video_note")
_WORDS = {"/start": "BANTUAN", "/help": "BANTUAN"}


@csrf_exempt
@never_cache
@require_POST
@sensitive_variables()
def inbound(request: HttpRequest) -> HttpResponse:
    """Keeps one message. 403 without the word, 413 for a body that is too large; 200 for all that is not for us."""
    if not webhook.is_same(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""), settings.LAPOR_TELEGRAM_SECRET):
        return webhook.refused(403)
    try:
        update = webhook.content_of(webhook.raw_body(request))
    except webhook.TooLarge:
        return webhook.refused(413)
    if update is None:
        return webhook.refused(400)
    message = _message(update, now=timezone.now())
    if message is not None:
        inbox.take(message)
    return webhook.taken()


def _message(update: Any, *, now: datetime) -> Incoming | None:
    said = at(update, "message") or at(update, "edited_message")
    sender, chat, number = text_at(said, "from", "id"), text_at(said, "chat", "id"), text_at(said, "message_id")
    if text_at(said, "chat", "type") != "private" or sender != chat or not (sender.isdecimal() and number.isdecimal()):
        return None
    is_edit = "message" not in update
    about = {KIND: "edited"} if is_edit else _about(said)
    return Incoming(
        channel=CHANNEL,
        external_id=webhook.own_id(CHANNEL, text_at(update, "update_id") if is_edit else f"{chat}:{number}"),
        sender=f"telegram:{sender}",
        text="" if is_edit else _text(said),
        about=about,
        came_at=webhook.moment(text_at(said, "date"), now=now),
    )


def _text(said: Any) -> str:
    """A command may be written the way of Telegram: "/status 4827 193 056"."""
    text = webhook.clean(text_at(said, "text") or text_at(said, "caption"))
    first, space, rest = text.partition(" ")
    return _WORDS.get(first.casefold(), f"{first.removeprefix('/')}{space}{rest}")


def _about(said: Any) -> dict[str, str]:
    """The name of a file, a position, or another kind of message."""
    sizes = list_at(said, "photo")
    names = [text_at(sizes, -1, "file_id")] if sizes else []
    names += [text_at(said, kind, "file_id") for kind in FILES]
    if found := [name for name in names if name and " " not in name]:
        return {MEDIA: found[0]}
    if point := point_of(at(said, "location", "latitude"), at(said, "location", "longitude")):
        return {POINT: point}
    kinds = [kind for kind in at(said) or {} if kind not in {"message_id", "from", "chat", "date", "text", "caption"}]
    return {KIND: kinds[0][:20]} if kinds else {}
