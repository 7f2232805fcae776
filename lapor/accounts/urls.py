"""Addresses of sign-in: allauth's, and one of our own. Mounted at /akun/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from . import everywhere

urlpatterns: list[URLPattern | URLResolver] = [
    path("semua-perangkat/", everywhere.page, name="account_everywhere"),
    path("", include("allauth.urls")),
]
