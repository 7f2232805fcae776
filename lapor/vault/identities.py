"""Keeping, reading and erasing identities. Whoever reads one records it in `audit`; nothing here ends up in a log."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from .envelope import open_sealed, seal
from .models import Identity
from .pins import blind_index


@dataclass(frozen=True)
class Person:
    """An identity in clear. Its repr shows nothing."""

    name: str = field(repr=False)
    phone: str = field(repr=False)
    email: str = field(repr=False)


def keep(*, name: str, phone: str, email: str) -> Identity | None:
    """Seals and stores what is known of a reporter; None when nothing is."""
    identity = sealed(name=name, phone=phone, email=email)
    if identity is not None:
        identity.save(force_insert=True)
    return identity


def sealed(*, name: str, phone: str, email: str) -> Identity | None:
    """What is known of a reporter, sealed but not stored yet; None when nothing is."""
    key = uuid.uuid4()
    columns = _columns(key, name=name, phone=phone, email=email)
    return Identity(id=key, **columns) if columns else None


def keep_names(names: Sequence[str]) -> list[uuid.UUID | None]:
    """Seals many names in one statement; None in the place of an empty one."""
    keys = [uuid.uuid4() if name.strip() else None for name in names]
    Identity.objects.bulk_create(
        Identity(id=key, **_columns(key, name=name, phone="", email=""))
        for key, name in zip(keys, names, strict=True)
        if key is not None
    )
    return keys


def replace(identity_id: uuid.UUID, *, name: str, phone: str, email: str) -> bool:
    """Puts another name or contact in the place of the old, under a new data key; False once erased or for nothing."""
    columns = _columns(identity_id, name=name, phone=phone, email=email)
    return bool(columns) and Identity.objects.filter(pk=identity_id, erased_at=None).update(**columns) == 1


def _columns(key: uuid.UUID, *, name: str, phone: str, email: str) -> dict[str, bytes | None]:
    name, phone, email = name.strip(), phone.strip(), email.strip().lower()
    if not (name or phone or email):
        return {}
    return {
        "sealed": seal({"name": name, "phone": phone, "email": email}, aad=f"identity:{key}"),
        "phone_index": blind_index(phone, purpose="phone") if phone else None,
        "email_index": blind_index(email, purpose="email") if email else None,
    }


def reveal(identity_id: uuid.UUID) -> Person | None:
    """The person in clear; None once erased."""
    row = Identity.objects.filter(pk=identity_id).first()
    if row is None or row.sealed is None:
        return None
    found = open_sealed(bytes(row.sealed), aad=f"identity:{row.pk}")
    return Person(name=found["name"], phone=found["phone"], email=found["email"])


def reveal_many(identity_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Person]:
    """Several people in clear, in one question to the database; without those who were erased."""
    rows = Identity.objects.filter(pk__in=identity_ids, sealed__isnull=False)
    found = {row.pk: open_sealed(bytes(row.sealed or b""), aad=f"identity:{row.pk}") for row in rows}
    return {key: Person(name=one["name"], phone=one["phone"], email=one["email"]) for key, one in found.items()}


def name_of(identity_id: uuid.UUID) -> str:
    """The name alone; empty when there is none or it was erased."""
    person = reveal(identity_id)
    return person.name if person else ""


def erase(identity_id: uuid.UUID, *, now: datetime) -> None:
    """Destroys the identity with its data key; the row stays as a tombstone."""
    Identity.objects.filter(pk=identity_id).update(sealed=None, phone_index=None, email_index=None, erased_at=now)
