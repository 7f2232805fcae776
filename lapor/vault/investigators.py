"""The key of each person who opens sealed reports: made and changed with a passphrase, unlocked for a short time.

Who may have one is decided above (the roles of investigator and custodian); who did what is recorded there too.
Nothing here returns or stores a passphrase, and no error says more than that it did not fit.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from . import marks, passphrases, recovery, tokens
from .keys import WrongKey
from .models import Envelope, KeyTries, SealingKey, Unlocked
from .passphrases import Cost
from .sealing import Private, derive, lock_under, new_pair, unlock_under

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=2)
_SEEN_EVERY = timedelta(seconds=30)
FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
_SPARE_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none is mistaken for another
_SPARE_LENGTH = 28  # 140 bits


class WrongPassphrase(Exception):
    """It does not fit."""


class NoKey(Exception):
    """This person has made no key."""


class KeyExists(Exception):
    """This person has a key; it must be retired before another is made."""


class TooManyTries(Exception):
    """Too many wrong ones; not before `until`, right or wrong."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


@transaction.atomic
def set_up(*, owner_id: int, passphrase: str, now: datetime) -> str:
    """Makes the person's key and returns the backup code, which is shown once and stored nowhere.

    Refuses where there is a key (`KeyExists`). How strong a passphrase must be is the door's rule.
    """
    if SealingKey.objects.filter(owner_id=owner_id, retired_at=None).exists():
        raise KeyExists
    pair, code = new_pair(), _new_spare()
    row = SealingKey(owner_id=owner_id, public=pair.public, made_at=now)
    row.mark = marks.mark_of(marks.of_person(owner_id), pair.public)
    row.spare = lock_under(_spare_key(code), pair.private.content, place=_place(owner_id))
    _put_under(row, pair.private, passphrase)
    row.save()
    return code


def change_passphrase(*, owner_id: int, old: str, new: str, now: datetime) -> None:
    """Puts the private half under another passphrase and locks every browser; envelopes stay as they are.

    `WrongPassphrase`, `NoKey`, `TooManyTries` as `unlock`.
    """
    _renew(owner_id, private=_opened(owner_id, old, now=now, by_spare=False)[1], passphrase=new)


def change_by_spare(*, owner_id: int, code: str, new: str, now: datetime) -> None:
    """A new passphrase for whoever has the backup code; the code stays good. Wrong ones count like passphrases."""
    _renew(owner_id, private=_opened(owner_id, code, now=now, by_spare=True)[1], passphrase=new)


@transaction.atomic
def retire(*, owner_id: int, now: datetime) -> int:
    """Ends the person's key for good: its envelopes, and each part of the recovery key it opens, are deleted at once.

    How many envelopes there were is returned. Another key may be made.
    """
    recovery.drop(owner_id)
    keys = SealingKey.objects.select_for_update().filter(owner_id=owner_id, retired_at=None)
    gone = Envelope.objects.filter(key__in=list(keys)).delete()[0]
    Unlocked.objects.filter(owner_id=owner_id).delete()
    SealingKey.objects.filter(owner_id=owner_id, retired_at=None).update(retired_at=now)
    return gone


def drop(*, owner_id: int, keeps: Collection[int]) -> int:
    """Deletes the person's envelopes of every body but those in `keeps`; how many there were."""
    theirs = Envelope.objects.filter(key__owner_id=owner_id)
    return theirs.exclude(body_id__in=keeps).delete()[0]


def current(owner_id: int) -> SealingKey | None:
    """The person's key, or None."""
    return SealingKey.objects.filter(owner_id=owner_id, retired_at=None).first()


def holders_with_keys(owner_ids: Collection[int]) -> dict[int, SealingKey]:
    """Of these people, those who have a key. `WrongKey` when one was exchanged in the database."""
    rows = SealingKey.objects.filter(owner_id__in=owner_ids, retired_at=None)
    return {row.owner_id: marks.checked(row) for row in rows}


def unlock(*, owner_id: int, passphrase: str, now: datetime) -> str:
    """Unlocks the person's key for a short time; the token for their browser. Wrong ones are counted for good.

    `WrongPassphrase`, `NoKey`, `TooManyTries`. Call it outside a transaction: the count must stay when this raises.
    """
    row, private = _opened(owner_id, passphrase, now=now, by_spare=False)
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        if (row.passes, row.memory) != (passphrases.NEW.passes, passphrases.NEW.memory):
            _put_under(row, private, passphrase)
            row.save(update_fields=["wrapped", "salt", "passes", "memory"])
        Unlocked.objects.filter(_is_over(now), owner_id=owner_id).delete()
        Unlocked.objects.create(
            digest=tokens.token_digest(token),
            owner_id=owner_id,
            key=row,
            box=tokens.seal_by(token, private.content),
            since=now,
            used_at=now,
        )
    return token


def keys_of(*, owner_id: int, token: str, now: datetime) -> Private | None:
    """The private half, and a quarter of an hour more; None when locked, expired, or of another person."""
    row = _session(owner_id, token, now)
    if row is None:
        return None
    private = Private(tokens.open_by(token, bytes(row.box)))
    if now - row.used_at > _SEEN_EVERY:
        Unlocked.objects.filter(pk=row.pk).update(used_at=now)
    return private


def open_until(*, owner_id: int, token: str, now: datetime) -> datetime | None:
    """When this browser will be locked if nothing more is opened; None when it is. Asking does not prolong it."""
    row = _session(owner_id, token, now)
    return min(row.used_at + IDLE, row.since + LONGEST) if row else None


def lock(*, owner_id: int, token: str) -> None:
    """Locks this browser; nothing when it is locked."""
    Unlocked.objects.filter(owner_id=owner_id, digest=tokens.token_digest(token)).delete()


def lock_everywhere(*, owner_id: int) -> None:
    """Locks every browser of the person."""
    Unlocked.objects.filter(owner_id=owner_id).delete()


def tidy(*, now: datetime) -> int:
    """Removes what has expired; how many there were."""
    return Unlocked.objects.filter(_is_over(now)).delete()[0]


def _is_over(now: datetime) -> Q:
    return Q(used_at__lte=now - IDLE) | Q(since__lte=now - LONGEST)


def _session(owner_id: int, token: str, now: datetime) -> Unlocked | None:
    if not token:
        return None
    theirs = Unlocked.objects.filter(owner_id=owner_id, digest=tokens.token_digest(token), key__retired_at=None)
    return theirs.exclude(_is_over(now)).first()


def _opened(owner_id: int, given: str, *, now: datetime, by_spare: bool) -> tuple[SealingKey, Private]:
    """The private half. A try is counted before it is looked at, so that many at once are not more than one by one."""
    row = current(owner_id)
    if row is None:
        raise NoKey
    _count(owner_id, now=now)
    try:
        secret = _spare_key(given) if by_spare else _stretched(row, given)
        content = unlock_under(secret, bytes(row.spare if by_spare else row.wrapped), place=_place(owner_id))
    except WrongKey:
        raise WrongPassphrase from None
    KeyTries.objects.filter(owner_id=owner_id).delete()
    return row, Private(content)


@transaction.atomic
def _count(owner_id: int, *, now: datetime) -> None:
    KeyTries.objects.get_or_create(owner_id=owner_id)
    tries = KeyTries.objects.select_for_update().get(owner_id=owner_id)
    if tries.next_at is not None and now < tries.next_at:
        raise TooManyTries(tries.next_at)
    tries.wrong += 1
    if tries.wrong >= FREE_TRIES:
        tries.next_at = now + min(FIRST_WAIT * 2 ** min(tries.wrong - FREE_TRIES, 12), LONGEST_WAIT)
    tries.save()


@transaction.atomic
def _renew(owner_id: int, *, private: Private, passphrase: str) -> None:
    row = SealingKey.objects.select_for_update().get(owner_id=owner_id, retired_at=None)
    _put_under(row, private, passphrase)
    row.save(update_fields=["wrapped", "salt", "passes", "memory"])
    lock_everywhere(owner_id=owner_id)


def _put_under(row: SealingKey, private: Private, passphrase: str) -> None:
    row.salt = passphrases.new_salt()
    row.passes, row.memory = passphrases.NEW.passes, passphrases.NEW.memory
    row.wrapped = lock_under(_stretched(row, passphrase), private.content, place=_place(row.owner_id))


def _stretched(row: SealingKey, passphrase: str) -> bytes:
    cost = Cost(passes=row.passes, memory=row.memory)
    return passphrases.stretched(passphrase, salt=bytes(row.salt), cost=cost)


def _place(owner_id: int) -> str:
    return f"sealing-key:{owner_id}"


def _new_spare() -> str:
    return "".join(secrets.choice(_SPARE_SIGNS) for _ in range(_SPARE_LENGTH))


def _spare_key(code: str) -> bytes:
    typed = "".join(sign for sign in code.upper() if sign.isalnum())
    for meant, read in (("0", "O"), ("1", "I"), ("1", "L")):
        typed = typed.replace(read, meant)
    return derive(typed.encode()[:64] or b"-", "spare")
