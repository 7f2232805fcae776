"""Posts that name us, asked for every minute (docs.x.com/x-api/users/get-mentions), with or without a webhook: what
came by both is kept once. What was written before the channel was set up is left alone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from lapor.channels import inbox, standing
from lapor.channels.base import NotNow
from lapor.channels.shapes import list_at, text_at

from . import receive, send

MOST_PAGES = 8  # X itself tells no more than the last 800
BEGAN = "-"  # the cursor while nobody has named us yet


class Mentions:
    """The poller of X."""

    def is_set_up(self) -> bool:
        return send.is_set_up()

    def poll(self, *, now: datetime) -> int:
        """Keeps the new ones, oldest first; the cursor moves once all of them are on disk."""
        since = standing.cursor(receive.CHANNEL)
        pages = _pages("" if since == BEGAN else since, most=MOST_PAGES if since else 1)
        posts = [post for page in pages for post in list_at(page, "data")]
        taken = 0
        for post in reversed(posts) if since else ():
            number, sender = text_at(post, "id"), text_at(post, "author_id")
            if number and sender and sender != settings.LAPOR_X_USER_ID:
                taken += inbox.take(
                    receive.mention(post=number, sender=sender, text=text_at(post, "text"), at=_time(post, now=now))
                )
        newest = text_at(pages[0], "meta", "newest_id")
        standing.keep_cursor(receive.CHANNEL, newest or since or BEGAN, now=now)
        return taken


def _pages(since: str, *, most: int) -> list[Any]:
    asked = {"max_results": "100", "tweet.fields": "author_id,created_at"} | ({"since_id": since} if since else {})
    pages: list[Any] = []
    for _ in range(most):
        page = send.call("GET", f"/2/users/{settings.LAPOR_X_USER_ID}/mentions", params=asked)
        if not isinstance(page, dict):
            raise NotNow("no JSON")
        pages.append(page)
        token = text_at(page, "meta", "next_token")
        if not token:
            break
        asked = asked | {"pagination_token": token}
    return pages


def _time(post: Any, *, now: datetime) -> datetime:
    try:
        found = datetime.fromisoformat(text_at(post, "created_at"))
    except ValueError:
        return now
    return min(found, now) if found.tzinfo else now
