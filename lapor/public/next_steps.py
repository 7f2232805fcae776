"""What happens next with a report, in the words of the reporter's page: one sentence for each state."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.reports.own import OwnView

# {holder} is the body that has the report now.
NEXT = {
    "received": _(
        "Sekarang di tangan {holder}, yang memeriksa laporan Anda lalu meneruskannya ke instansi yang harus menjawab."
    ),
    "on_hold": _(
        "Giliran Anda: jawab pertanyaan petugas di bawah ini. Begitu Anda menjawab, laporan dilanjutkan dan batas "
        "waktunya berjalan lagi. Tanpa jawaban sampai batas di bawah, laporan dianggap dicabut; Anda tetap dapat "
        "membukanya kembali."
    ),
    "verified": _("Sudah diperiksa. {holder} sekarang memilih instansi yang harus menjawab."),
    "assigned": _("Sekarang di tangan {holder}. Berikutnya: kabar pertama, lalu penanganan dan jawaban."),
    "in_progress": _(
        "Sedang ditangani {holder}. Berikutnya: jawaban. Setelah membacanya, Anda memilih setuju atau keberatan."
    ),
    "answered": _(
        "Giliran Anda: baca jawabannya, lalu pilih setuju atau keberatan. Tanpa pilihan sampai batas di bawah, laporan "
        "dianggap selesai."
    ),
    "objected": _(
        "Keberatan Anda sekarang diperiksa {holder}, bukan instansi yang menjawab. Hasilnya: penanganan dilanjutkan, "
        "atau keberatan tidak diterima dengan alasan yang dapat Anda baca di sini."
    ),
    "closed": _("Laporan ini sudah selesai."),
    "archived": _(
        "Laporan ini diarsipkan dan tidak ditangani. Alasannya ada di bawah; Anda dapat menyatakan keberatan."
    ),
    "withdrawn": _("Laporan ini tidak lagi ditangani. Anda dapat membukanya kembali; lalu ia diperiksa dari awal."),
    "merged": _(
        "Digabung dengan laporan lain tentang hal yang sama. Anda tetap mendapat kabar dan jawabannya di sini."
    ),
}


# Of a sealed report, which its investigators alone handle.
SEALED = NEXT | {
    "received": _("Sekarang di tangan pemeriksa laporan rahasia di {holder}, yang membaca dan memeriksanya."),
    "verified": _("Sudah dibaca pemeriksa laporan rahasia di {holder}. Berikutnya: pemeriksaan."),
    "assigned": _("Pemeriksa laporan rahasia di {holder} menanganinya. Berikutnya: kabar pertama, lalu jawaban."),
}


def next_step(view: OwnView) -> str:
    """Who has it now and what follows, in the reader's language."""
    holder = view.report.holder.name if view.report.holder else gettext("petugas")
    words = NEXT if view.report.sealed_id is None else SEALED
    return str(words[view.report.state]).replace("{holder}", holder)
