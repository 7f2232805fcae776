"""Bringing an officer in: an account without a password, and a letter with a link to choose one."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse

from .everywhere import sign_out_everywhere
from .models import FactorReset, User

RESET_HOLDS = timedelta(hours=24)


class OwnFactor(Exception):
    """Somebody else takes a lost factor away."""


class AddressTaken(Exception):
    """Somebody already signs in with this address."""


@transaction.atomic
def invite_officer(*, email: str, name: str) -> User:
    """Makes an officer's account that opens only through `password_link`. Refuses an address in use (`AddressTaken`).

    The admin who invites vouches for the address, and only who reads its mail gets the link: it counts as confirmed.
    """
    address = email.strip().lower()
    if User.objects.filter(email=address).exists() or EmailAddress.objects.filter(email=address).exists():
        raise AddressTaken
    user = User.objects.create_user(address, None, name=name, is_officer=True)
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    return user


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
