"""The words of every message, in Indonesian; English is the translation.

None holds what the reporter wrote, a name or an address: mail is read on lock screens and by postmasters. Of a report
that is confidential, sealed or anonymous even less is said: `GUARDED` replaces every other text.
"""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import ALARM, BREACH, INVITATION, NEW_DEVICE, VOICE, Audience


class Text(NamedTuple):
    """Subject and body; fields are {code}, {agency}, {due} and {link}."""

    subject: Promise | str
    body: Promise | str


GUARDED: dict[str, Text] = {
    Audience.REPORTER: Text(
        _("Ada kabar baru dari LAPOR!"),
        _("Ada kabar tentang laporan {code}. Buka halaman laporan Anda dengan kode dan PIN:\n{link}"),
    ),
    Audience.OFFICERS: Text(
        _("LAPOR!: ada laporan yang menunggu Anda"),
        _("Laporan {code} menunggu tindakan Anda. Masuk untuk membacanya:\n{link}"),
    ),
    Audience.NAMED: Text(
        _("LAPOR!: ada laporan yang menunggu Anda"),
        _("Laporan {code} menunggu tindakan Anda. Masuk untuk membacanya:\n{link}"),
    ),
    Audience.KEEPERS: Text(
        _("LAPOR!: ada permintaan yang menunggu keputusan Anda"),
        _("Ada permintaan yang menunggu keputusan Anda sebagai penjaga identitas. Masuk untuk membacanya:\n{link}"),
    ),
}

# Letters about no report; fields are {link} and {days}.
LETTERS: dict[str, Text] = {
    INVITATION: Text(
        _("LAPOR!: akun petugas untuk Anda"),
        _(
            "Anda diundang bekerja sebagai petugas di LAPOR!. Buat kata sandi Anda dalam {days} hari lewat tautan ini; "
            "tautan hanya berlaku satu kali:\n{link}\n\n"
            "Sesudah itu Anda memasang faktor kedua, misalnya aplikasi autentikator di ponsel. "
            "Jika Anda tidak mengenal undangan ini, abaikan saja."
        ),
    ),
    NEW_DEVICE: Text(
        _("LAPOR!: akun Anda dipakai di perangkat baru"),
        _(
            "Seseorang baru saja masuk ke akun LAPOR! Anda dari perangkat yang belum pernah Anda pakai. "
            "Jika itu Anda, tidak ada yang perlu dilakukan.\n\n"
            "Jika bukan, keluarkan perangkat itu di halaman ini, lalu ganti kata sandi Anda:\n{link}"
        ),
    ),
    ALARM: Text(
        _("LAPOR!: ada yang diam dan perlu diperiksa"),
        _(
            "Ada saluran, instansi, antrean, atau pekerja yang sudah terlalu lama diam. Buka daftarnya, lalu hubungi "
            "yang bersangkutan. Alarm padam sendiri begitu keadaannya pulih:\n{link}"
        ),
    ),
    BREACH: Text(
        _("LAPOR!: tenggat 3×24 jam insiden data"),
        _(
            "Ada insiden data pribadi yang belum diberitahukan kepada pemilik data dan lembaga yang berwenang. "
            "Batasnya 3×24 jam sejak diketahui. Buka daftarnya:\n{link}"
        ),
    ),
}

TEXTS: dict[str, Text] = {
    # to the reporter
    "received": Text(
        _("Laporan {code} sudah kami terima"),
        _(
            "Terima kasih. Laporan Anda {code} sudah kami terima dan akan diperiksa oleh {agency}. "
            "Simpan kode dan PIN Anda untuk mengikuti perkembangannya:\n{link}"
        ),
    ),
    "held": Text(
        _("Laporan {code}: kami perlu keterangan Anda"),
        _(
            "Ada pertanyaan untuk Anda tentang laporan {code}. Mohon dijawab paling lambat {due}; "
            "sesudah itu laporan dianggap dicabut. Anda tetap dapat membukanya kembali:\n{link}"
        ),
    ),
    "reminded": Text(
        _("Laporan {code} menunggu Anda"),
        _("Laporan {code} menunggu balasan Anda sampai {due}. Baca dan balas di sini:\n{link}"),
    ),
    "assigned": Text(
        _("Laporan {code} diteruskan"),
        _("Laporan {code} sudah diperiksa dan kini ditangani oleh {agency}:\n{link}"),
    ),
    "followed_up": Text(
        _("Laporan {code}: ada perkembangan"),
        _("{agency} menyampaikan perkembangan penanganan laporan {code}. Baca di sini:\n{link}"),
    ),
    "extended": Text(
        _("Laporan {code}: perlu waktu lebih lama"),
        _("{agency} memerlukan waktu sampai {due} untuk menjawab laporan {code}. Baca alasannya di sini:\n{link}"),
    ),
    "answered": Text(
        _("Laporan {code} sudah dijawab"),
        _(
            "{agency} sudah menjawab laporan {code}. Mohon dibaca: Anda dapat menyetujui atau menyatakan keberatan "
            "sampai {due}. Jika tidak ada tanggapan, laporan ditutup:\n{link}"
        ),
    ),
    "sent_back": Text(
        _("Laporan {code}: kami meminta jawaban yang lebih baik"),
        _(
            "Pengawas memeriksa jawaban atas laporan {code} dan memintanya diperbaiki. {agency} menjawab lagi paling "
            "lambat {due}. Anda tidak perlu berbuat apa-apa:\n{link}"
        ),
    ),
    "objection_accepted": Text(
        _("Laporan {code}: keberatan Anda diterima"),
        _("Keberatan Anda diterima. Laporan {code} ditangani lagi:\n{link}"),
    ),
    "objection_rejected": Text(
        _("Laporan {code}: putusan atas keberatan Anda"),
        _("Keberatan Anda atas laporan {code} sudah diperiksa dan tidak diterima. Baca alasannya di sini:\n{link}"),
    ),
    "archived": Text(
        _("Laporan {code} diarsipkan"),
        _(
            "Laporan {code} tidak dapat kami tindak lanjuti. Baca alasannya di sini; "
            "jika Anda tidak setuju, Anda dapat menyatakan keberatan:\n{link}"
        ),
    ),
    "expired": Text(
        _("Laporan {code} dianggap dicabut"),
        _(
            "Kami tidak menerima keterangan yang kami minta, sehingga laporan {code} dianggap dicabut. "
            "Anda dapat membukanya kembali kapan saja:\n{link}"
        ),
    ),
    "closed": Text(
        _("Laporan {code} selesai"),
        _("Tidak ada tanggapan atas jawaban, sehingga laporan {code} ditutup. Anda masih dapat memberi nilai:\n{link}"),
    ),
    VOICE: Text(
        _("Bagaimana laporan {code} ditangani?"),
        _(
            "Laporan {code} sudah selesai. Bagaimana menurut Anda? Beberapa pertanyaan singkat menunggu Anda di "
            "halaman laporan; menjawabnya tidak wajib:\n{link}\n\n"
            "Atau balas surat ini dengan NILAI 1-5 di baris pertama (5 = sangat baik). "
            "Kami bertanya satu kali saja."
        ),
    ),
    "merged": Text(
        _("Laporan {code} digabungkan"),
        _("Laporan {code} digabungkan dengan laporan serupa. Anda tetap menerima jawabannya di sini:\n{link}"),
    ),
    "split": Text(
        _("Laporan {code} dipecah menjadi dua"),
        _("Laporan {code} memuat dua hal yang berbeda dan kini ditangani sebagai dua laporan:\n{link}"),
    ),
    "identity_told": Text(
        _("Ada kabar baru dari LAPOR!"),
        _("Ada kabar tentang laporan {code}. Buka halaman laporan Anda dengan kode dan PIN:\n{link}"),
    ),
    "recommended": Text(
        _("Laporan {code}: ada rekomendasi lembaga pengawas"),
        _("Lembaga pengawas memberi rekomendasi tentang laporan {code}. Baca di sini:\n{link}"),
    ),
    "advice_answered": Text(
        _("Laporan {code}: rekomendasi sudah dijawab"),
        _("Instansi menjawab rekomendasi lembaga pengawas tentang laporan {code}. Baca di sini:\n{link}"),
    ),
    # to officers
    "to_answer_advice": Text(
        _("Laporan {code}: rekomendasi menunggu jawaban Anda"),
        _(
            "Lembaga pengawas memberi rekomendasi tentang laporan {code}. Jawaban instansi Anda dibaca publik; "
            "batasnya tertulis di halaman laporan:\n{link}"
        ),
    ),
    "advice_reply": Text(
        _("Laporan {code}: rekomendasi Anda dijawab"),
        _("Rekomendasi Anda tentang laporan {code} sudah dijawab. Baca di sini:\n{link}"),
    ),
    "advice_late": Text(
        _("Laporan {code}: jawaban atas rekomendasi terlambat"),
        _(
            "Rekomendasi lembaga pengawas tentang laporan {code} belum dijawab, dan batas waktunya sudah lewat. Itu "
            "kini tertulis di riwayat laporan. Tulis jawaban instansi Anda di halaman laporan:\n{link}"
        ),
    ),
    "advice_late_there": Text(
        _("Laporan {code}: rekomendasi belum dijawab pada waktunya"),
        _(
            "Instansi yang Anda kelola atau awasi belum menjawab rekomendasi lembaga pengawas tentang laporan {code}, "
            "dan batas waktunya sudah lewat. Pastikan jawabannya ditulis:\n{link}"
        ),
    ),
    "advice_not_answered": Text(
        _("Laporan {code}: rekomendasi Anda belum dijawab"),
        _(
            "Rekomendasi Anda tentang laporan {code} tidak dijawab pada waktunya. Keterlambatan itu dicatat dan naik "
            "menurut tangga keterlambatan. Baca di sini:\n{link}"
        ),
    ),
    "advice_raised": Text(
        _("Laporan {code}: pastikan rekomendasi dijawab"),
        _(
            "Jawaban atas rekomendasi lembaga pengawas tentang laporan {code} terlambat, dan kini Anda yang harus "
            "memastikan instansinya menjawab. Tanpa jawaban, keterlambatan naik ke tingkat berikutnya:\n{link}"
        ),
    ),
    "to_verify": Text(
        _("LAPOR!: ada laporan yang perlu diperiksa"),
        _("Ada laporan baru yang menunggu pemeriksaan Anda, di antaranya {code}, paling lambat {due}:\n{link}"),
    ),
    "handed_back": Text(
        _("Laporan {code} dikembalikan oleh instansi"),
        _("Laporan {code} dikembalikan dan menunggu disposisi baru, paling lambat {due}:\n{link}"),
    ),
    "to_handle": Text(
        _("Laporan {code} diteruskan kepada Anda"),
        _("Laporan {code} diteruskan ke {agency}. Tindak lanjut pertama paling lambat {due}:\n{link}"),
    ),
    "to_contribute": Text(
        _("Laporan {code}: masukan Anda diminta"),
        _("Instansi Anda diminta memberi masukan untuk laporan {code}:\n{link}"),
    ),
    "to_draft": Text(
        _("Laporan {code} menjadi tugas Anda"),
        _("Laporan {code} diteruskan ke unit Anda, paling lambat {due}:\n{link}"),
    ),
    "inherited": Text(
        _("LAPOR!: beberapa laporan kini menjadi tugas Anda"),
        _("Ada laporan yang berpindah kepada Anda, di antaranya {code}, paling lambat {due}:\n{link}"),
    ),
    "to_approve": Text(
        _("Laporan {code}: konsep jawaban menunggu persetujuan"),
        _("Konsep jawaban laporan {code} siap diperiksa dan dikirim:\n{link}"),
    ),
    "draft_returned": Text(
        _("Laporan {code}: konsep jawaban dikembalikan"),
        _("Konsep jawaban laporan {code} perlu diperbaiki. Baca catatannya di sini:\n{link}"),
    ),
    "replied": Text(
        _("Laporan {code}: pelapor membalas"),
        _("Ada balasan pelapor pada laporan {code}:\n{link}"),
    ),
    "to_decide": Text(
        _("Laporan {code}: keberatan menunggu putusan Anda"),
        _("Pelapor menyatakan keberatan pada laporan {code}. Mohon diputuskan paling lambat {due}:\n{link}"),
    ),
    "returned": Text(
        _("Laporan {code}: perlu jawaban yang lebih baik"),
        _("Keberatan pelapor diterima. Laporan {code} kembali kepada {agency}, paling lambat {due}:\n{link}"),
    ),
    "returned_weak": Text(
        _("Laporan {code}: jawaban perlu diperbaiki"),
        _(
            "Pengawas mutu mengembalikan jawaban laporan {code} kepada {agency} dengan alasannya. "
            "Jawaban baru paling lambat {due}:\n{link}"
        ),
    ),
    "warned": Text(
        _("Laporan {code}: tenggat hampir tiba"),
        _("Laporan {code} harus ditindaklanjuti paling lambat {due}:\n{link}"),
    ),
    "overdue": Text(
        _("Laporan {code} melewati tenggat"),
        _("Laporan {code} melewati tenggat {due}. Atasan Anda sudah diberi tahu:\n{link}"),
    ),
    "identity_asked": GUARDED[Audience.KEEPERS],
    "identity_decided": Text(
        _("Laporan {code}: permintaan Anda sudah diputuskan"),
        _("Permintaan Anda pada laporan {code} sudah diputuskan. Masuk untuk membacanya:\n{link}"),
    ),
    "escalated": Text(
        _("Laporan {code} dinaikkan kepada Anda"),
        _("Laporan {code} tidak ditangani pada waktunya atau dikembalikan, dan kini menjadi perhatian Anda:\n{link}"),
    ),
    "late_unit_head": Text(
        _("Laporan {code} terlambat: putuskan hari ini"),
        _(
            "Laporan {code} di unit Anda melewati tenggat {due}. Sebagai kepala unit Anda memutuskan satu dari tiga: "
            "perintahkan selesai sampai tanggal tertentu, ambil alih sendiri, atau catat alasannya. "
            "Tanpa penyelesaian, laporan naik ke pimpinan instansi:\n{link}"
        ),
    ),
    "late_superior": Text(
        _("Laporan {code} terlambat di instansi Anda"),
        _(
            "Laporan {code} melewati tenggat {due} dan belum selesai. Sebagai pimpinan Anda memutuskan: perintahkan "
            "selesai sampai tanggal tertentu, ambil alih, atau catat alasannya. Tanpa penyelesaian, laporan naik ke "
            "inspektorat:\n{link}"
        ),
    ),
    "late_inspectorate": Text(
        _("Laporan {code} terlambat dan naik kepada Anda"),
        _(
            "Laporan {code} tidak selesai pada waktunya ({due}). Putuskan: beri tanggal terakhir, tarik lalu teruskan "
            "ke instansi lain, atau catat alasannya. Masyarakat membaca di tangan siapa laporan ini sekarang:\n{link}"
        ),
    ),
    "late_government": Text(
        _("Laporan {code} terlambat di daerah Anda"),
        _(
            "Laporan {code} tidak selesai pada waktunya ({due}), juga sesudah inspektorat diberi tahu. Kantor kepala "
            "daerah memutuskan: perintahkan instansinya selesai sampai tanggal tertentu, atau catat alasannya:\n{link}"
        ),
    ),
    "late_national": Text(
        _("Laporan {code} terlambat dan naik ke tingkat nasional"),
        _(
            "Laporan {code} tidak selesai di daerah atau instansinya ({due}). Putuskan: beri tanggal terakhir, "
            "tarik lalu teruskan ke instansi lain, atau catat alasannya:\n{link}"
        ),
    ),
    "late_ombudsman": Text(
        _("Laporan {code} naik ke Ombudsman RI"),
        _(
            "Laporan {code} melewati semua tingkat tanpa penyelesaian; tenggatnya {due}. Anda dapat membaca berkasnya "
            "dan memberi saran:\n{link}"
        ),
    ),
    "rung_decided": Text(
        _("Laporan {code}: perintah atas keterlambatan"),
        _("Ada keputusan atas keterlambatan laporan {code}. Baca perintah dan tanggalnya di sini:\n{link}"),
    ),
}

# By SMS and other messages, to reporters alone: 160 signs of GSM 03.38 with {code} filled in. A telephone is often
# shared, so nothing says what a report is about. Always in Indonesian, as everything that 1708 says.
GUARDED_SMS = "LAPOR: ada kabar tentang laporan {code}. Balas STATUS {code}, atau buka {link} dengan kode dan PIN."
SMS: dict[str, str] = {
    "received": "LAPOR: laporan {code} sudah kami terima. Balas STATUS {code} kapan saja.",
    "held": "LAPOR: kami perlu keterangan Anda tentang laporan {code}. Balas BACA {code} untuk membaca pertanyaannya.",
    "reminded": "LAPOR: laporan {code} masih menunggu balasan Anda. Balas BACA {code} untuk membaca pertanyaannya.",
    "assigned": "LAPOR: laporan {code} sudah diperiksa dan diteruskan ke instansi yang berwenang.",
    "followed_up": "LAPOR: ada perkembangan pada laporan {code}. Balas BACA {code} untuk membacanya.",
    "extended": "LAPOR: instansi perlu waktu lebih lama untuk laporan {code}. Balas BACA {code} untuk alasannya.",
    "answered": "LAPOR: laporan {code} sudah dijawab. Balas BACA {code}, lalu SETUJU {code} atau KEBERATAN {code}.",
    "sent_back": "LAPOR: pengawas meminta jawaban yang lebih baik untuk laporan {code}. Anda cukup menunggu.",
    "objection_accepted": "LAPOR: keberatan Anda diterima. Laporan {code} ditangani lagi.",
    "objection_rejected": "LAPOR: keberatan atas laporan {code} tidak diterima. Balas BACA {code} untuk alasannya.",
    "recommended": "LAPOR: ada rekomendasi lembaga pengawas untuk laporan {code}. Balas BACA {code} untuk membacanya.",
    "advice_answered": "LAPOR: rekomendasi atas laporan {code} sudah dijawab. Balas BACA {code} untuk membacanya.",
    "archived": "LAPOR: laporan {code} tidak dapat ditindaklanjuti. Balas BACA {code} untuk alasannya.",
    "expired": "LAPOR: laporan {code} dianggap dicabut karena belum dilengkapi. Anda dapat membukanya lagi di {link}",
    "closed": "LAPOR: laporan {code} ditutup karena tidak ada tanggapan. Beri nilai: balas NILAI {code} 1-5.",
    VOICE: "LAPOR: laporan {code} selesai. Nilai jawabannya: balas NILAI {code} 1-5 (5 = sangat baik). Tidak wajib.",
    "merged": "LAPOR: laporan {code} digabung dengan laporan serupa. Jawabannya tetap sampai kepada Anda.",
    "split": "LAPOR: laporan {code} memuat dua hal dan kini ditangani sebagai dua laporan. Lihat {link}",
    "identity_told": GUARDED_SMS,
}
