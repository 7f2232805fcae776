"""Invented people whose password and one-time code are open to all, on a demonstration and nowhere else."""

from __future__ import annotations

import time
from functools import cache

from allauth.account.models import EmailAddress
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt, encrypt
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from . import one_time
from .models import DemonstrationAccount, User

PASSPHRASE = "peragaan tersegel 2026"  # noqa: S105 -- of every key on a demonstration, open to all like the password


class NotADemonstration(Exception):
    """Asked to treat a real person, or a real installation, as a demonstration."""


def is_shut_out(user: AbstractBaseUser | AnonymousUser | None) -> bool:
    """A demonstration person outside a demonstration: the password is public, so nobody may sign in with it."""
    return isinstance(user, User) and user.is_demonstration and not settings.LAPOR_DEMO


@transaction.atomic
def ensure_account(
    email: str, name: str, *, is_officer: bool, password: str, totp_secret: str | None = None, role: str = ""
) -> User:
    """Makes or mends a demonstration account, so that name, password and second factor are as given.

    `totp_secret` is base32. `NotADemonstration` when the address already belongs to a real person.
    """
    user = User.objects.filter(email=email.lower()).first() or User(email=email.lower(), is_demonstration=True)
    if user.pk and not user.is_demonstration:
        raise NotADemonstration("the address belongs to a real account")
    kept = DemonstrationAccount.objects.filter(user=user).first() if user.pk else None
    if kept is None or kept.password != password or kept.kept_hash != user.password:
        user.password = _hash(password)
    user.name, user.is_officer, user.is_active = name, is_officer, True
    user.save()
    DemonstrationAccount.objects.update_or_create(
        user=user, defaults={"role": role, "password": password, "kept_hash": user.password}
    )
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    if totp_secret:
        _ensure_totp(user=user, secret=totp_secret)
    return user


def listed() -> list[DemonstrationAccount]:
    """The accounts to show beside the sign-in form; none outside a demonstration."""
    if not settings.LAPOR_DEMO:
        return []
    return list(
        DemonstrationAccount.objects.filter(user__is_demonstration=True, user__is_active=True)
        .select_related("user")
        .order_by("pk")
    )


def current_code(user: User) -> str:
    """The one-time code that this demonstration person could type now, one that was not used yet.

    `NotADemonstration` for any other person, outside a demonstration, or without an authenticator app.
    """
    if not (settings.LAPOR_DEMO and user.is_demonstration):
        raise NotADemonstration("one-time codes of real people are theirs alone")
    stored = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if stored is None:
        raise NotADemonstration("this account has no authenticator app")
    secret, counter = decrypt(stored.data["secret"]), int(time.time()) // app_settings.TOTP_PERIOD
    codes: list[str] = [format_hotp_value(hotp_value(secret, counter + step)) for step in (0, 1, -1)]
    return next((code for code in codes if not one_time.was_used(user_id=user.pk, code=code)), codes[0])


def passphrase_of(user: AbstractBaseUser | AnonymousUser) -> str:
    """What opens the key of a demonstration person; empty for anybody else, and outside a demonstration."""
    return PASSPHRASE if settings.LAPOR_DEMO and isinstance(user, User) and user.is_demonstration else ""


@cache
def _hash(password: str) -> str:
    """One hash for all who share it: the password is open anyway, and each hash takes a third of a second."""
    return make_password(password)


def _ensure_totp(*, user: User, secret: str) -> None:
    stored = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if stored is None:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt(secret)})
    elif decrypt(stored.data["secret"]) != secret:
        stored.data = {"secret": encrypt(secret)}
        stored.save(update_fields=["data"])
