"""The YouTube Data API, as far as the adapter uses it: https://developers.google.com/youtube/v3/docs/commentThreads/list,
https://developers.google.com/youtube/v3/docs/comments/insert, https://developers.google.com/youtube/v3/docs/errors and
https://developers.google.com/identity/protocols/oauth2/web-server#offline for its tokens.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any
from urllib.parse import parse_qs

from .server import Call, Fake, Reply

US = "UCuji1708"
PAGE = 2


def failed(status: int, reason: str) -> Reply:
    return Reply(status, {"error": {"code": status, "errors": [{"domain": "youtube", "reason": reason}]}})


class YouTube(Fake):
    """`threads` are the comments below our films as they were written; a page holds two. `refresh` is the token that the
    owner of the channel gave; every access token that was given out is in `tokens`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.refresh = "segar-uji"
        self.tokens: set[str] = set()
        self.threads: list[dict[str, Any]] = []
        self.sent: list[dict[str, Any]] = []
        self._ids = count(1)

    def answer(self, call: Call) -> Reply:
        if call.path == "/token":
            given = {name: values[0] for name, values in parse_qs(call.raw.decode()).items()}
            if given.get("grant_type") != "refresh_token" or given.get("refresh_token") != self.refresh:
                return Reply(400, {"error": "invalid_grant"})
            token = f"ya29.{next(self._ids)}"
            self.tokens.add(token)
            return Reply(body={"access_token": token, "expires_in": 3599, "token_type": "Bearer"})
        if call.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            return Reply(401, {"error": {"code": 401, "errors": [{"reason": "authError"}]}})
        if call.path == "/commentThreads":
            return Reply(body=self._page(call.query))
        self.sent.append(call.body["snippet"])
        return Reply(body={"kind": "youtube#comment", "id": f"Ugr{next(self._ids)}"})

    def write(self, text: str, *, sender: str = "UCwarga", at: datetime | None = None) -> str:
        """Somebody writes below one of our films."""
        number = f"Ugx{next(self._ids)}"
        said = {
            "textOriginal": text,
            "authorChannelId": {"value": sender},
            "publishedAt": (at or datetime.now(UTC)).isoformat().replace("+00:00", "Z"),
        }
        self.threads.append({"id": number, "snippet": {"topLevelComment": {"id": number, "snippet": said}}})
        return number

    def _page(self, query: dict[str, str]) -> dict[str, Any]:
        assert query["allThreadsRelatedToChannelId"] == US and query["order"] == "time"
        start = int(query.get("pageToken", 0))
        found = list(reversed(self.threads))
        more = {"nextPageToken": str(start + PAGE)} if start + PAGE < len(found) else {}
        return {"items": found[start : start + PAGE]} | more
