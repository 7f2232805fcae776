"""What a citizen is told about a file that was not taken, by whichever door it came."""

from __future__ import annotations

from django.utils.translation import gettext


def file_error(name: str, reason: str) -> str:
    """Why a file was not taken, in the reader's language."""
    words = {
        "too_large": gettext("%(name)s lebih besar dari 10 MB."),
        "too_many": gettext("%(name)s tidak disimpan: paling banyak lima berkas."),
        "empty": gettext("%(name)s kosong."),
        "too_many_pixels": gettext("%(name)s terlalu besar ukurannya (lebih dari 40 juta piksel)."),
        "encrypted": gettext("%(name)s terkunci dengan kata sandi. Simpan tanpa kata sandi, lalu kirim lagi."),
        "bomb": gettext("%(name)s terlalu besar setelah dibuka. Simpan ulang sebagai PDF biasa, atau kirim fotonya."),
        "infected": gettext(
            "%(name)s mengandung virus dan tidak disimpan. Foto layar atau foto dokumennya dapat Anda kirim."
        ),
    }
    return words.get(
        reason, gettext("%(name)s tidak dapat dibaca. Kirim foto (JPG, PNG), dokumen PDF, atau video pendek (MP4).")
    ) % {"name": name}
