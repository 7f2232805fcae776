"""What sign-in pages show on a demonstration; empty everywhere else."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.stagekit import get_pending_stage
from django import template

from lapor.accounts import demonstration
from lapor.accounts.models import DemonstrationAccount, User

register = template.Library()


@register.simple_tag
def demonstration_accounts() -> list[DemonstrationAccount]:
    return demonstration.listed()


@register.simple_tag(takes_context=True)
def demonstration_code(context: dict[str, Any]) -> str:
    """The code of the demonstration person who has just typed the password; empty for anybody else."""
    request = context.get("request")
    stage = get_pending_stage(request) if request is not None else None
    user = stage.login.user if stage is not None else getattr(request, "user", None)
    if not isinstance(user, User):
        return ""
    try:
        return demonstration.current_code(user)
    except demonstration.NotADemonstration:
        return ""


@register.simple_tag(takes_context=True)
def demonstration_passphrase(context: dict[str, Any]) -> str:
    """What opens the key of the demonstration person who is signed in; empty for anybody else."""
    request = context.get("request")
    return demonstration.passphrase_of(request.user) if request is not None else ""
