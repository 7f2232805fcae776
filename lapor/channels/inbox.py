"""Messages on their way in: kept before anybody looks at them, then read one by one, those of a sender in order.

An attempt is noted before the message is read: one that makes the reader fail is tried again later, with the others
going on meanwhile, and in the end waits for a person (`Received.State.FAILED`).
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, QuerySet

from lapor.vault import files as vault
from lapor.vault.envelope import open_sealed, seal

from . import outbox, standing
from .base import MEDIA, Aside, Fetcher, Incoming, Listener, Media, NeedsAttention, NotNow, Refused, digest_of
from .models import Received, ReceivedFile

log = logging.getLogger(__name__)
BATCH, FOLLOWING = 50, 100
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 180))
TRIES = len(WAITS) + 1
FETCHES = 3  # tries to get a file from its service; then the message is read without it
_DUE = """
    SELECT id, EXISTS (
        SELECT 1 FROM channels_received AS later WHERE later.state = 'waiting' AND later.channel = due.channel
        AND later.sender = due.sender AND later.id > due.id
    ) FROM channels_received AS due WHERE state = 'waiting' AND next_try_at <= %s AND channel = ANY(%s) AND NOT EXISTS (
        SELECT 1 FROM channels_received AS earlier WHERE earlier.state = 'waiting' AND earlier.channel = due.channel
        AND earlier.sender = due.sender AND earlier.id < due.id
    )
    ORDER BY next_try_at, id LIMIT %s FOR UPDATE SKIP LOCKED
"""


@transaction.atomic
def take(message: Incoming) -> bool:
    """Keeps a message with its files; what this returns after is on disk. False for one that came before."""
    row, is_new = Received.objects.get_or_create(
        channel=message.channel,
        external_id=message.external_id,
        defaults={
            "sender": digest_of(message.sender),
            "box": _sealed(message),
            "came_at": message.came_at,
            "next_try_at": message.came_at,
        },
    )
    if is_new:
        ReceivedFile.objects.bulk_create(_locked(row, number, one) for number, one in enumerate(message.files))
    return is_new


def work(listeners: Mapping[str, Listener], fetchers: Mapping[str, Fetcher], *, now: datetime) -> int:
    """Reads what is due; returns how many. An error is the caller's, and the message keeps its place.

    Files that a message only names are fetched first, outside any transaction.
    """
    leased = _lease(sorted(listeners), now=now)
    unread = {row.pk for row, _has_more in leased}
    with_files = _with_files(unread)
    done = 0
    try:
        for row, has_more in leased:
            unread.remove(row.pk)
            reader = _Reader(listeners[row.channel], fetchers.get(row.channel), now)
            if reader.read(row, has_files=row.pk in with_files):
                done += reader.read_following(row) if has_more else 0
            done += 1
    finally:
        _give_back(unread, now=now)  # those behind one that made the reader fail have not been tried
    return done


def opened(row: Received, *, has_files: bool = True) -> Incoming:
    """The message in clear; without asking for its files where it is known that there are none."""
    content = open_sealed(bytes(row.box), aad=_place(row.channel, row.external_id))
    return Incoming(
        channel=row.channel,
        external_id=row.external_id,
        sender=content["sender"],
        text=content["text"],
        sent_to=content["sent_to"],
        about=content.get("about", {}),
        files=tuple(_unlocked(one) for one in row.files.order_by("number")) if has_files else (),
        came_at=row.came_at,
    )


def forget_files(received: Collection[int]) -> None:
    """Deletes the files of these messages, with their keys."""
    gone = ReceivedFile.objects.filter(received__in=received)
    vault.forget_many(list(gone.values_list("pk", flat=True)))
    gone.delete()


def again(rows: QuerySet[Received], *, now: datetime) -> int:
    """Of these messages those that failed or were refused are read once more, as if they were new; returns how many."""
    found = rows.filter(state__in=[Received.State.FAILED, Received.State.REFUSED])
    return found.update(state=Received.State.WAITING, next_try_at=now, attempts=0, why="", done_at=None)


def give_up(rows: QuerySet[Received], *, now: datetime) -> int:
    """Of these messages those that failed or were refused go off the list, for a person who dealt with them."""
    keys = list(rows.filter(state__in=[Received.State.FAILED, Received.State.REFUSED]).values_list("pk", flat=True))
    forget_files(keys)
    return Received.objects.filter(pk__in=keys).update(state=Received.State.GIVEN_UP, done_at=now)


@transaction.atomic
def _lease(channels: Sequence[str], *, now: datetime) -> list[tuple[Received, bool]]:
    """The first that waits of each sender, and whether more of the same sender wait behind it."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [now, list(channels), BATCH])
        has_more = dict(cursor.fetchall())
    ready = _tried(list(Received.objects.filter(pk__in=has_more).order_by("id")), now=now)
    return [(row, has_more[row.pk]) for row in ready]


@dataclass(frozen=True)
class _Reader:
    """How the messages of one channel are read."""

    listener: Listener
    fetcher: Fetcher | None
    now: datetime

    def read(self, row: Received, *, has_files: bool = True) -> bool:
        """False for one whose files are not to be had now: it is read later."""
        if self.fetcher is not None and not _fetch(row, self.fetcher, now=self.now):
            return False
        _hear(row, self.listener, has_files=has_files or self.fetcher is not None, now=self.now)
        return True

    def read_following(self, row: Received) -> int:
        """Reads on in what the same sender wrote, one after the other; returns how many. A flood of one sender leaves
        room for others after a while.
        """
        for done in range(FOLLOWING):
            following = _lease_following(row, now=self.now)
            if following is None or not self.read(following):
                return done
        return FOLLOWING


@transaction.atomic
def _lease_following(row: Received, *, now: datetime) -> Received | None:
    waiting = Received.objects.filter(channel=row.channel, sender=row.sender, state=Received.State.WAITING)
    # One that another worker has locked is waited for: to skip it would be to read a later one first.
    first = waiting.order_by("id").select_for_update().first()
    if first is None or first.next_try_at is None or first.next_try_at > now:
        return None
    return next(iter(_tried([first], now=now)), None)


def _give_back(unread: Collection[int], *, now: datetime) -> None:
    if unread:
        waiting = Received.objects.filter(pk__in=unread, state=Received.State.WAITING)
        waiting.update(attempts=F("attempts") - 1, next_try_at=now)


def _tried(rows: Sequence[Received], *, now: datetime) -> list[Received]:
    """Notes an attempt for each, before it is made; without those that had all of theirs, which wait for a person."""
    spent = [row for row in rows if row.attempts >= TRIES]
    for row in spent:
        log.warning("message %s of %s waits for a person", row.pk, row.channel)
        row.state, row.next_try_at, row.why, row.done_at = Received.State.FAILED, None, "tries", now
    ready = [row for row in rows if row.attempts < TRIES]
    for row in ready:
        row.attempts += 1
        row.next_try_at = now + WAITS[min(row.attempts, len(WAITS)) - 1]
    Received.objects.bulk_update(rows, ["state", "next_try_at", "why", "done_at", "attempts"])
    return ready


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
        _locked(held, number, file).save(force_insert=True)


@transaction.atomic
def _hear(row: Received, listener: Listener, *, has_files: bool, now: datetime) -> None:
    """Acting, answering and ticking off are one transaction: killed in between, all of it is done again, once."""
    held = Received.objects.select_for_update().filter(pk=row.pk, state=Received.State.WAITING).first()
    if held is None:
        return
    message = opened(held, has_files=has_files)
    try:
        with transaction.atomic():
            answers = listener.hear(message, now=now)
    except Aside as away:
        held.state = Received.State.REFUSED if away.waits else Received.State.DONE
        held.why, held.next_try_at, held.done_at = away.why[:30], None, now
        held.save(update_fields=["state", "why", "next_try_at", "done_at"])
        return  # its files stay with it: a person may want them
    for number, answer in enumerate(answers):
        outbox.queue(
            channel=message.channel, to=message.sender, text=answer, once=f"received:{row.pk}:{number}", now=now
        )
    held.state, held.next_try_at, held.done_at = Received.State.DONE, None, now
    held.save(update_fields=["state", "next_try_at", "done_at"])
    if has_files:
        forget_files([held.pk])


def _with_files(received: Collection[int]) -> set[int]:
    """Which of these messages brought files: few do, and the others need not be asked one by one."""
    if not received:
        return set()
    return set(ReceivedFile.objects.filter(received__in=received).values_list("received_id", flat=True))


def _sealed(message: Incoming) -> bytes:
    content = {
        "sender": message.sender,
        "text": message.text,
        "sent_to": message.sent_to,
        "about": dict(message.about),
    }
    return seal(content, aad=_place(message.channel, message.external_id))


def _locked(row: Received, number: int, file: Media) -> ReceivedFile:
    kept = ReceivedFile(received=row, number=number)
    kept.name = seal({"name": file.name}, aad=f"received file:{kept.key}")
    kept.locked = vault.lock(kept.key, file.data)
    return kept


def _unlocked(file: ReceivedFile) -> Media:
    name = open_sealed(bytes(file.name), aad=f"received file:{file.key}")["name"]
    return Media(name, vault.unlock(file.key, bytes(file.locked)))


def _place(channel: str, external_id: str) -> str:
    return f"received:{channel}:{external_id}"
