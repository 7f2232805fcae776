"""Which persons a text accuses by name: a name right after an office or "bernama", or beside what somebody did.

Whoever speaks, and the people they speak for, are left out, and so are names of places. What comes out is a hint for
the officer and for who may not see the report; it is never published, and it is not the redaction of public copies
(`redaction.redact`).
"""

from __future__ import annotations

import re

from lapor.redaction.names import find_names

NEAR = 80  # characters before a name within which the office or the wrong stands
AFTER = 45  # and after it
MOST = 8

_OWN = re.compile(
    r"(?:nama saya|nama (?:kami|ibu|ayah|anak|istri|suami|adik|kakak) saya|saya|kami|hormat(?: saya|"
    r" kami)?|ttd|a\.?n\.?|"
    r"atas nama|anak(?: saya)?|ibu saya|bapak saya|suami|istri|adik|kakak|nenek|kakek|paman|bibi|"
    r"almarhum(?:ah)?|alm|pelapor|"
    r"korban|pasien|murid|siswa|hubungi|kontak|narahubung|cp|wassalam|terima kasih|bertanda tangan di bawah ini)"
    r"[\s,:.(\"]*$|\b(?:jalan|jln?|gang|gg)\.?\s*$",
    re.IGNORECASE,
)
_OUR_OFFICE = re.compile(
    r"\b(?:kades|kadus|camat|lurah|kepala \w+|guru|bendahara|ketua|petugas|sekdes|bos|rt|rw)\w* (?:kami|saya) $",
    re.IGNORECASE,
)
_OF_BODY = re.compile(
    r"\b(?:dinas|badan|kantor|balai|direktorat|kementerian|bagian|bidang|seksi|rumah sakit|sekolah)\s$", re.IGNORECASE
)
_BLAMED = re.compile(
    r"oknum|terlapor|pelaku|tersangka|kepala|kades|kadus|camat|lurah|sekdes|sekda|sekretaris|"
    r"bendahara|petugas|pegawai|pejabat|"
    r"pengurus|ketua|pendamping|guru|dosen|dokter|perawat|bidan|mantri|polisi|kapolsek|brip|aip|"
    r"penyidik|jaksa|hakim|panitera|"
    r"staf|honorer|juru|mandor|pengawas|operator|calo|direktur|kabid|kasi\b|kadis|kuwu|petinggi|"
    r"carik|modin|panitia|ppk\b|"
    r"bernama|namanya|inisial|sdr|saudara|pembuat komitmen|anggota|uangnya|oleh|ditipu|diperas|"
    r"dipungut|bu\b|pak\b|mas\b",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"minta|memungut|motong|narik|menarik|menerima|ambil|meras|tipu|menipu|suruh|pungut|bawa|jual|"
    r"ancam|pakai|tahu karena|"
    r"kepala|petugas|pegawai|staf|bendahara|guru|pejabat|adik ipar|menyuap|janji",
    re.IGNORECASE,
)


def accused_in(text: str) -> tuple[str, ...]:
    """The names, as written, in their order; each once. Empty where nobody is named beside an office or a wrong."""
    found: list[str] = []
    for one in find_names(text):
        name = text[one.start : one.end]
        before, after = text[max(0, one.start - NEAR) : one.start], text[one.end :][:AFTER]
        if _OF_BODY.search(before) or (_OWN.search(before) and not _OUR_OFFICE.search(before)):
            continue
        near = before[max(before.rfind(". ", 0, -5), before.rfind("\n")) + 1 :]  # "Sdr. ", "Drs. " end no sentence
        if _BLAMED.search(near) or _DOES.search(after):
            found.append(name)
    return tuple(dict.fromkeys(found))[:MOST]
