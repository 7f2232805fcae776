"""Letters to officers that are about no report: the invitation with the way to a password."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from lapor.accounts.invitation import password_link
from lapor.accounts.models import User

from .models import INVITATION, Audience, Notice


class AlreadyIn(Exception):
    """The person has a password already; who forgot it asks for another one at the sign-in page, by their own mail."""


def invite(user: User, *, now: datetime) -> str:
    """Puts the invitation in the queue of the worker; returns "".

    Where no mail server is set the address itself is returned, to be shown once to whoever invites and kept nowhere.
    """
    if user.has_usable_password():
        raise AlreadyIn
    if not settings.EMAIL_HOST:
        return settings.LAPOR_PUBLIC_URL.rstrip("/") + password_link(user=user)
    Notice.objects.create(user=user, audience=Audience.NAMED, template=INVITATION, next_try_at=now, made_at=now)
    return ""
