"""Regencies as GeoJSON (RFC 7946): a point each, with the figures that its table shows; what that hides is null."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lapor.agencies.points import points
from lapor.lib.suppression import K

from .values import LEAST, Missing, Table, raw

SOURCE = (
    "Points: GeoNames (https://www.geonames.org), CC BY 4.0, one place chosen for each regency; no official centres."
)


def collection(table: Table, codes: Sequence[str], *, about: dict[str, Any]) -> dict[str, Any]:
    """All regencies of a table; `codes` are those of its rows, `about` says of what and when the figures are."""
    return {
        "type": "FeatureCollection",
        **about,
        "hidden_below": K,
        "least_for_shares": LEAST,
        "licence": "CC BY 4.0",
        "points_from": SOURCE,
        "features": [
            _feature(code, dict(zip(table.keys, row, strict=True)))
            for code, row in zip(codes, table.rows, strict=False)
            if code in points()
        ],
    }


def _feature(code: str, row: dict[str, Any]) -> dict[str, Any]:
    point = points()[code]
    return {
        "type": "Feature",
        "id": code,
        "geometry": {"type": "Point", "coordinates": [point.longitude, point.latitude]},
        "properties": {
            "code": code,
            **{key: raw(value) for key, value in row.items()},
            "why_null": {key: value.value for key, value in row.items() if isinstance(value, Missing)},
            "point": point.basis,
        },
    }
