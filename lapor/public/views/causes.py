"""The register of root causes for everybody: entries, newest first, and one with its history and its counts."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lapor.causes import register


@require_safe
def causes(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("sebelum", "")
    before = int(typed) if typed.isdecimal() and len(typed) < 16 else None
    rows, more = register.page(before=before)
    context = {"rows": rows, "more": more, "is_first": before is None, "today": timezone.localdate()}
    return render(request, "public/causes.html", context)


@require_safe
def cause(request: HttpRequest, key: int) -> HttpResponse:
    entry = register.entry(key, now=timezone.now())
    if entry is None:
        raise Http404
    return render(request, "public/cause.html", {"entry": entry, "cause": entry.cause})
