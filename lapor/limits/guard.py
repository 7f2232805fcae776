"""The one place where budgets are asked: before a view, with whatever somebody typed kept."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from . import proof
from .budgets import TABLE, WAITING, Budget
from .counting import LOAD, frees_at, hit
from .visitor import address, visitor

_OWN = {"csrfmiddlewaretoken", "proof-work", "proof-ticket", "proof-sum"}


class LimitsMiddleware:
    """Counts what the table names, asks for a proof where it says so, and refuses with 429 what is too much."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        rule = request.resolver_match.view_name if request.resolver_match else ""
        changes = request.method not in {"GET", "HEAD", "OPTIONS"}
        budget = TABLE.get((rule, changes))
        return check(request, f"{rule}:{request.method}", budget, now=timezone.now()) if budget is not None else None


def check(request: HttpRequest, rule: str, budget: Budget, *, now: datetime) -> HttpResponse | None:
    """The answer instead of the view's, or None when the request may pass."""
    load = LOAD.hit(rule, now=now)
    is_busy = budget.busy is not None and load > budget.busy
    n = hit(rule, visitor(request), budget, now=now) if _says_something(request) else 0
    if n > budget.most:
        return _too_many(request, frees_at(budget, now=now), now=now)
    if not is_busy and (budget.calm is None or n <= budget.calm):
        return None
    if _is_proven(request, rule, now=now):
        return None
    return _ask(request, rule, now=now)


def _says_something(request: HttpRequest) -> bool:
    """Whether the address tells places apart. Without a proxy in the settings, one from inside a house is a proxy that
    nobody told us about: to count by it would shut out everybody at once.
    """
    try:
        place = ipaddress.ip_address(address(request).partition("/")[0])
    except ValueError:
        return False
    return settings.ALLAUTH_TRUSTED_PROXY_COUNT > 0 or not any(place in net for net in _INSIDE)


_INSIDE = tuple(
    map(ipaddress.ip_network, ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::/64", "fc00::/7"))
)


def _is_proven(request: HttpRequest, rule: str, *, now: datetime) -> bool:
    if work := request.POST.get("proof-work"):
        return proof.is_worked(work, rule)
    ticket = request.POST.get("proof-ticket", "")
    if not ticket or not request.POST.get("proof-sum"):
        return False
    if _says_something(request) and hit("waiting", visitor(request), WAITING, now=now) > WAITING.most:
        return False
    return proof.is_waited(ticket, request.POST["proof-sum"], rule, now=now)


def _ask(request: HttpRequest, rule: str, *, now: datetime) -> HttpResponse:
    asked = proof.ask(rule, now=now)
    is_again = "proof-sum" in request.POST or "proof-work" in request.POST
    wait = int(proof.WAIT.total_seconds())
    context = {"asked": asked, "carried": _carried(request), "is_again": is_again, "wait": wait}
    return _kept_private(render(request, "limits/proof.html", context, status=403 if is_again else 200))


def _too_many(request: HttpRequest, until: datetime, *, now: datetime) -> HttpResponse:
    """What was typed comes back, to be sent again with one press when the time is over."""
    seconds = max(1, int((until - now).total_seconds()))
    if request.path.startswith("/api/"):
        detail = gettext("Terlalu banyak permintaan dari tempat ini. Coba lagi nanti.")
        title = gettext("Terlalu banyak permintaan")
        body = {"type": "about:blank", "title": title, "status": 429, "detail": detail, "errors": []}
        answer: HttpResponse = JsonResponse(body, status=429, content_type="application/problem+json")
    else:
        context = {"carried": _carried(request), "typed": _typed(request), "minutes": -(-seconds // 60)}
        answer = render(request, "429.html", context, status=429)
    answer["Retry-After"] = str(seconds)
    return _kept_private(answer)


def _carried(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, values in request.POST.lists() if name not in _OWN for value in values]


def _typed(request: HttpRequest) -> list[str]:
    """Sentences: what somebody would be sorry to type again."""
    return [value for _name, value in _carried(request) if " " in value.strip()]


def _kept_private(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "private, no-store"
    return answer
