"""The table of everything that can be changed in the back office: whose right it is, what it is about, which form it
takes and what it calls. Whether it may be done is in `access`; every act leaves a trace in the audit trail (`perform`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import doing
from . import subjects as about
from .access import Right
from .forms import bodies, days, people, wording
from .forms.base import OfficeForm, PlainForm, ReasonForm
from .subjects import About

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Act:
    """One row. `path` ends the address, `hint` says what happens; a `template` of its own draws more than a form."""

    right: Right
    about: About
    path: str
    title: Words
    button: Words
    done: Words
    do: Callable[..., Any]
    form: type[OfficeForm] = PlainForm
    hint: Words = ""
    is_grave: bool = False
    template: str = "backoffice/act.html"


ACTS: dict[str, Act] = {
    "connect": Act(
        right=Right.CONNECT,
        about=about.BODY,
        path="hubungkan/",
        title=_("Hubungkan instansi"),
        button=_("Hubungkan"),
        done=_("Instansi terhubung mulai tanggal itu. Laporan terbukanya dipindahkan kepadanya oleh sistem."),
        hint=_("Laporan terbuka yang selama ini dijawab badan lain pindah ke instansi ini mulai tanggal itu."),
        form=bodies.ConnectForm,
        do=doing.connect,
        template="backoffice/connect.html",
    ),
    "disconnect": Act(
        right=Right.CONNECT,
        about=about.BODY,
        path="putuskan/",
        title=_("Putuskan keterhubungan"),
        button=_("Putuskan"),
        done=_("Instansi tidak terhubung lagi mulai tanggal itu. Laporan terbukanya pindah ke badan di atasnya."),
        hint=_("Tidak ada laporan yang tertinggal: semua yang terbuka pindah ke badan yang menjawab untuknya."),
        form=bodies.DisconnectForm,
        do=doing.disconnect,
        is_grave=True,
        template="backoffice/connect.html",
    ),
    "adopt": Act(
        right=Right.CONNECT,
        about=about.BODY,
        path="perangkat-standar/",
        title=_("Ambil perangkat standar"),
        button=_("Buat perangkat daerah"),
        done=_("Perangkat standar dibuat."),
        hint=_("Dinas dan badan yang lazim dibuat di bawah pemerintah daerah ini. Bidang yang sudah ada dibiarkan."),
        form=bodies.AdoptForm,
        do=doing.adopt,
        template="backoffice/adopt.html",
    ),
    "edit_body": Act(
        right=Right.EDIT,
        about=about.BODY,
        path="ubah/",
        title=_("Ubah data instansi"),
        button=_("Simpan"),
        done=_("Data instansi disimpan."),
        form=bodies.BodyForm,
        do=doing.edit_body,
    ),
    "add_unit": Act(
        right=Right.UNITS,
        about=about.BODY,
        path="unit-baru/",
        title=_("Tambah unit kerja"),
        button=_("Tambahkan"),
        done=_("Unit ditambahkan."),
        form=bodies.UnitForm,
        do=doing.add_unit,
    ),
    "rename_unit": Act(
        right=Right.UNITS,
        about=about.UNIT,
        path="ubah/",
        title=_("Ubah nama unit"),
        button=_("Simpan"),
        done=_("Nama unit diubah."),
        hint=_("Laporan dan petugasnya tetap; hanya namanya yang berubah."),
        form=bodies.UnitForm,
        do=doing.rename_unit,
    ),
    "close_unit": Act(
        right=Right.UNITS,
        about=about.UNIT,
        path="tutup/",
        title=_("Tutup unit"),
        button=_("Tutup unit"),
        done=_("Unit ditutup; laporan dan petugasnya sudah pindah."),
        form=bodies.CloseUnitForm,
        do=doing.close_unit,
        is_grave=True,
        template="backoffice/close_unit.html",
    ),
    "invite": Act(
        right=Right.OFFICERS,
        about=about.BODY,
        path="undang/",
        title=_("Undang petugas"),
        button=_("Undang"),
        done=_("Petugas diundang. Surat undangannya dikirim oleh sistem."),
        form=people.InviteForm,
        do=doing.invite,
    ),
    "invite_again": Act(
        right=Right.OFFICERS,
        about=about.PERSON,
        path="undang-lagi/",
        title=_("Kirim undangan lagi"),
        button=_("Kirim undangan"),
        done=_("Undangan baru dikirim oleh sistem."),
        hint=_("Untuk petugas yang belum membuat kata sandi. Undangan sebelumnya tidak berlaku lagi."),
        do=doing.invite_again,
    ),
    "add_post": Act(
        right=Right.OFFICERS,
        about=about.COLLEAGUE,
        path="jabatan-baru/",
        title=_("Tambah jabatan"),
        button=_("Tambahkan"),
        done=_("Jabatan ditambahkan."),
        hint=_("Untuk instansi lain, undang petugas ini dari halaman instansi itu dengan alamat surelnya."),
        form=people.AddPostForm,
        do=doing.add_post,
    ),
    "end_post": Act(
        right=Right.OFFICERS,
        about=about.POST,
        path="akhiri/",
        title=_("Akhiri jabatan"),
        button=_("Akhiri jabatan"),
        done=_("Jabatan diakhiri dan laporan terbukanya diteruskan."),
        hint=_("Setiap laporan terbuka mendapat petugas lain pada hari itu juga; bila tidak ada, kembali ke unitnya."),
        form=people.EndPostForm,
        do=doing.end_post,
        is_grave=True,
        template="backoffice/end_post.html",
    ),
    "set_absent": Act(
        right=Right.OFFICERS,
        about=about.PRESENT,
        path="tidak-hadir/",
        title=_("Catat ketidakhadiran"),
        button=_("Catat"),
        done=_("Ketidakhadiran dicatat."),
        form=people.AbsenceForm,
        do=doing.set_absent,
    ),
    "return_early": Act(
        right=Right.OFFICERS,
        about=about.ABSENCE,
        path="kembali/",
        title=_("Kembali lebih awal"),
        button=_("Petugas sudah kembali"),
        done=_("Petugas bertugas lagi mulai hari ini."),
        hint=_("Ketidakhadiran berakhir kemarin; yang belum mulai dibatalkan."),
        do=doing.return_early,
    ),
    "forget_factor": Act(
        right=Right.ACCOUNTS,
        about=about.PERSON,
        path="faktor-kedua/",
        title=_("Faktor kedua hilang"),
        button=_("Hapus faktor kedua"),
        done=_("Faktor kedua dihapus. Petugas punya 24 jam untuk masuk dan memasang yang baru."),
        hint=_(
            "Pastikan dulu bahwa memang petugas ini yang meminta, misalnya dengan meneleponnya. Ia keluar dari semua "
            "perangkat dan punya 24 jam untuk memasang faktor baru; sesudah itu kata sandi saja tidak membuka apa pun."
        ),
        form=ReasonForm,
        do=doing.forget_factor,
        is_grave=True,
    ),
    "shut_out": Act(
        right=Right.ACCOUNTS,
        about=about.PERSON,
        path="nonaktifkan/",
        title=_("Nonaktifkan akun"),
        button=_("Nonaktifkan"),
        done=_("Akun dinonaktifkan, semua jabatannya berakhir, dan laporan terbukanya diteruskan."),
        hint=_("Semua jabatannya berakhir hari ini, laporan terbukanya diteruskan, dan ia tidak dapat masuk lagi."),
        form=ReasonForm,
        do=doing.shut_out,
        is_grave=True,
    ),
    "let_in": Act(
        right=Right.ACCOUNTS,
        about=about.PERSON,
        path="aktifkan/",
        title=_("Aktifkan akun lagi"),
        button=_("Aktifkan"),
        done=_("Akun aktif lagi. Beri jabatannya lewat “Tambah jabatan”."),
        hint=_("Jabatan yang berakhir tidak kembali sendiri."),
        form=ReasonForm,
        do=doing.let_in,
    ),
    "add_day": Act(
        right=Right.REGIONAL_DAYS,
        about=about.CALENDAR,
        path="tambah/",
        title=_("Tambah hari libur"),
        button=_("Tambahkan"),
        done=_("Hari libur ditambahkan. Tenggat yang berjalan dihitung ulang oleh sistem."),
        form=days.DayForm,
        do=doing.add_day,
        template="backoffice/add_day.html",
    ),
    "remove_day": Act(
        right=Right.REGIONAL_DAYS,
        about=about.HOLIDAY,
        path="hapus/",
        title=_("Hapus hari libur"),
        button=_("Hapus"),
        done=_("Hari libur dihapus. Tenggat yang berjalan dihitung ulang oleh sistem."),
        hint=_("Barisnya tetap tersimpan sebagai riwayat. Tenggat yang melewati hari ini dapat maju."),
        do=doing.remove_day,
        is_grave=True,
    ),
    "decree": Act(
        right=Right.NATIONAL_DAYS,
        about=about.YEAR,
        path="keputusan/",
        title=_("Masukkan keputusan resmi"),
        button=_("Periksa dulu"),
        done=_("Keputusan berlaku. Tenggat yang berjalan dihitung ulang oleh sistem."),
        form=days.DecreeForm,
        do=doing.enter_decree,
        template="backoffice/decree.html",
    ),
    "add_promise": Act(
        right=Right.PROMISES,
        about=about.LIMITS,
        path="baru/",
        title=_("Tambah batas waktu"),
        button=_("Tambahkan"),
        done=_("Batas waktu baru berlaku mulai tanggalnya."),
        hint=_("Batas lama tidak diubah: yang baru menggantikannya untuk yang mulai dihitung sejak tanggal itu."),
        form=days.PromiseForm,
        do=doing.add_promise,
    ),
    "add_category": Act(
        right=Right.CATEGORIES,
        about=about.CATEGORIES,
        path="baru/",
        title=_("Tambah kategori"),
        button=_("Tambahkan"),
        done=_("Kategori ditambahkan."),
        form=wording.CategoryForm,
        do=doing.add_category,
    ),
    "edit_category": Act(
        right=Right.CATEGORIES,
        about=about.CATEGORY,
        path="ubah/",
        title=_("Ubah kategori"),
        button=_("Simpan"),
        done=_("Kategori disimpan."),
        form=wording.ChangeCategoryForm,
        do=doing.edit_category,
    ),
    "add_template": Act(
        right=Right.TEMPLATES,
        about=about.BODY,
        path="templat-baru/",
        title=_("Tambah templat jawaban"),
        button=_("Tambahkan"),
        done=_("Templat ditambahkan."),
        form=wording.TemplateForm,
        do=doing.add_template,
    ),
    "add_general_template": Act(
        right=Right.GENERAL_TEMPLATES,
        about=about.TEMPLATES,
        path="baru/",
        title=_("Tambah templat umum"),
        button=_("Tambahkan"),
        done=_("Templat umum ditambahkan."),
        hint=_("Ditawarkan kepada petugas semua instansi."),
        form=wording.TemplateForm,
        do=doing.add_template,
    ),
    "edit_template": Act(
        right=Right.TEMPLATES,
        about=about.TEMPLATE,
        path="ubah/",
        title=_("Ubah templat"),
        button=_("Simpan"),
        done=_("Templat disimpan."),
        form=wording.ChangeTemplateForm,
        do=doing.edit_template,
    ),
    "retry": Act(
        right=Right.DELIVERIES,
        about=about.DELIVERIES,
        path="coba-lagi/",
        title=_("Coba kirim lagi"),
        button=_("Coba kirim lagi"),
        done=_("Yang gagal masuk antrean lagi."),
        hint=_("Semua pemberitahuan yang gagal dicoba lagi dari awal. Lakukan sesudah penyebabnya diperbaiki."),
        do=doing.retry,
    ),
}
