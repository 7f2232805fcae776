"""How the names of places are compared: small letters, no marks, abbreviations written out. Pure text, no database."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# What people write for a province, and what its name then says.
_PROVINCES = {
    "babel": "bangka belitung",
    "diy": "yogyakarta",
    "dki": "jakarta",
    "jabar": "jawa barat",
    "jateng": "jawa tengah",
    "jatim": "jawa timur",
    "jogja": "yogyakarta",
    "jogjakarta": "yogyakarta",
    "kalbar": "kalimantan barat",
    "kalsel": "kalimantan selatan",
    "kalteng": "kalimantan tengah",
    "kaltara": "kalimantan utara",
    "kaltim": "kalimantan timur",
    "kepri": "kepulauan riau",
    "malut": "maluku utara",
    "ntb": "nusa tenggara barat",
    "ntt": "nusa tenggara timur",
    "sulbar": "sulawesi barat",
    "sulsel": "sulawesi selatan",
    "sulteng": "sulawesi tengah",
    "sultra": "sulawesi tenggara",
    "sulut": "sulawesi utara",
    "sumbar": "sumatera barat",
    "sumsel": "sumatera selatan",
    "sumut": "sumatera utara",
}
_PLACES = {
    "balam": "bandar lampung",
    "bpn": "balikpapan",
    "kep": "kepulauan",
    "kubar": "kutai barat",
    "kukar": "kutai kartanegara",
    "kutim": "kutai timur",
    "smd": "samarinda",
}
_LONG = {**_PROVINCES, **_PLACES}
# Words that only name a kind of place.
_KINDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(["prov", "prop", "provinsi", "propinsi"], ("provinsi",)),
    **dict.fromkeys(["kab", "kabupaten"], ("kabupaten",)),
    **dict.fromkeys(["kec", "kecamatan", "distrik"], ("kecamatan",)),
    **dict.fromkeys(["kel", "kelurahan"], ("kelurahan",)),
    **dict.fromkeys(["desa", "ds"], ("desa",)),
}
_LONG_TITLES = ("daerah khusus ibukota ", "daerah khusus ", "daerah istimewa ")
_MARKS = re.compile(r"['’`]")
_BETWEEN = re.compile(r"[^a-z0-9]+")


def normalise(text: str) -> str:
    """Small letters a–z and digits with single spaces: "Regapu'u, Kab. Ngada" gives "regapuu kab ngada"."""
    bare = text.lower()
    if not bare.isascii():
        letters = unicodedata.normalize("NFKD", bare)
        bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _BETWEEN.sub(" ", _MARKS.sub("", bare)).strip()


def plain_name(name: str, *, level: int) -> str:
    """The name that people say: without "Kota", "Kabupaten", "Administrasi" or "Daerah Khusus Ibukota"."""
    text = normalise(name)
    if level == 1:
        for title in _LONG_TITLES:
            text = text.removeprefix(title)
    if level == 2:
        text = text.removeprefix("kabupaten ").removeprefix("kota ").removeprefix("administrasi ")
    return text


def search_text(name: str, label: str, *, level: int) -> str:
    """What the picker looks through: a space, the plain name, then the whole path in words."""
    plain, whole = plain_name(name, level=level), normalise(name)
    words = [plain] if plain == whole else [plain, whole]
    return " " + " ".join([*words, normalise(label)]).strip()


@dataclass(frozen=True)
class Wanted:
    """What a typed text asks for."""

    text: str  # every word, abbreviations written out
    core: str  # without words that only name a kind
    words: tuple[str, ...]  # each must begin some word of the path
    kinds: tuple[str, ...]  # kinds of place asked for


def read(typed: str) -> Wanted | None:
    """Takes a typed text apart; None when there is nothing to look for (fewer than two letters)."""
    raw = normalise(typed).split()[:12]
    kinds = next((_KINDS[word] for word in raw if word in _KINDS), ())
    text = " ".join(_LONG.get(word, word) for word in raw)
    naming = [word for word in raw if word not in _KINDS]
    core = " ".join(_LONG.get(word, word) for word in naming)
    words = tuple(dict.fromkeys(core.split()))
    if len(words) > 1 and words[0] == "kota":
        # "kota" asks for a city, and also begins many names; so it stays among the words.
        kinds, core = kinds or ("kota",), core.removeprefix("kota ")
    if len(core) < 2:
        return None
    return Wanted(text=text, core=core, words=words, kinds=kinds)
