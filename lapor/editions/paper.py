"""A PDF that a screen reader can read: headings, paragraphs and pictures are tagged in reading order, with a language.

fpdf2 tags pictures only; here the rest of a simple document is tagged in the same tree (ISO 32000-1, 14.8). What is not
in the tree (page numbers) is marked as an artifact. The built-in fonts are not embedded, which PDF/UA would ask for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from fpdf import FPDF, ViewerPreferences
from fpdf.enums import XPos, YPos

FONT: Final = "Helvetica"
MARGIN: Final = 20
BAR: Final = 6.0  # millimetres from one bar to the next
LABEL: Final = 62
WITH_A_HEADING: Final = 45  # millimetres: a heading takes what it heads along to the next page
GREEN: Final = (11, 92, 85)
SOFT: Final = (84, 92, 88)
_SPOKEN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "\u00a0": " "})


class Paper(FPDF):
    """A4 pages of headings, paragraphs and bars."""

    def __init__(self, *, title: str, language: str, foot: str, made_at: datetime) -> None:
        super().__init__(format="A4")
        self.foot = foot
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=22)
        self.set_title(title)
        self.set_lang(language)
        self.set_creation_date(made_at)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.add_page()

    def footer(self) -> None:
        with self._artifact():
            self.set_y(-15)
            self.set_font(FONT, "", 8.5)
            self.set_text_color(*SOFT)
            self.cell(0, 4, latin(f"{self.foot} · {self.page_no()}"), align="C")

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
            self._words(text, style="", size=10.5, height=5.4, colour=(29, 36, 34))
        self.ln(1.5)

    def bars(self, rows: Sequence[tuple[str, int]], *, says: str) -> None:
        """A picture of lying bars with their numbers; `says` stands for it where it is read out, numbers included."""
        most = max((n for _name, n in rows), default=0)
        self._room(BAR * len(rows) + 4)
        top = self.get_y()
        with self._tagged("Figure", alt=says):
            for place, (name, n) in enumerate(rows):
                self._bar(top + place * BAR, name, n, most)
        self.set_y(top + BAR * len(rows) + 3)

    def _bar(self, y: float, name: str, n: int, most: int) -> None:
        room = self.w - 2 * MARGIN - LABEL - 18
        width = room * n / most if most else 0
        self.set_font(FONT, "", 9)
        self.set_text_color(29, 36, 34)
        self.set_xy(MARGIN, y)
        self.cell(LABEL, BAR - 1, latin(_short(name)))
        self.set_fill_color(*GREEN)
        if width:
            self.rect(MARGIN + LABEL, y + 0.6, width, BAR - 2.2, style="F")
        self.set_xy(MARGIN + LABEL + width + 1.5, y)
        self.cell(16, BAR - 1, f"{n:,}".replace(",", "."))

    def _words(self, text: str, *, style: str, size: float, height: float, colour: tuple[int, int, int]) -> None:
        self.set_font(FONT, style, size)
        self.set_text_color(*colour)
        self.multi_cell(0, height, latin(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _room(self, height: float) -> None:
        """On to the next page when so much does not fit: nothing that is tagged goes over two."""
        if self.get_y() + height > self.page_break_trigger:
            self.add_page()

    @contextmanager
    def _tagged(self, kind: str, *, alt: str | None = None) -> Iterator[None]:
        number = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=f"/{kind}", mcid=number, alt_text=alt)
        self._out(f"/{kind} <</MCID {number}>> BDC")
        yield
        self._out("EMC")

    @contextmanager
    def _artifact(self) -> Iterator[None]:
        self._out("/Artifact BMC")
        yield
        self._out("EMC")


def latin(text: str) -> str:
    """In letters that the built-in fonts have; others become a question mark."""
    return text.translate(_SPOKEN).encode("latin-1", "replace").decode("latin-1")


def _short(name: str) -> str:
    return name if len(name) <= 36 else f"{name[:33]}..."
