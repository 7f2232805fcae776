"""Draws blank forms for offices without a network: one page each, with its code to be read by a machine, and a strip to
tear off for the visitor.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from fpdf import FPDF

from lapor.channels.letters.sheets import Blank
from lapor.lib.codes import show_code, show_pin

from ..paper import FONT, MARGIN, latin, line

DIGITS = "Courier"  # each digit as wide as its neighbour, and unlike it, which a machine reads best
_BOX = 8.6
_STRIP = 52  # the height of what is torn off


def draw_blanks(blanks: Sequence[Blank]) -> bytes:
    """One page a form, in Indonesian whatever language the officer reads."""
    with translation.override(settings.LANGUAGE_CODE):
        pdf = FPDF(format="A4")
        pdf.set_margins(MARGIN, 14, MARGIN)
        pdf.set_auto_page_break(False)
        pdf.set_title(latin(gettext("Lembar laporan LAPOR!")))
        for blank in blanks:
            pdf.add_page()
            _form(pdf, blank)
            _strip(pdf, blank)
        return bytes(pdf.output())


def _code(pdf: FPDF, code: str, *, top: float) -> None:
    """The digits black and apart, their boxes so pale that a reader takes them for paper."""
    left = pdf.w - MARGIN - 10 * _BOX - 4
    pdf.set_font(FONT, "", 8.5)
    pdf.set_xy(left, top)
    pdf.cell(0, 4, latin(gettext("KODE LEMBAR (jangan ditulisi)")))
    pdf.set_font(DIGITS, "B", 21)
    pdf.set_draw_color(215, 215, 215)
    x = left
    for group in show_code(code).split():
        for digit in group:
            pdf.rect(x, top + 5, _BOX, 11)
            pdf.set_xy(x, top + 5)
            pdf.cell(_BOX, 11, digit, align="C")
            x += _BOX
        x += 2
    pdf.set_draw_color(0, 0, 0)


def _form(pdf: FPDF, blank: Blank) -> None:
    _code(pdf, blank.code, top=12)
    pdf.set_xy(MARGIN, 13)
    pdf.set_font(FONT, "B", 17)
    pdf.cell(60, 8, "LAPOR!")
    pdf.set_xy(MARGIN, 22)
    line(pdf, gettext("Lembar laporan masyarakat"), size=11)
    pdf.set_xy(MARGIN, 34)
    line(
        pdf,
        gettext(
            "Tulis dengan huruf cetak dan tinta hitam. Petugas memasukkannya ke LAPOR! dalam beberapa hari. Jangan "
            "menulis NIK atau nomor rekening. Laporan korupsi yang perlu perlindungan sebaiknya Anda kirim sendiri "
            "lewat internet, karena petugas membaca lembar ini."
        ),
        size=9,
        height=4.4,
    )
    _written(pdf, gettext("Apa yang terjadi?"), rows=9)
    _written(pdf, gettext("Di mana? (desa atau kelurahan, kecamatan, patokan)"), rows=2)
    _written(pdf, gettext("Kapan?"), rows=1)
    _written(pdf, gettext("Nama (tidak wajib)"), rows=1)
    _written(pdf, gettext("Nomor HP atau alamat surat untuk jawaban (tidak wajib)"), rows=1)
    pdf.ln(2)
    for words in (
        gettext("Anonim: nama saya tidak dilihat siapa pun."),
        gettext("Rahasia: publik tidak melihat apa pun dari laporan ini."),
        gettext("Isian ini sudah saya baca atau dibacakan kepada saya, dan saya setuju."),
    ):
        pdf.rect(MARGIN, pdf.get_y() + 0.6, 4.2, 4.2)
        pdf.set_x(MARGIN + 7)
        line(pdf, words, height=5.6)
        pdf.ln(0.6)
    pdf.ln(1)
    line(pdf, gettext("Tanggal dan tanda tangan:") + " " + "." * 60)


def _written(pdf: FPDF, question: str, *, rows: int) -> None:
    pdf.ln(1.5)
    line(pdf, question, style="B", size=10, height=5)
    for _row in range(rows):
        pdf.ln(7.5)
        pdf.line(MARGIN, pdf.get_y(), pdf.w - MARGIN, pdf.get_y())


def _strip(pdf: FPDF, blank: Blank) -> None:
    """For the visitor: code, PIN, and how to ask. It leaves with them before the form is handed in."""
    top = pdf.h - _STRIP
    pdf.set_dash_pattern(dash=2, gap=2)
    pdf.line(6, top, pdf.w - 6, top)
    pdf.set_dash_pattern()
    pdf.set_xy(MARGIN, top + 1)
    line(pdf, gettext("Sobek di sini dan simpan. Jangan berikan potongan ini kepada petugas."), size=8.5)
    pdf.ln(2)
    pdf.set_font(FONT, "", 10.5)
    pdf.cell(28, 8, latin(gettext("Kode lembar")))
    pdf.set_font(DIGITS, "B", 18)
    pdf.cell(62, 8, show_code(blank.code))
    pdf.set_font(FONT, "", 10.5)
    pdf.cell(12, 8, "PIN")
    pdf.set_font(DIGITS, "B", 18)
    pdf.cell(0, 8, show_pin(blank.pin))
    pdf.set_xy(MARGIN, top + 19)
    site = settings.LAPOR_PUBLIC_URL.removeprefix("https://").removeprefix("http://")
    line(
        pdf,
        gettext(
            "Cara melihat jawaban: buka %(site)s/lacak/, ketik kode lembar dan PIN di atas. Sebelum petugas memasukkan "
            "laporan, halaman itu mengatakannya. Siapa pun yang memegang potongan ini dapat membuka laporan Anda."
        )
        % {"site": site},
        size=9.5,
        height=4.8,
    )
