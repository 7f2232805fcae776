"""Plain sentences for what the core refuses, and for what an officer should do next. Keys come from `reports`."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lapor.reports.change import LeakFound
from lapor.routing.guess import Danger

REFUSED: dict[str, Promise] = {
    "not_from_here": _("Langkah ini tidak bisa lagi dilakukan: laporan sudah berada di tahap lain."),
    "not_yours": _("Langkah ini bukan wewenang Anda untuk laporan ini."),
    "agreed": _("Pelapor sudah menyetujui jawaban ini, jadi tidak dikembalikan lagi."),
    "own_draft": _(
        "Konsep ini Anda tulis sendiri. Agar diperiksa dua orang, minta rekan Anda memeriksanya: ia mengirimnya, atau "
        "menyimpannya sebagai konsepnya lalu Anda yang mengirim."
    ),
    "no_ready_draft": _("Belum ada konsep jawaban yang siap dikirim."),
    "once_only": _("Tenggat laporan ini sudah pernah diperpanjang. Perpanjangan hanya boleh satu kali."),
    "no_clock": _("Tidak ada tenggat berjalan yang dapat diperpanjang."),
    "agency_is_connected": _("Instansi ini sudah terhubung dengan LAPOR!, jadi tidak perlu surat pelimpahan."),
    "sealed_identity": _(
        "Identitas pelapor laporan tersegel tidak dapat diminta: tidak ada penjaga identitas yang memegang kuncinya, "
        "dan janji kepada pelapornya tidak mengenal pengecualian. Tanyakan lewat percakapan; hanya pelapor sendiri "
        "yang dapat menyebut namanya."
    ),
    "not_hidden": _("Laporan ini tidak anonim, jadi tidak ada identitas yang perlu diminta."),
    "asked_already": _("Permintaan Anda yang lalu untuk laporan ini masih menunggu keputusan."),
    "no_custodians": _(
        "Belum ada dua penjaga identitas yang boleh memutuskan: mereka tidak boleh dari instansi Anda atau instansi "
        "terlapor. Admin nasional dapat menunjuk penjaga identitas."
    ),
    "ended": _("Permintaan ini sudah berakhir."),
    "decided_already": _("Anda sudah memutuskan permintaan ini. Keputusan kedua dibuat orang lain."),
    "no_delay_on_this_ground": _("Untuk dasar hukum ini pelapor selalu diberi tahu segera."),
    "told_already": _("Pelapor sudah diberi tahu semuanya."),
    "guard_closed": _(
        "Menulis di laporan yang pelapornya dirahasiakan ditutup untuk Anda sampai besok, karena peringatan yang "
        "berulang. Rekan Anda dapat melanjutkan."
    ),
    "nobody_opens": _("Belum ada pemeriksa dengan kunci untuk tempat ini, jadi laporan belum dapat disegel."),
    "nobody_to_advise": _("Laporan ini tidak di tangan badan mana pun, jadi tidak ada yang dapat diberi rekomendasi."),
    "climbed_on": _("Keterlambatan laporan ini sudah naik ke tingkat berikutnya atau sudah selesai."),
    "locked": _("Laporan ini tersegel. Buka kunci Anda dulu, lalu coba lagi; tulisan Anda masih ada di bawah."),
    "sealed": _("Laporan tersegel tetap tersegel, dan tidak dibuat surat atau digabungkan."),
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
    "ordered_already": _("Tingkat ini sudah pernah memberi tanggal terakhir. Ambil alih, atau catat alasannya."),
    "order_out_of_range": _("Pilih tanggal sesudah hari ini, paling lama sepuluh hari kerja lagi."),
    "same_person": _("Laporan ini sudah ditangani petugas itu. Pilih petugas lain."),
    "cannot_take": _("Petugas ini tidak dapat membuka laporan ini. Pilih petugas lain, atau tugaskan unitnya juga."),
    "not_of_this_agency": _("Unit ini bukan bagian dari instansi yang menangani."),
    "no_admins": _("Badan ini belum punya admin yang terhubung. Pilih inspektorat lain atau admin nasional."),
    "same_body": _("Laporan ini sudah berada di badan tersebut. Pilih badan lain."),
    "cannot_lead": _("Laporan itu tidak dapat menjadi laporan utama: sudah berakhir atau sudah digabung."),
    "cannot_lead_many": _("Hanya laporan terbuka yang tidak menyebut pihak tertentu dapat memimpin laporan massal."),
    "sealed": _("Laporan tersegel tidak dapat digabung."),
    "named": _("Laporan yang menyebut pihak tertentu tidak dapat dibuka untuk publik."),
    "no_officer": _("Orang ini bukan petugas di sini. Tulis namanya saja."),
    "too_many": _("Sudah sepuluh pihak yang disebut. Hapus dulu yang keliru."),
    "not_independent": _("Tidak bisa ke sana: di situ tidak ada yang boleh menangani laporan ini. Pilih yang lain."),
    "sealed_words": _("Laporan tersegel tidak diberi judul. Tulis catatan internal."),
    "nobody_opens": _("Di badan ini belum ada pemeriksa dengan kunci yang dapat membacanya. Pilih badan lain."),
    "leak": _("Belum dikirim: ada data orang di dalamnya. Ubah tulisan, atau beri alasan."),
    "infected_file": _("Satu berkas mengandung virus. Buang berkas itu, lalu kirim lagi."),
}

# What the leak guard found, where the officer may know it.
LEAKS: dict[str, Promise] = {
    "own": _("Data pelapor"),
    "nik": _("NIK atau nomor KK"),
    "card": _("Nomor kartu"),
    "account": _("Nomor rekening"),
    "phone": _("Nomor telepon"),
    "plate": _("Pelat nomor"),
    "email": _("Alamat surel"),
    "address": _("Alamat rumah"),
    "unread": _("Isi yang tidak dapat diperiksa"),
}

FILE_REFUSED: dict[str, Promise] = {
    "empty": _("%(name)s kosong."),
    "too_large": _("%(name)s lebih besar dari 10 MB."),
    "too_many": _("%(name)s tidak disimpan: paling banyak 5 berkas."),
    "too_many_pixels": _("%(name)s terlalu besar ukurannya. Perkecil gambarnya."),
    "unknown": _("%(name)s bukan foto, PDF, atau video pendek."),
    "broken": _("%(name)s rusak dan tidak dapat dibaca."),
    "encrypted": _("%(name)s terkunci dengan kata sandi. Simpan tanpa kata sandi, lalu kirim lagi."),
    "bomb": _("%(name)s terlalu besar setelah dibuka. Simpan ulang sebagai PDF biasa, atau kirim fotonya."),
    "mixed": _("%(name)s bukan video biasa: di dalamnya ada jenis berkas lain."),
    "infected": _("%(name)s mengandung virus dan tidak disimpan."),
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


MISSING: dict[str, Promise] = {
    "matter": _("Pokok laporannya belum jelas, atau cocok dengan beberapa urusan."),
    "place": _("Tempatnya belum disebut. Lengkapi lewat “Perbaiki data laporan”."),
    "narrower_place": _("Tempatnya belum cukup sempit: kabupaten atau kotanya belum diketahui."),
    "office": _("Dinas yang mengurusnya belum terdaftar di tempat ini, maka pemerintah daerahnya yang disebut."),
    "rule": _("Aturannya sendiri menyebut bahwa ini perlu dipastikan petugas."),
    "returned": _("Instansi yang menurut aturan berwenang sudah mengembalikan laporan ini."),
    "accused": _("Instansi yang menurut aturan berwenang disebut dalam laporan, maka tidak diusulkan."),
}
DANGERS: dict[str, Promise] = {
    "kekerasan": _("Ancaman kekerasan: polisi 110"),
    "kekerasan_perempuan_anak": _("Kekerasan terhadap perempuan atau anak: polisi 110, pendampingan SAPA 129"),
    "kebakaran": _("Kebakaran: pemadam kebakaran 113"),
    "medis": _("Darurat medis: ambulans 119"),
    "bunuh_diri": _("Keinginan bunuh diri: layanan konseling 119 tekan 8"),
    "bencana": _("Bencana: panggilan darurat 112"),
    "hilang": _("Orang hilang atau tenggelam: Basarnas 115"),
    "listrik": _("Bahaya listrik: PLN 123"),
    "roboh": _("Bangunan mau roboh atau gas bocor: panggilan darurat 112"),
}


def missing(reasons: Iterable[str]) -> list[str]:
    """What keeps a suggestion from being sure, as sentences."""
    return [str(MISSING[reason]) for reason in reasons if reason in MISSING]


def danger(found: Danger) -> str:
    """A danger with the number to ring, in a few words."""
    named = DANGERS.get(found.name)
    return str(named) if named else gettext("Keadaan darurat: telepon %(number)s") % {"number": found.number}


def refused(reason: str) -> str:
    """Why a move was refused, as a sentence; a reason not listed gets a general one."""
    return str(REFUSED.get(reason, "")) or gettext("Langkah ini tidak dapat dilakukan saat ini.")


def incomplete(reason: str) -> str:
    """What is missing, as a sentence."""
    return str(INCOMPLETE.get(reason, "")) or gettext("Periksa kembali bagian ini.")


def leaks(found: LeakFound) -> list[str]:
    """What the leak guard found, each sentence and each file once. Where nobody may know the reporter, only where it
    stands, never what it is: a kind or its absence would confirm a guess.
    """
    kinds: dict[tuple[str, str], list[str]] = {}
    for one in found.found:
        what = gettext("Data yang dapat menunjukkan orang") if found.is_unnamed else str(LEAKS[one.kind])
        kinds.setdefault((one.field, one.text), []).append(what)
    return [_leak(field, text, list(dict.fromkeys(what))) for (field, text), what in kinds.items()]


def _leak(field: str, text: str, kinds: list[str]) -> str:
    what = "; ".join(kinds)
    if field == "uploads":
        return gettext("%(what)s di berkas %(name)s") % {"what": what, "name": text}
    return f"{what}: “{text}”"


def file_refused(reason: str, name: str) -> str:
    """Why a file was not taken, as a sentence."""
    return str(FILE_REFUSED.get(reason, FILE_REFUSED["unknown"])) % {"name": name}


def next_step(state: str, *, is_draft_ready: bool, may_send: bool) -> str:
    """What to do next in two or three words; empty for a report that has ended."""
    if is_draft_ready and state == "in_progress":
        return gettext("Setujui dan kirim jawaban") if may_send else gettext("Tunggu persetujuan jawaban")
    return str(NEXT.get(state, ""))


RECOVERY_STATES: dict[str, Promise] = {
    "open": _("menunggu penjaga kedua"),
    "confirmed": _("disetujui"),
    "refused": _("ditolak"),
    "withdrawn": _("dibatalkan"),
    "expired": _("lewat waktu"),
}
_RECOVERY_REFUSED: dict[str, Promise] = {
    "locked": _("Kunci Anda tertutup. Buka dulu, lalu ulangi."),
    "no_custodian": _("Hanya penjaga identitas yang dapat melakukannya."),
    "for_oneself": _("Penjaga tidak dapat membukakan laporan untuk dirinya sendiri."),
    "has_no_key": _("Pemeriksa ini belum membuat kunci."),
    "nothing_there": _("Tidak ada laporan tersegel seperti itu yang boleh dilihat pemeriksa ini."),
    "no_recovery_key": _("Kunci pemulihan belum dibuat."),
    "no_part": _("Anda belum memegang bagian dari kunci pemulihan. Dua penjaga lain harus memperbaruinya dulu."),
    "too_few": _("Perlu paling sedikit dua penjaga yang sudah membuat kunci."),
    "same_person": _("Anda yang memulainya. Penjaga lain yang harus menyetujui."),
    "first_left": _("Yang memulai bukan penjaga lagi. Mulai permintaan baru."),
    "not_open": _("Permintaan ini sudah berakhir."),
}


def recovery_refused(reason: str) -> str:
    """Why recovery goes no further."""
    return str(_RECOVERY_REFUSED[reason])


def recovered(kind: str, reports: int) -> str:
    """What two custodians have done."""
    if kind == "renew":
        return gettext("Kunci pemulihan baru berlaku.")
    said = ngettext("%(count)s laporan dibukakan.", "%(count)s laporan dibukakan.", reports)
    return said % {"count": reports}
