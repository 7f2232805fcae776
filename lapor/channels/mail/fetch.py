"""Fetches mail from the mailbox of the settings, by IMAP over TLS (RFC 9051).

Kept first, marked as read after: killed in between, a mail comes once more and is known. Two that fetch at once keep
each mail once, too.
"""

from __future__ import annotations

import ssl
from datetime import datetime
from typing import Final

from django.conf import settings
from imap_tools import MailBox, MailMessageFlags

from . import addresses
from .take import MOST, take

TIMEOUT: Final = 15.0
BATCH: Final = 20


class NotFetched(Exception):
    """The server gave no mail where it named one; the next round asks again."""


def is_set_up() -> bool:
    """Whether there is a mailbox in the settings, and an address to answer from."""
    return bool(settings.LAPOR_IMAP_HOST) and addresses.is_set_up()


def fetch(*, now: datetime) -> int:
    """Keeps unread mail, oldest first; returns how much. Errors of the line are the caller's, and nothing is lost."""
    if not is_set_up():
        return 0
    trusted = ssl.create_default_context(cafile=settings.LAPOR_IMAP_CA or None)
    box = MailBox(settings.LAPOR_IMAP_HOST, settings.LAPOR_IMAP_PORT, timeout=TIMEOUT, ssl_context=trusted)
    user, password, folder = settings.LAPOR_IMAP_USER, settings.LAPOR_IMAP_PASSWORD, settings.LAPOR_IMAP_FOLDER
    with box.login(user, password, initial_folder=folder):
        uids = box.uids("UNSEEN UNDELETED")[:BATCH]
        for uid in uids:
            _take(box, uid, now=now)
            box.flag(uid, MailMessageFlags.SEEN, True)
    return len(uids)


def _take(box: MailBox, uid: str, *, now: datetime) -> None:
    size = _asked(box, uid, "RFC822.SIZE")
    written = size.upper().partition(b"RFC822.SIZE")[2].strip(b" )").split(b" ")[0]
    is_large = written.isdigit() and int(written) > MOST
    raw = _asked(box, uid, "BODY.PEEK[HEADER]" if is_large else "BODY.PEEK[]")
    take(raw, now=now, is_cut=is_large)


def _asked(box: MailBox, uid: str, what: str) -> bytes:
    """What the server says of one mail, as the bytes that it is."""
    status, lines = box.client.uid("fetch", uid, f"({what})")
    if status != "OK":
        raise NotFetched
    for line in lines:
        match line:
            case (bytes(), bytes() as literal):
                return literal
            case bytes() if b"RFC822.SIZE" in line.upper():
                return line
    raise NotFetched
