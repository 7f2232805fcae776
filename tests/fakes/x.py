"""The API of X, version 2, as far as the adapter uses it: https://docs.x.com/x-api/posts/create-post,
https://docs.x.com/x-api/direct-messages/create-dm-message-by-participant-id, https://docs.x.com/x-api/users/get-mentions,
https://docs.x.com/x-api/webhooks/quickstart and https://docs.x.com/x-api/account-activity/introduction.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import time
from datetime import UTC, datetime
from itertools import count
from typing import Any
from urllib.parse import unquote

from lapor.channels.x import oauth

from .server import Call, Fake, Reply

US = "17081708"
KEYS = ("kunci-uji", "rahasia-uji", "token-uji", "rahasia-token-uji")
PAGE = 2


def signed(raw: bytes) -> str:
    return "sha256=" + base64.b64encode(hmac.new(KEYS[1].encode(), raw, hashlib.sha256).digest()).decode()


def too_many(seconds: int) -> Reply:
    """https://docs.x.com/x-api/fundamentals/rate-limits"""
    return Reply(429, {"title": "Too Many Requests"}, {"x-rate-limit-reset": str(int(time.time()) + seconds)})


class X(Fake):
    """`posts` are those that name us, in the order they were written; a page of mentions holds two."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = KEYS
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.posts: list[dict[str, str]] = []
        self.pictures: dict[str, bytes] = {}
        self._ids = count(1790)

    def answer(self, call: Call) -> Reply:
        if not self._is_ours(call):
            return Reply(401, {"title": "Unauthorized", "status": 401})
        if call.path.startswith("/1.1/ton/data/dm/"):
            content = self.pictures.get(call.path)
            return Reply(body=content) if content is not None else Reply(404, b"")
        if call.path == f"/2/users/{US}/mentions":
            return Reply(body=self._mentions(call.query))
        if call.method == "POST" and (call.path == "/2/tweets" or call.path.startswith("/2/dm_conversations/with/")):
            self.sent.append((call.path, call.body))
            return Reply(201, {"data": {"id": str(next(self._ids))}})
        return Reply(404, {"title": "Not Found"})

    def named_by(self, text: str, *, sender: str = "5500001") -> str:
        """Somebody names us in a post."""
        number = str(next(self._ids))
        self.posts.append(
            {"id": number, "author_id": sender, "text": text, "created_at": datetime.now(UTC).isoformat()}
        )
        return number

    def event(
        self, text: str, *, sender: str = "5500001", names: str = US, number: str = "", **more: Any
    ) -> dict[str, Any]:
        """A webhook of one post."""
        post = {
            "id_str": number or str(next(self._ids)),
            "text": text,
            "user": {"id_str": sender},
            "timestamp_ms": "1790000000000",
            "entities": {"user_mentions": [{"id_str": names}]},
        }
        return {"for_user_id": US, "tweet_create_events": [post | more]}

    def picture(
        self, content: bytes, text: str = "", *, kind: str = "photo", host: str = "", sender: str = "5500001"
    ) -> dict[str, Any]:
        """A direct message with a picture; X adds a short link to it to the words
        (https://developer.x.com/en/docs/x-api/v1/direct-messages/message-attachments).
        """
        number = str(next(self._ids))
        path = f"/1.1/ton/data/dm/{number}/{number}/aBc-{number}.jpg"
        self.pictures[path] = content
        media = {
            "id_str": number,
            "url": "https://t.co/AbC",
            "type": kind,
            "media_url_https": (host or self.url) + path,
        }
        return self.message(f"{text} https://t.co/AbC", sender=sender, attachment={"type": "media", "media": media})

    def message(self, text: str, *, sender: str = "5500001", **more: Any) -> dict[str, Any]:
        """A webhook of one direct message."""
        data = {"sender_id": sender, "target": {"recipient_id": US}, "message_data": {"text": text} | more}
        event = {"type": "message_create", "id": str(next(self._ids)), "created_timestamp": "1790000000000"}
        return {"for_user_id": US, "direct_message_events": [event | {"message_create": data}]}

    def _mentions(self, query: dict[str, str]) -> dict[str, Any]:
        """Newest first, in pages; `meta` without what there is none of."""
        since, start = int(query.get("since_id", 0)), int(query.get("pagination_token", 0))
        found = [post for post in reversed(self.posts) if int(post["id"]) > since]
        page = found[start : start + PAGE]
        meta: dict[str, Any] = {"result_count": len(page)}
        if page:
            meta |= {"newest_id": page[0]["id"], "oldest_id": page[-1]["id"]}
        if start + PAGE < len(found):
            meta["next_token"] = str(start + PAGE)
        return ({"data": page} if page else {}) | {"meta": meta}

    def _is_ours(self, call: Call) -> bool:
        """The whole signature, made again from what came."""
        given = {
            name: unquote(value)
            for name, value in re.findall(r'(\w+)="([^"]*)"', call.headers.get("Authorization", ""))
        }
        expected = oauth.header(
            call.method,
            f"{self.url}{call.path}",
            call.query,
            keys=self.keys,
            nonce=given.get("oauth_nonce", ""),
            at=int(given.get("oauth_timestamp", 0)),
        )
        return call.headers.get("Authorization") == expected
