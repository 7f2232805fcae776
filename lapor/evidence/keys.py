"""Which key signs, and the public halves of all that ever did. The private halves are the vault's."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from lapor.vault import signing
from lapor.vault.keys import MissingKey

from .models import Head, PublicKey

_LOCK = 0x6C61706F72  # any number that no other lock uses


def current(*, now: datetime) -> signing.Signer:
    """The key that signs now; made when nothing was ever signed. Raises `MissingKey` or `WrongKey` of the vault."""
    known = PublicKey.objects.order_by("-pk").first()
    if known is not None:
        return signing.load(known.key_id)
    if Head.objects.exists():
        raise MissingKey("the table of public keys is empty although heads were signed")
    return _first(now=now)


@transaction.atomic
def rotate(*, now: datetime) -> str:
    """A new key signs from now on, vouched for by the one before it, whose private half is destroyed. Returns its name.

    Nothing can be signed in the old name any more; what was signed in it stays provable.
    """
    old = current(now=now)
    new = signing.make()
    PublicKey.objects.create(
        key_id=new.key_id,
        public=new.public,
        vouched_by=old.key_id,
        vouched=old.sign(vouched_text(new.public)),
        made_at=now,
    )
    transaction.on_commit(lambda: signing.destroy(old.key_id))
    return new.key_id


def public_of(key_id: str) -> bytes | None:
    """The public half of this key; None when there is none of this name."""
    found = PublicKey.objects.filter(key_id=key_id).values_list("public", flat=True).first()
    return None if found is None else bytes(found)


def all_public() -> list[PublicKey]:
    """Every key that ever signed, oldest first; the last one signs now."""
    return list(PublicKey.objects.order_by("pk"))


def vouched_text(public: bytes) -> bytes:
    """What an old key signs to vouch for the next."""
    return b"lapor-key-1 " + public


def _first(*, now: datetime) -> signing.Signer:
    """The very first key. Of two processes at once, the second waits and takes that of the first."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        known = PublicKey.objects.order_by("-pk").first()
        if known is not None:
            return signing.load(known.key_id)
        made = signing.make()
        PublicKey.objects.create(key_id=made.key_id, public=made.public, made_at=now)
        return made
