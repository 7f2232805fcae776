"""Every word that the channel e-mail says, in Indonesian. Nothing repeats what was written: mail is read on lock
screens and by postmasters. Of a report that is kept secret nothing is said but its code, its PIN and its day.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

FILED_SUBJECT: Final = "Laporan {code} kami terima"
FILED: Final = (
    "Terima kasih, laporan Anda kami terima.\n\n"
    "Kode: {code}\nPIN: {pin}\n"
    "Diperiksa oleh: {verifier}\n{proposed}"
    "Dijawab paling lambat: {due}\n\n"
    "Ikuti perkembangannya di {link} dengan kode dan PIN ini. Simpan keduanya; PIN tidak dikirim lagi.\n"
)
PROPOSED: Final = "Diusulkan untuk ditangani: {agency}\n"
FILED_QUIETLY: Final = (
    "Laporan Anda kami terima dan dirahasiakan.\n\n"
    "Kode: {code}\nPIN: {pin}\nDijawab paling lambat: {due}\n\n"
    "Ikuti perkembangannya di {link} dengan kode dan PIN ini. Catat keduanya, lalu hapus surat ini bila kotak surat "
    "Anda dibaca orang lain.\n"
)
ASK_WHERE: Final = (
    "\nKami belum tahu tempat kejadiannya. Balas surat ini dengan nama desa atau kelurahan, kecamatan, dan kabupaten "
    "atau kota.\n"
)
HOW: Final = (
    "\nBalas surat ini untuk menambah keterangan atau foto. Perintah, ditulis sendiri di baris pertama: STATUS, "
    "SETUJU, KEBERATAN alasan, NILAI 1-5, RAHASIA, BATAL, STOP."
)
CUT: Final = "\nSurat Anda sangat panjang; kami menyimpan 20.000 huruf pertama. Kirim sisanya dalam surat balasan.\n"
REPLY_SUBJECT: Final = "Laporan {code}"
ADDED: Final = (
    "Terima kasih. Balasan Anda masuk ke laporan {code} dan dibaca petugas. Jika ini hal lain, kirim lagi dengan kata "
    "BARU di depannya."
)
GUARDED_READ: Final = "Isi laporan {code} tidak dikirim lewat surel. Baca di {link} dengan kode dan PIN."
HELLO_SUBJECT: Final = "Surat Anda kepada LAPOR!"
EMPTY: Final = (
    "Surat Anda kosong, maka belum ada laporan yang kami catat. Ceritakan dalam surat baru apa yang terjadi, di mana, "
    "dan kapan; foto boleh dilampirkan."
)
TOO_SHORT: Final = (
    "Surat Anda terlalu singkat untuk dicatat sebagai laporan. Kirim surat baru yang menceritakan apa yang terjadi, di "
    "mana, dan kapan. Contoh: lampu jalan di Jl. Contoh, Kelurahan Contoh, Kota Samarinda mati sejak Senin."
)
TOO_LARGE: Final = (
    "Surat Anda terlalu besar (lebih dari 60 MB), maka isinya tidak kami simpan dan belum ada laporan yang dicatat. "
    "Kirim lagi dengan paling banyak 5 berkas, masing-masing paling besar 10 MB."
)
HELP: Final = (
    "Tulis laporan dengan kata-kata sendiri: apa yang terjadi, di mana, dan kapan. Anda mendapat kode, PIN, dan batas "
    "waktu jawaban. Sesudah itu balas surat kami untuk menambah keterangan, atau tulis di baris pertama: STATUS, "
    "SETUJU, KEBERATAN alasan, NILAI 1-5, RAHASIA, BATAL, STOP."
)
STOPPED: Final = (
    "Baik, kami tidak mengirim pemberitahuan lagi ke alamat ini. Laporan Anda tetap ditangani. Kirim surat apa saja "
    "untuk menerimanya lagi."
)
UNPROVEN: Final = (
    "Kami belum yakin bahwa surat ini dari pelapor. Balas salah satu surat kami tentang laporan itu, atau tulis kode "
    "dan PIN di belakang perintah: {word} kode PIN"
)
FROM_ELSEWHERE: Final = "(Surel dari alamat lain, ditambahkan oleh petugas.)\n\n{text}"
LOCKED: Final = "Terlalu banyak percobaan untuk laporan itu. Coba lagi satu jam lagi."
NO_FILES: Final = (
    "\n{n} lampiran tidak dapat diterima: {why}. Yang diterima: foto, PDF, dan video pendek, paling banyak 5 berkas.\n"
)

_WHY: Final[dict[str, str]] = {
    "too_many": "lebih dari 5 berkas",
    "too_large": "lebih besar dari 10 MB",
    "too_many_pixels": "gambarnya terlalu besar",
    "encrypted": "terkunci dengan kata sandi",
    "infected": "mengandung virus",
    "broken": "rusak atau tidak terbaca",
    "empty": "kosong",
}
_OTHER: Final = "jenisnya tidak dikenal, misalnya arsip zip"


def left_out(reasons: Collection[str]) -> str:
    """Why files were not taken; empty when all were."""
    if not reasons:
        return ""
    why = ", ".join(dict.fromkeys(_WHY.get(one, _OTHER) for one in reasons))
    return NO_FILES.format(n=len(reasons), why=why)
