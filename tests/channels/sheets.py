"""Files as the service published them, small enough to read; every person in them is invented."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from lapor.channels.opendata.columns import COLUMNS
from lapor.channels.opendata.lines import Broken
from lapor.channels.opendata.load import BATCH, Ear, Progress, load

NOW = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)
KIP = "anak sya sdh punya KIP tp blm terima bantuan dr sekolah,mohon di cek.trimakasih"


def row(**changes: str) -> dict[str, str]:
    """One report as published, with any column changed (by the name of the column)."""
    cells = {
        "TrackingID": "1043921",
        "Pelapor": "Pelapor Uji Kenari",
        "JudulLaporan": "Bantuan KIP belum diterima",
        "IsiLaporan": KIP,
        "DisposisiInstansi": "Pemerintah Kota Samarinda",
        "DisposisiInstansiID": "481",
        "Kategori": "Kartu Indonesia Pintar (KIP)",
        "KategoriID": "77",
        "Status": "Proses",
        "Area": "Kota Samarinda",
        "AreaID": "2210",
        "TanggalLaporanMasuk": "12/03/2015 14:05",
        "TanggalDisposisi": "13/03/2015 09:00",
        "TanggalLaporanAktivitasTerakhir": "20/03/2015 10:30",
        "TanggalLaporanDitutup": "",
    }
    return cells | changes


def sheet(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS, separator: str = ",") -> str:
    """The text of a file with these columns."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=separator, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


class Heard:
    """What a load told while it went on."""

    def __init__(self) -> None:
        self.unknown: list[str] = []
        self.broken: list[Broken] = []
        self.steps: list[int] = []

    def ear(self) -> Ear:
        return Ear(
            unknown=self.unknown.extend,
            broken=self.broken.append,
            progress=lambda so_far: self.steps.append(so_far.rows),
        )

    @property
    def lines(self) -> list[int]:
        return [problem.line for problem in self.broken]


def take(
    folder: Path,
    content: str | bytes,
    *,
    heard: Heard | None = None,
    now: datetime = NOW,
    received_on: date | None = None,
    size: int = BATCH,
) -> Progress:
    """Loads a file with this content."""
    path = folder / "laporan.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load(path, ear=(heard or Heard()).ear(), now=now, received_on=received_on, size=size)


def counts(progress: Progress) -> dict[str, Any]:
    """The counts that are not zero, without the bytes."""
    return {name: n for name, n in vars(progress).items() if n and name != "read"}
