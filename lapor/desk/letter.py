"""The hand-over letter: carries a report to an agency that is not connected yet. Drawn here, signed and sent by people.

It never holds the reporter's telephone number or e-mail address, and the name only where an officer may see it.
"""

from __future__ import annotations

import io

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from lapor.agencies.models import Agency
from lapor.lib.codes import show_code
from lapor.reports.case import Case, Letter, names_to_strike
from lapor.transparency.redact import redact

from .dates import day_of

MARGIN = 22
FONT = "Helvetica"
# The built-in fonts know Latin-1 only; what people type most besides is written in its letters.
_SPOKEN = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "•": "-", "\u00a0": " "}
)


def draw(case: Case, letter: Letter) -> bytes:
    """The letter as PDF, in Indonesian whatever language the officer reads: one government writes to another."""
    with translation.override(settings.LANGUAGE_CODE):
        return _draw(case, letter)


def _draw(case: Case, letter: Letter) -> bytes:
    pdf = FPDF(format="A4")
    pdf.set_margins(MARGIN, 18, MARGIN)
    pdf.set_auto_page_break(True, margin=24)
    pdf.set_title(latin(letter.number))
    pdf.add_page()
    _head(pdf, letter.responsible)
    _address(pdf, case, letter)
    _body(pdf, case, letter)
    _foot(pdf, case, letter)
    return bytes(pdf.output())


def latin(text: str) -> str:
    """The text in letters that the built-in fonts have; others become a question mark."""
    return text.translate(_SPOKEN).encode("latin-1", "replace").decode("latin-1")


def _line(pdf: FPDF, text: str, *, style: str = "", size: float = 10.5, height: float = 5.2, align: str = "L") -> None:
    pdf.set_font(FONT, style, size)
    pdf.multi_cell(0, height, latin(text), align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _head(pdf: FPDF, sender: Agency) -> None:
    own = sender.letterhead.strip().splitlines() or [sender.name]
    _line(pdf, own[0].upper(), style="B", size=14, height=7, align="C")
    rest = own[1:] or ([sender.address] if sender.address.strip() else [])
    for row in rest:
        _line(pdf, row, size=9.5, height=4.6, align="C")
    pdf.ln(2)
    pdf.set_line_width(0.8)
    pdf.line(MARGIN, pdf.get_y(), pdf.w - MARGIN, pdf.get_y())
    pdf.set_line_width(0.2)
    pdf.line(MARGIN, pdf.get_y() + 1.1, pdf.w - MARGIN, pdf.get_y() + 1.1)
    pdf.ln(7)


def _pairs(pdf: FPDF, pairs: list[tuple[str, str]], *, width: float) -> None:
    for name, value in pairs:
        pdf.set_font(FONT, "", 10.5)
        pdf.cell(width, 5.6, latin(name))
        pdf.cell(4, 5.6, ":")
        pdf.multi_cell(0, 5.6, latin(value), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _address(pdf: FPDF, case: Case, letter: Letter) -> None:
    report = case.report
    made_on = timezone.localtime(letter.made_at).date()
    is_secret = report.visibility != "public"
    _pairs(
        pdf,
        [
            (gettext("Nomor"), letter.number),
            (gettext("Tanggal"), date_format(made_on, "DATE_FORMAT")),
            (gettext("Sifat"), gettext("Rahasia") if is_secret else gettext("Biasa")),
            (gettext("Hal"), gettext("Pelimpahan laporan masyarakat %(code)s") % {"code": show_code(report.code)}),
        ],
        width=24,
    )
    pdf.ln(4)
    _line(pdf, gettext("Kepada Yth. Kepala"))
    _line(pdf, letter.agency.name, style="B")
    if letter.agency.address.strip():
        _line(pdf, letter.agency.address.strip())
    pdf.ln(4)


def _body(pdf: FPDF, case: Case, letter: Letter) -> None:
    report = case.report
    strike = names_to_strike(report.pk)
    _line(
        pdf,
        gettext(
            "Melalui layanan LAPOR! kami menerima laporan masyarakat di bawah ini, yang menurut bidang dan wilayahnya "
            "menjadi tugas instansi Saudara. Instansi Saudara belum terhubung dengan LAPOR!, karena itu laporan kami "
            "sampaikan dengan surat."
        ),
    )
    pdf.ln(3)
    facts = [
        (gettext("Jenis"), report.get_kind_display()),
        (gettext("Diterima"), date_format(day_of(report.received_at, report.region_id), "DATE_FORMAT")),
        (gettext("Pelapor"), _who(case)),
        (gettext("Tempat"), ", ".join(part for part in (report.place, str(report.region or "")) if part) or "-"),
    ]
    if report.occurred_on:
        facts.append((gettext("Kejadian"), date_format(report.occurred_on, "DATE_FORMAT")))
    if report.title:
        facts.append((gettext("Judul"), redact(report.title, names=strike).text))
    _pairs(pdf, facts, width=24)
    pdf.ln(3)
    pdf.set_fill_color(244, 241, 234)
    pdf.set_font(FONT, "", 10.5)
    said = redact(report.text, names=strike).text
    pdf.multi_cell(0, 5.2, latin(said), fill=True, padding=3, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.ln(4)


def _who(case: Case) -> str:
    if case.report.is_anonymous or not case.reporter_name:
        return gettext("Nama dirahasiakan")
    return case.reporter_name


def _foot(pdf: FPDF, case: Case, letter: Letter) -> None:
    report = case.report
    _line(pdf, gettext("Cara membalas"), style="B")
    _line(pdf, _deadline(case))
    _line(
        pdf,
        gettext(
            "Sebutkan apa yang dilakukan, oleh siapa, dan kapan, lalu kirimkan kepada %(sender)s dengan menyebut nomor "
            "surat ini. Kami meneruskannya kepada pelapor. Jangan mencari tahu atau menghubungi pelapor."
        )
        % {"sender": letter.responsible.name},
    )
    pdf.ln(5)
    if pdf.get_y() > pdf.h - 66:
        pdf.add_page()
    top = pdf.get_y()
    link = f"{settings.LAPOR_PUBLIC_URL.rstrip('/')}{reverse('public:own', args=[report.code])}"
    png = io.BytesIO()
    segno.make(link, error="m", micro=False).save(png, kind="png", scale=6, border=2)
    pdf.image(png, x=MARGIN, y=top, w=32)
    pdf.set_xy(MARGIN, top + 33)
    _line(pdf, gettext("Nomor laporan %(code)s") % {"code": show_code(report.code)}, size=8.5, height=4)
    pdf.set_xy(pdf.w - MARGIN - 70, top)
    pdf.set_font(FONT, "", 10.5)
    signed = f"{letter.responsible.name},\n\n\n\n\n(………………………………)".replace("…", ".")
    pdf.multi_cell(70, 5.2, latin(signed), align="C")


def _deadline(case: Case) -> str:
    limits = [clock.due_at for clock in case.clocks if clock.step == "resolve" and clock.stopped_at is None]
    if not limits:
        return gettext("Mohon balasan tertulis secepatnya.")
    day = date_format(day_of(limits[0], case.report.region_id), "l, j F Y")
    return gettext("Pelapor harus mendapat jawaban paling lambat %(day)s. Mohon balasan tertulis sebelum hari itu.") % {
        "day": day
    }
