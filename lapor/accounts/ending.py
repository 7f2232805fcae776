"""The end of an account: everything that says whose it was is taken out; the row stays, since history points at it."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import F

from .models import FactorReset, User

HOST = "terhapus.invalid"


def end(user: User) -> None:
    """Takes name, address, password and second factors away and ends every session. Nobody can sign in any more, and
    the address may be used for a new account.
    """
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    FactorReset.objects.filter(user=user).delete()
    user.set_unusable_password()
    User.objects.filter(pk=user.pk).update(
        email=f"akun-{user.pk}@{HOST}",
        name="",
        password=user.password,
        is_active=False,
        last_login=None,
        session_round=F("session_round") + 1,
    )
