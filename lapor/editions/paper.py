"""A PDF that a screen reader can read: headings, paragraphs, lists, tables and pictures are tagged in reading order.

The font (Noto Sans, `lib/data/fonts/OFL.txt`) is embedded with the letters that are used. What is not in the tree (page
numbers, lines and bars beside a number that says the same) is marked as an artifact. Rules of PDF/UA-1 are tests
(`tests/editions`); no validator was at hand, so the file does not call itself PDF/UA.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from fpdf import FPDF, ViewerPreferences
from fpdf.enums import XPos, YPos
from pikepdf import Array, Name

from lapor.lib.fonts import FONT_BOLD, FONT_REGULAR

from .tagging import Tags

FONT: Final = "Noto Sans"
MARGIN: Final = 20
ROW: Final = 6.4  # millimetres from one row to the next
LABEL: Final = 66
NUMBER: Final = 20
PICTURE: Final = 38  # height of the columns of a picture
WITH_A_HEADING: Final = 45  # millimetres: a heading takes what it heads along to the next page
GREEN: Final = (11, 92, 85)
INK: Final = (29, 36, 34)
SOFT: Final = (84, 92, 88)
LINE: Final = (201, 207, 201)


class Paper(FPDF):
    """A4 pages."""

    def __init__(self, *, title: str, language: str, foot: str, made_at: datetime) -> None:
        super().__init__(format="A4")
        self.foot, self.made_at = foot, made_at
        self.tags = Tags()
        self.add_font(FONT, "", FONT_REGULAR)
        self.add_font(FONT, "B", FONT_BOLD)
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=22)
        self.set_title(title)
        self.set_lang(language)
        self.set_creation_date(made_at)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.add_page()

    def written(self) -> bytes:
        """The document, with its tree."""
        about = {"dc:title": str(self.title), "xmp:CreateDate": self.made_at.isoformat(timespec="seconds")}
        return self.tags.written_into(bytes(self.output()), metadata=about)

    def footer(self) -> None:
        with self._artifact("Pagination /Subtype /Footer"):
            self.set_y(-15)
            self.set_font(FONT, "", 8.5)
            self.set_text_color(*SOFT)
            self.cell(0, 4, f"{self.foot} · {self.page_no()}", align="C")

    def heading(self, text: str, level: int = 1) -> None:
        size = {1: 22, 2: 14}[level]
        self._room(size if level == 1 else WITH_A_HEADING)
        self.ln(4 if level > 1 else 0)
        with self._tagged(f"H{level}"):
            self._words(text, style="B", size=size, height=size * 0.45, colour=GREEN)
        self.ln(2)

    def paragraph(self, text: str) -> None:
        """Short: it is kept on one page."""
        self._room(5.4 * (len(text) / 85 + 1))
        with self._tagged("P"):
            self._words(text, style="", size=10.5, height=5.4, colour=INK)
        self.ln(1.5)

    def points(self, texts: Sequence[str]) -> None:
        """A list of short texts."""
        with self.tags.branch("L"):
            for text in texts:
                self._room(5.4 * (len(text) / 80 + 1))
                with self.tags.branch("LI"):
                    with self._tagged("Lbl"):
                        self._line(MARGIN, self.get_y(), 5, "•", height=5.4)
                    self.set_xy(MARGIN + 5, self.get_y())
                    with self._tagged("LBody"):
                        self._words(text, style="", size=10.5, height=5.4, colour=INK)
                self.ln(0.8)

    def numbers(self, heads: tuple[str, str], rows: Sequence[tuple[str, int]]) -> None:
        """Names with their numbers, each with a bar of its length; it goes on to the next page when it is long."""
        most = max((n for _name, n in rows), default=0)
        with self.tags.branch("Table"):
            with self.tags.branch("TR"):
                self._cell(0, heads[0], kind="TH", scope="Column", style="B")
                self._cell(LABEL, heads[1], kind="TH", scope="Column", style="B", align="R", width=NUMBER)
            self._next_row()
            for name, n in rows:
                self._room(ROW)
                with self.tags.branch("TR"):
                    self._cell(0, _short(name), kind="TH", scope="Row")
                    self._cell(LABEL, number(n), kind="TD", align="R", width=NUMBER)
                self._bar(n, most)
                self._next_row()
        self.ln(2)

    def columns(self, rows: Sequence[tuple[str, int]], *, says: str) -> None:
        """A picture of standing columns with their numbers; `says` stands for it where it is read out."""
        self._room(PICTURE + 16)
        most = max((n for _name, n in rows), default=0)
        top, slot = self.get_y() + 5, (self.w - 2 * MARGIN) / max(len(rows), 1)
        box = self._box(top - 5, PICTURE + 11)
        with self._tagged("Figure", alt=says, attributes={"O": Name.Layout, "BBox": box, "Placement": Name.Block}):
            for place, (name, n) in enumerate(rows):
                x, tall = MARGIN + place * slot, PICTURE * n / most if most else 0
                self.set_fill_color(*GREEN)
                if tall:
                    self.rect(x + slot * 0.2, top + PICTURE - tall, slot * 0.6, tall, style="F")
                self._line(x, top + PICTURE - tall - 5, slot, number(n), align="C", style="B")
                self._line(x, top + PICTURE + 1, slot, name, align="C")
        self.set_xy(MARGIN, top + PICTURE + 9)

    def _box(self, top: float, height: float) -> Array:
        """Where a picture lies, in points from the lower left corner."""
        edges = (MARGIN, self.h - top - height, self.w - MARGIN, self.h - top)
        return Array([round(edge * self.k, 1) for edge in edges])

    def _bar(self, n: int, most: int) -> None:
        left, room = MARGIN + LABEL + NUMBER + 4, self.w - 2 * MARGIN - LABEL - NUMBER - 4
        if n and most:
            with self._artifact("Layout"):
                self.set_fill_color(*GREEN)
                self.rect(left, self.get_y() + 1.4, room * n / most, ROW - 2.8, style="F")

    def _next_row(self) -> None:
        self.set_xy(MARGIN, self.get_y() + ROW)
        with self._artifact("Layout"):
            self.set_draw_color(*LINE)
            self.line(MARGIN, self.get_y(), self.w - MARGIN, self.get_y())

    def _cell(
        self,
        left: float,
        text: str,
        *,
        kind: str,
        scope: str = "",
        style: str = "",
        align: str = "L",
        width: float = LABEL,
    ) -> None:
        attributes = {"O": Name.Table, "Scope": Name(f"/{scope}")} if scope else None
        y = self.get_y()
        with self._tagged(kind, attributes=attributes):
            self._line(MARGIN + left, y, width, text, align=align, style=style, height=ROW)
        self.set_xy(MARGIN, y)

    def _line(
        self, x: float, y: float, width: float, text: str, *, align: str = "L", style: str = "", height: float = 5
    ) -> None:
        self.set_font(FONT, style, 9.5)
        self.set_text_color(*INK)
        self.set_xy(x, y)
        self.cell(width, height, text, align=align)

    def _words(self, text: str, *, style: str, size: float, height: float, colour: tuple[int, int, int]) -> None:
        self.set_font(FONT, style, size)
        self.set_text_color(*colour)
        self.multi_cell(0, height, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _room(self, height: float) -> None:
        """On to the next page when so much does not fit: no content that is tagged goes over two."""
        if self.get_y() + height > self.page_break_trigger:
            self.add_page()

    @contextmanager
    def _tagged(self, kind: str, *, alt: str = "", attributes: Mapping[str, object] | None = None) -> Iterator[None]:
        mark = self.tags.leaf(kind, page=self.page, alt=alt, attributes=attributes)
        self._out(f"/{kind} <</MCID {mark}>> BDC")
        yield
        self._out("EMC")

    @contextmanager
    def _artifact(self, kind: str) -> Iterator[None]:
        self._out(f"/Artifact <</Type /{kind}>> BDC")
        yield
        self._out("EMC")


def number(n: int) -> str:
    return f"{n:,}".replace(",", ".")


def _short(name: str) -> str:
    return name if len(name) <= 38 else f"{name[:36]}…"
