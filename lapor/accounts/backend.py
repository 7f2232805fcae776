"""Who may be signed in at all: active people, and demonstration people only in a demonstration."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from .demonstration import is_shut_out


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Also asked at each request, so that sessions of a demonstration end when it is switched off."""

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        return super().user_can_authenticate(user) and not is_shut_out(user)
