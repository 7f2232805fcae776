"""What can be wrong with keys. Each says what to do and names no secret; whoever needs the key fails closed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override


class KeyTrouble(Exception):
    """Something that needs a key cannot be done now. What is stored stays as it is."""

    advice = _("Kunci penyimpanan rahasia tidak dapat dipakai. Tidak ada data yang berubah.")


class MissingKey(KeyTrouble):
    """The database holds secrets but the key is not there; nothing can be sealed or read until it is back."""

    advice = _(
        "Kunci penyimpanan rahasia tidak ditemukan. Kembalikan salinan yang disimpan terpisah; kunci baru tidak akan "
        "dibuat sebagai gantinya. Tidak ada laporan yang hilang."
    )


class WrongKey(KeyTrouble):
    """The key does not fit what is stored: it was replaced, or the data come from elsewhere."""

    advice = _(
        "Kunci ini bukan kunci yang menyegel data. Kembalikan kunci yang benar, atau pulihkan basis data yang cocok "
        "dengannya. Tidak ada data yang berubah."
    )


class KeyServerSilent(KeyTrouble):
    """The key server cannot be reached, or does not answer what was asked."""

    advice = _(
        "Server kunci tidak menjawab sebagaimana mestinya. Periksa jaringan, alamat, dan tokennya, lalu coba lagi. "
        "Tidak ada data yang berubah."
    )


class RotationRunning(KeyTrouble):
    """Another process re-wraps at this moment; it needs no second one."""

    advice = _("Penggantian kunci sedang berjalan di proses lain. Tunggu sampai selesai.")


class StillNeeded(KeyTrouble):
    """This version of the key is the current one, or something is still wrapped by it."""

    advice = _("Versi kunci ini masih diperlukan. Selesaikan dahulu penggantian kunci: lapor vault rotate")


def explain(problem: KeyTrouble) -> str:
    """For the command line: what happened, then what to do, in Indonesian and English."""
    said = [str(problem)]
    for language in ("id", "en"):
        with override(language):
            said.append(str(problem.advice))
    return "\n".join(said)
