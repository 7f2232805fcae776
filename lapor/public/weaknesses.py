"""Where to write about a weakness of the service: `/.well-known/security.txt` (RFC 9116)."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from .feeds import absolute

_HOLDS_FOR = timedelta(days=90)  # the file must say when it is to be read anew


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """The contact that the operator named; 404 where none is."""
    if not settings.LAPOR_SECURITY_CONTACT:
        raise Http404
    until = (timezone.now() + _HOLDS_FOR).replace(microsecond=0)
    lines = [
        f"Contact: {settings.LAPOR_SECURITY_CONTACT}",
        f"Expires: {until.isoformat()}",
        "Preferred-Languages: id, en",
        f"Canonical: {absolute(reverse('public:security_txt'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
