"""Comments below our films, asked for every minute, newest first
(developers.google.com/youtube/v3/docs/commentThreads/list). The cursor is the time of the newest that was kept; what
was written before the channel was set up is left alone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from lapor.channels import inbox, standing, webhook
from lapor.channels.base import POST, Incoming, NotNow
from lapor.channels.shapes import at, list_at, text_at

from . import account

MOST_PAGES = 10


class Comments:
    """The poller of YouTube."""

    def is_set_up(self) -> bool:
        return account.is_set_up()

    def poll(self, *, now: datetime) -> int:
        """Keeps the new ones, oldest first; the cursor moves once all of them are on disk."""
        since = _read(standing.cursor(account.CHANNEL))
        if since is None:
            standing.keep_cursor(account.CHANNEL, now.isoformat(), now=now)
            return 0
        found = [message for one in _threads(since) if (message := _message(one, now=now)) is not None]
        taken = sum(inbox.take(message) for message in reversed(found))
        newest = max([since, *(message.came_at for message in found)])
        standing.keep_cursor(account.CHANNEL, newest.isoformat(), now=now)
        return taken


def _threads(since: datetime) -> list[Any]:
    """Those of the cursor's own second too: another may have come in it, and the same one is kept once."""
    asked = {
        "part": "snippet",
        "allThreadsRelatedToChannelId": settings.LAPOR_YOUTUBE_CHANNEL_ID,
        "order": "time",
        "textFormat": "plainText",
        "maxResults": "100",
    }
    found: list[Any] = []
    for _ in range(MOST_PAGES):
        page = account.call("GET", "commentThreads", params=asked)
        if not isinstance(page, dict):
            raise NotNow("no JSON")
        rows = list_at(page, "items")
        found += [row for row in rows if (_written(row) or since) >= since]
        token = text_at(page, "nextPageToken")
        if not token or any((_written(row) or since) < since for row in rows):
            break
        asked = asked | {"pageToken": token}
    return found


def _message(thread: Any, *, now: datetime) -> Incoming | None:
    comment = at(thread, "snippet", "topLevelComment")
    number, sender = text_at(comment, "id"), text_at(comment, "snippet", "authorChannelId", "value")
    if not number or not sender or sender == settings.LAPOR_YOUTUBE_CHANNEL_ID:
        return None
    return Incoming(
        channel=account.CHANNEL,
        external_id=webhook.own_id(account.CHANNEL, number),
        sender=f"youtube:{sender[:60]}",
        text=webhook.clean(text_at(comment, "snippet", "textOriginal") or text_at(comment, "snippet", "textDisplay")),
        about={POST: number[:100]},
        came_at=min(_written(thread) or now, now),
    )


def _written(thread: Any) -> datetime | None:
    return _read(text_at(thread, "snippet", "topLevelComment", "snippet", "publishedAt"))


def _read(written: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    return found if found.tzinfo else None
