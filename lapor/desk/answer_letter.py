"""The answer to a reporter as a letter on paper: drawn here, signed and posted by people.

It is addressed by name only where the officer may see it, and holds no telephone number and no PIN.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from lapor.lib.codes import show_code
from lapor.reports.case import Case
from lapor.reports.on_paper import Answer

from .dates import day_of
from .paper import Sheet, head, line, pairs, signature


def number_of(case: Case, answer: Answer) -> str:
    """The same for the same answer, whoever draws it: code of the report, number of the answer, year."""
    return f"LAPOR/{case.report.code}/{answer.pk}/{answer.written_at:%Y}"


def draw_answer(case: Case, answer: Answer, *, theirs: str, dated_on: date | None, today: date) -> bytes:
    """The letter as PDF, in Indonesian. `theirs` and `dated_on` are of the letter that it answers, as far as known."""
    with translation.override(settings.LANGUAGE_CODE):
        number = number_of(case, answer)
        pdf = Sheet(number)
        pdf.add_page()
        sender = answer.agency or case.report.responsible or case.report.verifier
        assert sender is not None  # a report that was answered has somebody who did
        head(pdf, sender)
        code = show_code(case.report.code)
        rows = [
            (gettext("Nomor"), number),
            (gettext("Tanggal"), date_format(today, "DATE_FORMAT")),
            (gettext("Hal"), gettext("Jawaban atas laporan %(code)s") % {"code": code}),
        ]
        if theirs or dated_on:
            day = date_format(dated_on, "DATE_FORMAT") if dated_on else ""
            rows.append((gettext("Surat Anda"), ", ".join(filter(None, (theirs, day)))))
        pairs(pdf, rows, width=28)
        pdf.ln(4)
        line(pdf, gettext("Kepada Yth."))
        line(pdf, case.reporter_name or gettext("Pelapor laporan %(code)s") % {"code": code}, style="B")
        line(pdf, gettext("di tempat"))
        pdf.ln(4)
        received = date_format(day_of(case.report.received_at, case.report.region_id), "DATE_FORMAT")
        line(
            pdf,
            gettext("Laporan Anda kami terima lewat LAPOR! pada %(day)s. Berikut jawaban kami.") % {"day": received},
        )
        pdf.ln(3)
        line(pdf, answer.text)
        pdf.ln(3)
        if answer.done_by and answer.done_on:
            words = gettext("Dikerjakan oleh %(who)s, %(day)s.")
            line(pdf, words % {"who": answer.done_by, "day": date_format(answer.done_on, "DATE_FORMAT")})
            pdf.ln(3)
        _objecting(pdf, case)
        if pdf.get_y() > pdf.h - 60:  # a signature never stands alone on a page
            pdf.add_page()
        signature(pdf, sender.name, top=pdf.get_y() + 4)
        return bytes(pdf.output())


def _objecting(pdf: Sheet, case: Case) -> None:
    """What the reporter can do with it, and until when."""
    site = settings.LAPOR_PUBLIC_URL.removeprefix("https://").removeprefix("http://")
    until = [clock.due_at for clock in case.clocks if clock.step == "reporter_reply" and clock.stopped_at is None]
    if until:
        day = date_format(day_of(until[0], case.report.region_id), "l, j F Y")
        line(pdf, gettext("Bila Anda tidak setuju, ajukan keberatan paling lambat %(day)s.") % {"day": day})
    line(
        pdf,
        gettext(
            "Caranya: buka %(site)s/lacak/ dengan kode dan PIN pada tanda terima Anda, kirim SMS KEBERATAN ke "
            "%(number)s, atau datang ke loket dengan membawa surat ini. Yang memeriksanya bukan instansi yang menjawab."
        )
        % {"site": site, "number": settings.LAPOR_SMS_NUMBER},
    )
