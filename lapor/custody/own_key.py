"""The key of one investigator or custodian, as they handle it themselves: made, unlocked, put under another passphrase,
given up. Every act leaves an entry in the audit trail; none holds a passphrase, a code or a key.
"""

from __future__ import annotations

from datetime import date, datetime

from lapor.accounts.models import User
from lapor.agencies.models import Role
from lapor.agencies.people import held_on
from lapor.audit.record import record
from lapor.vault import investigators
from lapor.vault.passphrases import weakness

ROLES = (Role.INVESTIGATOR, Role.CUSTODIAN)


class NotEntitled(Exception):
    """Only whoever opens sealed reports, or guards them with another, has a key."""


class PassphraseRefused(Exception):
    """It cannot be taken; `reason` is a stable key: too_short, too_simple, is_password."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def roles_of(user: User, *, on: date) -> frozenset[str]:
    """Which of the roles that need a key the person holds that day."""
    held = held_on(on).filter(user=user, role__in=ROLES, agency__is_active=True)
    return frozenset(held.values_list("role", flat=True))


def make(user: User, *, passphrase: str, on: date, now: datetime) -> str:
    """Makes the person's key; returns the backup code, to be shown once.

    `NotEntitled`, `PassphraseRefused`, `investigators.KeyExists`.
    """
    _require(user, on)
    _check(user, passphrase)
    code = investigators.set_up(owner_id=user.pk, passphrase=passphrase, now=now)
    _note(user, "made", now)
    return code


def unlock(user: User, *, passphrase: str, on: date, now: datetime) -> str:
    """The token for this browser. `NotEntitled`, and what `investigators.unlock` raises; not in a transaction."""
    _require(user, on)
    token = investigators.unlock(owner_id=user.pk, passphrase=passphrase, now=now)
    _note(user, "unlocked", now)
    return token


def change(user: User, *, old: str, new: str, on: date, now: datetime) -> None:
    """Another passphrase for the same key; every browser is locked. Nothing that is sealed changes."""
    _require(user, on)
    _check(user, new)
    investigators.change_passphrase(owner_id=user.pk, old=old, new=new, now=now)
    _note(user, "changed", now)


def change_by_code(user: User, *, code: str, new: str, on: date, now: datetime) -> None:
    """A new passphrase by the backup code on paper."""
    _require(user, on)
    _check(user, new)
    investigators.change_by_spare(owner_id=user.pk, code=code, new=new, now=now)
    _note(user, "spare_used", now)


def give_up(user: User, *, on: date, now: datetime) -> int:
    """Ends a key that nothing opens any more, so that another can be made; how many envelopes went with it.

    The reports stay readable for colleagues, who hand them on, or by the way of recovery.
    """
    _require(user, on)
    gone = investigators.retire(owner_id=user.pk, now=now)
    _note(user, "given_up", now, envelopes=gone)
    return gone


def _require(user: User, on: date) -> None:
    if not roles_of(user, on=on):
        raise NotEntitled


def _check(user: User, passphrase: str) -> None:
    if reason := weakness(passphrase):
        raise PassphraseRefused(reason)
    if user.check_password(passphrase):
        raise PassphraseRefused("is_password")


def _note(user: User, what: str, now: datetime, **data: int) -> None:
    record(user_id=user.pk, act=f"sealing.{what}", subject=f"user:{user.pk}", now=now, data=dict(data))
