"""Who acts: an officer with posts, the reporter, a channel, the clock. Nobody is `None`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from lapor.accounts.models import User
from lapor.agencies.people import Post, roles_of, stands_in_for
from lapor.vault.sealing import Private

from .accused import marks_of_one


@dataclass(frozen=True, kw_only=True)
class Officer:
    """A signed-in officer, the posts held today, and the colleagues who are away and whose work comes here.

    `marks` say which reports are not for these eyes (`accused`); there is no officer without them.
    `keys` opens envelopes of sealed reports, while it is unlocked.
    """

    user_id: int
    posts: tuple[Post, ...]
    marks: frozenset[bytes] = field(repr=False)
    stands_in_for: frozenset[int] = frozenset()
    keys: Private | None = field(default=None, repr=False, compare=False)
    kind: str = "officer"

    @property
    def agency_ids(self) -> frozenset[int]:
        return frozenset(post.agency_id for post in self.posts)


@dataclass(frozen=True, kw_only=True)
class Reporter:
    """The person behind one report, proved by code and PIN, by the account that sent it, or by the receipt of a sealed
    one, whose `keys` open it.
    """

    report_id: int
    user_id: int | None = None
    keys: Private | None = field(default=None, repr=False, compare=False)
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


def officer(user: User, *, on: date, keys: Private | None = None) -> Officer:
    """The officer as they stand on that day; one without posts may do nothing. `keys` are those unlocked now."""
    away = stands_in_for(user, on=on)
    posts = roles_of(user, on=on, away=away)
    return Officer(
        user_id=user.pk,
        posts=posts,
        marks=marks_of_one(user.pk, stands_in_for=away, on=on),
        stands_in_for=away if posts else frozenset(),
        keys=keys,
    )
