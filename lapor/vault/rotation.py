"""Gives every data key a new wrapping, while the service goes on: in batches, each whole or not at all.

A batch and the place that it reached are one transaction, so a rotation that was killed goes on where it was. Rows that
are written meanwhile by a process which does not know the new version yet are found at the end by an index.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count, Max
from django.utils import timezone

from . import custody, keys
from .identities import data_key_of
from .models import Identity, KeyVersion, Rotation, ServiceKey
from .trouble import RotationRunning, StillNeeded
from .wrapping import LOOKED_AT_FOR, encrypt, fingerprint, open_service_key, version_key

BATCH = 500
# By then every process has looked again which versions there are, and what it was writing is written.
SETTLED = timedelta(seconds=LOOKED_AT_FOR + 5)
_LOCK = 0x1A9037  # any number, as long as it is always this one


@dataclass(frozen=True)
class Standing:
    """What one version is to the service now."""

    version: KeyVersion
    rows: int  # data keys that it wraps
    services: int
    is_current: bool

    @property
    def is_needed(self) -> bool:
        return self.is_current or bool(self.rows or self.services)


def prepare() -> str:
    """Makes the next key without using it, so that it can be copied to every host and into a backup; where it lies."""
    keys.ensure()
    number = _next()
    holder = custody.chosen()
    holder.make(number)
    return holder.place(number)


def rotate(
    *,
    batch: int = BATCH,
    settled: timedelta = SETTLED,
    wait: Callable[[float], None] = time.sleep,
) -> Generator[Rotation, None, None]:
    """Begins a rotation, or goes on with one that was not finished; yields after each batch. The last one is finished.

    Raises `RotationRunning` when another process does it already.
    """
    keys.ensure()
    with _alone():
        rotation = Rotation.objects.filter(finished_at=None).first() or _begin()
        keys.forget()
        _wrap_services(rotation.to_version)
        yield rotation
        while _step(rotation, batch):
            yield rotation
        wait(max(0.0, (rotation.started_at + settled - timezone.now()).total_seconds()))
        while _late_ones(rotation, batch):
            yield rotation
        rotation.finished_at = timezone.now()
        rotation.save(update_fields=["finished_at"])
        yield rotation


def standings() -> list[Standing]:
    """Every version, oldest first."""
    rows = dict(
        Identity.objects.filter(erased_at=None).values_list("key_version").annotate(Count("pk")).order_by("key_version")
    )
    services = dict(ServiceKey.objects.values_list("key_version").annotate(Count("pk")).order_by("key_version"))
    versions = list(KeyVersion.objects.order_by("number"))
    return [
        Standing(one, rows.get(one.number, 0), services.get(one.number, 0), is_current=one is versions[-1])
        for one in versions
    ]


def unfinished() -> Rotation | None:
    """The rotation that has begun and not ended."""
    return Rotation.objects.filter(finished_at=None).first()


def retire(number: int, *, now: datetime) -> KeyVersion:
    """Notes that nothing needs this version any more; refuses with `StillNeeded`. The key itself is the operator's
    to destroy: backups of the database from before still need it.
    """
    with _alone():
        version = KeyVersion.objects.filter(pk=number).first()
        if version is None:
            raise StillNeeded(f"there is no version {number} of the key")
        newest = KeyVersion.objects.aggregate(Max("number"))["number__max"]
        if number == newest:
            raise StillNeeded(f"version {number} is the current one")
        if unfinished() is not None:
            raise StillNeeded("a rotation has begun and is not finished")
        left = Identity.objects.filter(erased_at=None, key_version=number)[:1].count()
        if left or ServiceKey.objects.filter(key_version=number).exists():
            raise StillNeeded(f"something is still wrapped by version {number}")
        version.retired_at = version.retired_at or now
        version.save(update_fields=["retired_at"])
        return version


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time; the lock goes with the connection, however the process ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise RotationRunning("another process changes the key at this moment")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _next() -> int:
    return int(KeyVersion.objects.aggregate(Max("number"))["number__max"]) + 1


def _begin() -> Rotation:
    """The key first, outside the database and durable; then, in one transaction, the version that wraps from now on."""
    number, holder = _next(), custody.chosen()
    token = holder.make(number)
    raw = holder.fetch(number, token)
    now = timezone.now()
    with transaction.atomic():
        KeyVersion.objects.create(
            number=number, custody=holder.name, token=token, fingerprint=fingerprint(raw), made_at=now
        )
        total = Identity.objects.filter(erased_at=None).count()
        return Rotation.objects.create(to_version=number, started_at=now, total=total)


@transaction.atomic
def _wrap_services(number: int) -> None:
    for row in ServiceKey.objects.select_for_update().exclude(key_version=number).order_by("name"):
        row.wrapped = encrypt(version_key(number), open_service_key(row), bound=f"service:{row.name}")
        row.key_version = number
        row.save()


@transaction.atomic
def _step(rotation: Rotation, batch: int) -> bool:
    """The next batch in order of the key; false when there is none."""
    rows = Identity.objects.select_for_update().filter(erased_at=None).exclude(key_version=rotation.to_version)
    if rotation.after is not None:
        rows = rows.filter(pk__gt=rotation.after)
    found = list(rows.order_by("pk")[:batch])
    if not found:
        return False
    _wrap_rows(found, rotation.to_version)
    rotation.after, rotation.done = found[-1].pk, rotation.done + len(found)
    rotation.save(update_fields=["after", "done"])
    return True


@transaction.atomic
def _late_ones(rotation: Rotation, batch: int) -> bool:
    """Rows that an older version wrapped behind our back; found by the index of versions."""
    rows = Identity.objects.select_for_update().filter(erased_at=None, key_version__lt=rotation.to_version)
    found = list(rows[:batch])
    if not found:
        return False
    _wrap_rows(found, rotation.to_version)
    rotation.done += len(found)
    rotation.save(update_fields=["done"])
    return True


def _wrap_rows(rows: list[Identity], number: int) -> None:
    key, table = version_key(number), connection.ops.quote_name(Identity._meta.db_table)
    wrapped = [encrypt(key, data_key_of(row), bound=f"identity:{row.pk}") for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""UPDATE {table} AS kept SET data_key = new.data_key, key_version = %s
            FROM unnest(%s::uuid[], %s::bytea[]) AS new (id, data_key) WHERE kept.id = new.id""",  # noqa: S608 -- our own table
            [number, [row.pk for row in rows], wrapped],
        )
