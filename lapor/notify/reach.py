"""Whether mail reaches a reporter: bounces of notices are noted, who wants none is heard, and officers are told."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from lapor.channels.base import digest_of
from lapor.channels.mail import addresses, bounces
from lapor.channels.mail import stops as mail_stops
from lapor.channels.mail.models import Bounce
from lapor.voice import asking as voice

from .models import VOICE, Audience, Notice, NoticeState

BATCH: Final = 100
BOUNCED: Final = "Bounced"
# What the last notice to a reporter ends with when mail does not reach them. Who stopped it is reached by choice.
_UNREACHED: Final = (BOUNCED, "Unreached", "SMTPRecipientsRefused")


@transaction.atomic
def settle_bounces() -> int:
    """Marks the notices that came back as failed for good, and their addresses as lost; says how many."""
    rows = bounces.unsettled(limit=BATCH)
    for row in rows:
        _settle(row)
    return len(rows)


def address_of(notice: Notice) -> bytes | None:
    """The keyed digest of the address that a notice goes to, if there is one."""
    if notice.user is not None:
        return digest_of(notice.user.email.lower())
    known = notice.identity.email_index if notice.identity is not None else None
    return bytes(known) if known is not None else None


def is_unreached(report_id: int) -> bool:
    """Whether the last mail about this report did not reach its reporter, for good."""
    tried = Notice.objects.filter(report=report_id, audience=Audience.REPORTER, channel="email")
    last = tried.exclude(state=NoticeState.QUEUED).order_by("-made_at", "-pk").only("state", "last_error_class").first()
    return last is not None and last.state == NoticeState.FAILED and last.last_error_class in _UNREACHED


def is_stopped(tag: str) -> bool | None:
    """Whether notices to the recipient of this tag are stopped; None for a made-up tag."""
    address = _address_in(tag)
    return mail_stops.is_stopped(address) if address is not None else None


def set_stopped(tag: str, *, is_stopped: bool, now: datetime) -> bool:
    """Stops the notices to the recipient of this tag, or begins them again; False for a made-up tag."""
    address = _address_in(tag)
    if address is not None:
        mail_stops.set_stopped(address, is_stopped=is_stopped, now=now)
    return address is not None


def _address_in(tag: str) -> bytes | None:
    key = addresses.notice_to_stop(tag)
    if key is None:
        return None
    notice = Notice.objects.filter(pk=key, audience=Audience.REPORTER).select_related("identity", "user").first()
    return address_of(notice) if notice is not None else None


def _settle(row: Bounce) -> None:
    notice = Notice.objects.filter(pk=row.key).select_related("identity", "user").first()
    if notice is not None:
        notice.state, notice.next_try_at, notice.last_error_class = NoticeState.FAILED, None, BOUNCED
        notice.save(update_fields=["state", "next_try_at", "last_error_class"])
        if notice.template == VOICE and notice.report_id is not None:
            voice.note_reached(notice.report_id, is_reached=False)
    is_reporters = notice is not None and notice.audience == Audience.REPORTER
    bounces.settle(row, address=address_of(notice) if notice is not None and is_reporters else None)
