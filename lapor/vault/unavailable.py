"""What a page answers when it needs a key that is not there: 503 with calm words. Pages that need none go on."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .trouble import KeyTrouble

log = logging.getLogger(__name__)
RETRY_AFTER = "120"


class KeyTroubleMiddleware:
    """Turns trouble with keys into an answer that asks to come back; logs its class alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, KeyTrouble):
            return None
        log.error("a page needs a key that cannot be used: %s", type(exception).__name__)
        answer = render(request, "503.html", status=503)
        answer["Retry-After"] = RETRY_AFTER
        answer["Cache-Control"] = "no-store"
        return answer
