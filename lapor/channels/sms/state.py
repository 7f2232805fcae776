"""What is remembered of the talk with one number between two messages, sealed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import connection

from lapor.channels.models import Talk
from lapor.vault.envelope import open_sealed, seal

# Begins a talk or locks the one there is, in one statement: every message asks for it.
_RECALL = """
    INSERT INTO channels_talk AS talk (channel, sender, box, moved_at, is_open, is_stopped)
    VALUES (%s, %s, %s, %s, false, false) ON CONFLICT (channel, sender) DO UPDATE SET moved_at = talk.moved_at
    RETURNING id, channel, sender, box, moved_at, is_open, is_stopped
"""
_KEEP = "UPDATE channels_talk SET box = %s, moved_at = %s, is_open = %s, is_stopped = %s WHERE id = %s"
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
        self.texts, self.asked, self.is_secret = [], [], False
        self.question = self.about = self.first = self.number = self.files = self.point = ""

    @property
    def has_draft(self) -> bool:
        """Whether a report is in the making."""
        return bool(self.texts or self.first)


def recall(channel: str, sender: bytes, *, now: datetime) -> tuple[Talk, Memory]:
    """The talk with this sender, a new one or that of before, locked for the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_RECALL, [channel, sender, _sealed(Memory(), channel, sender), now])
        talk = Talk.from_db(connection.alias, _COLUMNS, cursor.fetchone())
    return talk, _opened(talk)


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
