"""The certificate on paper: who practised which role, when, and where anybody can see that it is true."""

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

from lapor.agencies.certificates import Claims, person_of, write
from lapor.desk.paper import FONT, MARGIN, latin
from lapor.evidence import keys

from .exercises import of_role
from .models import Certificate

_GREEN = (10, 74, 69)


def address_of(certificate: Certificate) -> str:
    """Where it is shown to everybody who has the paper."""
    return settings.LAPOR_PUBLIC_URL.rstrip("/") + reverse("training:certificate", args=[certificate.number])


def code_of(certificate: Certificate) -> str:
    """The line by which the site for real reports knows, without asking here, that this is true."""
    claims = Claims(
        number=certificate.number,
        person=person_of(certificate.user.email),
        role=certificate.role,
        agency=certificate.agency.slug,
        done_on=timezone.localdate(certificate.made_at),
    )
    return write(claims, sign=keys.current(now=timezone.now()).sign)


def draw(certificate: Certificate) -> bytes:
    """One landscape page of A4, as PDF, in Indonesian: what is practised is an Indonesian office."""
    with translation.override(settings.LANGUAGE_CODE):
        pdf = FPDF(orientation="L", format="A4")
        pdf.set_title(latin(gettext("Sertifikat latihan %(number)s") % {"number": certificate.number}))
        pdf.set_lang("id")
        pdf.set_keywords(code_of(certificate))  # read from the file by the site for real reports
        pdf.set_margins(MARGIN, MARGIN, MARGIN)
        pdf.set_auto_page_break(False)
        pdf.add_page()
        pdf.set_draw_color(*_GREEN)
        pdf.set_line_width(1.2)
        pdf.rect(10, 10, pdf.w - 20, pdf.h - 20)
        pdf.set_y(26)
        _line(pdf, "SP4N-LAPOR!", size=13, style="B")
        pdf.ln(4)
        pdf.set_text_color(*_GREEN)
        _line(pdf, gettext("Sertifikat latihan"), size=30, style="B", height=14)
        pdf.set_text_color(0)
        pdf.ln(6)
        _line(pdf, gettext("diberikan kepada"), size=12)
        _line(pdf, certificate.name, size=22, style="B", height=12)
        role = certificate.get_role_display()
        words = gettext("sebagai %(role)s di %(agency)s") % {"role": role, "agency": certificate.agency_name}
        _line(pdf, words, size=13, height=8)
        pdf.ln(5)
        _line(pdf, gettext("yang telah menyelesaikan seluruh latihan peran ini:"), size=11)
        for exercise in of_role(certificate.role):
            _line(pdf, str(exercise.title), size=12, height=7)
        pdf.ln(4)
        _line(pdf, date_format(timezone.localtime(certificate.made_at), "j F Y"), size=12)
        _proof(pdf, certificate)
        return bytes(pdf.output())


def _line(pdf: FPDF, text: str, *, size: float, style: str = "", height: float = 6.5) -> None:
    pdf.set_font(FONT, style, size)
    pdf.multi_cell(0, height, latin(text), align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _proof(pdf: FPDF, certificate: Certificate) -> None:
    """What it is not, and the address that shows whether it is true, to read and to scan."""
    picture = io.BytesIO()
    segno.make(address_of(certificate), error="m").save(picture, kind="png", scale=6, border=2)
    picture.seek(0)
    pdf.image(picture, x=pdf.w - MARGIN - 28, y=pdf.h - MARGIN - 28, w=28, alt_text=address_of(certificate))
    pdf.set_xy(MARGIN, pdf.h - MARGIN - 14)
    pdf.set_font(FONT, "", 9)
    said = gettext("Latihan memakai laporan sintetis. Periksa keaslian sertifikat ini di:")
    pdf.multi_cell(pdf.w - 2 * MARGIN - 34, 4.6, latin(f"{said}\n{address_of(certificate)}"))
