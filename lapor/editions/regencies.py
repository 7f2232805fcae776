"""The figures of all regencies as GeoJSON, beside the reports of an edition: the same numbers as on the dashboard."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final

from django.utils import timezone, translation

from lapor.statistics.boards import asking, geojson, tables
from lapor.statistics.models import Series

NAME: Final = "lapor-kabupaten-kota.geojson"


def draw(*, now: datetime) -> bytes:
    """The last twelve months by regency; where the nation's figures are withheld, no regency has any."""
    today = timezone.localdate(now)
    board = asking.board(period=asking.span(Series.REAL, today=today), today=today)
    period = board.asked.counted_period
    with translation.override("id"):
        table = tables.regencies(board, lambda _table, _key: "")
    about = {
        "title": table.title,
        "made_on": today.isoformat(),
        "first_month": f"{period.first:%Y-%m}",
        "last_month": f"{period.last:%Y-%m}",
    }
    codes = [code for code, _name, _sums, _row in board.regencies.rows]
    return json.dumps(geojson.collection(table, codes, about=about), ensure_ascii=False).encode()
