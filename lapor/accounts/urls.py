"""Addresses of sign-in: allauth's, and some of our own. Mounted at /akun/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from . import elevating, running

urlpatterns: list[URLPattern | URLResolver] = [
    path("semua-perangkat/", running.everywhere, name="account_everywhere"),
    path("perangkat/", running.page, name="account_sessions"),
    path("perangkat/<int:session_id>/akhiri/", running.end_one, name="account_end_session"),
    path("akses-khusus/", elevating.page, name="elevation"),
    path("akses-khusus/akhiri/", elevating.end, name="elevation_end"),
    path("", include("allauth.urls")),
]
