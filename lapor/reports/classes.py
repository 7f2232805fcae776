"""The four classes of secrecy, and what each promises: the one source of the table on the form, of the page on secrecy,
and of docs/threat-model.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from .models import Report, Visibility


class Secrecy(TextChoices):
    """Who may know what; each hides more than the one before. Anonim and rahasia may be chosen together."""

    OPEN = "open", _("Terbuka")
    ANONYMOUS = "anonymous", _("Anonim")
    CONFIDENTIAL = "confidential", _("Rahasia")
    SEALED = "sealed", _("Whistleblowing (tersegel)")


@dataclass(frozen=True, kw_only=True)
class Promises:
    """What each sees, what is promised beyond that, and what is not."""

    secrecy: Secrecy
    public: Words
    handling: Words
    accused: Words
    holds: tuple[Words, ...]
    limits: tuple[Words, ...]


TABLE: dict[Secrecy, Promises] = {
    row.secrecy: row
    for row in (
        Promises(
            secrecy=Secrecy.OPEN,
            public=_(
                "Isi laporan dan jawabannya setelah diperiksa. Bukan nama Anda, kecuali Anda memilih menampilkannya."
            ),
            handling=_("Isi laporan dan nama Anda. Pengawas melihat isinya, bukan nama Anda."),
            accused=_("Sama seperti petugas, bila instansi itu yang menangani."),
            holds=(_("Nomor HP dan e-mail Anda disimpan tersandi dan tidak ditampilkan kepada siapa pun."),),
            limits=(_("Petugas yang menangani mengetahui nama Anda."),),
        ),
        Promises(
            secrecy=Secrecy.ANONYMOUS,
            public=_("Isi laporan dan jawabannya. Bukan nama Anda."),
            handling=_("Isi laporan. Bukan nama Anda."),
            accused=_("Bukan nama Anda."),
            holds=(
                _("Nama Anda disimpan tersandi; membukanya perlu alasan hukum dan dua penjaga identitas."),
                _("Nomor HP dan e-mail Anda disimpan tersandi dan tidak ditampilkan kepada siapa pun."),
            ),
            limits=(_("Isi laporan dapat dibaca. Orang yang mengenal kejadiannya mungkin menebak siapa Anda."),),
        ),
        Promises(
            secrecy=Secrecy.CONFIDENTIAL,
            public=_("Tidak ada. Laporan hanya ikut dihitung."),
            handling=_(
                "Isi laporan, dan nama Anda bila tidak anonim. Pengawas seperti Ombudsman membaca isinya, bukan nama "
                "Anda."
            ),
            accused=_("Hanya bila instansi itu yang menangani."),
            holds=(_("Tidak ada salinan publik, dan yang sudah tampil ditarik saat Anda memilihnya."),),
            limits=(
                _("Petugas yang menangani membaca isinya, dan pengelola server dapat membacanya."),
                _("Yang sudah dibaca orang sebelum Anda memilihnya tidak dapat ditarik kembali."),
            ),
        ),
        Promises(
            secrecy=Secrecy.SEALED,
            public=_("Tidak ada."),
            handling=_(
                "Isi, berkas, dan identitas yang Anda tulis hanya terbaca oleh pemeriksa yang ditunjuk. Petugas lain "
                "tidak melihat apa pun."
            ),
            accused=_("Tidak ada."),
            holds=(
                _(
                    "Isi, berkas, nama, dan kontak disandi saat diterima. Pencuri basis data atau cadangan tidak dapat "
                    "membacanya."
                ),
                _("Alamat internet dan jenis ponsel Anda tidak disimpan. Waktu hanya disimpan sampai harinya."),
                _("Hanya tanda terima di tangan Anda yang membuka laporan ini untuk Anda."),
            ),
            limits=(
                _("Orang yang melihat layar atau riwayat ponsel Anda tahu bahwa Anda membuka LAPOR!."),
                _("Orang yang mengenal kejadiannya mungkin menebak siapa Anda dari apa yang Anda tulis."),
                _("Server yang sudah dikuasai orang jahat dapat membaca laporan pada saat Anda mengirimnya."),
                _("Tanda terima yang hilang tidak dapat diganti."),
            ),
        ),
    )
}


def classes_of(report: Report) -> tuple[Secrecy, ...]:
    """The classes that a report has, the strictest first; an open one has that alone."""
    if report.visibility == Visibility.SEALED:
        return (Secrecy.SEALED,)
    found = (
        *((Secrecy.CONFIDENTIAL,) if report.visibility == Visibility.CONFIDENTIAL else ()),
        *((Secrecy.ANONYMOUS,) if report.is_anonymous else ()),
    )
    return found or (Secrecy.OPEN,)
