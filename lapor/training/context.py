"""What a page of a site for practice knows besides: the exercise that the officer does on the report before them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from lapor.accounts.models import User

from .models import Attempt
from .progress import Standing, standing_of


def practised(request: HttpRequest) -> dict[str, Callable[[], Standing | None]]:
    """`practised` is the exercise of this page, looked up when a template asks for it; nothing on any other site."""
    return {"practised": partial(_practised, request)} if settings.LAPOR_DEMO else {}


def _practised(request: HttpRequest) -> Standing | None:
    match, user = request.resolver_match, request.user
    if match is None or match.app_name != "desk" or "code" not in match.kwargs or not isinstance(user, User):
        return None
    mine = Attempt.objects.filter(user=user, report__code=match.kwargs["code"]).select_related("report")
    attempt = mine.order_by("-pk").first()
    return standing_of(attempt, now=timezone.now()) if attempt else None
