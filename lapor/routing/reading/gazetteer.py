"""All names of places that Indonesia has, in memory: a name written together → the codes that bear it. No database.

Read once, at the first question, from the reference file of `agencies` and this room's tables of shorthand, landmarks
and everyday words: half a second and some 25 megabytes. What a name means in a text is for `places` to say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import lapor.agencies
from lapor.routing.words import DATA, read_table

REGIONS = Path(lapor.agencies.__file__).parent / "data" / "regions.tsv"
CITY_FROM = "71"  # Kemendagri numbers cities from 71
HOME = "64"  # the province that this system began with: of several districts of one name, its own is the likelier
MOST_WORDS = 6  # "pangkajene dan kepulauan", "rsud abdoel wahab sjahranie samarinda"; longer names are not said in full

_BETWEEN = re.compile(r"[^a-z0-9]+")
_TITLES = (
    "daerah khusus ibukota ",
    "daerah istimewa ",
    "kota administrasi ",
    "kabupaten ",
    "administrasi ",
    "kota ",
)
_SIDES = frozenset(
    ["utara", "selatan", "timur", "barat", "tengah", "hulu", "hilir", "ulu", "ilir", "kota", "seberang", "darat"]
)
_SHORT = frozenset({"ii", "iv", "vi", "sp", "km"})  # two letters that belong to names; others are particles
_PREFIXED = ("Pulau ", "Kepulauan ", "Kota ")
_ISLANDS = re.compile(r"^(?:kepulauan|kep|pulau) ")


@dataclass(frozen=True)
class Gazetteer:
    """`names`: codes by name; `landmarks`: the same for what stands in a place or is its other name; `full`: full names
    by code down to the districts; `high`: the names that a province, regency, city or district has; `text`:
    the reference file itself, from which the places within one are read, and `starts`: where in it the districts of
    each regency begin, with the villages in them; `with_particles`: the landmarks in whose names a particle stands
    ("bundaran hi"), and `openings`, the words that such names begin with.
    """

    names: dict[str, str]
    landmarks: dict[str, str]
    full: dict[str, str]
    high: frozenset[str]
    text: str
    starts: dict[str, int]
    with_particles: frozenset[str]
    openings: frozenset[str]

    def codes(self, name: str) -> tuple[str, ...]:
        """Every place of this name, joined letters as in "sungaipinang"; empty for none."""
        known = self.names.get(name)
        return tuple(known.split()) if known else ()


def plain(text: str) -> str:
    """Small letters a–z and digits, single spaces, no marks."""
    bare = text.lower()
    if not bare.isascii():
        bare = "".join(each for each in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(each))
    return _BETWEEN.sub(" ", bare.replace("'", "").replace("’", "").replace("`", "")).strip()


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The one gazetteer of this process."""
    names: dict[str, str] = {}
    full: dict[str, str] = {}
    high: set[str] = set()
    starts: dict[str, int] = {}
    text = REGIONS.read_text(encoding="utf-8")
    at = 0
    for line in text.rstrip("\n").split("\n"):
        start, at = at, at + len(line) + 1
        if not start:  # the heading
            continue
        code, _, rest = line.partition("\t")
        name = rest.partition("\t")[0]
        depth = code.count(".")
        if depth > 1:
            starts.setdefault(code[:5], start)
        keys = [name.replace(" ", "").lower()] if depth > 1 else [""]
        if not (keys[0].isalpha() and keys[0].isascii()) or "Sei " in name:
            keys = _spellings(name, depth)
        if depth == 2 and name.startswith(_PREFIXED):
            keys = [*keys, plain(name.partition(" ")[2]).replace(" ", "")]
        if depth < 3:
            full[code] = name
            high.update(keys)
        for key in keys:
            if key == "riau" and key in names:  # the islands are never said without "kepulauan"
                continue
            names[key] = f"{names[key]} {code}" if key in names else code
    names.pop("", None)
    landmarks = _groups(names, full) | _landmarks(names)
    particled = [said for said in _said_landmarks() if any(map(is_particle, said))]
    return Gazetteer(
        names=names,
        landmarks=landmarks,
        full=full,
        high=frozenset(high),
        text=text,
        starts=starts,
        with_particles=frozenset(map("".join, particled)),
        openings=frozenset(said[0] for said in particled),
    )


def is_particle(word: str) -> bool:
    """Whether this is one of the small words ("di", "yg") that part names; landmarks may hold one."""
    return len(word) < 3 and word not in _SHORT and not word.isdigit()


def _said_landmarks() -> list[list[str]]:
    return [plain(row["name"]).split() for row in read_table("place_landmarks.csv")]


def _groups(names: dict[str, str], full: dict[str, str]) -> dict[str, str]:
    """ "Sangatta" where there are only Sangatta Utara and Sangatta Selatan: the regency that they all lie in."""
    table: dict[str, str] = {}
    for code, name in full.items():
        said, _, last = name.lower().rpartition(" ")
        key = said.replace(" ", "")
        if code.count(".") == 2 and last in _SIDES and len(key) > 4 and key not in names:
            above = code.rpartition(".")[0]
            table[key] = above if table.get(key, above) == above else ""
    return {key: code for key, code in table.items() if code}


@lru_cache(maxsize=256)
def within(code: str) -> dict[str, str]:
    """The districts and villages of one regency or city: name → code, where only one there bears it."""
    found: dict[str, str] = {}
    for line in _lines_of(code):
        place, _, rest = line.partition("\t")
        for key in _spellings(rest.partition("\t")[0], 3):
            found[key] = place if key not in found or found[key].startswith(place) else found[key]
    return found


def _lines_of(code: str) -> Iterator[str]:
    table = gazetteer()
    at = table.starts.get(code, len(table.text))
    while table.text.startswith(f"{code}.", at):
        end = table.text.find("\n", at)
        yield table.text[at:end]
        at = end + 1


def _landmarks(names: dict[str, str]) -> dict[str, str]:
    """Where a landmark is; a well-known name that is a district's, or a kelurahan's of a city, means that one.
    A town that a regency is ruled from (`town`) stands for the regency, as people use it.
    """
    table: dict[str, str] = {}
    for row in read_table("place_landmarks.csv"):
        key = plain(row["name"]).replace(" ", "")
        inside = [code for code in names.get(key, "").split() if code.startswith(row["code"]) and not row["town"]]
        inside = [code for code in inside if code.count(".") == 2 or code.split(".")[1] >= CITY_FROM]
        inside = inside or _district_said_with_its_regency(plain(row["name"]).split(), row["code"], names)
        table[key] = min(inside, key=len) if inside else row["code"]
    return table


def _district_said_with_its_regency(words: list[str], code: str, names: dict[str, str]) -> list[str]:
    """ "pacet mojokerto": the district of the first words where the last ones name the regency or its province."""
    for at in range(1, len(words)):
        above = names.get("".join(words[at:]), "").split()
        if any(code == each or code.startswith(each + ".") for each in above):
            said = names.get("".join(words[:at]), "").split()
            return [each for each in said if each.startswith(code + ".") and each.count(".") == 2]
    return []


def _spellings(name: str, depth: int) -> list[str]:
    """The name as people say it, letters joined: "Kota Administrasi Jakarta Timur" is "jakartatimur", "Tiro/Truseb"
    is either.
    """
    found = []
    for part in name.split("/"):
        said = re.sub(r"\bsei\b", "sungai", plain(part.split("(", 1)[0]))
        if depth < 2:
            for title in _TITLES:
                said = said.removeprefix(title)
        if not said or said.isdigit():
            continue
        found.append(said.replace(" ", ""))
        if depth < 2 and (bare := _ISLANDS.sub("", said)) != said:
            found.append(bare.replace(" ", ""))
    return found or [""]


@lru_cache(maxsize=1)
def shorthand() -> dict[str, tuple[str, ...]]:
    """ "kukar" → "kutai", "kartanegara"; only what nothing else is written like."""
    return {row["short"]: tuple(row["long"].split()) for row in read_table("place_shorthand.csv") if not row["cue"]}


@lru_cache(maxsize=1)
def doubtful_shorthand() -> dict[str, tuple[str, ...]]:
    """The same for what may stand for another word too ("plg", "smg"): read so only after a word like "di"."""
    return {row["short"]: tuple(row["long"].split()) for row in read_table("place_shorthand.csv") if row["cue"]}


@lru_cache(maxsize=1)
def everyday() -> frozenset[str]:
    """Names that are everyday words."""
    lines = (DATA / "place_common_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
