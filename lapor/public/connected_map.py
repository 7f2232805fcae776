"""Maps of who works here: the share of its bodies that are connected, of each province as a tile, of each regency as a
dot. What is counted is bodies of the state, so nothing is hidden.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from lapor.agencies.connected import Province
from lapor.lib.drawing import Drawing
from lapor.statistics.boards import dots, tiles

_SHARES = (1, 25, 50, 75)  # per cent; the lower ends of the steps after "none"


def of_provinces(places: Sequence[Province]) -> Drawing:
    """The nation."""
    return tiles.draw(_title(), _tiles(places), _legend(), hidden=_("belum ada instansi"))


def of_regencies(places: Sequence[Province]) -> Drawing:
    """One province."""
    names = {place.code: place.name.removeprefix("Kabupaten ") for place in places}
    return dots.province(_title(), _tiles(places), names, _legend(), hidden=_("belum ada instansi"))


def _title() -> str:
    return _("Bagian instansi yang terhubung")


def _legend() -> list[str]:
    return ["0%", *(f"{low}–{high - 1}%" for low, high in zip(_SHARES, (*_SHARES[1:], 101), strict=True))]


def _tiles(places: Sequence[Province]) -> dict[str, tiles.Tile]:
    return {
        place.code: tiles.Tile(
            says=_("%(place)s: %(connected)d dari %(total)d")
            % {"place": place.name, "connected": place.connected, "total": place.total},
            link=reverse("public:connected_place", args=[place.code]),
            step=_step(place) if place.total else None,
        )
        for place in places
    }


def _step(place: Province) -> int:
    """One connected body is more than none, however many there are."""
    share = 100 * place.connected / place.total
    return tiles.step_of(max(share, 1) if place.connected else 0, _SHARES)
