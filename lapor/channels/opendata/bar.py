"""A progress bar on a terminal; nothing at all where the output goes to a file or a pipe."""

from __future__ import annotations

import time

from django.core.management.base import OutputWrapper
from django.utils.formats import number_format
from django.utils.translation import gettext as _

WIDTH = 30
EVERY = 0.2  # seconds


class Bar:
    """One line that is drawn over itself; `clear` makes room for another line."""

    def __init__(self, out: OutputWrapper, *, total: int) -> None:
        self._out = out
        self._total = max(total, 1)
        self._is_shown = out.isatty()
        self._began = time.monotonic()
        self._drawn_at = float("-inf")

    def draw(self, *, read: int, rows: int, is_last: bool = False) -> None:
        """How many of the bytes were read, and how many rows there were in them."""
        now = time.monotonic()
        if not self._is_shown or (now - self._drawn_at < EVERY and not is_last):
            return
        self._drawn_at = now
        self._write(self._line(read, rows, seconds=now - self._began) + ("\n" if is_last else ""))

    def clear(self) -> None:
        if self._is_shown:
            self._write("")
            self._drawn_at = float("-inf")

    def _write(self, line: str) -> None:
        self._out.write("\r\x1b[K" + line, style_func=str, ending="")
        self._out.flush()

    def _line(self, read: int, rows: int, *, seconds: float) -> str:
        part = min(read / self._total, 1.0)
        full = int(part * WIDTH)
        left = int(seconds / part - seconds) if part else 0
        return _("[%(bar)s] %(percent)3d%% · %(rows)s baris · %(speed)s per detik · sisa %(left)s") % {
            "bar": "#" * full + "-" * (WIDTH - full),
            "percent": int(part * 100),
            "rows": number_format(rows, force_grouping=True),
            "speed": number_format(int(rows / seconds) if seconds else 0, force_grouping=True),
            "left": f"{left // 60}:{left % 60:02d}",
        }
