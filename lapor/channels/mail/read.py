"""Reads a mail by RFC 5322 and MIME, as far as it keeps to them: who, what, and which files. Broken ones are read as
far as they go; `Unreadable` is for those where that is nowhere.

The forgiving policy of the standard library is taken: under the strict one, headers that follow no standard raise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from typing import Final

from lapor.channels.base import Media
from lapor.lib.files import MAX_BYTES, MAX_FILES
from lapor.lib.text import normalise

from . import headers
from .words import own_words, plain

MOST_PARTS: Final = 200
MOST_PAGES: Final = 5
MOST_TEXT: Final = 100_000
DECORATION: Final = 2_048  # bytes: logos and dots that count who opened the mail are smaller


class Unreadable(Exception):
    """Nothing can be made of these bytes."""


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One mail, read. `text` are the sender's own words, `ids` the mails that it refers to, `left_out` why files were
    not taken (too_many, too_large).
    """

    head: Message = field(repr=False)
    sender: str = field(repr=False)
    name: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    files: tuple[Media, ...] = field(default=(), repr=False)
    left_out: tuple[str, ...] = ()
    to: tuple[str, ...] = field(default=(), repr=False)
    message_id: str = field(default="", repr=False)
    ids: str = field(default="", repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing at all."""
        return not (self.text or self.subject or self.files or self.left_out)


def read(raw: bytes) -> Mail:
    """The mail in these bytes; raises `Unreadable` and nothing else."""
    try:
        message = message_from_bytes(raw, policy=compat32)
        return _read(message)
    except headers.BROKEN:  # nested a thousandfold, for one
        raise Unreadable from None


def parts(message: Message) -> Iterator[Message]:
    """Everything in it that is not made of parts, without looking into mails that are attached; at most so many."""
    left = [message]
    for _ in range(MOST_PARTS):
        if not left:
            return
        part = left.pop(0)
        if part.is_multipart() and part.get_content_maintype() != "message":
            inside = part.get_payload()
            left = [one for one in inside if isinstance(one, Message)] + left if isinstance(inside, list) else left
        else:
            yield part


def words_of(part: Message) -> str:
    """The text of a part in its charset; in UTF-8 or Latin-1 where that is unknown or wrong."""
    data = _bytes(part)[: MOST_TEXT * 4]
    for charset in (_charset(part), "utf-8"):
        try:
            return data.decode(charset)
        except (LookupError, ValueError):
            continue
    return data.decode("latin-1")


def _read(message: Message) -> Mail:
    ids = " ".join([headers.first(message, "In-Reply-To"), headers.first(message, "References")])
    address, name = headers.sender(message)
    files, left_out, lines, pages = _sorted(message)
    text = "\n".join(lines)
    if not text.strip():
        text = "\n".join(plain(page) for page in pages[:MOST_PAGES])
    subject = normalise(headers.first(message, "Subject"))[:300]
    return Mail(
        head=message,
        sender=address,
        name=name,
        subject=subject,
        text=own_words(text[:MOST_TEXT], is_reply="<" in ids),
        files=files,
        left_out=left_out,
        to=headers.recipients(message),
        message_id=_one_id(headers.first(message, "Message-ID")),
        ids=ids,
    )


def _sorted(message: Message) -> tuple[tuple[Media, ...], tuple[str, ...], list[str], list[str]]:
    """(files, why others were left out, plain texts, HTML texts)."""
    files: list[Media] = []
    left_out: list[str] = []
    lines: list[str] = []
    pages: list[str] = []
    for part in parts(message):
        kind, name, is_file = part.get_content_type(), _name(part), _is_file(part)
        if not is_file and kind in {"text/plain", "text/html"}:
            (lines if kind == "text/plain" else pages).append(words_of(part))
            continue
        if not is_file and not name and part.get_content_maintype() == "text":
            continue  # a calendar, a styled copy of the same words
        data = _bytes(part)
        if not data or (_is_decoration(part) and len(data) < DECORATION):
            continue
        if len(data) > MAX_BYTES:
            left_out.append("too_large")
        elif len(files) >= MAX_FILES:
            left_out.append("too_many")
        else:
            files.append(Media(name or "berkas", data))
    return tuple(files), tuple(left_out), lines, pages


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_content_maintype() not in {"text", "multipart"}


def _is_decoration(part: Message) -> bool:
    return part.get_content_maintype() == "image" and part.get_content_disposition() != "attachment"


def _bytes(part: Message) -> bytes:
    try:
        data = part.as_bytes() if part.get_content_maintype() == "message" else part.get_payload(decode=True)
    except headers.BROKEN:
        return b""
    return data if isinstance(data, bytes) else b""


def _name(part: Message) -> str:
    try:
        return normalise(str(part.get_filename() or ""))[:200]
    except headers.BROKEN:
        return "berkas"


def _charset(part: Message) -> str:
    try:
        return str(part.get_content_charset() or "utf-8")
    except headers.BROKEN:
        return "utf-8"


def _one_id(written: str) -> str:
    """A message id that may stand in a header of ours; empty for anything else."""
    inside = written.strip()
    is_plain = inside.isascii() and inside.isprintable() and " " not in inside and len(inside) <= 250
    return inside if is_plain and inside.startswith("<") and inside.endswith(">") and inside.count("<") == 1 else ""
