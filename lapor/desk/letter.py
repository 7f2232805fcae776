"""The hand-over letter: carries a report to an agency that is not connected yet. Drawn here, signed and sent by people.

It never holds the telephone number or e-mail address of the reporter, and the name only where an officer may see it:
the case comes without a reporter who is not to be known, and the rest is masked by the rules of the public copies.
"""

from __future__ import annotations

import io

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from lapor.lib.codes import show_code
from lapor.redaction.redact import redact
from lapor.reports.case import Case, Letter

from .dates import day_of
from .paper import FONT, MARGIN, Sheet, head, latin, line, pairs, signature


def draw(case: Case, letter: Letter) -> bytes:
    """The letter as PDF, in Indonesian whatever language the officer reads: one government writes to another."""
    with translation.override(settings.LANGUAGE_CODE):
        pdf = Sheet(letter.number)
        pdf.add_page()
        head(pdf, letter.responsible)
        _address(pdf, case, letter)
        _body(pdf, case)
        _foot(pdf, case, letter)
        pdf.add_page()
        _reply_sheet(pdf, case, letter)
        return bytes(pdf.output())


def _address(pdf: FPDF, case: Case, letter: Letter) -> None:
    report = case.report
    is_secret = report.visibility != "public"
    pairs(
        pdf,
        [
            (gettext("Nomor"), letter.number),
            (gettext("Tanggal"), date_format(day_of(letter.made_at, report.region_id), "DATE_FORMAT")),
            (gettext("Sifat"), gettext("Rahasia") if is_secret else gettext("Biasa")),
            (gettext("Lampiran"), gettext("Satu lembar balasan")),
            (gettext("Hal"), gettext("Pelimpahan laporan masyarakat %(code)s") % {"code": show_code(report.code)}),
        ],
        width=24,
    )
    pdf.ln(4)
    line(pdf, gettext("Kepada Yth. Pimpinan"))
    line(pdf, letter.agency.name, style="B")
    if letter.agency.address.strip():
        line(pdf, letter.agency.address.strip())
    pdf.ln(4)


def _body(pdf: FPDF, case: Case) -> None:
    report = case.report
    line(
        pdf,
        gettext(
            "Melalui layanan LAPOR! kami menerima laporan masyarakat di bawah ini, yang menurut bidang dan wilayahnya "
            "menjadi tugas instansi Saudara. Instansi Saudara belum terhubung dengan LAPOR!, karena itu laporan kami "
            "sampaikan dengan surat."
        ),
    )
    pdf.ln(3)
    place = ", ".join(part for part in (redact(report.place).text, str(report.region or "")) if part)
    facts = [
        (gettext("Jenis"), report.get_kind_display()),
        (gettext("Diterima"), date_format(day_of(report.received_at, report.region_id), "DATE_FORMAT")),
        (gettext("Pelapor"), case.reporter_name or gettext("Nama dirahasiakan")),
        (gettext("Tempat"), place or "-"),
    ]
    if report.occurred_on:
        facts.append((gettext("Kejadian"), date_format(report.occurred_on, "DATE_FORMAT")))
    if report.title:
        facts.append((gettext("Judul"), redact(report.title).text))
    pairs(pdf, facts, width=24)
    pdf.ln(3)
    pdf.set_fill_color(244, 241, 234)
    pdf.set_font(FONT, "", 10.5)
    said = latin(redact(report.text).text)
    pdf.multi_cell(0, 5.2, said, align="L", fill=True, padding=3, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.ln(4)


def _foot(pdf: FPDF, case: Case, letter: Letter) -> None:
    report = case.report
    if pdf.get_y() > pdf.h - 92:  # a signature never stands alone on a page
        pdf.add_page()
    line(pdf, gettext("Cara membalas"), style="B")
    line(pdf, _deadline(case))
    line(
        pdf,
        gettext(
            "Sebutkan apa yang dilakukan, oleh siapa, dan kapan, lalu kirimkan kepada %(sender)s dengan menyebut nomor "
            "surat ini; lembar balasan terlampir. Kami meneruskannya kepada pelapor. Jangan mencari tahu atau "
            "menghubungi pelapor."
        )
        % {"sender": letter.responsible.name},
    )
    top = pdf.get_y() + 4
    if report.visibility == "public":
        _public_page(pdf, report.code, top=top)
    signature(pdf, letter.responsible.name, top=top)


def _public_page(pdf: FPDF, code: str, *, top: float) -> None:
    """Where everybody can follow the report. A secret one has no such page."""
    link = f"{settings.LAPOR_PUBLIC_URL.rstrip('/')}{reverse('public:detail', args=[code])}"
    png = io.BytesIO()
    segno.make(link, error="m", micro=False).save(png, kind="png", scale=6, border=2)
    pdf.image(png, x=MARGIN, y=top, w=26)
    pdf.set_xy(MARGIN, top + 27)
    pdf.set_font(FONT, "", 8.5)
    words = gettext("Laporan %(code)s di halaman publik") % {"code": show_code(code)}
    pdf.multi_cell(60, 4, latin(words), align="L")


def _reply_sheet(pdf: FPDF, case: Case, letter: Letter) -> None:
    """The sheet that comes back, filled in by hand: what the answer to the reporter must say."""
    line(pdf, gettext("LEMBAR BALASAN"), style="B", size=14, height=7, align="C")
    line(pdf, gettext("untuk surat pelimpahan nomor %(number)s") % {"number": letter.number}, align="C")
    pdf.ln(4)
    pairs(
        pdf,
        [
            (gettext("Nomor laporan"), show_code(case.report.code)),
            (gettext("Dari"), letter.agency.name),
            (gettext("Kepada"), ", ".join(filter(None, (letter.responsible.name, letter.responsible.address.strip())))),
        ],
        width=32,
    )
    pdf.ln(4)
    for question, rows in (
        (gettext("Apa yang sudah dilakukan"), 6),
        (gettext("Apa hasilnya, dan apa yang masih akan dilakukan"), 4),
        (gettext("Dikerjakan oleh (unit atau jabatan)"), 1),
        (gettext("Tanggal dikerjakan"), 1),
        (gettext("Bila bukan tugas instansi kami: siapa yang berwenang, dan mengapa"), 3),
    ):
        line(pdf, question, style="B", height=6)
        for _row in range(rows):
            pdf.ln(7)
            pdf.line(MARGIN, pdf.get_y(), pdf.w - MARGIN, pdf.get_y())
        pdf.ln(4)
    signature(pdf, letter.agency.name, top=pdf.get_y() + 4)


def _deadline(case: Case) -> str:
    limits = [clock.due_at for clock in case.clocks if clock.step == "resolve" and clock.stopped_at is None]
    if not limits:
        return gettext("Mohon balasan tertulis secepatnya.")
    day = date_format(day_of(limits[0], case.report.region_id), "l, j F Y")
    return gettext("Pelapor harus mendapat jawaban paling lambat %(day)s. Mohon balasan tertulis sebelum hari itu.") % {
        "day": day
    }
