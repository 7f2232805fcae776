"""Meta's Graph API: the Cloud API of WhatsApp, messages of pages and Instagram, comments.

https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages, …/reference/media, …/support/error-codes,
https://developers.facebook.com/docs/messenger-platform/send-messages,
https://developers.facebook.com/docs/graph-api/reference/object/comments,
https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-comment/replies.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from itertools import count
from typing import Any

from .server import Call, Fake, Reply

SECRET, WORD = "rahasia-aplikasi-uji", "kata-uji"
NUMBER_ID, TOKEN = "106540352242922", "EAAuji"
PAGE_ID, PAGE_TOKEN, INSTAGRAM_ID = "208800001", "EAAhalaman", "17841400001"


def failed(code: int, status: int = 400, subcode: int | None = None) -> Reply:
    """https://developers.facebook.com/docs/graph-api/guides/error-handling"""
    error = {"message": f"(#{code}) uji", "type": "OAuthException", "code": code, "fbtrace_id": "Auji"}
    return Reply(status, {"error": error | ({"error_subcode": subcode} if subcode else {})})


def signed(raw: bytes, secret: str = SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()


class Graph(Fake):
    """`sent` are messages and comments in their order, each with the path it was sent to."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.files: dict[str, bytes] = {}
        self.tokens = {TOKEN, PAGE_TOKEN}
        self._ids = count(1)

    def answer(self, call: Call) -> Reply:
        if (
            call.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens
            and "/cdn/" not in call.path
        ):
            return failed(190, 401)
        name = call.path.rsplit("/", 1)[-1]
        if call.method == "GET":
            if "/media/" in call.path or "/cdn/" in call.path:
                return Reply(body=self.files[name]) if name in self.files else Reply(404, b"")
            if name not in self.files:
                return failed(100, 404)
            return Reply(body={"id": name, "url": f"{self.url}/media/{name}", "mime_type": "image/jpeg"})
        said = call.body
        self.sent.append((call.path.strip("/"), said))
        if said.get("messaging_product") == "whatsapp":
            return Reply(body={"messaging_product": "whatsapp", "messages": [{"id": f"wamid.{next(self._ids)}"}]})
        return Reply(body={"id": f"{next(self._ids)}", "message_id": "m_uji"})

    def whatsapp(
        self, text: str = "", *, sender: str = "6281200000001", theirs: str = "", **more: Any
    ) -> dict[str, Any]:
        """A webhook of one message: text, or what `more` says of another type."""
        said = {"from": sender, "id": theirs or f"wamid.HBg{next(self._ids)}", "timestamp": "1790000000"}
        said |= more or {"type": "text", "text": {"body": text}}
        return self.whatsapp_value(messages=[said], contacts=[{"profile": {"name": "Uji"}, "wa_id": sender}])

    def whatsapp_value(self, **value: Any) -> dict[str, Any]:
        metadata = {"display_phone_number": "6281700001708", "phone_number_id": NUMBER_ID}
        change = {"field": "messages", "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}
        return {"object": "whatsapp_business_account", "entry": [{"id": "1029", "changes": [change]}]}

    def picture(self, content: bytes, *, caption: str = "", **more: Any) -> dict[str, Any]:
        name = f"27548{next(self._ids)}"
        self.files[name] = content
        image = {"id": name, "mime_type": "image/jpeg"} | ({"caption": caption} if caption else {})
        return self.whatsapp(type="image", image=image, **more)

    def page(self, text: str = "", *, sender: str = "4400001", of: str = "page", **message: Any) -> dict[str, Any]:
        """A webhook of one private message to the page, or to the Instagram account."""
        said = {"mid": f"m_{next(self._ids)}"} | ({"text": text} if text else {}) | message
        event = {"sender": {"id": sender}, "timestamp": 1790000000000, "message": said}
        us = PAGE_ID if of == "page" else INSTAGRAM_ID
        return {"object": of, "entry": [{"id": us, "time": 1790000000000, "messaging": [event]}]}

    def comment(self, text: str, *, sender: str = "4400001", of: str = "page", number: str = "") -> dict[str, Any]:
        """A webhook of one comment below what we published."""
        number = number or f"2088_{next(self._ids)}"
        if of == "page":
            value = {"item": "comment", "verb": "add", "comment_id": number, "post_id": "2088_1", "message": text}
            change = {"field": "feed", "value": value | {"from": {"id": sender}, "created_time": 1790000000}}
        else:
            value = {"id": number, "text": text, "from": {"id": sender, "username": "uji"}, "media": {"id": "17"}}  # type: ignore[dict-item]
            change = {"field": "comments", "value": value}
        us = PAGE_ID if of == "page" else INSTAGRAM_ID
        return {"object": of, "entry": [{"id": us, "time": 1790000000, "changes": [change]}]}

    def status(self, reference: str, state: str, code: int = 0) -> dict[str, Any]:
        said: dict[str, Any] = {
            "id": "wamid.x",
            "status": state,
            "timestamp": "1790000000",
            "recipient_id": "6281200000001",
        }
        said |= {"biz_opaque_callback_data": reference} | ({"errors": [{"code": code}]} if code else {})
        return self.whatsapp_value(statuses=[said])


def raw_of(said: Any) -> bytes:
    """The bytes as Meta sends them: with escaped letters, over which it signs."""
    return json.dumps(said, ensure_ascii=True).encode()
