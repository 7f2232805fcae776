"""The site's addresses: one line per door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("akun/", include("lapor.accounts.urls")),
    path("", include("lapor.api.urls")),
    path("channels/", include("lapor.channels.urls")),
    path("meja/", include("lapor.desk.urls")),
    path("kantor/", include("lapor.backoffice.urls")),
    path("latihan/", include("lapor.training.urls")),
    path("bahasa/", set_language, name="set_language"),
    path("", include("lapor.public.urls")),
]
