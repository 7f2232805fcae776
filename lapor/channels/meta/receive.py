"""The way in from a Facebook page and an Instagram account: messages to us, and comments below what we published
(developers.facebook.com/docs/graph-api/webhooks/reference/page and …/instagram).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from lapor.channels import inbox, webhook
from lapor.channels.base import KIND, MEDIA, POST, Incoming
from lapor.channels.shapes import at, list_at, text_at

from . import verify

FACEBOOK, INSTAGRAM = "facebook", "instagram"
OBJECTS = {"page": FACEBOOK, "instagram": INSTAGRAM}
FILES = ("image", "video", "file")


@sensitive_variables()
def _keep(said: Any, now: datetime) -> None:
    channel = OBJECTS.get(text_at(said, "object"), "")
    for message in _messages(said, channel, now=now):
        inbox.take(message)


inbound = verify.heard(_keep)


def _messages(said: Any, channel: str, *, now: datetime) -> Iterator[Incoming]:
    us = {FACEBOOK: settings.LAPOR_FACEBOOK_PAGE_ID, INSTAGRAM: settings.LAPOR_INSTAGRAM_ID}.get(channel, "")
    for entry in list_at(said, "entry"):
        if not us or text_at(entry, "id") != us:
            continue
        found = [_private(one, channel, now=now) for one in list_at(entry, "messaging")]
        found += [_comment(one, channel, now=now) for one in list_at(entry, "changes")]
        yield from (one for one in found if one is not None and one.sender != f"{channel}:{us}")


def _private(one: Any, channel: str, *, now: datetime) -> Incoming | None:
    sender, theirs = text_at(one, "sender", "id"), text_at(one, "message", "mid")
    if not sender or not theirs or at(one, "message", "is_echo") or at(one, "message", "is_deleted"):
        return None  # reports of delivery and reading come here too
    parts = list_at(one, "message", "attachments")
    links = [text_at(part, "payload", "url") for part in parts if text_at(part, "type") in FILES]
    links = [link for link in links if link and " " not in link]
    text = webhook.clean(text_at(one, "message", "text"))
    kinds = [text_at(part, "type")[:20] for part in parts]
    about = {MEDIA: " ".join(links)} if links else {KIND: kinds[0] or "unknown"} if kinds and not text else {}
    return Incoming(
        channel=channel,
        external_id=webhook.own_id(channel, theirs),
        sender=f"{channel}:{sender[:60]}",
        text=text,
        about=about,
        came_at=webhook.moment(text_at(one, "timestamp"), now=now),
    )


def _comment(change: Any, channel: str, *, now: datetime) -> Incoming | None:
    value, field = at(change, "value"), text_at(change, "field")
    if channel == FACEBOOK:
        is_new = field == "feed" and text_at(value, "item") == "comment" and text_at(value, "verb") == "add"
        post, text = text_at(value, "comment_id"), text_at(value, "message")
    else:
        is_new = field == "comments"
        post, text = text_at(value, "id"), text_at(value, "text")
    sender = text_at(value, "from", "id")
    if not is_new or not post or not sender:
        return None
    return Incoming(
        channel=channel,
        external_id=webhook.own_id(channel, post),
        sender=f"{channel}:{sender[:60]}",
        text=webhook.clean(text),
        about={POST: post[:100]},
        came_at=webhook.moment(text_at(value, "created_time"), now=now),
    )
