"""The way in from X by its webhook: posts that name us, and direct messages (docs.x.com/x-api/webhooks,
docs.x.com/x-api/account-activity). Who has no webhook there is asked instead: `poll`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from lapor.channels import inbox, webhook
from lapor.channels.base import KIND, MEDIA, POST, Incoming
from lapor.channels.shapes import at, list_at, text_at

from . import send

CHANNEL = "x"


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_variables()
def inbound(request: HttpRequest) -> HttpResponse:
    """Keeps what came. 403 without the signature of X, 413 for a body that is too large."""
    secret = settings.LAPOR_X_SECRET
    if not secret:
        return webhook.refused(403)
    if request.method == "GET":
        token = request.GET.get("crc_token", "")[:200]
        return JsonResponse({"response_token": webhook.base64_signature(secret, token.encode())})
    try:
        raw = webhook.raw_body(request)
    except webhook.TooLarge:
        return webhook.refused(413)
    given = request.headers.get("x-twitter-webhooks-signature", "")
    if not webhook.is_same(given, webhook.base64_signature(secret, raw)):
        return webhook.refused(403)
    said = webhook.content_of(raw)
    if said is None:
        return webhook.refused(400)
    if text_at(said, "for_user_id") == settings.LAPOR_X_USER_ID:
        now = timezone.now()
        found = [_post(one, now=now) for one in list_at(said, "tweet_create_events")]
        found += [_message(one, now=now) for one in list_at(said, "direct_message_events")]
        for message in found:
            if message is not None:
                inbox.take(message)
    return webhook.taken()


def mention(*, post: str, sender: str, text: str, at: datetime) -> Incoming:
    """A post that names us, however we heard of it: the same one is kept once."""
    return Incoming(
        channel=CHANNEL,
        external_id=webhook.own_id(CHANNEL, f"post:{post}"),
        sender=f"x:{sender[:40]}",
        text=webhook.clean(text),
        about={POST: post[:40]},
        came_at=at,
    )


def _post(one: Any, *, now: datetime) -> Incoming | None:
    """None for our own, for what is only passed on, and for what does not name us."""
    post, sender = text_at(one, "id_str"), text_at(one, "user", "id_str")
    named = {text_at(user, "id_str") for user in list_at(one, "entities", "user_mentions")}
    us = settings.LAPOR_X_USER_ID
    if not post or not sender or sender == us or us not in named or at(one, "retweeted_status"):
        return None
    text = text_at(one, "extended_tweet", "full_text") or text_at(one, "text")
    return mention(post=post, sender=sender, text=text, at=webhook.moment(text_at(one, "timestamp_ms"), now=now))


def _message(one: Any, *, now: datetime) -> Incoming | None:
    theirs, sender = text_at(one, "id"), text_at(one, "message_create", "sender_id")
    if text_at(one, "type") != "message_create" or not theirs or not sender or sender == settings.LAPOR_X_USER_ID:
        return None
    data = at(one, "message_create", "message_data")
    media = at(data, "attachment", "media")
    words, link = text_at(data, "text"), text_at(media, "url")  # X puts a link to what is attached behind the words
    text = webhook.clean(words.replace(link, "") if link else words)
    picture = send.picture_in(media)
    about = {MEDIA: picture} if picture else {} if text else {KIND: "attachment"}
    return Incoming(
        channel=CHANNEL,
        external_id=webhook.own_id(CHANNEL, f"dm:{theirs}"),
        sender=f"x:{sender[:40]}",
        text=text,
        about=about,
        came_at=webhook.moment(text_at(one, "created_timestamp"), now=now),
    )
