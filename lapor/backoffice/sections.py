"""The sections of the back office and whose they are: for the navigation, and for the link to it from the desk."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .access import Right
from .session import Manager


@dataclass(frozen=True)
class Section:
    """One way in. `is_here` when the page shown lies below it."""

    label: Promise
    url: str
    is_here: bool


SECTIONS: tuple[tuple[Right, Promise, str], ...] = (
    (Right.SEE, _("Ikhtisar"), "home"),
    (Right.SEE, _("Alarm"), "alarms"),
    (Right.SEE, pgettext_lazy("daftar", "Instansi"), "bodies"),
    (Right.SEE, pgettext_lazy("daftar", "Petugas"), "people"),
    (Right.SEE, _("Kalender"), "calendar"),
    (Right.SEE, _("Batas waktu"), "promises"),
    (Right.TEMPLATES, _("Templat jawaban"), "templates"),
    (Right.CATEGORIES, pgettext_lazy("daftar", "Kategori"), "categories"),
    (Right.ROUTING, _("Aturan wewenang"), "rules"),
    (Right.ROUTING, _("Ketepatan usulan"), "numbers"),
    (Right.CHANNELS, _("Saluran"), "channels"),
    (Right.DELIVERIES, _("Kiriman"), "deliveries"),
    (Right.HELD_MAIL, _("Surat tertahan"), "held_mails"),
    (Right.LADDER, _("Tangga keterlambatan"), "ladder"),
    (Right.GROUNDS, _("Dasar hukum"), "grounds"),
    (Right.RETENTION, _("Masa simpan"), "terms"),
    (Right.BREACHES, _("Insiden data"), "breaches"),
)
_ALSO: dict[str, tuple[str, ...]] = {
    "bodies": ("unit",),
    "people": ("jabatan", "ketidakhadiran", "pelatihan"),
    "calendar": ("hari-libur",),
    "terms": ("penahanan",),
}


def sections(manager: Manager, path: str) -> list[Section]:
    """Those this person may enter."""
    home = reverse("backoffice:home")
    return [
        Section(label, url, _is_below(name, url, path, home))
        for right, label, name in SECTIONS
        if right in manager.rights
        for url in (reverse(f"backoffice:{name}"),)
    ]


def _is_below(name: str, url: str, path: str, home: str) -> bool:
    if name == "home":
        return path == home
    return path.startswith((url, *(f"{home}{part}/" for part in _ALSO.get(name, ()))))
