"""For the head of every desk page: whether the person's key is open in this browser, for those who need a key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone

from lapor.accounts.models import User
from lapor.custody import own_key
from lapor.vault import investigators

from ..keys import minutes_left
from ..session import UNLOCKED

register = template.Library()


@dataclass(frozen=True)
class Hint:
    """How many minutes are left; 0 where it is locked."""

    minutes: int


@register.simple_tag(takes_context=True)
def key_hint(context: dict[str, Any]) -> Hint | None:
    """`{% key_hint as hint %}`; None for whoever has no role that needs a key, and outside the desk, which alone gets
    the cookie.
    """
    request = context.get("request")
    if request is None or not request.path.startswith(reverse("desk:queue")):
        return None
    user = request.user
    if not isinstance(user, User) or not user.is_officer or not own_key.roles_of(user, on=timezone.localdate()):
        return None
    token = request.COOKIES.get(UNLOCKED, "")
    return Hint(minutes_left(investigators.open_until(owner_id=user.pk, token=token, now=timezone.now())))
