"""No more notices by mail, with one press and without signing in (RFC 8058): who holds the letter may stop them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lapor.notify import reach


@csrf_exempt  # a mailbox presses the button for its owner; the tag in the address is what proves
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, tag: str) -> HttpResponse:
    """Asks, and does it; `again` begins them anew. Opening the page changes nothing: programs open addresses too."""
    if request.method == "POST":
        reach.set_stopped(tag, is_stopped="again" not in request.POST, now=timezone.now())
    is_stopped = reach.is_stopped(tag)
    if is_stopped is None:
        raise Http404
    return render(request, "public/stop.html", {"is_stopped": is_stopped, "is_done": request.method == "POST"})
