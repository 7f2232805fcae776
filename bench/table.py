"""The figures as a table that reads well on a terminal and in docs/performance.md alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

AIM = 1.5


@dataclass(frozen=True)
class Compared:
    """One thing that costs seconds on the small and on the large side."""

    name: str
    small: float
    large: float
    small_database: float = 0.0
    large_database: float = 0.0

    @property
    def ratio(self) -> float:
        return self.large / self.small

    @property
    def misses_aim(self) -> bool:
        return self.ratio > AIM


def comparison(rows: Sequence[Compared], *, small: int, large: int) -> str:
    """Milliseconds on both sides, those in the database in brackets, and how many times more the larger one takes."""
    cells = [["", f"{small:,}", f"{large:,}", "times"], ["---", "---:", "---:", "---:"]]
    for row in rows:
        cells.append([
            row.name,
            _ms(row.small, row.small_database),
            _ms(row.large, row.large_database),
            f"{row.ratio:.2f}{' (!)' if row.misses_aim else ''}",
        ])  # fmt: skip
    return _aligned(cells)


def _ms(seconds: float, in_database: float) -> str:
    inside = f" ({in_database * 1000:.1f})" if in_database else ""
    return f"{seconds * 1000:.1f}{inside}"


def _aligned(cells: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[place]) for row in cells) for place in range(len(cells[0]))]
    lines = []
    for row in cells:
        first, *others = zip(row, widths, strict=True)
        padded = [first[0].ljust(first[1]), *(text.rjust(width) for text, width in others)]
        lines.append("| " + " | ".join(padded) + " |")
    return "\n".join(lines)
