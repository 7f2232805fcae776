"""Files that come in a talk wait under one key until a report or a reply takes them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from lapor.channels.base import Media
from lapor.lib.files import Refused
from lapor.reports import files, pending

from .state import Memory


def keep(memory: Memory, sent: Sequence[Media], *, now: datetime) -> int:
    """Keeps every file that can be kept; how many cannot, so that the sender is told."""
    refused = 0
    for one in sent:
        key = memory.files or str(uuid4())
        try:
            files.keep(io.BytesIO(one.data), name=one.name, pending=UUID(key), now=now)
        except Refused:
            refused += 1
        else:
            memory.files = key
    return refused


def waiting(memory: Memory) -> tuple[int, ...]:
    """The keys of files that wait; none once they were taken, or forgotten after a day."""
    return tuple(one.pk for one in pending.files(UUID(memory.files))) if memory.files else ()
