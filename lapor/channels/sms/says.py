"""Every word that 1708 says, in Indonesian. Each fits 160 signs of GSM 03.38 with its fields filled in; elsewhere
(`by`) the same is said of a message that is no SMS.

A telephone is often shared: nothing here repeats what was written, and of a report that is kept secret nothing is said
but its code. What somebody asked about their own public report may name the body that has it.
"""

from __future__ import annotations

from typing import Final

from lapor.reports.models import Channel, State

MOST: Final = 160
LONGEST_READ: Final = 459  # three joined messages
ROOM_ELSEWHERE: Final = 900  # in one message of any messaging service
AGENCY_LETTERS: Final = 40  # of a body's name, so that the whole still fits

ASK_WHAT: Final = (
    "Mohon ceritakan apa yang terjadi dan di mana, dalam satu SMS. Contoh: SAMARINDA lampu jalan "
    "mati di Jl Contoh sejak Senin."
)
ASK_WHERE: Final = "Terima kasih. Di mana kejadiannya? Balas dengan nama desa/kelurahan, kecamatan, dan kabupaten/kota."
ASK_WHEN: Final = (
    "Kapan kejadiannya? Balas misalnya: kemarin, 3 Mei, atau sejak 2 bulan. Balas TIDAK TAHU bila tidak tahu."
)
FILED: Final = (
    "Laporan diterima. Kode {code} PIN {pin}. Dijawab paling lambat {due}. Cek: balas STATUS. "
    "Simpan SMS ini, lalu hapus bila HP dipakai bersama."
)
FILED_QUIETLY: Final = (
    "Diterima dan dirahasiakan. Kode {code} PIN {pin}. Dijawab paling lambat {due}. Catat, lalu "
    "hapus SMS ini bila HP dipakai bersama."
)
ADDED: Final = "Balasan Anda masuk ke laporan {code}. Jika ini hal lain, balas BARU untuk membuat laporan baru."
STATUS: Final = "Laporan {code}: {state}. {agency}Batas {due}. Balas BALAS {code} isi pesan untuk menambah keterangan."
STATUS_SHORT: Final = "Laporan {code}: {state}. Perintah lain: balas BANTUAN."
READ: Final = "{code}: {text}"
NOTHING_YET: Final = "Belum ada pesan petugas pada laporan {code}."
NOT_HERE: Final = "Isi laporan {code} dirahasiakan dan tidak dikirim lewat SMS. Baca di {link} dengan kode dan PIN."
AGREED: Final = "Terima kasih, laporan {code} selesai. Beri nilai 1-5: balas NILAI {code} 5 (5 = sangat baik)."
OBJECTED: Final = "Keberatan atas laporan {code} diterima. Pengawas memeriksanya, bukan instansi yang menjawab."
ASK_OBJECTION: Final = "Apa yang belum sesuai pada jawaban laporan {code}? Balas dengan kalimat Anda sendiri."
RATED: Final = "Terima kasih atas penilaian Anda untuk laporan {code}."
ASK_RELIABLE: Final = (
    "Terima kasih. Satu lagi, tidak wajib: LAPOR lebih dapat diandalkan daripada saluran lain? Balas ANDAL {code} 1-5 "
    "(5 = sangat setuju)."
)
THANKS_FOR_VOICE: Final = "Terima kasih, pendapat Anda kami hitung tanpa nama."
VOICE_OVER: Final = "Terima kasih. Waktu menjawab pertanyaan tentang laporan {code} sudah lewat atau belum mulai."
HIDDEN: Final = "Laporan {code} kini dirahasiakan: tidak tampil untuk umum dan nama Anda disembunyikan."
NEXT_HIDDEN: Final = "Baik. Kirim laporan Anda sekarang; laporan itu akan dirahasiakan."
WITHDRAWN: Final = "Laporan {code} dicabut. Anda dapat membukanya lagi di situs LAPOR."
DROPPED: Final = "Baik, laporan yang sedang ditulis dibatalkan. Tidak ada yang dikirim."
NEW: Final = "Baik. Kirim laporan baru Anda: apa yang terjadi, di mana, dan kapan."
HELP: Final = (
    "Kirim laporan dengan kata sendiri, atau: STATUS kode, BACA kode, BALAS kode isi, SETUJU, "
    "KEBERATAN alasan, NILAI 1-5, RAHASIA, BATAL, BARU, STOP"
)
STOPPED: Final = (
    "Baik, kami tidak mengirim SMS lagi. Laporan Anda tetap ditangani. Kirim SMS apa saja untuk menerimanya lagi."
)
WRONG: Final = "Kode itu tidak cocok dengan nomor ini. Periksa angkanya, atau tambahkan PIN: {word} kode PIN"
LOCKED: Final = "Terlalu banyak percobaan untuk laporan itu. Coba lagi satu jam lagi."
NONE: Final = "Tidak ada laporan dari nomor ini yang dapat dipakai untuk perintah itu. Tulis kodenya: {word} kode"
WHICH: Final = "Laporan yang mana? Tulis kodenya: {word} {codes}"
REFUSED: Final = "Itu tidak dapat dilakukan sekarang. Laporan {code}: {state}."
TOO_SHORT: Final = "Mohon tulis sedikit lebih lengkap, lalu kirim lagi."
ASK_STARS: Final = "Beri nilai 1 sampai 5. Contoh: NILAI {code} 4 (5 = sangat baik)."
DANGER: Final = "Jika ada yang terancam sekarang, telepon {number}. Jangan menunggu balasan SMS ini."
EMPTY: Final = "Pesan Anda kosong atau tidak terbaca. Tulis laporan dengan huruf biasa, atau balas BANTUAN."

FILE_REFUSED: Final = (
    "Ada berkas yang tidak dapat kami terima. Kirim lagi sebagai foto, PDF, atau video pendek: paling besar 10 MB, "
    "paling banyak lima."
)
FILE_KEPT: Final = "Berkas Anda kami simpan. Ceritakan apa yang terjadi, di mana, dan kapan; berkas itu menyertainya."
UNKNOWN_KIND: Final = (
    "Pesan jenis ini tidak dapat kami baca. Tulis dengan kata-kata, atau kirim foto, PDF, atau video pendek."
)


def by(channel: str, text: str) -> str:
    """The same words where the message is no SMS."""
    return text if channel == Channel.SMS else text.replace("SMS", "pesan")


def room(channel: str) -> int:
    """How many letters a message that is to be one may have."""
    return MOST if channel == Channel.SMS else ROOM_ELSEWHERE


def room_to_read(channel: str) -> int:
    """How many letters the words of an officer may have."""
    return LONGEST_READ if channel == Channel.SMS else ROOM_ELSEWHERE


STATES: Final[dict[str, str]] = {
    State.RECEIVED: "menunggu diperiksa",
    State.ON_HOLD: "menunggu keterangan Anda",
    State.VERIFIED: "sudah diperiksa",
    State.ASSIGNED: "diteruskan ke instansi",
    State.IN_PROGRESS: "sedang ditangani",
    State.ANSWERED: "sudah dijawab",
    State.OBJECTED: "keberatan diperiksa",
    State.CLOSED: "selesai",
    State.ARCHIVED: "diarsipkan",
    State.WITHDRAWN: "dicabut",
    State.MERGED: "digabung dengan laporan serupa",
}
