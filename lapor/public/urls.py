"""Addresses of the citizen's door."""

from __future__ import annotations

from django.urls import path

from .views import browse, own, report

app_name = "public"
urlpatterns = [
    path("", browse.home, name="home"),
    path("lapor/", report.write, name="report"),
    path("lapor/periksa/<uuid:key>/", report.review, name="review"),
    path("lapor/terkirim/<uuid:key>/", report.sent, name="sent"),
    path("lacak/", own.track, name="track"),
    path("lacak/<str:code>/", own.page, name="own"),
    path("lacak/<str:code>/berkas/<uuid:key>/", own.file, name="own_file"),
    path("lacak/<str:code>/<str:move>/", own.act, name="own_act"),
    path("laporan-saya/", own.mine, name="mine"),
]
