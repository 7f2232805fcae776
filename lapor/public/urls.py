"""Addresses of the citizen's door."""

from __future__ import annotations

from django.urls import path

from . import feeds, sitemap, weaknesses
from .views import app, browse, evidence, own_data, places, push, report, review, stopping, words
from .views import own as own_views

app_name = "public"
urlpatterns = [
    path("", browse.home, name="home"),
    path("lapor/", report.write, name="report"),
    path("lapor/bagikan/", report.share, name="share"),
    path("lapor/periksa/<uuid:key>/", review.review, name="review"),
    path("lapor/periksa/<uuid:key>/instansi/", review.objection, name="objection"),
    path("lapor/periksa/<uuid:key>/tempat/", review.place, name="place"),
    path("lapor/terkirim/<uuid:key>/", review.sent, name="sent"),
    path("lapor/terkirim/<uuid:key>/tanda-terima.json", evidence.sent_file, name="sent_receipt"),
    path("lapor/terkirim/<uuid:key>/selesai/", review.noted, name="noted"),
    path("berhenti/<str:tag>/", stopping.stop, name="stop"),
    path("lacak/", own_views.track, name="track"),
    path("lacak/tanda-terima/", own_views.visit, name="visit"),
    path("lacak/<str:code>/", own_views.page, name="own"),
    path("lacak/<str:code>/berkas/<uuid:key>/", own_views.file, name="own_file"),
    path("lacak/<str:code>/bukti/", evidence.of_own, name="own_evidence"),
    path("lacak/<str:code>/tanda-terima.json", evidence.own_file, name="own_receipt"),
    path("lacak/<str:code>/segel/", own_views.seal, name="own_seal"),
    path("lacak/<str:code>/tanda-terima/", own_views.receipt, name="own_digits"),
    path("lacak/<str:code>/tutup/", own_views.close, name="own_close"),
    path("lacak/<str:code>/data/", own_data.page, name="own_data"),
    path("lacak/<str:code>/data/unduh/", own_data.take, name="own_data_take"),
    path("lacak/<str:code>/data/perbaiki/", own_data.correct, name="own_data_correct"),
    path("lacak/<str:code>/data/hapus/", own_data.erase, name="own_data_erase"),
    path("lacak/<str:code>/kabar/", push.listen, name="own_push"),
    path("lacak/<str:code>/<str:move>/", own_views.act, name="own_act"),
    path("akun-saya/", own_data.account, name="account"),
    path("akun-saya/unduh/", own_data.take_account, name="account_take"),
    path("akun-saya/hapus/", own_data.delete_account, name="account_delete"),
    path("laporan-saya/", own_views.mine, name="mine"),
    path("laporan/", browse.search_page, name="search"),
    path("laporan/<str:code>/", browse.detail, name="detail"),
    path("laporan/<str:code>/dukung/", browse.support, name="support"),
    path("instansi/", places.agencies, name="agencies"),
    path("terhubung/", places.connected, name="connected"),
    path("instansi/<slug:slug>/", places.agency, name="agency"),
    path("wilayah/", places.regions, name="regions"),
    path("wilayah/<str:code>/", places.region, name="region"),
    path("keterlambatan/", words.lateness, name="lateness"),
    path("tentang/", words.about, name="about"),
    path("bukti/", evidence.explained, name="evidence"),
    path("kerahasiaan/", words.privacy, name="privacy"),
    path("data-pribadi/", words.rights, name="rights"),
    path("aplikasi/", app.home, name="app"),
    path("aplikasi/lapor/", app.write, name="app_report"),
    path("manifest.webmanifest", app.manifest, name="manifest"),
    path("sw.js", app.worker, name="worker"),
    path(".well-known/assetlinks.json", app.asset_links, name="asset_links"),
    path("feed/", feeds.newest, name="feed"),
    path("feed/instansi/<slug:slug>/", feeds.of_agency, name="agency_feed"),
    path("feed/wilayah/<str:code>/", feeds.of_region, name="region_feed"),
    path(".well-known/security.txt", weaknesses.security_txt, name="security_txt"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-halaman.xml", sitemap.pages, name="sitemap_pages"),
    path("sitemap-laporan-<int:year>-<int:week>.xml", sitemap.reports, name="sitemap_reports"),
]
