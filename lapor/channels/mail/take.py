"""A mail as it came, kept whole before anybody reads it: by IMAP or handed over by the mail server, each once."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from lapor.channels import inbox
from lapor.channels.base import Incoming, Media
from lapor.reports.models import Channel
from lapor.vault.pins import blind_index

from . import headers

MOST = 60 * 1024 * 1024  # five files of 10 MB, a third more in base64
_HEAD_MOST = 256 * 1024
TOO_LARGE = "too_large"


def take(raw: bytes, *, now: datetime, is_cut: bool = False) -> bool:
    """Keeps one mail; what this returns after is on disk. False for one that came before.

    Of one that is too large (`is_cut`: its headers alone were fetched) only the headers are kept.
    """
    if len(raw) > MOST:
        raw, is_cut = head_of(raw), True
    head = _parsed(head_of(raw))
    address, _name = headers.sender(head)
    return inbox.take(
        Incoming(
            channel=Channel.EMAIL,
            external_id=_id(head, raw),
            sender=address,
            text="",
            about={"cut": TOO_LARGE} if is_cut else {},
            files=(Media("mail.eml", raw),),
            came_at=now,
        )
    )


def head_of(raw: bytes) -> bytes:
    """Everything before the first empty line."""
    ends = [at for mark in (b"\r\n\r\n", b"\n\n") if (at := raw.find(mark, 0, _HEAD_MOST)) >= 0]
    return raw[: min(ends, default=_HEAD_MOST)] + b"\n\n"


def _parsed(raw: bytes) -> Message:
    try:
        return message_from_bytes(raw, policy=compat32)
    except headers.BROKEN:
        return Message()


def _id(head: Message, raw: bytes) -> str:
    """The same for a mail however often it comes, by either way; another for another mail under the same Message-ID,
    since some programs give the same to all.
    """
    given = headers.first(head, "Message-ID")
    if given:
        said = "\0".join(headers.first(head, name) for name in ("From", "Date", "Subject"))
        return blind_index(f"{given}\0{said}", purpose="message")[:30].hex()
    return blind_index(hashlib.sha256(raw).hexdigest(), purpose="message")[:30].hex()
