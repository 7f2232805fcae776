"""The columns that the service publishes, in their order, and how a cell that a spreadsheet would run is written."""

from __future__ import annotations

import re

ID = "TrackingID"
NAME = "Pelapor"
TITLE = "JudulLaporan"
TEXT = "IsiLaporan"
AGENCY = "DisposisiInstansi"
AGENCY_ID = "DisposisiInstansiID"
CATEGORY = "Kategori"
CATEGORY_ID = "KategoriID"
STATUS = "Status"
AREA = "Area"
AREA_ID = "AreaID"
RECEIVED = "TanggalLaporanMasuk"
ASSIGNED = "TanggalDisposisi"
ACTIVE = "TanggalLaporanAktivitasTerakhir"
CLOSED = "TanggalLaporanDitutup"

COLUMNS = (
    ID, NAME, TITLE, TEXT, AGENCY, AGENCY_ID, CATEGORY, CATEGORY_ID, STATUS, AREA, AREA_ID, RECEIVED, ASSIGNED,
    ACTIVE, CLOSED,
)  # fmt: skip
TIMES = (RECEIVED, ASSIGNED, ACTIVE, CLOSED)

_BETWEEN = re.compile(r"[\W_]+")
_KNOWN = {column.casefold(): column for column in COLUMNS} | {"id": ID}
# A spreadsheet takes what begins like this for a formula and runs it.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def column_of(heading: str) -> str | None:
    """The column that a heading means, whatever its case, blanks and signs; None for one that is not ours."""
    return _KNOWN.get(_BETWEEN.sub("", heading.casefold()))


def harmless(text: str) -> str:
    """The text with a quote in front where a spreadsheet would run it; `original` takes it off again."""
    return f"'{text}" if _FORMULA.match(text) else text


def original(cell: str) -> str:
    """What `harmless` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
