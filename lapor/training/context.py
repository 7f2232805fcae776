"""What a page of a site for practice knows besides: the exercise that the officer does on the report before them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from lapor.accounts.models import User
from lapor.disclosure.models import Request

from .models import Attempt
from .progress import Standing, standing_of

_ON_REQUESTS = frozenset({"identity", "identity_delay"})


def practised(request: HttpRequest) -> dict[str, Callable[[], Standing | None]]:
    """`practised` is the exercise of this page, looked up when a template asks for it; nothing on any other site."""
    return {"practised": partial(_practised, request)} if settings.LAPOR_DEMO else {}


def _practised(request: HttpRequest) -> Standing | None:
    match, user = request.resolver_match, request.user
    if match is None or match.app_name != "desk" or not isinstance(user, User):
        return None
    if "code" in match.kwargs:
        on = Q(report__code=match.kwargs["code"])
    elif match.url_name in _ON_REQUESTS:
        on = Q(report__in=Request.objects.filter(pk=match.kwargs["key"]).values("report"))
    else:
        return None
    mine = Attempt.objects.filter(on, user=user).select_related("report")
    attempt = mine.order_by("-pk").first()
    return standing_of(attempt, now=timezone.now()) if attempt else None
