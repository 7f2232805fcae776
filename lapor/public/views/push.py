"""A reporter asks to hear of the own report in this browser, or not any more."""

from __future__ import annotations

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from lapor.channels.push import kept
from lapor.lib.codes import parse_code
from lapor.reports import own
from lapor.vault.pushing import Browser

from .own import actor_of


class Keys(msgspec.Struct):
    p256dh: str
    auth: str


class Subscription(msgspec.Struct):
    """As a browser's `PushSubscription` writes itself."""

    endpoint: str
    keys: Keys


_decoder = msgspec.json.Decoder(Subscription)


@never_cache
@sensitive_post_parameters("subscription")
@require_POST
def listen(request: HttpRequest, code: str) -> HttpResponse:
    """Keeps the browser for whoever proved to be the reporter; of a sealed report nobody is told anything."""
    actor = actor_of(request, code)
    if actor is None:
        typed = parse_code(code)
        return redirect(f"{reverse('public:track')}?kode={typed}" if typed else "public:track")
    try:
        said = _decoder.decode(request.POST.get("subscription", ""))
        browser = Browser(endpoint=said.endpoint, p256dh=said.keys.p256dh, auth=said.keys.auth)
        if "stop" in request.POST:
            kept.forget_browser(browser.endpoint)
            messages.success(request, gettext("Ponsel ini tidak dikabari lagi, tentang laporan mana pun."))
        elif own.view(actor).report.sealed_id is None:
            now, language = timezone.now(), (get_language() or "id")[:2]
            kept.keep(report_id=actor.report_id, browser=browser, language=language, now=now)
            messages.success(request, gettext("Kabar tentang laporan ini akan muncul di ponsel ini."))
    except (msgspec.DecodeError, kept.NotABrowser):
        messages.warning(request, gettext("Peramban ini belum dapat dikabari. Kabar tetap ada di halaman ini."))
    return redirect("public:own", code=code)
