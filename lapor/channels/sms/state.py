"""What is remembered of the talk with one number between two messages, sealed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from lapor.channels.models import Talk
from lapor.reports.by_contact import BY_NUMBER
from lapor.vault.envelope import open_sealed, seal

# Begins a talk or locks the one there is, in one statement: every message asks for it.
_RECALL = """
    INSERT INTO channels_talk AS talk (channel, sender, box, moved_at, is_open, is_stopped)
    VALUES (%s, %s, %s, %s, false, false) ON CONFLICT (channel, sender) DO UPDATE SET moved_at = talk.moved_at
    RETURNING id, channel, sender, box, moved_at, is_open, is_stopped, EXISTS (
        SELECT FROM channels_talk AS other
        WHERE other.channel = ANY(%s) AND other.sender = talk.sender AND other.is_open
    )
"""
_KEEP = "UPDATE channels_talk SET box = %s, moved_at = %s, is_open = %s, is_stopped = %s WHERE id = %s"
# What of a memory is the report in the making.
_DRAFT = ("texts", "asked", "is_secret", "question", "about", "first", "number", "files", "point")
_COLUMNS = ("id", "channel", "sender", "box", "moved_at", "is_open", "is_stopped")


@dataclass
class Memory:
    """`texts` are what was told so far of a report that is not filed yet; `asked` what was asked about it, `question`
    the open one. `taken` is a text that went to a report as a reply, in case it was meant for a new one. `known` are
    codes that this number has proved with their PIN. `files` is the key under which files wait, `point` a position
    that was sent ("-0.48,117.14").
    """

    texts: list[str] = field(default_factory=list, repr=False)
    asked: list[str] = field(default_factory=list)
    question: str = ""
    about: str = ""  # the code that the question is about
    taken: str = field(default="", repr=False)
    known: list[str] = field(default_factory=list, repr=False)
    is_secret: bool = False
    first: str = ""  # the message that the draft began with, so that it is filed once
    number: str = field(default="", repr=False)  # of the draft's sender, to file it when nothing more comes
    files: str = ""
    point: str = field(default="", repr=False)

    def drop_draft(self) -> None:
        self.take_draft(Memory())

    def take_draft(self, other: Memory) -> None:
        for name in _DRAFT:
            setattr(self, name, getattr(other, name))

    @property
    def has_draft(self) -> bool:
        """Whether a report is in the making."""
        return bool(self.texts or self.first)


class Recalled(NamedTuple):
    """A talk and what is remembered of it. `is_open_elsewhere`: the same number has a report in the making by SMS or
    WhatsApp, whichever this is not.
    """

    talk: Talk
    memory: Memory
    is_open_elsewhere: bool


def recall(channel: str, sender: bytes, *, now: datetime) -> Recalled:
    """The talk with this sender, a new one or that of before, locked for the transaction."""
    with connection.cursor() as cursor:
        box = _sealed(Memory(), channel, sender)
        cursor.execute(_RECALL, [channel, sender, box, now, _others(channel)])
        *columns, is_open_elsewhere = cursor.fetchone()
    talk = Talk.from_db(connection.alias, _COLUMNS, columns)
    return Recalled(talk, _opened(talk), is_open_elsewhere)


def bring_over(memory: Memory, *, channel: str, sender: bytes, now: datetime) -> None:
    """What the same number began by its other channel goes on here. Not what is being read there at this moment."""
    there = Talk.objects.filter(channel__in=_others(channel), sender=sender, is_open=True)
    talk = there.select_for_update(skip_locked=True).first()
    if talk is None:
        return
    theirs = _opened(talk)
    memory.take_draft(theirs)
    theirs.drop_draft()
    keep(talk, theirs, is_stopped=talk.is_stopped, now=now)


def _others(channel: str) -> list[str]:
    return [str(one) for one in BY_NUMBER if one != channel] if channel in BY_NUMBER else []


def keep(talk: Talk, memory: Memory, *, is_stopped: bool, now: datetime) -> None:
    """Keeps it for the next message; writes nothing where nothing is to be remembered that was not."""
    if talk.is_stopped == is_stopped and not talk.is_open and _opened(talk) == memory:
        return
    box = _sealed(memory, talk.channel, bytes(talk.sender))
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [box, now, memory.has_draft, is_stopped, talk.pk])


def _opened(talk: Talk) -> Memory:
    return Memory(**open_sealed(bytes(talk.box), aad=_place(talk.channel, bytes(talk.sender))))


def _sealed(memory: Memory, channel: str, sender: bytes) -> bytes:
    return seal(asdict(memory), aad=_place(channel, sender))


def _place(channel: str, sender: bytes) -> str:
    return f"talk:{channel}:{sender.hex()}"
