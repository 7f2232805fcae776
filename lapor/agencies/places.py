"""Facts about a place that follow from its code: the places above it, its full name, its clock."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import QuerySet

from lapor.agencies.models import Region

_WIB = ZoneInfo("Asia/Jakarta")
_WITA = ZoneInfo("Asia/Makassar")
_WIT = ZoneInfo("Asia/Jayapura")
# Keppres 41/1987 with the later provinces: which clock each province keeps; WIB where none is named.
_CLOCKS: dict[str, ZoneInfo] = {
    **dict.fromkeys(["51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"], _WITA),
    **dict.fromkeys(["81", "82", "91", "92", "93", "94", "95", "96"], _WIT),
}
_DEEPEST = "SELECT code FROM agencies_region WHERE code = ANY(%s) ORDER BY level DESC LIMIT 1"


def ancestors(code: str) -> list[str]:
    """The codes above a place, nearest first: "64.72.01" gives ["64.72", "64"]."""
    parts = code.split(".")
    return [".".join(parts[:length]) for length in range(len(parts) - 1, 0, -1)]


def timezone_of(code: str | None) -> ZoneInfo:
    """The clock of the province the place lies in; that of Jakarta where the place is unknown."""
    return _CLOCKS.get(code[:2], _WIB) if code else _WIB


def children_of(code: str | None) -> QuerySet[Region]:
    """The places directly below one (the provinces for None), by name, for plain selects."""
    return Region.objects.filter(parent=code).order_by("name")


def deepest_known(code: str | None) -> str | None:
    """The place with this code, else the nearest above it that is in the tables; None for none."""
    if not code:
        return None
    with connection.cursor() as cursor:  # asked for every message
        cursor.execute(_DEEPEST, [[code, *ancestors(code)]])
        found = cursor.fetchone()
    return found[0] if found else None
