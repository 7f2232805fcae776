"""Reading what came in: one by one, those of a sender in order, each with its answer in one transaction.

An attempt is noted before a message is read: one that makes the reader fail is tried again later, alone, with the
others going on meanwhile, and in the end waits for a person (`Received.State.FAILED`). Messages without files are read
several in a transaction, since waiting for the disk would cost more than most of them.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from . import outbox, standing
from .base import MEDIA, Aside, Fetcher, Listener, Media, NeedsAttention, NotNow, Refused
from .inbox import forget_files, locked, opened
from .models import Received, ReceivedFile

log = logging.getLogger(__name__)
SENDERS, MOST, TOGETHER = 50, 200, 20
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 180))
TRIES = len(WAITS) + 1
FETCHES = 3  # tries to get a file from its service; then the message is read without it
# The first that waits of each sender, and what the same sender wrote after it. Who has locked the first has them all.
_DUE = """
    WITH first AS MATERIALIZED (
        SELECT id, channel, sender FROM channels_received AS due
        WHERE state = 'waiting' AND next_try_at <= %(now)s AND channel = ANY(%(channels)s) AND NOT EXISTS (
            SELECT 1 FROM channels_received AS earlier WHERE earlier.state = 'waiting'
            AND earlier.channel = due.channel AND earlier.sender = due.sender AND earlier.id < due.id
        )
        ORDER BY next_try_at, id LIMIT %(senders)s FOR UPDATE SKIP LOCKED
    )
    SELECT one.* FROM first JOIN channels_received AS one
        ON one.state = 'waiting' AND one.channel = first.channel AND one.sender = first.sender AND one.id >= first.id
    ORDER BY one.id LIMIT %(most)s
"""


def work(listeners: Mapping[str, Listener], fetchers: Mapping[str, Fetcher], *, now: datetime) -> int:
    """Reads what is due; returns how many. An error is the caller's, and the message keeps its place.

    Files that a message only names are fetched first, outside any transaction.
    """
    leased = _lease(sorted(listeners), now=now)
    keys = {row.pk for row in leased}
    with_files = set(ReceivedFile.objects.filter(received__in=keys).values_list("received_id", flat=True))
    stuck: set[tuple[str, bytes]] = set()  # whose files are not to be had now: what they wrote after it waits too
    left = _Left(behind=set(keys))
    try:
        for group in _groups(leased, alone=with_files | {row.pk for row in leased if row.channel in fetchers}):
            first, fetcher = group[0], fetchers.get(group[0].channel)
            if _sender(first) in stuck:
                continue
            left.behind -= {row.pk for row in group}
            if fetcher is not None and not _fetch(first, fetcher, now=now):
                stuck.add(_sender(first))
                continue
            _hear(group, listeners, left, has_files=fetcher is not None or first.pk in with_files, now=now)
    finally:
        left.give_back(now=now)
    return len(keys) - len(left.behind)


@dataclass
class _Left:
    """Of what was leased, what is unread: those `behind` have not been tried, those `beside` one that made the reader
    fail were undone with it, and are read at once.
    """

    behind: set[int]
    beside: set[int] = field(default_factory=set)

    def give_back(self, *, now: datetime) -> None:
        waiting = Received.objects.filter(state=Received.State.WAITING)
        if self.behind:
            waiting.filter(pk__in=self.behind).update(attempts=F("attempts") - 1, next_try_at=now)
        if self.beside:
            waiting.filter(pk__in=self.beside).update(next_try_at=now)


@transaction.atomic
def _lease(channels: Sequence[str], *, now: datetime) -> list[Received]:
    """Of each sender what waits, in order, as far as it is due."""
    asked = {"now": now, "channels": list(channels), "senders": SENDERS, "most": MOST}
    waits: set[tuple[str, bytes]] = set()
    due: list[Received] = []
    for row in Received.objects.raw(_DUE, asked):
        if _sender(row) in waits or row.next_try_at is None or row.next_try_at > now:
            waits.add(_sender(row))
        else:
            due.append(row)
    return _tried(due, now=now)


def _tried(rows: Sequence[Received], *, now: datetime) -> list[Received]:
    """Notes an attempt for each, before it is made; without those that had all of theirs, which wait for a person."""
    by_attempts: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        by_attempts[row.attempts].append(row.pk)
    for attempts, keys in by_attempts.items():
        found = Received.objects.filter(pk__in=keys)
        if attempts >= TRIES:
            log.warning("messages wait for a person: %s", keys)
            found.update(state=Received.State.FAILED, next_try_at=None, why="tries", done_at=now)
        else:
            found.update(attempts=attempts + 1, next_try_at=now + WAITS[min(attempts, len(WAITS) - 1)])
    ready = [row for row in rows if row.attempts < TRIES]
    for row in ready:
        row.attempts += 1
    return ready


def _groups(rows: Sequence[Received], *, alone: Set[int]) -> Iterator[list[Received]]:
    """In order, what is read in one transaction: what was tried before, or has files, by itself."""
    together: list[Received] = []
    for row in rows:
        is_alone = row.pk in alone or row.attempts > 1
        if together and (is_alone or len(together) == TOGETHER):
            yield together
            together = []
        if is_alone:
            yield [row]
        else:
            together.append(row)
    if together:
        yield together


def _hear(
    group: Sequence[Received], listeners: Mapping[str, Listener], left: _Left, *, has_files: bool, now: datetime
) -> None:
    """Acting, answering and ticking off are one transaction: killed in between, all of it is done again, once."""
    left.beside = {row.pk for row in group}
    with transaction.atomic():
        waiting = Received.objects.filter(pk__in=left.beside, state=Received.State.WAITING)
        read: list[int] = []
        answers: list[outbox.Answer] = []
        for row in waiting.order_by("id").select_for_update():
            left.beside.remove(row.pk)  # were it to fail, it is the one that did
            said = _said(row, listeners[row.channel], has_files=has_files, now=now)
            left.beside.add(row.pk)
            if said is not None:
                read.append(row.pk)
                answers += said
        outbox.queue_all(answers, now=now)
        Received.objects.filter(pk__in=read).update(state=Received.State.DONE, next_try_at=None, done_at=now)
        if has_files:
            forget_files(read)
    left.beside = set()


def _said(row: Received, listener: Listener, *, has_files: bool, now: datetime) -> list[outbox.Answer] | None:
    """What is answered. None for a message that was put aside; its files stay with it, a person may want them."""
    message = opened(row, has_files=has_files)
    try:
        texts = listener.hear(message, now=now)
    except Aside as away:
        row.state = Received.State.REFUSED if away.waits else Received.State.DONE
        row.why, row.next_try_at, row.done_at = away.why[:30], None, now
        row.save(update_fields=["state", "why", "next_try_at", "done_at"])
        return None
    return [
        outbox.Answer(channel=message.channel, to=message.sender, text=text, once=f"received:{row.pk}:{number}")
        for number, text in enumerate(texts)
    ]


def _sender(row: Received) -> tuple[str, bytes]:
    return row.channel, bytes(row.sender)


def _fetch(row: Received, fetcher: Fetcher, *, now: datetime) -> bool:
    """Whether the message can be read now. A file that is not to be had stands there empty: its sender is told."""
    here = set(row.files.values_list("number", flat=True))
    for number, name in enumerate(opened(row).about.get(MEDIA, "").split()):
        if number in here:
            continue
        try:
            found = fetcher.fetch(name)
        except Refused:
            found = Media("", b"")
        except NotNow as problem:
            if isinstance(problem, NeedsAttention):
                standing.note_refusal(row.channel, now=now)
            if row.attempts < FETCHES:
                return False
            found = Media("", b"")
        _add_file(row, number, found)
    return True


@transaction.atomic
def _add_file(row: Received, number: int, file: Media) -> None:
    """Keeps a file with its message, once, and not when another worker has read this meanwhile."""
    held = Received.objects.select_for_update().filter(pk=row.pk, state=Received.State.WAITING).first()
    if held is not None and not held.files.filter(number=number).exists():
        locked(held.pk, number, file).save(force_insert=True)
