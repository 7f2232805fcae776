"""What can stand in a table of figures, and how it is written for people and in files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext

from lapor.lib.durations import Range
from lapor.lib.suppression import is_small

LONG = 45  # rows: all provinces, or a province's regencies, stand open
LEAST = 30  # reports, below which no share and no median is given


class Missing(Enum):
    """Why there is no number."""

    HIDDEN = "hidden"
    FEW = "few"
    NOT_YET = "not_yet"


@dataclass(frozen=True)
class Share:
    """A share in whole per cent."""

    percent: int


Words = str | Promise
Value = int | float | Share | Range | Missing | date | Words  # a date is its month


@dataclass(frozen=True)
class Table:
    """One table as it is shown, printed, drawn and downloaded: what was hidden is hidden everywhere. `links` has an
    address for each row or is empty; `keys` names the columns in files.
    """

    name: str
    title: str
    keys: Sequence[str]
    heads: Sequence[Words]
    rows: Sequence[Sequence[Value]]
    links: Sequence[str] = field(default_factory=list)
    note: str = ""

    def only(self, *keys: str) -> Table:
        """The same rows with some of their columns."""
        kept = [self.keys.index(key) for key in keys]
        heads, rows = [self.heads[at] for at in kept], [[row[at] for at in kept] for row in self.rows]
        return replace(self, keys=keys, heads=heads, rows=rows)

    @property
    def is_long(self) -> bool:
        """Whether it is folded on the page."""
        return len(self.rows) > LONG

    @property
    def lines(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """(link, [(head, cell, is a number)]) for the page."""
        links = self.links or [""] * len(self.rows)
        return [
            (
                link,
                [
                    (str(head), text(value), not isinstance(value, Words))
                    for head, value in zip(self.heads, row, strict=True)
                ],
            )
            for link, row in zip(links, self.rows, strict=True)
        ]


def text(value: Value) -> str:
    """As people read it."""
    match value:
        case Missing.HIDDEN:
            return gettext("ditahan")
        case Missing.FEW:
            return gettext("terlalu sedikit")
        case Missing.NOT_YET:
            return gettext("belum tercapai")
        case Share():
            return f"{value.percent}%"
        case Range():
            return days(value)
        case date():
            return date_format(value, "M Y")
        case int():
            return number_format(value, force_grouping=True)
        case float():
            return number_format(value, decimal_pos=1)
    return str(value)


def raw(value: Value) -> str | int | float | None:
    """As files have it: plain numbers; nothing where a number is missing."""
    match value:
        case Missing():
            return None
        case Share():
            return value.percent
        case Range():
            return str(value.first) if value.is_exact else f"{value.first}-{'' if value.last is None else value.last}"
        case date():
            return f"{value:%Y-%m}"
        case int() | float():
            return value
    return str(value)


def days(found: Range) -> str:
    """So many days, or from so many to so many."""
    if found.last is None:
        return gettext("lebih dari %(n)s hari") % {"n": found.first - 1}
    if not found.is_exact:
        return gettext("%(first)s–%(last)s hari") % {"first": found.first, "last": found.last}
    return (
        gettext("hari yang sama")
        if found.first == 0
        else ngettext("%(n)s hari", "%(n)s hari", found.first) % {"n": found.first}
    )


def count(n: int) -> Value:
    """A number that stands alone."""
    return Missing.HIDDEN if is_small(n) else n


def share(n: int, of: int) -> Value:
    """What share of a number; withheld where the number or what it lacks is small."""
    if of < LEAST:
        return Missing.FEW
    if is_small(n) or is_small(of - n):
        return Missing.HIDDEN
    return Share(round(100 * n / of))


def median(found: Range | None, *, of: int) -> Value:
    """A median of so many; it may not be reached yet."""
    if of < LEAST:
        return Missing.FEW
    return Missing.NOT_YET if found is None else found


def shown(n: int | None) -> Value:
    return Missing.HIDDEN if n is None else n
