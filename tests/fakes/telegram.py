"""Telegram's Bot API, as far as the adapter uses it: https://core.telegram.org/bots/api (Update, sendMessage, getFile)."""

from __future__ import annotations

from itertools import count
from typing import Any

from .server import Call, Fake, Reply

TOKEN = "12345:uji-token"


def too_many(seconds: int) -> Reply:
    """https://core.telegram.org/bots/api#responseparameters"""
    said = {"ok": False, "error_code": 429, "description": f"Too Many Requests: retry after {seconds}"}
    return Reply(429, said | {"parameters": {"retry_after": seconds}})


def failed(status: int, description: str) -> Reply:
    return Reply(status, {"ok": False, "error_code": status, "description": description})


class Telegram(Fake):
    """`blocked` are chats whose people have blocked the bot; `files` what was sent to it."""

    def __init__(self) -> None:
        super().__init__()
        self.token = TOKEN
        self.sent: list[dict[str, Any]] = []
        self.blocked: set[str] = set()
        self.files: dict[str, bytes] = {}
        self._ids = count(1)

    def answer(self, call: Call) -> Reply:
        if call.path.startswith(f"/file/bot{self.token}/"):
            content = self.files.get(call.path.rsplit("/", 1)[-1])
            return Reply(body=content) if content is not None else Reply(404, b"")
        if not call.path.startswith(f"/bot{self.token}/"):
            return failed(401, "Unauthorized")
        said = call.body
        if call.path.endswith("/getFile"):
            if said["file_id"] not in self.files:
                return failed(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
            return Reply(
                body={"ok": True, "result": {"file_id": said["file_id"], "file_path": f"photos/{said['file_id']}"}}
            )
        if said["chat_id"] in self.blocked:
            return failed(403, "Forbidden: bot was blocked by the user")
        if not 0 < len(said["text"]) <= 4096:
            return failed(400, "Bad Request: message is too long")
        self.sent.append(said)
        return Reply(body={"ok": True, "result": {"message_id": next(self._ids)}})

    def update(
        self, text: str = "", *, sender: int = 700001, chat_type: str = "private", **more: Any
    ) -> dict[str, Any]:
        """https://core.telegram.org/bots/api#update"""
        number = next(self._ids)
        said = {
            "message_id": number,
            "from": {"id": sender, "is_bot": False, "first_name": "Uji"},
            "chat": {"id": sender, "type": chat_type},
            "date": 1790000000,
            **({"text": text} if text else {}),
            **more,
        }
        return {"update_id": 9000 + number, "message": said}

    def photo(self, content: bytes, **more: Any) -> dict[str, Any]:
        """A picture in two sizes, the larger last."""
        name = f"AgAC{next(self._ids)}"
        self.files[name] = content
        sizes = [
            {"file_id": f"{name}klein", "width": 90, "height": 67},
            {"file_id": name, "width": 1280, "height": 960},
        ]
        return self.update(photo=sizes, **more)
