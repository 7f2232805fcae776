"""Figures about proposals, ready to be read: shares with intervals, and none where they would rest on too few."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.routing import numbers
from lapor.routing.numbers import ENOUGH, By, ModelInfo, Row

BY: dict[str, Promise] = {
    "agency": _("Instansi"),
    "category": _("Kategori"),
    "channel": _("Saluran"),
    "language": _("Bahasa"),
}
FIGURES: dict[str, Promise] = {
    "accuracy": _("ketepatan instansi"),
    "category": _("ketepatan kategori"),
    "level": _("ketepatan tingkat"),
    "coverage": _("cakupan"),
}


@dataclass(frozen=True)
class Line:
    """A row with its shares in words; `is_enough` says whether they may be told at all."""

    label: str
    n: int
    is_enough: bool
    coverage: str = ""
    right: str = ""
    interval: str = ""
    overridden: str = ""
    drift: str = ""
    is_worse: bool = False


def summary(since: date, until: date, by: str) -> list[Row]:
    """The rows of one way to look at it; `by` is one of BY."""
    return numbers.summary(since, until, cast(By, by))


def whole(rows: list[Row]) -> Line:
    """All of them as one line."""
    return line_of(numbers.whole(rows, gettext("Semua")))


def line_of(row: Row) -> Line:
    if row.n < ENOUGH or not row.covered:
        return Line(row.label, row.n, is_enough=False)
    return Line(
        row.label,
        row.n,
        is_enough=True,
        coverage=percent(row.covered / row.n),
        right=percent(row.right / row.covered),
        interval=f"{percent(row.low)} – {percent(row.high)}",
        overridden=percent(row.overridden / row.covered),
        drift="" if row.drift is None else gettext("%(points)+d poin") % {"points": round(100 * row.drift)},
        is_worse=row.drift is not None and row.drift <= -0.05,
    )


def percent(share: float) -> str:
    """A share as whole percent; a share of nothing is not told."""
    return f"{100 * share:.0f}%"


def model_figures(model: ModelInfo) -> list[tuple[str, str]]:
    """What the model's evaluation found, by name."""
    return [(str(FIGURES.get(name, name)), percent(value)) for name, value in model.figures.items()]
