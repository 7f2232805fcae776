"""What ties a mail to a report or to a message of ours: tags in addresses and message ids. None tells a code.

lapor+TAG@…        where a reply to a report comes in, and (from another purpose) where bounces come back to
<s.TAG@host>       the id of an answer, <n.TAG@host> of a notice
<r.TAG@host>       the root of a report's thread: never sent itself, all that is sent refers to it
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings

from lapor.vault.tags import LENGTH, key_in, tag_of

REPORT, NOTICE, SENDING = "report", "notice", "sending"
_LETTERS = {"r": REPORT, "n": NOTICE, "s": SENDING}
_BACK = {NOTICE: "bounced notice", SENDING: "bounced sending"}
_STOP = "stop"
_TAG = rf"[a-z2-7]{{{LENGTH}}}"
_IN_ADDRESS = re.compile(rf"\+({_TAG})@", re.IGNORECASE)
_IN_ID = re.compile(rf"<([rns])\.({_TAG})@", re.IGNORECASE)
MOST_READ = 20_000


def is_set_up() -> bool:
    """Whether people can write to us at all."""
    return "@" in settings.LAPOR_MAIL_ADDRESS


def own() -> str:
    """The address that people write to."""
    return str(settings.LAPOR_MAIL_ADDRESS).lower()


def is_own(address: str) -> bool:
    """Whether this is one of our own addresses, with or without a tag."""
    return bool(own()) and re.sub(r"\+[^@]*@", "@", address.lower()) == own()


def reply_to(report_id: int) -> str:
    """Where a reply about this report comes in."""
    return _with(tag_of(report_id, purpose=REPORT))


def comes_back_to(of: str, key: int) -> str:
    """The envelope sender of one message of ours: a mail server that cannot deliver it writes there."""
    return _with(tag_of(key, purpose=_BACK[of]))


def message_id(of: str, key: int) -> str:
    """The id of a message of ours, or of the root of a report's thread; always the same for the same row."""
    letter = next(letter for letter, name in _LETTERS.items() if name == of)
    return f"<{letter}.{tag_of(key, purpose=of)}@{host()}>"


def host() -> str:
    """The name behind the "@" of our message ids."""
    return urlsplit(settings.LAPOR_PUBLIC_URL).hostname or "localhost"


def report_of(addresses: Iterable[str], ids: str) -> int | None:
    """The report that one of these addresses, or else the mails that were referred to, belong to."""
    for tag in _tags(addresses):
        if (key := key_in(tag, purpose=REPORT)) is not None:
            return key
    for letter, tag in _IN_ID.findall(ids[:MOST_READ]):
        if letter.lower() == "r" and (key := key_in(tag.lower(), purpose=REPORT)) is not None:
            return key
    return None


def message_of(addresses: Iterable[str], ids: str) -> tuple[str, int] | None:
    """Which message of ours came back: by the address that it came back to, else by its id."""
    for tag in _tags(addresses):
        for of, purpose in _BACK.items():
            if (key := key_in(tag, purpose=purpose)) is not None:
                return of, key
    return next(iter(sent_by_us(ids)), None)


def sent_by_us(ids: str) -> list[tuple[str, int]]:
    """The messages of ours among these ids."""
    found = []
    for letter, tag in _IN_ID.findall(ids[:MOST_READ]):
        of = _LETTERS[letter.lower()]
        key = key_in(tag.lower(), purpose=of) if of != REPORT else None
        if key is not None:
            found.append((of, key))
    return found


def has_tag(addresses: Iterable[str]) -> bool:
    """Whether something stands behind the "+", genuine or not."""
    return any("+" in address.partition("@")[0] and is_own(address) for address in addresses)


def stop_tag(notice_id: int) -> str:
    """What the address to stop all notices to the recipient of this one ends with."""
    return tag_of(notice_id, purpose=_STOP)


def notice_to_stop(tag: str) -> int | None:
    """The notice again; None for a made-up tag."""
    return key_in(tag, purpose=_STOP)


def _with(tag: str) -> str:
    name, _at, domain = own().partition("@")
    return f"{name}+{tag}@{domain}"


def _tags(addresses: Iterable[str]) -> list[str]:
    return [found[1].lower() for one in addresses if is_own(one) and (found := _IN_ADDRESS.search(one))]
