"""Plain sentences for what the core refuses, and for what an officer should do next. Keys come from `reports`."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

REFUSED: dict[str, Promise] = {
    "not_from_here": _("Langkah ini tidak bisa lagi dilakukan: laporan sudah berada di tahap lain."),
    "not_yours": _("Langkah ini bukan wewenang Anda untuk laporan ini."),
    "own_draft": _(
        "Konsep ini Anda tulis sendiri. Agar diperiksa dua orang, minta rekan Anda memeriksanya: ia mengirimnya, atau "
        "menyimpannya sebagai konsepnya lalu Anda yang mengirim."
    ),
    "no_ready_draft": _("Belum ada konsep jawaban yang siap dikirim."),
    "once_only": _("Tenggat laporan ini sudah pernah diperpanjang. Perpanjangan hanya boleh satu kali."),
    "no_clock": _("Tidak ada tenggat berjalan yang dapat diperpanjang."),
    "agency_is_connected": _("Instansi ini sudah terhubung dengan LAPOR!, jadi tidak perlu surat pelimpahan."),
    "whistleblowing_stays": _(
        "Laporan pengaduan rahasia (whistleblowing) tidak dapat diubah menjadi jenis lain, atau sebaliknya."
    ),
}

INCOMPLETE: dict[str, Promise] = {
    "empty": _("Bagian ini perlu diisi."),
    "too_short": _("Tulisan ini terlalu singkat. Jelaskan sedikit lebih lengkap."),
    "too_long": _("Tulisan ini terlalu panjang. Ringkaslah."),
    "choose": _("Pilih salah satu."),
    "in_future": _("Tanggal ini belum tiba. Isi tanggal saat pekerjaan dilakukan."),
    "impossible_date": _("Tanggal ini tidak mungkin: pilih antara tanggal surat dan hari ini."),
    "same_person": _("Laporan ini sudah ditangani petugas itu. Pilih petugas lain."),
    "cannot_take": _("Petugas ini tidak dapat membuka laporan ini. Pilih petugas lain, atau tugaskan unitnya juga."),
    "not_of_this_agency": _("Unit ini bukan bagian dari instansi yang menangani."),
    "no_admins": _("Badan ini belum punya admin yang terhubung. Pilih inspektorat lain atau admin nasional."),
    "same_body": _("Laporan ini sudah berada di badan tersebut. Pilih badan lain."),
    "cannot_lead": _("Laporan itu tidak dapat menjadi laporan utama: sudah berakhir atau sudah digabung."),
    "sealed": _("Laporan tersegel tidak dapat digabung."),
}

FILE_REFUSED: dict[str, Promise] = {
    "empty": _("%(name)s kosong."),
    "too_large": _("%(name)s lebih besar dari 10 MB."),
    "too_many": _("%(name)s tidak disimpan: paling banyak 5 berkas."),
    "too_many_pixels": _("%(name)s terlalu besar ukurannya. Perkecil gambarnya."),
    "unknown": _("%(name)s bukan foto, PDF, atau video pendek."),
    "broken": _("%(name)s rusak dan tidak dapat dibaca."),
    "active": _("%(name)s berisi program. Simpan sebagai PDF biasa."),
}

# What the body that holds a report does next, by state.
NEXT: dict[str, Promise] = {
    "received": _("Verifikasi"),
    "verified": _("Teruskan ke instansi"),
    "assigned": _("Tindak lanjuti"),
    "in_progress": _("Siapkan jawaban"),
    "objected": _("Putuskan keberatan"),
    "on_hold": _("Tunggu keterangan pelapor"),
    "answered": _("Tunggu tanggapan pelapor"),
}


def refused(reason: str) -> str:
    """Why a move was refused, as a sentence; a reason not listed gets a general one."""
    return str(REFUSED.get(reason, "")) or gettext("Langkah ini tidak dapat dilakukan saat ini.")


def incomplete(reason: str) -> str:
    """What is missing, as a sentence."""
    return str(INCOMPLETE.get(reason, "")) or gettext("Periksa kembali bagian ini.")


def file_refused(reason: str, name: str) -> str:
    """Why a file was not taken, as a sentence."""
    return str(FILE_REFUSED.get(reason, FILE_REFUSED["unknown"])) % {"name": name}


def next_step(state: str, *, is_draft_ready: bool, may_send: bool) -> str:
    """What to do next in two or three words; empty for a report that has ended."""
    if is_draft_ready and state == "in_progress":
        return gettext("Setujui dan kirim jawaban") if may_send else gettext("Tunggu persetujuan jawaban")
    return str(NEXT.get(state, ""))
