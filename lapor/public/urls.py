"""Addresses of the citizen's door."""

from __future__ import annotations

from django.urls import path

from . import feeds, sitemap, weaknesses
from .views import browse, places, report, review, words
from .views import own as own_views

app_name = "public"
urlpatterns = [
    path("", browse.home, name="home"),
    path("lapor/", report.write, name="report"),
    path("lapor/periksa/<uuid:key>/", review.review, name="review"),
    path("lapor/periksa/<uuid:key>/instansi/", review.objection, name="objection"),
    path("lapor/terkirim/<uuid:key>/", review.sent, name="sent"),
    path("lapor/terkirim/<uuid:key>/selesai/", review.noted, name="noted"),
    path("lacak/", own_views.track, name="track"),
    path("lacak/<str:code>/", own_views.page, name="own"),
    path("lacak/<str:code>/berkas/<uuid:key>/", own_views.file, name="own_file"),
    path("lacak/<str:code>/tutup/", own_views.close, name="own_close"),
    path("lacak/<str:code>/<str:move>/", own_views.act, name="own_act"),
    path("laporan-saya/", own_views.mine, name="mine"),
    path("laporan/", browse.search_page, name="search"),
    path("laporan/<str:code>/", browse.detail, name="detail"),
    path("laporan/<str:code>/dukung/", browse.support, name="support"),
    path("instansi/", places.agencies, name="agencies"),
    path("instansi/<slug:slug>/", places.agency, name="agency"),
    path("wilayah/", places.regions, name="regions"),
    path("wilayah/<str:code>/", places.region, name="region"),
    path("tentang/", words.about, name="about"),
    path("kerahasiaan/", words.privacy, name="privacy"),
    path("feed/", feeds.newest, name="feed"),
    path("feed/instansi/<slug:slug>/", feeds.of_agency, name="agency_feed"),
    path("feed/wilayah/<str:code>/", feeds.of_region, name="region_feed"),
    path(".well-known/security.txt", weaknesses.security_txt, name="security_txt"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-halaman.xml", sitemap.pages, name="sitemap_pages"),
    path("sitemap-laporan-<int:year>-<int:week>.xml", sitemap.reports, name="sitemap_reports"),
]
