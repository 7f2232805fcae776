"""Addresses of the officer's door."""

from __future__ import annotations

from django.urls import path

from . import cases, causes, files, held, identities, keys, lists, mass, quality, recovery
from .counter import entry, letters, printing, receipt

app_name = "desk"

urlpatterns = [
    path("", lists.queue, name="queue"),
    path("disposisi/", lists.dispose, name="dispose"),
    path("ditahan/", held.waiting, name="held"),
    path("ditahan/<str:code>/", held.settle, name="settle"),
    path("massal/", mass.masses, name="masses"),
    path("massal/<str:code>/", mass.one, name="mass"),
    path("massal/<str:code>/gabung/", mass.join, name="mass_join"),
    path("mutu/", quality.samples, name="quality"),
    path("mutu/<int:number>/", quality.sample, name="quality_sample"),
    path("mutu/<int:number>/tutup/", quality.close, name="quality_close"),
    path("mutu/<int:number>/<int:item_id>/", quality.answer, name="quality_answer"),
    path("akar/", causes.causes, name="causes"),
    path("akar/baru/", causes.new, name="cause_new"),
    path("akar/<int:key>/", causes.one, name="cause"),
    path("loket/", entry.write, name="counter"),
    path("loket/saya/", entry.entered, name="counter_entered"),
    path("loket/lembar/", printing.sheets, name="sheets"),
    path("loket/surat/", letters.pile, name="pile"),
    path("loket/surat/<uuid:key>/", letters.letter, name="pile_letter"),
    path("loket/surat/<uuid:key>/halaman/<int:number>/", letters.page, name="pile_page"),
    path("loket/surat/<uuid:key>/sisihkan/", letters.drop, name="pile_drop"),
    path("loket/surat/<uuid:key>/ambil/", letters.take_back, name="pile_take_back"),
    path("loket/<uuid:key>/", receipt.review, name="counter_review"),
    path("loket/<uuid:key>/pin/", receipt.reveal, name="counter_pin"),
    path("loket/<uuid:key>/selesai/", receipt.done, name="counter_done"),
    path("instansi/", lists.agencies, name="agencies"),
    path("identitas/", identities.waiting, name="identities"),
    path("identitas/<uuid:key>/", identities.decision, name="identity"),
    path("identitas/<uuid:key>/tunda/", identities.delay, name="identity_delay"),
    path("identitas/<uuid:key>/buka/", identities.look, name="identity_look"),
    path("berkas/<uuid:key>/", files.file, name="file"),
    path("kunci/", keys.home, name="key"),
    path("kunci/buat/", keys.make, name="key_make"),
    path("kunci/buka/", keys.unlock, name="key_unlock"),
    path("kunci/tutup/", keys.lock, name="key_lock"),
    path("kunci/ganti/", keys.change, name="key_change"),
    path("kunci/cadangan/", keys.by_code, name="key_code"),
    path("kunci/hilang/", keys.give_up, name="key_give_up"),
    path("kunci/teruskan/", keys.hand_on, name="key_hand_on"),
    path("pemulihan/", recovery.home, name="recovery"),
    path("pemulihan/baru/", recovery.begin, name="recovery_new"),
    path("pemulihan/kunci/", recovery.renew, name="recovery_renew"),
    path("pemulihan/<int:key>/", recovery.decide, name="recovery_one"),
    path("<str:code>/", cases.case, name="case"),
    path("<str:code>/hadir/", cases.presence, name="presence"),
    path("<str:code>/surat/<int:letter_id>.pdf", files.letter, name="letter"),
    path("<str:code>/jawaban/<int:message_id>.pdf", files.answer_letter, name="answer_letter"),
    path("<str:code>/<slug:name>/", cases.act, name="act"),
]
