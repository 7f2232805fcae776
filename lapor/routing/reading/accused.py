"""Which persons a text accuses by name: a name right after an office or "bernama", or beside what somebody did.

Whoever speaks, and the people they speak for, are left out, and so are names of places. What comes out is a hint for
the officer and for who may not see the report; it is never published, and it is not the redaction of public copies
(`lib.redact`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from lapor.lib.redact_words import FUNCTIONS, NOT_NAMES
from lapor.routing.reading.gazetteer import gazetteer, plain
from lapor.routing.words import DATA

NEAR = 80  # characters before a name within which the office or the wrong stands
AFTER = 45  # and after it
MOST = 8

_TITLE = (
    r"(?:(?:Ir|Drs?|Dra|H|Hj|KH|Tgk|Tengku|Ustad?z|Ust|Prof|Moh|Muh|M|St|Andi|Daeng|"
    r"Mbah|Bripka|Bripda|Aipda|Aiptu)\.?\s+)"
)
_WORD = r"(?:[A-Z][a-z'’]+)\b"
_NAME = re.compile(rf"\b{_TITLE}{{0,3}}{_WORD}(?: +(?:bin\b|binti\b|{_WORD}|[A-Z]\b\.?)){{0,3}}")
_BY_NAME = re.compile(
    r"\b(?:bernama|namanya|atas nama oknum|oknum bernama|petugas nama|pegawai nama|inisial|"
    r"kades(?:\s?nya)?|kadus(?:\s?nya)?|"
    r"sekdes|bendahara(?:nya)?|camat|lurah|oknum|(?:pelaku|calo|petugas|kepala desa|juru ukur|"
    r"pendamping)(?:nya)?(?:\s+nama))"
    r"[\s:]+((?:[a-z'’]{3,}\s+){1,2}[a-z'’]{3,})",
)
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


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    lines = (DATA / "not_person_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def accused_in(text: str) -> tuple[str, ...]:
    """The names, as written, in their order; each once. Empty where nobody is named beside an office or a wrong."""
    found: dict[int, str] = {}
    for match in _NAME.finditer(text):
        name, start = _bare(match.group(), match.start())
        before, after = text[max(0, start - NEAR) : start], text[start + len(name) :][:AFTER]
        if len(name.split()) < 2 or _is_place(name) or _OF_BODY.search(before):
            continue
        if _OWN.search(before) and not _OUR_OFFICE.search(before):
            continue
        near = before[max(before.rfind(". ", 0, -5), before.rfind("\n")) + 1 :]  # "Sdr. ", "Drs. " end no sentence
        if _BLAMED.search(f"{near} {match.group()}") or _DOES.search(after):
            found[start] = name
    for match in _BY_NAME.finditer(text):
        name = _lower_name(match[1])
        if name and not _is_place(name):
            found.setdefault(match.start(1), name)
    return tuple(dict.fromkeys(found[at] for at in sorted(found)[:MOST]))


def _bare(name: str, start: int) -> tuple[str, int]:
    """Without the office or the ordinary word that it begins with: "Bendahara Siti Aminah" is "Siti Aminah"."""
    while " " in name and plain(name.split()[0]) in _no_names() | FUNCTIONS | NOT_NAMES:
        first = name.split()[0]
        rest = name[len(first) :]
        start += len(first) + len(rest) - len(rest.lstrip())
        name = rest.lstrip()
    return name.rstrip(), start


def _is_place(name: str) -> bool:
    words = plain(name).split()
    if any(word in _no_names() or word in FUNCTIONS for word in words):
        return True
    names = gazetteer()
    parts = ["".join(words), *words, *("".join(pair) for pair in pairwise(words))]
    high = (part for part in parts if any(code.count(".") < 2 for code in names.codes(part)) or part in names.landmarks)
    return bool(names.codes(parts[0])) or next(high, None) is not None


def _lower_name(said: str) -> str:
    """The words of a name in small letters, up to the first that is none."""
    kept: list[str] = []
    for word in said.split():
        if word in NOT_NAMES or word in _no_names() or word in FUNCTIONS or _DOES.match(word):
            break
        kept.append(word)
    return " ".join(kept) if len(kept) > 1 else ""
