"""Where allauth's ways end and ours begin: who is let in, where people land, how second factors are kept."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from lapor.limits.visitor import visitor
from lapor.vault.envelope import open_sealed, seal
from lapor.vault.tokens import token_digest

from . import devices, second_factor
from .demonstration import is_shut_out
from .models import Session, User

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

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        devices.mark_session(request, user, now=timezone.now())

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        devices.remember(request, response, user, now=timezone.now())
        return response

    def set_password(self, user: User, password: str) -> None:
        """A new password ends the sessions of all other devices."""
        super().set_password(user, password)
        here = token_digest(self.request.session.session_key or "")
        Session.objects.filter(user=user).exclude(digest=here).delete()

    def get_client_ip(self, request: HttpRequest) -> str:
        """What allauth's limits count by: the digest of the day, never an address."""
        return visitor(request)

    def get_http_user_agent(self, request: HttpRequest) -> str:
        return devices.coarse_name(request.headers.get("User-Agent", ""))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts a try before it is looked at; a right one is taken back (`_rollback_login_failed_rl_usage`).

        A device that the person has used before is counted by itself, so that strangers never shut it out. All others
        count per address and place, so that guessing locks out the guesser alone, and together per address, so that
        guessing from many places comes to an end too.
        """
        email = str(credentials.get("email", "")).lower()
        device = devices.known(request, email)
        tries = [("known", device.hex())] if device is not None else [("failed", visitor(request)), ("strangers", "")]
        self._tries = []
        for action, where in tries:
            used = ratelimit.consume(request, app="allauth.account", action=f"login_{action}", key=f"{email}:{where}")
            if not used:
                raise self.validation_error("too_many_login_attempts")
            self._tries.append(used)

    def _rollback_login_failed_rl_usage(self) -> None:
        for used in self._tries:
            used.rollback()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Who proved by mail whose address it is may try again at once."""
        email = str(credentials.get("email", "")).lower()
        for action, where in (("failed", visitor(request)), ("strangers", "")):
            ratelimit.clear(request, app="allauth.account", action=f"login_{action}", key=f"{email}:{where}")

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
