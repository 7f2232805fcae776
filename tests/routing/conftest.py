"""The places and bodies of the routing tests, read from the project's own reference data."""

from __future__ import annotations

import copy
import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from lapor.agencies import oversight
from lapor.agencies.models import Agency, Region, Role
from lapor.routing import thresholds
from lapor.routing.learning import shelf
from lapor.routing.learning.examples import SAMPLE, examples_of, read_rows
from lapor.routing.learning.fit import fit
from lapor.routing.learning.model import Asker
from tests.cast import forget, person
from tests.places import Places

DATA = Path(oversight.__file__).parent / "data"
LONG_AGO = date(2025, 1, 1)
TODAY = date(2026, 10, 5)
SMALL = 160  # examples of the small model
PLACES = [
    ("31", "DKI Jakarta", "provinsi"),
    ("31.75", "Kota Jakarta Timur", "kota"),
    ("35", "Jawa Timur", "provinsi"),
    ("35.23", "Kabupaten Tuban", "kabupaten"),
    ("64", "Kalimantan Timur", "provinsi"),
    ("64.02", "Kabupaten Kutai Kartanegara", "kabupaten"),
    ("64.71", "Kota Balikpapan", "kota"),
    ("64.72", "Kota Samarinda", "kota"),
]


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _places() -> dict[str, Region]:
    made: dict[str, Region] = {}
    for code, name, kind in PLACES:
        parent = made.get(code[:2]) if "." in code else None
        level = 2 if parent else 1
        made[code] = Region.objects.create(
            code=code, name=name, level=level, kind=kind, parent=parent, plain=name.lower(), search=name.lower()
        )
    return made


@pytest.fixture
def bodies(db: None, places: Places) -> dict[str, Agency]:
    """What `set_bodies` made."""
    forget()
    return copy.deepcopy(places.made["bodies"])


def set_bodies() -> dict[str, Agency]:
    """slug → agency: all central bodies, the offices of East Kalimantan's places above, governments, inspectorates.

    Connected are the national administrator, PLN, and Samarinda's inspectorate and offices; nothing else. That
    inspectorate and the national administrator have investigators with keys.
    """
    places = _places()
    made: dict[str, Agency] = {}
    for row in _rows("national.csv"):
        made[row["slug"]] = Agency.objects.create(
            slug=row["slug"],
            name=row["name"],
            short=row["short"],
            kind=row["kind"],
            level="central",
            field=row["field"],
            parent=made.get(row["parent"]),
            connected_on=LONG_AGO if row["slug"] in {"sp4n-lapor", "pln"} else None,
        )
    for code, place in places.items():
        level = "province" if place.level == 1 else "regency"
        for kind, title in (("government", "Pemerintah"), ("inspectorate", "Inspektorat")):
            slug = f"{kind}-{code}"
            made[slug] = Agency.objects.create(
                slug=slug,
                name=f"{title} {place.name}",
                kind=kind,
                level=level,
                region=place,
                parent=made.get(f"government-{code}", made["sp4n-lapor"]),
                connected_on=LONG_AGO if code == "64.72" and kind == "inspectorate" else None,
            )
    for row in _rows("kaltim.csv"):
        if row["region_code"] in places:
            made[row["slug"]] = Agency.objects.create(
                slug=row["slug"],
                name=row["name"],
                short=row["short"],
                kind=row["kind"],
                level="province" if row["region_code"] == "64" else "regency",
                field=row["field"],
                region=places[row["region_code"]],
                parent=made[f"government-{row['region_code']}"],
                connected_on=LONG_AGO if row["region_code"] == "64.72" else None,
            )
    for slug in ("inspectorate-64.72", "sp4n-lapor"):
        person(slug, made[slug], Role.INVESTIGATOR)
    return made


@pytest.fixture(scope="session")
def asker() -> Asker:
    """A small model, from the first messages of the sample."""
    return Asker(fit(list(examples_of(read_rows(SAMPLE)[0]))[:SMALL]).model)


@pytest.fixture
def own_shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder of models, for this test alone."""
    monkeypatch.setattr(shelf, "folder", lambda: tmp_path / "routing")
    shelf.forget()
    thresholds.forget()
    yield tmp_path / "routing"
    monkeypatch.setattr(shelf, "folder", lambda: tmp_path / "gone")
    shelf.forget()
    shelf.in_use()
    shelf.forget()
    thresholds.forget()
