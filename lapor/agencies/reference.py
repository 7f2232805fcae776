"""Brings the reference files of `data/` into the database: places, categories, bodies, units.

Loading again is harmless: what the files say is overwritten, what they do not say (connections, posts, addresses,
whether a body is active) stays, and so does what an administrator corrected (`editing`). What is no longer in a file
stays too, since reports may speak of it.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from lapor.agencies import words
from lapor.agencies.models import Agency, Category, ReferenceLoad, Region, Unit
from lapor.agencies.oversight import forget

DATA = Path(__file__).parent / "data"
LOCK = 710_241_001  # two loads at once wait for each other
_REFERENCE_FIELDS = ["name", "short", "kind", "level", "field", "region", "parent", "answers_for"]
_ROOM = Path(__file__).parent
_PARTS: dict[str, list[Path]] = {
    "regions": [DATA / "regions.tsv", _ROOM / "words.py", _ROOM / "reference.py"],
    "categories": [DATA / "categories.csv", _ROOM / "reference.py"],
    "agencies": [
        DATA / "regions.tsv",
        DATA / "national.csv",
        DATA / "kaltim.csv",
        DATA / "units.csv",
        _ROOM / "reference.py",
    ],
}


def load_all(say: Callable[[str], object]) -> None:
    """Loads every part whose files have changed since the last load, each in one transaction."""
    for part, load in (("regions", load_regions), ("categories", load_categories), ("agencies", load_agencies)):
        fingerprint = _fingerprint(_PARTS[part])
        if ReferenceLoad.objects.filter(part=part, fingerprint=fingerprint).exists():
            say(f"{part}: unchanged")
            continue
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            say(f"{part}: {load()} rows")
            ReferenceLoad.objects.update_or_create(
                part=part, defaults={"fingerprint": fingerprint, "loaded_at": timezone.now()}
            )
    forget()


def _fingerprint(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def read_regions() -> Iterator[tuple[str, str, str]]:
    """Code, name and kind of every place, parents before children."""
    with (DATA / "regions.tsv").open(encoding="utf-8", newline="") as file:
        next(file)
        for line in file:
            code, name, kind = line.rstrip("\n").split("\t")
            yield code, name, kind


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the comma-separated files."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


_COLUMNS = "code, name, level, kind, parent_id, label, plain, search"
_UPSERT = """
    INSERT INTO agencies_region (code, name, level, kind, parent_id, label, plain, search)
    SELECT code, name, level, kind, parent_id, label, plain, search FROM incoming
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, level = excluded.level, kind = excluded.kind,
        parent_id = excluded.parent_id, label = excluded.label, plain = excluded.plain, search = excluded.search
    WHERE (agencies_region.name, agencies_region.kind, agencies_region.label, agencies_region.search)
        IS DISTINCT FROM (excluded.name, excluded.kind, excluded.label, excluded.search)
"""

_WORDS = """
    INSERT INTO agencies_regionword (word, uses)
    SELECT word, count(*) FROM agencies_region, string_to_table(plain, ' ') AS word
    WHERE length(word) > 2 GROUP BY word
"""


def load_regions() -> int:
    """All places by way of COPY into a temporary table; returns how many."""
    count = 0
    whole: dict[str, str] = {}
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE incoming (LIKE agencies_region INCLUDING DEFAULTS) ON COMMIT DROP")
        raw: Any = cursor
        with raw.copy(f"COPY incoming ({_COLUMNS}) FROM STDIN") as copy:
            for code, name, kind in read_regions():
                level = code.count(".") + 1
                above = code.rpartition(".")[0]
                label = whole[above] if above else ""
                if level < Region.Level.VILLAGE:
                    whole[code] = f"{name}, {label}" if label else name
                plain = words.plain_name(name, level=level)
                search = words.search_text(name, label, level=level)
                copy.write_row((code, name, level, kind, above or None, label, plain, search))
                count += 1
        with _built_afterwards("region_search_trgm"):
            cursor.execute(_UPSERT)
        cursor.execute("DELETE FROM agencies_regionword")
        cursor.execute(_WORDS)
        cursor.execute("ANALYZE agencies_region, agencies_regionword")
    return count


@contextmanager
def _built_afterwards(name: str) -> Iterator[None]:
    """Into an empty table places go without this index, which is then built in one pass: a quarter of the time."""
    if Region.objects.exists():
        yield
        return
    index = next(one for one in Region._meta.indexes if one.name == name)
    with connection.schema_editor() as editor:
        editor.remove_index(Region, index)
        yield
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no index is built on a table with checks still to come
        editor.execute("SET CONSTRAINTS ALL DEFERRED")
        editor.add_index(Region, index)


def load_categories() -> int:
    """The categories, in the order of the file."""
    edited = set(Category.objects.filter(is_edited=True).values_list("slug", flat=True))
    rows = [
        Category(
            slug=row["slug"],
            name=row["name"],
            name_en=row["name_en"],
            description=row["description"],
            sort=place,
        )
        for place, row in enumerate(read_rows("categories.csv"), start=1)
        if row["slug"] not in edited
    ]
    Category.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["name", "name_en", "description", "sort"],
    )
    return len(rows)


def load_agencies() -> int:
    """Central bodies, a government and an inspectorate for each region, the full sets of East Kalimantan, units."""
    count = _load_national() + _load_governments() + _load_kaltim()
    agencies = _ids()
    units = [
        Unit(agency_id=agencies[row["agency_slug"]], name=row["unit"], file_name=row["unit"])
        for row in read_rows("units.csv")
    ]
    Unit.objects.bulk_create(units, ignore_conflicts=True)
    return count + len(units)


def _ids() -> dict[str, int]:
    return dict(Agency.objects.values_list("slug", "id"))


def _put(agencies: list[Agency]) -> int:
    edited = set(Agency.objects.filter(is_edited=True).values_list("slug", flat=True))
    Agency.objects.bulk_create(
        [agency for agency in agencies if agency.slug not in edited],
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=_REFERENCE_FIELDS,
    )
    return len(agencies)


def _load_national() -> int:
    waiting = read_rows("national.csv")
    known: dict[str, int] = {}
    done: set[str] = set()
    # Parents first, whatever the order of the file: each round takes those whose parent is there already.
    while waiting:
        ready = [row for row in waiting if not row["parent"] or row["parent"] in done]
        if not ready:
            raise ValueError(f"national.csv: parents are missing or go in a circle: {waiting[0]['slug']}")
        _put(
            [
                Agency(
                    slug=row["slug"],
                    name=row["name"],
                    short=row["short"],
                    kind=row["kind"],
                    level=Agency.Level.CENTRAL,
                    field=row["field"],
                    parent_id=known.get(row["parent"]),
                    answers_for=row["answers_for"],
                )
                for row in ready
            ]
        )
        known = _ids()
        done.update(row["slug"] for row in ready)
        waiting = [row for row in waiting if row["slug"] not in done]
    return len(done)


_SHORT_KIND = {"provinsi": "Pemprov", "kabupaten": "Pemkab", "kota": "Pemkot"}


def government_slug(name: str, kind: str) -> str:
    """The slug of the government of a region: "Kota Samarinda" gives "pemkot-samarinda"."""
    return slugify(f"{_SHORT_KIND[kind]} {_own(name)}")


def _own(name: str) -> str:
    return name.removeprefix("Kabupaten ").removeprefix("Kota ")


def _load_governments() -> int:
    regions = list(Region.objects.filter(level__lte=Region.Level.REGENCY).order_by("code"))
    count = _put([_government(region, known=_ids(), regions=regions) for region in regions if region.level == 1])
    known = _ids()
    count += _put([_government(region, known=known, regions=regions) for region in regions if region.level == 2])
    known = _ids()
    return count + _put([_inspectorate(region, known=known) for region in regions])


def _level(region: Region) -> str:
    return Agency.Level.PROVINCE if region.level == Region.Level.PROVINCE else Agency.Level.REGENCY


def _government(region: Region, *, known: dict[str, int], regions: list[Region]) -> Agency:
    above = next((other for other in regions if other.code == region.parent_id), None)
    parent = government_slug(above.name, above.kind) if above else "sp4n-lapor"
    full = f"Provinsi {region.name}" if region.level == Region.Level.PROVINCE else region.name
    return Agency(
        slug=government_slug(region.name, region.kind),
        name=f"Pemerintah {full}",
        short=f"{_SHORT_KIND[region.kind]} {_own(region.name)}",
        kind=Agency.Kind.GOVERNMENT,
        level=_level(region),
        region=region,
        parent_id=known[parent],
        answers_for=f"Urusan pemerintahan {full} yang tidak ditangani perangkat daerah lain.",
    )


def _inspectorate(region: Region, *, known: dict[str, int]) -> Agency:
    full = f"Provinsi {region.name}" if region.level == Region.Level.PROVINCE else region.name
    return Agency(
        slug=slugify(f"inspektorat {full}"),
        name=f"Inspektorat Daerah {full}",
        short=f"Inspektorat {_own(region.name)}",
        kind=Agency.Kind.INSPECTORATE,
        level=_level(region),
        field="inspektorat",
        region=region,
        parent_id=known[government_slug(region.name, region.kind)],
        answers_for=f"Pengawasan atas penyelenggaraan pemerintahan {full} dan mutu penanganan laporan.",
    )


def _load_kaltim() -> int:
    regions = Region.objects.in_bulk({row["region_code"] for row in read_rows("kaltim.csv")})
    known = _ids()
    agencies = []
    for row in read_rows("kaltim.csv"):
        region = regions[row["region_code"]]
        agencies.append(
            Agency(
                slug=row["slug"],
                name=row["name"],
                short=row["short"],
                kind=row["kind"],
                level=_level(region),
                field=row["field"],
                region=region,
                parent_id=known[government_slug(region.name, region.kind)],
                answers_for=row["answers_for"],
            )
        )
    return _put(agencies)
