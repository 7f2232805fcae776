"""What every paper from the desk is made of: pages that say what they belong to, letterhead, lines, signature."""

from __future__ import annotations

from django.utils.translation import gettext
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from lapor.agencies.models import Agency

MARGIN = 22
FONT = "Helvetica"
# The built-in fonts know Latin-1 only; what people type most besides is written in its letters.
_SPOKEN = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "•": "-", "\u00a0": " "}
)


class Sheet(FPDF):
    """A4 pages that say of which letter they are, since pages part company in an office."""

    def __init__(self, number: str) -> None:
        super().__init__(format="A4")
        self.number = number
        self.set_margins(MARGIN, 18, MARGIN)
        self.set_auto_page_break(True, margin=20)
        self.set_title(latin(number))

    def footer(self) -> None:
        self.set_y(-16)
        self.set_font(FONT, "", 8.5)
        words = gettext("Surat %(number)s, halaman %(page)d dari {nb}") % {
            "number": self.number,
            "page": self.page_no(),
        }
        self.cell(0, 4, latin(words), align="C")


def latin(text: str) -> str:
    """The text in letters that the built-in fonts have; others become a question mark."""
    return text.translate(_SPOKEN).encode("latin-1", "replace").decode("latin-1")


def line(pdf: FPDF, text: str, *, style: str = "", size: float = 10.5, height: float = 5.2, align: str = "L") -> None:
    """A paragraph across the page."""
    pdf.set_font(FONT, style, size)
    pdf.multi_cell(0, height, latin(text), align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def head(pdf: FPDF, sender: Agency) -> None:
    """The letterhead of the body, or its name where it has none."""
    own = sender.letterhead.strip().splitlines() or [sender.name]
    line(pdf, own[0].upper(), style="B", size=14, height=7, align="C")
    rest = own[1:] or ([sender.address] if sender.address.strip() else [])
    for row in rest:
        line(pdf, row, size=9.5, height=4.6, align="C")
    pdf.ln(2)
    pdf.set_line_width(0.8)
    pdf.line(MARGIN, pdf.get_y(), pdf.w - MARGIN, pdf.get_y())
    pdf.set_line_width(0.2)
    pdf.line(MARGIN, pdf.get_y() + 1.1, pdf.w - MARGIN, pdf.get_y() + 1.1)
    pdf.ln(7)


def pairs(pdf: FPDF, rows: list[tuple[str, str]], *, width: float) -> None:
    """Names and values, one below the other; names `width` millimetres wide."""
    for name, value in rows:
        pdf.set_font(FONT, "", 10.5)
        pdf.cell(width, 5.6, latin(name))
        pdf.cell(4, 5.6, ":")
        pdf.multi_cell(0, 5.6, latin(value), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def signature(pdf: FPDF, name: str, *, top: float) -> None:
    """Where somebody signs for the body."""
    pdf.set_xy(pdf.w - MARGIN - 70, top)
    pdf.set_font(FONT, "", 10.5)
    pdf.multi_cell(70, 5.2, latin(f"{name},\n\n\n\n\n({'.' * 44})"), align="C")
