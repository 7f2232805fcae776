"""Bringing an officer in: an account without a password, a link to choose one, limited time for a second factor."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from .models import Device, FactorReset, User
from .running import sign_out_everywhere

RESET_HOLDS = timedelta(hours=24)


class OwnFactor(Exception):
    """Somebody else takes a lost factor away."""


class AddressTaken(Exception):
    """Somebody already signs in with this address."""


@transaction.atomic
def invite_officer(*, email: str, name: str) -> User:
    """Makes an officer's account that opens only through `password_link`. Refuses an address in use (`AddressTaken`).

    The admin who invites vouches for the address, and only who reads its mail gets the link: it counts as confirmed.
    An account that somebody made with this address and never got into, for want of confirming it, is nobody's: its
    name, password and factors go, so that whoever registers an officer's address in advance gains nothing.
    """
    address = email.strip().lower()
    user = User.objects.select_for_update().filter(email=address).first()
    is_somebodys = user is not None and (user.is_officer or user.is_demonstration or user.last_login is not None)
    if is_somebodys or EmailAddress.objects.filter(email=address, verified=True).exists():
        raise AddressTaken
    EmailAddress.objects.filter(email=address).delete()
    if user is None:
        user = User.objects.create_user(address, None, name=name, is_officer=True)
    else:
        _take_over(user, name=name)
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    return user


def _take_over(user: User, *, name: str) -> None:
    user.name, user.is_officer, user.is_active = name, True, True
    user.set_unusable_password()
    user.save()
    Authenticator.objects.filter(user=user).delete()
    Device.objects.filter(user=user).delete()
    sign_out_everywhere(user=user)


def open_set_up(*, user: User, by: User | None, now: datetime) -> FactorReset:
    """Gives the person time to set up the first second factor: as long as the link to a password holds, and a day."""
    until = now + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT) + RESET_HOLDS
    return FactorReset.objects.create(user=user, by=by, at=now, until=until)


def password_link(*, user: User) -> str:
    """The path where this person chooses a password; good once, for as long as PASSWORD_RESET_TIMEOUT says."""
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )


@transaction.atomic
def forget_second_factor(*, user: User, by: User | None, now: datetime) -> FactorReset:
    """For a lost telephone: removes every factor and ends all sessions; the next sign-in asks an officer for one.

    Only for `RESET_HOLDS`: a password alone must not open the account to whoever finds it much later. Refuses whoever
    asks it for themselves (`OwnFactor`): a session left open must not be enough.
    """
    if by is not None and by.pk == user.pk:
        raise OwnFactor
    Authenticator.objects.filter(user=user).delete()
    sign_out_everywhere(user=user)
    return FactorReset.objects.create(user=user, by=by, at=now, until=now + RESET_HOLDS)
