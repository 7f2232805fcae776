"""Who acts: an officer with posts, the reporter, a channel, the clock. Nobody is `None`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lapor.accounts.models import User
from lapor.agencies.people import Post, roles_of, stands_in_for


@dataclass(frozen=True, kw_only=True)
class Officer:
    """A signed-in officer, the posts held today, and the colleagues who are away and whose work comes here."""

    user_id: int
    posts: tuple[Post, ...]
    stands_in_for: frozenset[int] = frozenset()
    kind: str = "officer"

    @property
    def agency_ids(self) -> frozenset[int]:
        return frozenset(post.agency_id for post in self.posts)


@dataclass(frozen=True, kw_only=True)
class Reporter:
    """The person behind one report, proved by code and PIN or by the account that sent it."""

    report_id: int
    user_id: int | None = None
    kind: str = "reporter"


@dataclass(frozen=True, kw_only=True)
class Clock:
    """Time itself: warns, marks, closes, escalates."""

    user_id: None = None
    kind: str = "clock"


@dataclass(frozen=True, kw_only=True)
class System:
    """The service: files what a channel brought, fans out, imports."""

    user_id: None = None
    kind: str = "system"


Actor = Officer | Reporter | Clock | System


def officer(user: User, *, on: date) -> Officer:
    """The officer as they stand on that day; one without posts may do nothing."""
    posts = roles_of(user, on=on)
    return Officer(user_id=user.pk, posts=posts, stands_in_for=stands_in_for(user, on=on) if posts else frozenset())
