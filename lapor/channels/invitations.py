"""From a public post to a private report: a link that opens the form with what was written there.

The words lie sealed here and never stand in an address. The link is public, as the post is: it proves nobody, it holds
for a week, and the first report that it leads to ends it. A secret report leaves no trace of where it began.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings

from lapor.vault.envelope import open_sealed, seal
from lapor.vault.pins import blind_index

from .base import digest_of
from .models import Invitation

HOLDS: Final = timedelta(days=7)
PATH: Final = "/lapor/?sambung="
_BYTES: Final = 16


@dataclass(frozen=True)
class Origin:
    """Where a report began in public."""

    channel: str
    post: str


def invite(*, channel: str, sender: str, post: str, text: str, now: datetime) -> str:
    """A link for whoever wrote this post."""
    token = secrets.token_urlsafe(_BYTES)
    digest = _digest(token)
    Invitation.objects.create(
        token=digest,
        channel=channel,
        sender=digest_of(sender),
        box=seal({"post": post, "text": text}, aad=_place(digest)),
        made_at=now,
    )
    return f"{settings.LAPOR_PUBLIC_URL.rstrip('/')}{PATH}{token}"


def sent_to(sender: str, *, since: datetime) -> int:
    """How many this sender was given since then."""
    return Invitation.objects.filter(sender=digest_of(sender), made_at__gt=since).count()


def text_of(token: str, *, now: datetime) -> str:
    """What was written; empty for a link that ended or never was."""
    found = _open(token, now=now)
    return str(_content(found)["text"]) if found else ""


def channel_of(token: str, *, now: datetime) -> str:
    """By which channel the post came; empty for a link that ended or never was."""
    found = _open(token, now=now)
    return found.channel if found else ""


def take_up(token: str, *, code: str, is_secret: bool, now: datetime) -> None:
    """The link has led to this report, and to no other. Of a secret one nothing is noted but that it ended."""
    found = _open(token, now=now)
    if found is not None:
        ours = Invitation.objects.filter(pk=found.pk, used_at=None)
        ours.update(used_at=now, code="" if is_secret else code)


def origin_of(code: str) -> Origin | None:
    """Where the report began; None for one that began in private, or is secret."""
    found = Invitation.objects.filter(code=code).first() if code else None
    return Origin(found.channel, str(_content(found)["post"])) if found else None


def forget(*, before: datetime) -> int:
    """Deletes those that were made before; returns how many."""
    gone, _by_model = Invitation.objects.filter(made_at__lt=before).delete()
    return gone


def _open(token: str, *, now: datetime) -> Invitation | None:
    if not token:
        return None
    return Invitation.objects.filter(token=_digest(token), used_at=None, made_at__gt=now - HOLDS).first()


def _content(row: Invitation) -> dict[str, Any]:
    return open_sealed(bytes(row.box), aad=_place(bytes(row.token)))


def _digest(token: str) -> bytes:
    return blind_index(token, purpose="invitation")


def _place(digest: bytes) -> str:
    return f"invitation:{digest.hex()}"
