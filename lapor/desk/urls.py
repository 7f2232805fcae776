"""Addresses of the officer's door."""

from __future__ import annotations

from django.urls import path

from . import cases, files, lists

app_name = "desk"

urlpatterns = [
    path("", lists.queue, name="queue"),
    path("disposisi/", lists.dispose, name="dispose"),
    path("instansi/", lists.agencies, name="agencies"),
    path("berkas/<uuid:key>/", files.file, name="file"),
    path("<str:code>/", cases.case, name="case"),
    path("<str:code>/hadir/", cases.presence, name="presence"),
    path("<str:code>/surat/<int:letter_id>.pdf", files.letter, name="letter"),
    path("<str:code>/<slug:name>/", cases.act, name="act"),
]
