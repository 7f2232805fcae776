"""The pile at the desk: scans in, beside the form, entered with the scan attached or set aside; sheets and answers on paper."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from lapor.audit.models import Entry
from lapor.channels.letters import reading, sheets
from lapor.channels.letters.models import Letter
from lapor.desk.answer_letter import draw_answer
from lapor.reports.case import open_case
from lapor.reports.models import Attachment, Message, Report
from tests.cast import ANSWER, MONDAY, TEXT, Stage, file_report, to_answered
from tests.desk.counter import Counter, at_the_counter, paper
from tests.desk.office import Office, field_value, text_of, words_of
from tests.desk.paper import not_a_photo, photo
from tests.samples import pdf

PILE = "/meja/loket/surat/"
LINES = (
    "Kepada Dinas Pekerjaan Umum",
    "Lampu jalan di depan sekolah padam sejak bulan lalu.",
    "Mohon diperbaiki segera.",
)


@pytest.fixture
def counter(office: Office, stage: Stage) -> Counter:
    return at_the_counter(office, stage)


def a_letter(*lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("surat.pdf", pdf("\n".join(lines or LINES)), content_type="application/pdf")


def on_the_pile(counter: Counter, *scans: SimpleUploadedFile) -> list[str]:
    """Puts scans on the pile and reads them; the addresses of the letters."""
    counter.browser.post(PILE, {"scans": list(scans or (a_letter(),))})
    while reading.read_next(now=MONDAY):
        pass
    return [reverse("desk:pile_letter", args=[one.key]) for one in Letter.objects.order_by("at", "key")]


def text_in(answer: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer)).pages).split())


def test_good_scans_are_taken_and_each_bad_one_is_named_with_its_reason(counter: Counter) -> None:
    answer = counter.browser.post(PILE, {"scans": [a_letter(), photo(), not_a_photo("program.pdf")]})
    assert answer.status_code == 422 and "program.pdf tidak dapat dibaca" in words_of(answer)
    assert Letter.objects.count() == 2 and "2 surat menunggu" in words_of(answer)


def test_nothing_chosen_says_what_to_do(counter: Counter) -> None:
    answer = counter.browser.post(PILE, {})
    assert answer.status_code == 422 and "Pilih paling sedikit satu pindaian" in words_of(answer)


def test_a_letter_is_entered_beside_its_scan_with_the_words_that_were_read(counter: Counter) -> None:
    first, second = on_the_pile(counter, a_letter(), a_letter())
    page = counter.browser.get(first)
    assert "Lampu jalan di depan sekolah" in field_value(page, "id_text")
    assert "dokumen-1.pdf" in text_of(page) and second in text_of(page)
    picture = counter.browser.get(f"{first}halaman/1/")
    assert picture["Content-Type"] == "image/png" and picture.content.startswith(b"\x89PNG")
    assert counter.browser.get(f"{first}halaman/2/").status_code == 404
    there = counter.write(at=first, came="letter", consent=None, text="Lampu jalan di depan sekolah padam.")["Location"]
    printed = paper(counter.browser.post(there))
    report = Report.objects.get(code=printed.code)
    assert report.channel == "letter" and Attachment.objects.filter(report=report, kind="pdf").count() == 1
    assert Letter.objects.filter(state="entered", stored_as="").count() == 1
    assert counter.browser.get(first).status_code == 404
    assert counter.browser.post(f"{there}selesai/")["Location"] == PILE


def test_an_error_keeps_scan_and_corrected_words(counter: Counter) -> None:
    (there,) = on_the_pile(counter)
    answer = counter.write(at=there, came="letter", consent=None, text="Lampu jalan depan SD padam.", phone="12")
    assert answer.status_code == 422 and field_value(answer, "id_text") == "Lampu jalan depan SD padam."
    assert "dokumen-1.pdf" in text_of(answer) and f"{there}halaman/1/" in text_of(answer)
    assert Attachment.objects.count() == 1


def test_going_back_from_the_check_leads_to_the_letter_with_what_was_typed(counter: Counter) -> None:
    (there,) = on_the_pile(counter)
    check = counter.write(at=there, came="letter", consent=None, text="Lampu jalan depan SD padam.")["Location"]
    back = counter.browser.get(reverse("desk:counter"), {"ubah": check.split("/")[-2]})
    assert back["Location"] == there
    assert field_value(counter.browser.get(there), "id_text") == "Lampu jalan depan SD padam."


def test_a_letter_is_set_aside_only_with_a_reason_and_can_be_taken_back(counter: Counter) -> None:
    first, second = on_the_pile(counter, a_letter(), a_letter())
    assert counter.browser.post(f"{first}sisihkan/", {"why": ""}).status_code == 422
    assert counter.browser.post(f"{first}sisihkan/", {"why": "no_report"})["Location"] == second
    assert counter.browser.get(first).status_code == 404
    assert "bukan laporan" in words_of(counter.browser.get(PILE))
    counter.browser.post(f"{first}ambil/")
    assert counter.browser.get(first).status_code == 200


def test_nobody_else_sees_anything_of_the_pile(counter: Counter, office: Office, stage: Stage) -> None:
    (there,) = on_the_pile(counter)
    for role in ("admin", "liaison", "counter_two"):
        browser = at_the_counter(office, stage, role).browser
        for answer in (
            browser.get(there),
            browser.get(f"{there}halaman/1/"),
            browser.post(f"{there}sisihkan/", {"why": "twice"}),
            browser.post(f"{there}ambil/"),
        ):
            assert answer.status_code == 404
        assert there not in text_of(browser.get(PILE))


def test_blank_sheets_are_numbered_as_wished_and_a_wrong_number_says_so(counter: Counter) -> None:
    for wrong in ("", "0", "101", "banyak"):
        answer = counter.browser.post(reverse("desk:sheets"), {"how_many": wrong})
        assert answer.status_code == 422 and "lembar" in words_of(answer)
    made = counter.browser.post(reverse("desk:sheets"), {"how_many": "3"})
    assert made["Content-Type"] == "application/pdf" and len(PdfReader(BytesIO(made.content)).pages) == 3
    assert Entry.objects.get(act="sheets.printed").data["how_many"] == 3


def test_the_strip_of_a_sheet_opens_the_report_for_the_visitor_and_not_for_who_printed_or_typed_it(
    counter: Counter, office: Office, stage: Stage
) -> None:
    printer = at_the_counter(office, stage, "counter_two")
    blank = sheets.print_blank(1, actor=stage.officer("counter_two"), now=MONDAY)[0]
    strip = {"code": blank.code, "pin": blank.pin}
    early = Client().post("/lacak/", strip)
    assert early.status_code == 422 and "belum dimasukkan" in words_of(early)
    paper(counter.send(came="letter", consent=None, sheet_code=blank.code))
    opened = Client().post("/lacak/", strip, follow=True)
    assert TEXT in text_of(opened)
    for helper in (counter, printer):
        refused = helper.browser.post("/lacak/", strip)
        assert refused.status_code == 422 and "Anda masukkan untuk orang lain" in words_of(refused)
    assert Entry.objects.filter(act="own.refused_to_helper").count() == 2


def test_a_sheet_is_entered_once(counter: Counter, stage: Stage) -> None:
    blank = sheets.print_blank(1, actor=stage.officer("counter"), now=MONDAY)[0]
    paper(counter.send(came="letter", consent=None, sheet_code=blank.code))
    again = counter.send(came="letter", consent=None, sheet_code=blank.code)
    assert again.status_code == 422 and "sudah dimasukkan" in words_of(again) and TEXT in text_of(again)
    assert Report.objects.count() == 1


def answered(stage: Stage, **changes: Any) -> Report:
    report = file_report(channel="letter", phone="", **changes)[0]
    return to_answered(stage, report)


def answer_of(report: Report) -> str:
    message = Message.objects.get(report=report, kind="answer")
    return reverse("desk:answer_letter", args=[report.code, message.pk])


def test_an_answer_to_a_letter_without_number_and_mail_is_offered_as_a_letter(office: Office, stage: Stage) -> None:
    stage.roads.letterhead = "Pemerintah Kota Uji\nDinas Uji Jalan"
    stage.roads.save()
    report = answered(stage)
    there = answer_of(report)
    assert there in text_of(office.case("liaison", report))
    letter = office("liaison").get(there)
    said = text_in(letter.content)
    for words in (
        "PEMERINTAH KOTA UJI",
        "Dinas Uji Jalan",
        "Pelapor Uji Satu",
        ANSWER[:60],
        "5 Oktober 2026",
        "KEBERATAN",
    ):
        assert words in said
    assert Entry.objects.get(act="answer.drawn").user == stage.people["liaison"]


def test_an_anonymous_writer_is_addressed_by_the_code(office: Office, stage: Stage) -> None:
    report = answered(stage, is_anonymous=True)
    said = text_in(office("liaison").get(answer_of(report)).content)
    assert "Pelapor Uji Satu" not in said and "Pelapor laporan" in said


@pytest.mark.parametrize("changes", [{"phone": "081234567890"}, {"email": "p@uji.invalid"}, {"channel": "web"}])
def test_whoever_is_told_otherwise_gets_no_letter(office: Office, stage: Stage, changes: dict[str, str]) -> None:
    fields: dict[str, Any] = {"channel": "letter", "phone": ""} | changes
    report = to_answered(stage, file_report(**fields)[0])
    there = answer_of(report)
    assert there not in text_of(office.case("liaison", report))
    assert office("liaison").get(there).status_code == 404


def test_who_may_not_open_the_case_or_only_looks_on_gets_no_letter(office: Office, stage: Stage) -> None:
    report = answered(stage)
    for role in ("stranger", "overseer", "investigator"):
        assert office(role).get(answer_of(report)).status_code == 404


def test_signs_that_no_built_in_font_has_and_long_answers_are_drawn_too(stage: Stage) -> None:
    report = answered(stage)
    case = open_case(stage.officer("liaison"), report.code, now=MONDAY)
    answer = next(one for one in case.messages if one.kind == "answer")
    answer.text = "Lampu “baru” 💡 … " * 900
    made = draw_answer(case, answer, theirs="17/🙂", dated_on=None, today=MONDAY.date())
    assert len(PdfReader(BytesIO(made)).pages) > 1
