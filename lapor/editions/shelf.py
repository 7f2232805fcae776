"""What can be fetched: the files of the newest edition that is whole, and the monthly reports."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.conf import settings

from . import regencies
from .models import Edition, Monthly, Part
from .writing import DATA, EVERYTHING, SUMS, folder

DICTIONARY: Final = "kamus-data.csv"
REPORTS_SHOWN: Final = 48


def current() -> Edition | None:
    """The edition that is served."""
    return Edition.objects.filter(whole_at__isnull=False).order_by("-day").first()


def everything(edition: Edition) -> Part | None:
    return edition.parts.filter(name=EVERYTHING).first()


def by_place(edition: Edition) -> dict[str, list[Part]]:
    """The parts of provinces, by province, newest year first."""
    found: dict[str, list[Part]] = {}
    for part in edition.parts.exclude(year=None).order_by("province", "-year"):
        found.setdefault(part.province, []).append(part)
    return found


def places(edition: Edition) -> tuple[str, int] | None:
    """Name and bytes of the figures of all regencies; None in an edition that is older than they are."""
    path = folder(edition) / regencies.NAME
    return (path.name, path.stat().st_size) if path.exists() else None


def monthlies() -> list[Monthly]:
    """The monthly reports, newest first."""
    return list(Monthly.objects.order_by("-month", "-language")[:REPORTS_SHOWN])


def path_of(name: str) -> Path | None:
    """Where the file of this name lies; None for any other name, so that no address reaches further than these."""
    if name == DICTIONARY:
        return DATA / "dictionary.csv"
    if name.endswith(".pdf"):
        found = next((one for one in Monthly.objects.all() if one.name == name), None)
        return monthly_folder() / found.name if found else None
    edition = current()
    if edition is None:
        return None
    if name in {SUMS, regencies.NAME}:
        return folder(edition) / name
    part = edition.parts.filter(name=name.removesuffix(".zip")).exclude(sha256="").first()
    return folder(edition) / f"{part.name}.zip" if part and name.endswith(".zip") else None


def monthly_folder() -> Path:
    return Path(settings.LAPOR_DATA) / "opendata" / "bulanan"
