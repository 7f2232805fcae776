"""Plain sentences for what the rooms below refuse, and names for what was done. Keys come from those rooms."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.reports.staff import Passed

# Why a mail waits (`channels.mail`).
HELD: dict[str, Promise] = {
    "forged": _("Pengirimnya palsu menurut pemeriksaan server surel."),
    "unknown_thread": _("Ditujukan ke percakapan yang tidak ada."),
    "another_sender": _("Ditujukan ke laporan orang lain: alamatnya bukan alamat pelapor."),
    "no_sender": _("Pengirimnya tidak dapat dikenali."),
    "flood": _("Terlalu banyak surat dari pengirim yang sama dalam sehari."),
    "unreadable": _("Surat ini rusak dan tidak dapat dibaca."),
}

REFUSED: dict[str, Promise] = {
    # mails that could not be placed
    "mail_is_gone": _("Surat ini sudah ditangani; mungkin rekan Anda lebih dulu."),
    "mail_unreadable": _("Surat ini rusak dan tidak dapat dibaca."),
    "mail_too_short": _(
        "Surat ini terlalu singkat untuk menjadi laporan dan tidak punya lampiran yang dapat diterima."
    ),
    "cannot_add": _("Laporan itu tidak dapat ditambah sekarang: sudah selesai, dicabut, atau tersegel."),
    # connections
    "connected_already": _("Instansi ini sudah terhubung."),
    "not_connected": _("Instansi ini tidak sedang terhubung."),
    "connected_only_later": _("Instansi ini baru terhubung sesudah tanggal itu. Pilih tanggal yang lebih akhir."),
    "always_connected": _("Pengelola nasional selalu terhubung: di atasnya tidak ada yang dapat menjawab."),
    "not_active": _("Instansi ini tidak aktif lagi."),
    "no_standard_set": _("Perangkat standar hanya untuk provinsi, kabupaten, dan kota."),
    # units
    "name_taken": _("Unit dengan nama ini sudah ada, atau pernah ada. Pilih nama lain."),
    "no_name": _("Tulis nama unitnya."),
    "closed_already": _("Unit ini sudah ditutup."),
    "no_such_unit": _("Pilih unit lain dari instansi yang sama."),
    # posts
    "own_post": _("Jabatan untuk diri sendiri diberikan oleh orang lain. Minta rekan atau admin di atas Anda."),
    "oneself": _("Anda tidak dapat menonaktifkan akun sendiri. Minta rekan atau admin di atas Anda."),
    "unit_of_another_body": _("Unit ini bukan bagian dari instansi yang dipilih."),
    "unit_is_closed": _("Unit ini sudah ditutup."),
    "national_only_there": _("Admin nasional hanya ada di pengelola nasional."),
    "already_ended": _("Ini sudah berakhir."),
    "last_national": _("Ini admin nasional yang terakhir. Angkat penggantinya dulu."),
    # absences
    "ends_before_start": _("Tanggal akhir mendahului tanggal mulai."),
    "absent_already": _("Pada hari-hari itu petugas ini sudah dicatat tidak hadir."),
    "own_deputy": _("Pengganti harus orang lain."),
    "deputy_works_elsewhere": _("Pengganti harus bertugas di setiap instansi tempat petugas ini bertugas."),
    "deputy_lacks_role": _("Untuk jabatan ini, pengganti harus memegang jabatan yang sama."),
    # accounts
    "own_factor": _("Faktor kedua Anda sendiri hanya dapat dihapus rekan atau admin di atas Anda."),
    "address_taken": _("Alamat ini sudah dipakai akun lain. Gunakan alamat surel dinas yang belum terdaftar."),
    "already_in": _("Petugas ini sudah punya kata sandi. Bila lupa, ia memintanya sendiri di halaman masuk."),
    # limits
    "not_in_future": _("Yang baru hanya dapat berlaku mulai besok atau sesudahnya."),
    "days_do_not_fit": _("Jumlah hari paling sedikit satu, dan peringatan harus lebih pendek daripada batasnya."),
    "no_source": _("Sebutkan peraturan atau keputusan yang menjadi dasarnya."),
    "exists_already": _("Untuk hal dan tanggal ini sudah ada baris. Pilih tanggal lain."),
    # rungs of the ladder
    "never_left_out": _("Tingkat ini tidak dapat dilewati."),
    "dates_do_not_fit": _("Mulailah hari ini atau sesudahnya, dan akhiri tidak lebih awal daripada mulainya."),
    "exempt_too_long": _("Paling lama tiga bulan. Sesudah itu buat pengecualian baru dengan alasannya."),
    "reason_too_short": _("Jelaskan alasannya dalam satu kalimat; publik membacanya."),
    "exempt_already": _("Pada hari-hari itu tingkat ini sudah dilewati untuk instansi ini."),
    "exempt_no_more": _("Pengecualian ini sudah berakhir."),
    # trainings
    "own_training": _("Pelatihan Anda sendiri dicatat oleh orang lain, atau dengan sertifikat."),
    "training_to_come": _("Tanggal pelatihan ini belum tiba."),
    "trained_already": _("Pelatihan ini sudah dicatat; mungkin rekan Anda lebih dulu."),
    "withdrawn_already": _("Catatan ini sudah ditarik."),
    "no_training_keys": _(
        "Situs ini belum mengenal situs latihan, jadi sertifikat tidak dapat diperiksa. Minta pengelola situs mengisi "
        "LAPOR_TRAINING_KEYS, atau catat tanpa sertifikat."
    ),
    "no_certificate": _("Ini bukan kode sertifikat yang utuh. Salin seluruhnya, atau unggah PDF-nya."),
    "forged_certificate": _(
        "Tanda tangannya tidak cocok: kode ini bukan dari situs latihan kita atau sudah berubah. Minta salinan baru."
    ),
    "certificate_of_another": _(
        "Milik orang lain: tidak ada petugas daerah ini dengan alamat surel itu. Periksa apakah ia diundang dengan "
        "alamat yang sama di kedua situs."
    ),
    "certificate_of_another_body": _("Dibuat untuk instansi lain, bukan tempat petugas ini bertugas."),
    "certificate_of_another_role": _("Dibuat untuk peran lain, bukan peran yang dipegang petugas ini di sini."),
    # days off
    # personal data
    "impossible_date": _("Tanggal ini tidak mungkin: pilih hari ini atau sesudahnya, paling lama lima tahun."),
    "in_future": _("Saat ini belum tiba. Isi kapan insiden diketahui."),
    "not_told_yet": _("Insiden ditutup sesudah pemilik data dan lembaga diberi tahu. Catat keduanya dulu."),
    "empty": _("Isi paling sedikit satu hal."),
    # rules of competence
    "nothing_changed": _("Aturan ini sama dengan yang tersimpan; tidak ada yang diubah."),
    "rule_stands_so": _("Aturan ini sudah dalam keadaan itu; mungkin rekan Anda lebih dulu."),
    "no_reason": _("Tulis alasannya."),
    "no_such_order": _("Urutan adalah angka 0 sampai 9999."),
    "no_such_level": _("Tingkat ini tidak dikenal."),
    "no_such_kind": _("Jenis laporan ini tidak ada: {piece}"),
    "no_such_category": _("Kategori ini tidak ada: {piece}"),
    "empty_alternative": _("Ada bagian kosong di antara tanda | atau &. Hapus tandanya atau isi katanya."),
    "no_such_place": _(
        "Tanda tempat tidak dikenal: {piece}. Pakai @provinsi, @kota, @desa, @tanpa_tempat, "
        "atau @ dengan kode wilayah seperti @64.72."
    ),
    "star_inside": _("Tanda * hanya boleh di akhir kata: {piece}"),
    "star_too_short": _("Sebelum tanda * harus ada paling sedikit tiga huruf: {piece}"),
    "unreadable_word": _("Bagian ini tidak memuat kata berhuruf Latin: {piece}"),
    "too_long": _("Tulisan ini terlalu panjang."),
    "no_body": _("Pilih instansinya."),
    "one_central_body": _("Di tingkat pusat hanya satu instansi yang disebut."),
    "no_such_body": _("Instansi ini tidak ada di tingkat itu: {piece}"),
    "same_body_twice": _("Instansi pengganti harus lain dari yang pertama."),
    "no_words": _("Isian ini tidak boleh kosong."),
    "names_no_body": _("Tulis {{agency}} di tempat nama instansi akan muncul."),
    "no_such_blank": _("Yang dapat diisi sistem hanya {{agency}} dan {{place}}, bukan {{{piece}}}."),
    "no_such_threshold": _("Ambang adalah angka 0 sampai 100."),
    "had_its_share": _("Nomor atau alamat ini sudah mendapat semua pesannya hari ini. Coba besok, atau yang lain."),
    "not_in_force": _("Hari libur ini sudah tidak berlaku."),
}

DONE: dict[str, Promise] = {
    "connect": _("Dihubungkan"),
    "disconnect": _("Diputuskan"),
    "adopt": _("Perangkat standar diambil"),
    "adopt_units": _("Unit standar diambil"),
    "add_days": _("Hari libur daerah ditambahkan"),
    "take_certificates": _("Sertifikat latihan dimasukkan"),
    "note_training": _("Pelatihan dicatat"),
    "withdraw_training": _("Catatan pelatihan ditarik"),
    "connect_many": _("Banyak instansi dihubungkan"),
    "exempt": _("Satu tingkat tangga dilewati"),
    "end_exemption": _("Tingkat tangga dipakai lagi"),
    "edit_body": _("Data instansi diubah"),
    "add_unit": _("Unit ditambahkan"),
    "rename_unit": _("Nama unit diubah"),
    "close_unit": _("Unit ditutup"),
    "invite": _("Petugas diundang"),
    "invite_many": _("Banyak petugas diundang"),
    "invite_again": _("Undangan dikirim lagi"),
    "add_post": _("Jabatan ditambahkan"),
    "end_post": _("Jabatan diakhiri"),
    "set_absent": _("Ketidakhadiran dicatat"),
    "return_early": _("Kembali lebih awal"),
    "forget_factor": _("Faktor kedua dihapus"),
    "shut_out": _("Akun dinonaktifkan"),
    "let_in": _("Akun diaktifkan lagi"),
    "add_rule": _("Aturan ditambahkan"),
    "edit_rule": _("Aturan diubah"),
    "end_rule": _("Aturan dihentikan"),
    "revive_rule": _("Aturan dipakai lagi"),
    "set_threshold": _("Ambang keyakinan diubah"),
    "add_template": _("Templat ditambahkan"),
    "edit_template": _("Templat diubah"),
}


def refused(reason: str, *, piece: str = "") -> str:
    """Why something was refused, as a sentence, with the piece that is wrong; a general one for a reason not listed."""
    return str(REFUSED.get(reason, "")).format(piece=piece) or gettext("Ini tidak dapat dilakukan sekarang.")


def outcome(done: str, made: object) -> str:
    """What was done, with the numbers that came out of it."""
    match made:
        case Passed(given=given, to_unit=to_unit) if given or to_unit:
            more = gettext("%(given)d laporan diteruskan kepada rekan, %(to_unit)d kembali ke unitnya.")
            return f"{done} {more % {'given': given, 'to_unit': to_unit}}"
        case (_, None):
            return gettext("Petugas ini sudah punya akun; jabatannya sudah ditambahkan.")
        case list() as new:
            return gettext("%(n)d instansi dibuat.") % {"n": len(new)}
        case int() as n if not isinstance(made, bool):
            return f"{done} {gettext('Jumlahnya %(n)d.') % {'n': n}}"
        case _:
            return done


def done(act: str) -> str:
    """What an entry of the audit trail says happened."""
    return str(DONE.get(act.removeprefix("office."), "")) or gettext("Perubahan lain")
