"""The rights of people over the data on themselves, in the words of the page: which, how to use it here, which article.

UU 27/2022 is cited from general knowledge of the law; the articles are checked before real use (docs/privacy.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lapor.privacy.models import Term
from lapor.privacy.terms import in_force

from .forms.narrow import kinds


@dataclass(frozen=True)
class Right:
    right: Promise
    how: Promise
    article: str


RIGHTS = (
    Right(
        _("Tahu siapa memakai data Anda, untuk apa"),
        _("Baca halaman “Kerahasiaan dan data Anda” dan riwayat di halaman laporan Anda."),
        "UU 27/2022 pasal 5",
    ),
    Right(
        _("Memperbaiki dan memperbarui"),
        _("Buka laporan Anda, “Data saya”, lalu “Perbaiki nama dan kontak”."),
        "UU 27/2022 pasal 6",
    ),
    Right(
        _("Melihat dan mendapat salinan"),
        _("Buka laporan Anda, “Data saya”, lalu “Unduh data saya”. Dengan akun: “Akun saya”."),
        "UU 27/2022 pasal 7",
    ),
    Right(
        _("Menghapus data dan mengakhiri pemrosesan"),
        _(
            "Buka laporan Anda, “Data saya”, lalu “Hapus identitas”. Laporan yang masih ditangani berlanjut sebagai "
            "laporan anonim. Akun dihapus di “Akun saya”."
        ),
        "UU 27/2022 pasal 8, 43, 44",
    ),
    Right(
        _("Menarik persetujuan, membatasi yang tampil"),
        _("Di halaman laporan Anda, “Minta kerahasiaan”; berlaku saat itu juga."),
        "UU 27/2022 pasal 9, 11",
    ),
    Right(
        _("Tahu bila identitas Anda diminta atau dibuka"),
        _("Tampil di halaman laporan Anda, dan Anda dikabari. Hanya perintah hukum yang dapat menundanya."),
        "UU 27/2022 pasal 5, 15",
    ),
    Right(
        _("Mendapat data dalam bentuk yang dapat dibaca mesin"),
        _("Berkas data.json di dalam ZIP yang Anda unduh."),
        "UU 27/2022 pasal 13",
    ),
)


@dataclass(frozen=True)
class Kept:
    """One term as the page says it."""

    term: Term
    kind: str
    length: str


def kept(*, on: date) -> list[Kept]:
    """How long each sort of data is kept."""
    names = dict(kinds())
    return [Kept(term, str(names.get(term.kind, "")), _length(term.days)) for term in in_force(on=on)]


def _length(days: int) -> str:
    if days % 365 == 0:
        years = days // 365
        return ngettext("%(n)d tahun sesudah berakhir", "%(n)d tahun sesudah berakhir", years) % {"n": years}
    return ngettext("%(n)d hari sesudah berakhir", "%(n)d hari sesudah berakhir", days) % {"n": days}
