"""The site as an app on a telephone: what it is called, what it keeps of us, and its two pages that work off line.

Both pages are the same for everybody and show nobody's words: a telephone keeps them (docs/app.md).
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import Engine
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

from ..forms import KINDS, SEALED_KIND, ReportForm

FILES = ("lapor.css", "lapor.js", "lapor.svg", "public/public.css", "public/keep.js", "public/app.js")
ICONS = (
    ("public/icons/icon-192.png", "192x192", "any"),
    ("public/icons/icon-512.png", "512x512", "any"),
    ("public/icons/maskable-512.png", "512x512", "maskable"),
)
GREEN, PAPER = "#0a4a45", "#faf7f1"
LANGUAGES = dict(settings.LANGUAGES)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits on this telephone, the codes kept on it, and the switch that leaves no trace. Its script fills it."""
    return render(request, "public/app.html")


@require_safe
def write(request: HttpRequest) -> HttpResponse:
    """The form that works without network. Whistleblowing is not offered: it is never kept on a telephone."""
    form = ReportForm()
    form.fields["kind"].widget.choices = [kind for kind in KINDS if kind[0] != SEALED_KIND]
    return render(request, "public/app_report.html", {"form": form})


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a telephone needs to know to install it (W3C Web Application Manifest), in Indonesian for everybody."""
    with override(settings.LANGUAGE_CODE):
        told = _manifest()
    answer = JsonResponse(told, content_type="application/manifest+json")
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


def _manifest() -> dict[str, object]:
    icons = [{"src": static(path), "sizes": size, "type": "image/png", "purpose": use} for path, size, use in ICONS]
    return {
        "id": "/",
        "name": gettext("LAPOR! Layanan aspirasi dan pengaduan rakyat"),
        "short_name": settings.LAPOR_NAME,
        "description": gettext("Sampaikan laporan tentang layanan publik, juga tanpa jaringan."),
        "lang": settings.LANGUAGE_CODE,
        "dir": "ltr",
        "start_url": reverse("public:app"),
        "scope": "/",
        "display": "standalone",
        "theme_color": GREEN,
        "background_color": PAPER,
        "categories": ["government", "utilities"],
        "icons": icons,
        "shortcuts": [
            {"name": gettext("Lapor"), "url": reverse("public:report"), "icons": icons[:1]},
            {"name": gettext("Lacak"), "url": reverse("public:track"), "icons": icons[:1]},
            {"name": gettext("Laporan saya"), "url": f"{reverse('public:app')}#laporan", "icons": icons[:1]},
        ],
        "share_target": {
            "action": reverse("public:share"),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "judul",
                "text": "teks",
                "url": "tautan",
                "files": [{"name": "files", "accept": ["image/*", "application/pdf", "video/mp4", "video/3gpp"]}],
            },
        },
    }


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: what it keeps, by name, and the scripts that do it. A change of any of them renews it."""
    language = request.GET.get("bahasa", "")
    language = language if language in LANGUAGES else settings.LANGUAGE_CODE
    shell = {
        "language": language,
        "files": [static(path) for path in FILES],
        "pages": [reverse("public:app"), reverse("public:app_report")],
        "home": reverse("public:app"),
        "form": reverse("public:app_report"),
        "share": reverse("public:share"),
        "icon": static(ICONS[0][0]),
        "badge": static("public/icons/badge-96.png"),
    }
    scripts = json.dumps([static("public/keep.js"), static("public/worker.js")])
    shell["version"] = _version(language, json.dumps(shell) + scripts)
    body = f"self.shell = {json.dumps(shell)};\nimportScripts(...{scripts});\n"
    answer = HttpResponse(body, content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


@lru_cache(maxsize=8)
def _version(language: str, parts: str) -> str:
    """Changes with what is kept: the names of the files hold their content, the pages are read. A browser asks for it
    with every page, so each process works it out once, and all to the same.
    """
    with override(language):
        pages = [render_to_string("public/app.html"), *map(_source, ("base.html", "public/app_report.html"))]
    return hashlib.sha256("".join([parts, *pages]).encode()).hexdigest()[:12]


def _source(name: str) -> str:
    found: str = Engine.get_default().get_template(name).source
    return found


@require_safe
def asset_links(request: HttpRequest) -> HttpResponse:
    """Which apps of the Play Store may show this site as their own (Digital Asset Links); 404 where there is none."""
    if not settings.LAPOR_ANDROID_APPS:
        raise Http404
    apps = [one.partition("=")[::2] for one in settings.LAPOR_ANDROID_APPS]
    links = [
        {
            "relation": ["delegate_permission/common.handle_all_urls"],
            "target": {
                "namespace": "android_app",
                "package_name": package.strip(),
                "sha256_cert_fingerprints": [fingerprint.strip().upper()],
            },
        }
        for package, fingerprint in apps
    ]
    return JsonResponse(links, safe=False)
