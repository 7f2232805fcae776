"""Messages on their way in: kept sealed, each once, before anybody looks at them. `reader` reads them."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import nullcontext
from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from lapor.vault import files as vault
from lapor.vault.envelope import open_sealed, seal

from .base import Incoming, Media, digest_of
from .models import Received, ReceivedFile

# One statement, since a gateway waits for it and a flood of messages is many of them.
_KEEP = """
    INSERT INTO channels_received (channel, external_id, sender, box, came_at, next_try_at, state, why, attempts)
    VALUES (%s, %s, %s, %s, %s, %s, 'waiting', '', 0) ON CONFLICT (channel, external_id) DO NOTHING RETURNING id
"""


def take(message: Incoming) -> bool:
    """Keeps a message with its files; what this returns after is on disk. False for one that came before."""
    sender, box, at = digest_of(message.sender), _sealed(message), message.came_at
    together = transaction.atomic() if message.files else nullcontext()  # one statement is a transaction by itself
    with together, connection.cursor() as cursor:
        cursor.execute(_KEEP, [message.channel, message.external_id, sender, box, at, at])
        new = cursor.fetchone()
        if new is not None and message.files:
            ReceivedFile.objects.bulk_create(locked(new[0], number, one) for number, one in enumerate(message.files))
    return new is not None


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


def _sealed(message: Incoming) -> bytes:
    content = {
        "sender": message.sender,
        "text": message.text,
        "sent_to": message.sent_to,
        "about": dict(message.about),
    }
    return seal(content, aad=_place(message.channel, message.external_id))


def locked(received: int, number: int, file: Media) -> ReceivedFile:
    """A file as it is kept with the message of this key."""
    kept = ReceivedFile(received_id=received, number=number)
    kept.name = seal({"name": file.name}, aad=f"received file:{kept.key}")
    kept.locked = vault.lock(kept.key, file.data)
    return kept


def _unlocked(file: ReceivedFile) -> Media:
    name = open_sealed(bytes(file.name), aad=f"received file:{file.key}")["name"]
    return Media(name, vault.unlock(file.key, bytes(file.locked)))


def _place(channel: str, external_id: str) -> str:
    return f"received:{channel}:{external_id}"
