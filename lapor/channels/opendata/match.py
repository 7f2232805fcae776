"""Which of our places, agencies and categories a name in the file surely means; where it is not sure, none.

Sure is a key of our own beside the name it belongs to, or a name that only one of ours has. A bare name is looked for
among provinces, regencies and cities; a district or village needs the place it lies in ("Samarinda Ulu, Kota
Samarinda"). Where one name fits a place and others inside it ("Gorontalo"), the outer one is sure.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lapor.agencies import words
from lapor.agencies.models import Agency, Category, Region

REMEMBERED = 20_000  # names: a file has few, but a broken one may have one in every row
_CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", re.ASCII)
_KINDS = {
    "pemprov": "provinsi",
    "pemerintah provinsi": "provinsi",
    "pemkab": "kabupaten",
    "pemerintah kabupaten": "kabupaten",
    "pemkot": "kota",
    "pemerintah kota": "kota",
}
_GOVERNMENT = re.compile(rf"({'|'.join(_KINDS)}) (.+)")
_Place = tuple[str, int, str]  # code, level, kind


class Matcher:
    """Holds the names of agencies and categories (some thousand), and asks for places as they come."""

    def __init__(self) -> None:
        self._agency_keys: dict[str, int] = {}
        self._agencies: dict[str, set[int]] = {}
        self._governments: dict[str, int] = {}
        for key, slug, name, short, kind, region in Agency.objects.values_list(
            "pk", "slug", "name", "short", "kind", "region"
        ):
            self._agency_keys[slug] = key
            if kind == Agency.Kind.GOVERNMENT and region:
                self._governments[region] = key
            for spelling in (*_spellings(name), *_spellings(short)):
                self._agencies.setdefault(spelling, set()).add(key)
        self._categories: dict[str, set[str]] = {}
        for slug, name, name_en in Category.objects.values_list("slug", "name", "name_en"):
            for spelling in {slug, words.normalise(name), words.normalise(name_en)} - {""}:
                self._categories.setdefault(spelling, set()).add(slug)
        # Keys are not remembered with the names: in some files they differ from row to row.
        self._agency_named = lru_cache(REMEMBERED)(self._agency)
        self._category_named = lru_cache(REMEMBERED)(self._category)
        self._region_named = lru_cache(REMEMBERED)(_region)
        self._region_keyed = lru_cache(REMEMBERED)(_region_by_key)

    def agency(self, name: str, key: str) -> int | None:
        return self._agency_keys.get(key) or self._agency_named(name)

    def category(self, name: str, key: str) -> str | None:
        return key if key in self._categories.get(key, ()) else self._category_named(name)

    def region(self, name: str, key: str) -> str | None:
        return (self._region_keyed(name, key) if _CODE.fullmatch(key) else None) or self._region_named(name)

    def _agency(self, name: str) -> int | None:
        named = [self._agencies.get(spelling, set()) for spelling in _spellings(name)]
        found = set().union(*(agencies for agencies in named if len(agencies) == 1))
        return found.pop() if len(found) == 1 else self._government(name)

    def _government(self, name: str) -> int | None:
        """The government of the place that the name speaks of: "Pemprov DKI Jakarta"."""
        match = _GOVERNMENT.fullmatch(words.normalise(name))
        code = _region(f"{_KINDS[match[1]]} {match[2]}") if match else None
        return self._governments.get(code) if code else None

    def _category(self, name: str) -> str | None:
        found = self._categories.get(words.normalise(name), set())
        return next(iter(found)) if len(found) == 1 else None


def _spellings(name: str) -> set[str]:
    """How a name is compared: as it is, and with abbreviations written out ("Pemkab Kukar")."""
    wanted = words.read(name)
    return {words.normalise(name), wanted.text if wanted and len(wanted.text.split()) < 12 else ""} - {""}


def _region_by_key(name: str, key: str) -> str | None:
    ours = Region.objects.filter(code=key).first()
    if ours is None:
        return None
    names = {words.normalise(str(ours)), words.normalise(ours.name), ours.plain}
    return key if words.normalise(name) in names else None


def _region(name: str) -> str | None:
    head, *above = [part for part in (part.strip() for part in name.split(",")) if part] or [""]
    found = _places(head, deep=bool(above))
    for part in above:
        outer = [code for code, _level, _kind in _places(part, deep=True)]
        found = [place for place in found if any(place[0].startswith(f"{code}.") for code in outer)]
    return _sole([code for code, _level, _kind in found])


def _places(name: str, *, deep: bool) -> list[_Place]:
    """The places of this name; only provinces, regencies and cities unless `deep`."""
    wanted = words.read(name)
    if wanted is None:
        return []
    spellings = {wanted.core, " ".join(wanted.words)}
    spellings |= {words.plain_name(spelling, level=1) for spelling in spellings}
    spellings |= {spelling.removeprefix("d i ").removeprefix("di ") for spelling in spellings}
    found = Region.objects.filter(plain__in=spellings)
    if wanted.kinds:
        found = found.filter(kind__in=wanted.kinds)
    if not deep:
        found = found.filter(level__lte=Region.Level.REGENCY)
    return list(found.values_list("code", "level", "kind"))


def _sole(codes: list[str]) -> str | None:
    """The only place, or the one that all the others lie in."""
    outer = [code for code in codes if all(other == code or other.startswith(f"{code}.") for other in codes)]
    return outer[0] if outer else None
