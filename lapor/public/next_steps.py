"""What happens next with a report, in the words of the reporter's page: one sentence for each state."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.reports.models import Report, State

# {holder} is the body that has the report now.
NEXT = {
    State.RECEIVED: _(
        "Sekarang di tangan {holder}, yang memeriksa laporan Anda lalu meneruskannya ke instansi yang harus menjawab."
    ),
    State.ON_HOLD: _(
        "Giliran Anda: jawab pertanyaan petugas di bawah ini. Begitu Anda menjawab, laporan dilanjutkan dan batas "
        "waktunya berjalan lagi. Tanpa jawaban sampai batas di bawah, laporan dianggap dicabut; Anda tetap dapat "
        "membukanya kembali."
    ),
    State.VERIFIED: _("Sudah diperiksa. {holder} sekarang memilih instansi yang harus menjawab."),
    State.ASSIGNED: _("Sekarang di tangan {holder}. Berikutnya: kabar pertama, lalu penanganan dan jawaban."),
    State.IN_PROGRESS: _(
        "Sedang ditangani {holder}. Berikutnya: jawaban. Setelah membacanya, Anda memilih setuju atau keberatan."
    ),
    State.ANSWERED: _(
        "Giliran Anda: baca jawabannya, lalu pilih setuju atau keberatan. Tanpa pilihan sampai batas di bawah, laporan "
        "dianggap selesai."
    ),
    State.OBJECTED: _(
        "Keberatan Anda sekarang diperiksa {holder}, bukan instansi yang menjawab. Hasilnya: penanganan dilanjutkan, "
        "atau keberatan tidak diterima dengan alasan yang dapat Anda baca di sini."
    ),
    State.CLOSED: _("Laporan ini sudah selesai. Anda masih dapat memberi nilai."),
    State.ARCHIVED: _(
        "Laporan ini diarsipkan dan tidak ditangani. Alasannya ada di bawah; Anda dapat menyatakan keberatan."
    ),
    State.WITHDRAWN: _("Laporan ini tidak lagi ditangani. Anda dapat membukanya kembali; lalu ia diperiksa dari awal."),
    State.MERGED: _(
        "Digabung dengan laporan lain tentang hal yang sama. Anda tetap mendapat kabar dan jawabannya di sini."
    ),
}


def next_step(report: Report) -> str:
    """Who has it now and what follows, in the reader's language."""
    holder = report.holder.name if report.holder else gettext("petugas")
    return str(NEXT[State(report.state)]).replace("{holder}", holder)
