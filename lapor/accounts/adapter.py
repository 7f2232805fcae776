"""Where allauth's ways end and ours begin: who is let in, where people land, how second factors are kept."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from lapor.vault.envelope import open_sealed, seal

from . import second_factor
from .demonstration import is_shut_out
from .models import User

_LANDING = {True: ("desk:queue", "/meja/"), False: ("public:mine", "/laporan-saya/")}
_SEALED_AS = "accounts.second_factor"


def landing(user: User) -> str:
    """The first page after signing in: officers at the desk, citizens at their reports."""
    name, fallback = _LANDING[user.is_officer]
    try:
        return reverse(name)
    except NoReverseMatch:
        return fallback


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Citizens sign up themselves; officers are invited (`invitation`). Demonstration people stay in demonstrations."""

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        if is_shut_out(user):
            return self.respond_user_inactive(request, user)  # type: ignore[no-any-return]
        return super().pre_login(request, user, **kwargs)  # type: ignore[no-any-return]

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords are counted per address and place, so that guessing at somebody's account locks out the
        guesser alone. The limit of a place over all addresses is allauth's own.
        """
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{get_ip(request)}"

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return landing(request.user) if isinstance(request.user, User) else "/"

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps are sealed; an officer's last second factor cannot be removed."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(seal({"text": text}, aad=_SEALED_AS)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return str(open_sealed(base64.b64decode(encrypted_text), aad=_SEALED_AS)["text"])

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return second_factor.can_do_without(authenticator)
