"""People who sign in, all invented, and the steps they take at the sign-in pages."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import encrypt
from django.test import Client
from django.utils import timezone

from lapor.accounts.invitation import open_set_up
from lapor.accounts.models import User

PASSWORD = "kuda-lumping-menari-77"
SECRET = "JBSWY3DPEHPK3PXP"
LOGIN = "/akun/login/"


def citizen(address: str = "warga@uji.invalid") -> User:
    user = User.objects.create_user(address, PASSWORD, name="Warga Uji")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def officer(address: str = "petugas@uji.invalid", *, has_factor: bool = True) -> User:
    """Without a factor: just invited, with the time to set one up still running."""
    user = User.objects.create_user(address, PASSWORD, name="Petugas Uji", is_officer=True)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if not has_factor:
        open_set_up(user=user, by=None, now=timezone.now())
    else:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt(SECRET)})
    return user


def sign_in(client: Client, address: str, password: str = PASSWORD, **extra: Any) -> Any:
    """The first step: address and password."""
    return client.post(LOGIN, {"login": address, "password": password}, **extra)


def second_step(client: Client, code: str) -> Any:
    return client.post("/akun/2fa/authenticate/", {"code": code})


def code_now(*, steps: int = 0) -> str:
    """What the authenticator app shows now, or showed some half minutes away."""
    return str(format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + steps)))


def is_signed_in(client: Client) -> bool:
    """Whether a page knows who asks."""
    return "_auth_user_id" in client.session and client.get("/kerahasiaan/").wsgi_request.user.is_authenticated
