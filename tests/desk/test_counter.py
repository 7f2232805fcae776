"""The counter: who may enter reports for others, what is filed, the receipt once, and what the helper never sees."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from lapor.agencies.models import Role
from lapor.audit.models import Entry
from lapor.channels.letters.models import Entered
from lapor.reports.models import Attachment, Report
from tests.cast import MONDAY, TEXT, Stage, person
from tests.desk.counter import at_the_counter, paper
from tests.desk.office import Office, field_value, signed_in, text_of, words_of
from tests.desk.paper import photo

PAGES = ("counter", "counter_entered", "pile", "sheets")
ROLES = (*sorted(Role.values),)
MAY_ENTER = {Role.COUNTER, Role.LIAISON, Role.ADMIN}


@pytest.mark.parametrize("role", ROLES)
def test_counter_officers_liaisons_and_admins_enter_and_for_everybody_else_it_does_not_exist(
    stage: Stage, role: str
) -> None:
    browser = signed_in(person(f"di_{role}", stage.city_inspectorate, Role(role)))
    expected = 200 if role in MAY_ENTER else 404
    assert {name: browser.get(reverse(f"desk:{name}")).status_code for name in PAGES} == dict.fromkeys(PAGES, expected)


def test_a_visitor_of_the_site_is_asked_to_sign_in(stage: Stage) -> None:
    for name in PAGES:
        assert Client().get(reverse(f"desk:{name}")).status_code == 302


def test_the_day_of_a_counter_officer_begins_at_the_counter(office: Office, stage: Stage) -> None:
    assert at_the_counter(office, stage).browser.get("/meja/")["Location"] == reverse("desk:counter")
    assert reverse("desk:counter") in text_of(office("admin").get("/meja/"))
    assert reverse("desk:counter") not in text_of(office("overseer").get("/meja/"))


def test_a_visit_is_filed_with_who_typed_it_and_what_the_visitor_agreed_to(office: Office, stage: Stage) -> None:
    counter = at_the_counter(office, stage)
    written = counter.write(photo(), is_anonymous="on")
    check = counter.browser.get(written["Location"])
    assert "Mengapa?" in words_of(check) and "paling lambat" in words_of(check)
    printed = paper(counter.browser.post(written["Location"]))
    report = Report.objects.get(code=printed.code)
    assert (report.channel, report.entered_by, report.is_anonymous) == ("counter", stage.people["counter"], True)
    assert report.account_id is None and report.visibility == "public"
    assert Attachment.objects.filter(report=report).count() == 1
    entry = Entry.objects.get(act="report.entered")
    assert entry.subject == f"report:{report.pk}" and entry.user == stage.people["counter"]
    assert entry.data["consented_on"] == "2026-10-05"


def test_a_letter_keeps_its_number_sealed_and_its_day(office: Office, stage: Stage) -> None:
    counter = at_the_counter(office, stage)
    printed = paper(
        counter.send(
            came="letter",
            consent=None,
            letter_number="17/RT04/2026",
            letter_dated_on="2026-09-28",
            is_confidential="on",
        )
    )
    report = Report.objects.get(code=printed.code)
    row = Entered.objects.get(report=report)
    assert (report.channel, report.visibility, row.dated_on) == ("letter", "confidential", date(2026, 9, 28))
    assert row.consented_on is None and row.box is not None and b"RT04" not in bytes(row.box)


def test_without_the_visitors_agreement_nothing_is_filed_and_nothing_typed_is_lost(
    office: Office, stage: Stage
) -> None:
    counter = at_the_counter(office, stage)
    answer = counter.write(photo(), consent=None)
    assert answer.status_code == 422 and "Bacakan kembali" in words_of(answer)
    assert field_value(answer, "id_text") == TEXT and "foto-1.jpg" in text_of(answer)
    assert not Report.objects.exists()


def test_empty_and_wrong_fields_each_say_what_to_do(office: Office, stage: Stage) -> None:
    counter = at_the_counter(office, stage)
    answer = counter.write(
        text=" ", phone="12", letter_dated_on="2030-01-01", sheet_code="0123456789", place_text="Xyzzy"
    )
    said = words_of(answer)
    assert answer.status_code == 422
    for words in ("minimal 20 huruf", "Nomor ini tidak dikenali", "belum tiba", "Kode lembar ini tidak cocok"):
        assert words in said
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("data", "why"), [(b"MZ\x90\x00 no picture", "tidak dapat dibaca"), (b"%PDF-1.7 broken", "tidak dapat dibaca")]
)
def test_a_bad_file_loses_nothing_else(office: Office, stage: Stage, data: bytes, why: str) -> None:
    bad = BytesIO(data)
    bad.name = "surat.pdf"
    answer = at_the_counter(office, stage).write(photo(), bad)
    assert answer.status_code == 422 and why in words_of(answer)
    assert "foto-1.jpg" in text_of(answer) and field_value(answer, "id_text") == TEXT


def test_whistleblowing_is_not_typed_by_a_helper_and_the_citizens_own_way_is_shown(
    office: Office, stage: Stage
) -> None:
    counter = at_the_counter(office, stage)
    assert 'value="whistleblowing"' not in text_of(counter.browser.get(reverse("desk:counter")))
    answer = counter.write(kind="whistleblowing")
    assert answer.status_code == 422 and "tidak diketik oleh petugas" in words_of(answer)
    assert reverse("public:report") in text_of(answer) and field_value(answer, "id_text") == TEXT
    assert not Report.objects.exists()


def test_the_pin_is_for_paper_alone_until_the_printer_fails_and_that_is_recorded(office: Office, stage: Stage) -> None:
    counter = at_the_counter(office, stage)
    there = counter.write()["Location"]
    first = counter.browser.post(there)
    assert '<p class="only-print">PIN' in text_of(first) and "PIN tersembunyi di layar" in words_of(first)
    revealed = counter.browser.post(f"{there}pin/")
    assert paper(revealed) == paper(first) and '<p class="only-print">PIN' not in text_of(revealed)
    entry = Entry.objects.get(act="pin.revealed")
    assert entry.user == stage.people["counter"] and paper(first).pin not in str(entry.data)


def test_a_second_click_files_nothing_new_and_is_recorded(office: Office, stage: Stage) -> None:
    counter = at_the_counter(office, stage)
    there = counter.write()["Location"]
    assert paper(counter.browser.post(there)) == paper(counter.browser.post(there))
    assert Report.objects.count() == 1 and Entered.objects.count() == 1
    assert Entry.objects.filter(act="report.entered").count() == 1
    assert Entry.objects.filter(act="receipt.repeated").count() == 1


@pytest.mark.parametrize("ending", ["done", "late"])
def test_a_receipt_that_was_handed_over_or_is_old_is_never_shown_again(
    office: Office, stage: Stage, ending: str
) -> None:
    counter = at_the_counter(office, stage)
    there = counter.write()["Location"]
    printed = paper(counter.browser.post(there))
    if ending == "done":
        counter.browser.post(f"{there}selesai/")
    with time_machine.travel(MONDAY + timedelta(minutes=16 if ending == "late" else 1), tick=False):
        for again in (counter.browser.get(there), counter.browser.post(there), counter.browser.post(f"{there}pin/")):
            assert again["Location"] == reverse("desk:counter_entered")
        listed = counter.browser.get(reverse("desk:counter_entered"))
    assert printed.code in words_of(listed).replace(" ", "")
    assert printed.pin not in words_of(listed).replace(" ", "") and TEXT not in text_of(listed)


def test_a_colleague_opens_nothing_of_what_another_officer_types(office: Office, stage: Stage) -> None:
    mine, colleague = at_the_counter(office, stage), at_the_counter(office, stage, "counter_two")
    there = mine.write()["Location"]
    for answer in (colleague.browser.get(there), colleague.browser.post(there), colleague.browser.post(f"{there}pin/")):
        assert answer.status_code == 302 and TEXT not in text_of(answer)
    form = colleague.browser.get(reverse("desk:counter"), {"ubah": there.split("/")[-2]})
    assert TEXT not in text_of(form) and not Report.objects.exists()
    paper(mine.browser.post(there))
    assert "Belum ada" in words_of(colleague.browser.get(reverse("desk:counter_entered")))


def test_the_key_of_somebody_elses_form_is_no_way_to_their_files(office: Office, stage: Stage) -> None:
    mine, colleague = at_the_counter(office, stage), at_the_counter(office, stage, "counter_two")
    mine.write(photo(), consent=None)
    key = str(Attachment.objects.get().pending)
    for forged in (key, f"{key}.{stage.people['counter_two'].pk}:x", str(uuid4()), "", "\0"):
        assert "foto-1.jpg" not in text_of(colleague.write(consent=None, key=forged))


def test_the_helper_finds_the_report_nowhere_and_code_and_pin_do_not_let_them_in(office: Office, stage: Stage) -> None:
    counter = at_the_counter(office, stage)
    printed = paper(counter.send())
    assert counter.browser.get(f"/meja/{printed.code}/").status_code == 404
    answer = counter.browser.post("/lacak/", {"code": printed.code, "pin": printed.pin})
    assert answer.status_code == 422 and "Anda masukkan untuk orang lain" in words_of(answer)
    assert TEXT not in text_of(answer)
    entry = Entry.objects.get(act="own.refused_to_helper")
    assert entry.user == stage.people["counter"]
    assert counter.browser.get(f"/lacak/{printed.code}/").status_code != 200
    citizen = Client()
    opened = citizen.post("/lacak/", {"code": printed.code, "pin": printed.pin}, follow=True)
    assert TEXT in text_of(opened)


def test_a_change_before_sending_asks_for_the_agreement_anew(office: Office, stage: Stage) -> None:
    counter = at_the_counter(office, stage)
    there = counter.write()["Location"]
    form = counter.browser.get(reverse("desk:counter"), {"ubah": there.split("/")[-2]})
    assert field_value(form, "id_text") == TEXT
    assert 'id="id_consent" checked' not in text_of(form) and "Pelapor Uji Loket" in text_of(form)


def test_the_visitors_paper_is_indonesian_even_when_the_officer_reads_english(office: Office, stage: Stage) -> None:
    counter = at_the_counter(office, stage)
    counter.browser.post(reverse("set_language"), {"language": "en", "next": "/meja/loket/"})
    receipt = counter.send()
    assert '<html lang="en">' in text_of(receipt)
    assert "Oktober 2026" in words_of(receipt) and "October 2026" not in words_of(receipt)
