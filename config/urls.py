"""The site's addresses: one line per door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("akun/", include("lapor.accounts.urls")),
    path("", include("lapor.api.urls")),
    path("meja/", include("lapor.desk.urls")),
]
