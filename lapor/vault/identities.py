"""Keeping, reading and erasing identities. Whoever reads one records it in `audit`; nothing here ends up in a log.

Each has a data key of its own, and what is sealed under it is bound to its place. Destroying the data key erases.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from .envelope import open_under, seal_under
from .keys import KEY_BYTES
from .models import Identity, Original
from .pins import blind_index
from .wrapping import unwrap, wrap


@dataclass(frozen=True)
class Person:
    """An identity in clear. Its repr shows nothing. `account` is theirs with a messaging service: "telegram:12345"."""

    name: str = field(repr=False)
    phone: str = field(repr=False)
    email: str = field(repr=False)
    account: str = field(default="", repr=False)


def keep(*, name: str, phone: str, email: str, account: str = "") -> Identity | None:
    """Seals and stores what is known of a reporter; None when nothing is."""
    identity = sealed(name=name, phone=phone, email=email, account=account)
    if identity is not None:
        identity.save(force_insert=True)
    return identity


def sealed(*, name: str, phone: str, email: str, account: str = "", key: uuid.UUID | None = None) -> Identity | None:
    """What is known of a reporter, sealed but not stored yet; None when nothing is."""
    key, data_key = key or uuid.uuid4(), os.urandom(KEY_BYTES)
    columns = _columns(key, data_key, Person(name, phone, email, account))
    if not columns:
        return None
    version, wrapped = wrap(data_key, bound=_aad(key))
    return Identity(id=key, data_key=wrapped, key_version=version, **columns)


def keep_names(names: Sequence[str]) -> list[uuid.UUID | None]:
    """Seals many names in one statement; None in the place of an empty one."""
    people = [sealed(name=name, phone="", email="") for name in names]
    Identity.objects.bulk_create(person for person in people if person is not None)
    return [person.pk if person is not None else None for person in people]


@transaction.atomic
def replace(identity_id: uuid.UUID, *, name: str, phone: str, email: str) -> bool:
    """Puts another name or contact in the place of the old, under the same key; False once erased or for nothing.

    An account with a messaging service stays: it is how they write, not what they told.
    """
    row = Identity.objects.select_for_update().filter(pk=identity_id, erased_at=None).first()
    if row is None:
        return False
    data_key = data_key_of(row)
    columns = _columns(row.pk, data_key, Person(name, phone, email, _person(row).account))
    if not columns:
        return False
    for column, value in columns.items():
        setattr(row, column, value)
    row.save()
    return True


def _columns(key: uuid.UUID, data_key: bytes, person: Person) -> dict[str, bytes | None]:
    name, phone, email = person.name.strip(), person.phone.strip(), person.email.strip().lower()
    account = person.account
    if not (name or phone or email or account):
        return {}
    content = {"name": name, "phone": phone, "email": email} | ({"account": account} if account else {})
    return {
        "sealed": seal_under(data_key, content, aad=_aad(key)),
        "phone_index": blind_index(phone, purpose="phone") if phone else None,
        "email_index": blind_index(email, purpose="email") if email else None,
        "account_index": blind_index(account, purpose="account") if account else None,
    }


def reveal(identity_id: uuid.UUID) -> Person | None:
    """The person in clear; None once erased."""
    return reveal_many([identity_id]).get(identity_id)


def reveal_many(identity_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Person]:
    """Several people in clear, in one question to the database; without those who were erased."""
    return {row.pk: _person(row) for row in Identity.objects.filter(pk__in=identity_ids, erased_at=None)}


def name_of(identity_id: uuid.UUID) -> str:
    """The name alone; empty when there is none or it was erased."""
    person = reveal(identity_id)
    return person.name if person else ""


@transaction.atomic
def erase(identity_id: uuid.UUID, *, now: datetime) -> None:
    """Destroys the data key, and with it everything that was sealed under it; the row stays as a tombstone."""
    Identity.objects.filter(pk=identity_id).update(
        data_key=None, sealed=None, phone_index=None, email_index=None, account_index=None, erased_at=now
    )
    Original.objects.filter(identity=identity_id).delete()


def data_key_of(row: Identity) -> bytes:
    """The data key of a row that was not erased."""
    return unwrap(row.key_version, bytes(row.data_key or b""), bound=_aad(row.pk))


def _person(row: Identity) -> Person:
    found = open_under(data_key_of(row), bytes(row.sealed or b""), aad=_aad(row.pk))
    return Person(found["name"], found["phone"], found["email"], found.get("account", ""))


def _aad(key: uuid.UUID) -> str:
    return f"identity:{key}"
