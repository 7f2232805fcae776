"""Who reported, and what is secret, is on no page, in no file and no letter of somebody who may not know it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from lapor.audit.models import Entry
from lapor.desk.acts import ACTS
from lapor.reports import actions
from lapor.reports.files import keep
from lapor.reports.models import Attachment, Report
from tests.cast import ANSWER, MONDAY, Stage, file_report, reporter, to_assigned
from tests.desk import office as lives
from tests.desk.office import Office, letter_of, text_of, words_of
from tests.desk.paper import a_photo, pending_key

NAME, PHONE, EMAIL = "Kenari Uji Sunyi", "081255554444", "kenari.sunyi@contoh.invalid"
SIGNED = f"Lampu jalan di depan rumah {NAME} mati. Hubungi saya di 0812-5555-4444 atau {EMAIL}. Kenari."
MARKS = ("kenari", "sunyi", "5555-4444", PHONE, EMAIL)
PEOPLE = ("admin", "province_admin", "national", "liaison", "operator", "stranger", "investigator", "overseer")


def file_signed(**changes: Any) -> Report:
    """A report whose writer signed everything: the title, the text, the place, a file's name."""
    report, _receipt = file_report(
        **{
            "name": NAME, "phone": PHONE, "email": EMAIL, "title": "Lampu mati di rumah Kenari", "text": SIGNED,
            "place": f"Depan rumah {NAME}",
        }
        | changes
    )  # fmt: skip
    photo = keep(a_photo(), name="KTP Kenari Sunyi.jpg", pending=pending_key(), now=MONDAY)
    Attachment.objects.filter(pk=photo.pk).update(report=report, pending=None)
    return report


def grown(stage: Stage, report: Report) -> None:
    """The same hand writes on: a reply, an objection; the offices answer, hand over, note."""
    to_assigned(stage, report)
    liaison = stage.officer("liaison")
    actions.hold(report_id=report.pk, question="Di depan rumah nomor berapa?", actor=liaison, now=MONDAY)
    actions.reply(report_id=report.pk, text=f"Nomor 4. Terima kasih, {NAME}", actor=reporter(report), now=MONDAY)
    actions.add_contributor(report_id=report.pk, agency=stage.health, actor=stage.officer("admin"), now=MONDAY)
    actions.draft(
        report_id=report.pk, text=f"Bu {NAME} yang baik. {ANSWER}", done_by="Bidang Bina Marga", done_on=MONDAY.date(),
        is_ready=True, actor=stage.officer("operator_whole"), now=MONDAY, leak_reason="Sapaan dalam surat jawaban.",
    )  # fmt: skip


@pytest.fixture
def stage(stage: Stage) -> Stage:
    stage.people["operator_whole"] = stage.people["liaison"]
    return stage


def pages_of(office: Office, who: str, report: Report) -> Iterator[str]:
    """Everything that somebody can open about this report, forms that came back included; opened when it is looked at."""
    yield text_of(office.case(who, report)).lower()
    for tab in ("todo", "waiting", "ready", "all", "ended"):
        yield text_of(office(who).get("/meja/", {"tab": tab})).lower()
    yield text_of(office(who).get("/meja/", {"tab": "all", "q": "lampu"})).lower()
    forms = ACTS if who in {"admin", "liaison"} else ["note"]  # two who see a report and may do most of what there is
    for name in forms:
        yield text_of(office.act(who, report, name, {"text": "x"}, version=1)).lower()


def test_an_unnamed_reporter_is_on_no_page_of_anybody(office: Office, stage: Stage) -> None:
    report = file_signed(is_anonymous=True)
    grown(stage, report)
    twin = file_signed(is_anonymous=True)
    seen = 0
    for who in PEOPLE:
        said = "\n".join([*pages_of(office, who, report), text_of(office.case(who, twin)).lower()])
        seen += "mati di rumah [nama]" in said
        for mark in MARKS:
            assert mark not in said, (who, mark)
    assert seen, "somebody reads the report, without the name"


def test_a_named_reporter_is_named_to_who_handles_the_report_and_to_nobody_else(office: Office, stage: Stage) -> None:
    report = file_signed()
    to_assigned(stage, report)
    named = {who for who in PEOPLE if f"<dd>{NAME}" in office.case(who, report).content.decode()}
    assert named == {"admin", "national", "liaison"}
    for who in PEOPLE:
        assert PHONE not in text_of(office.case(who, report))


def test_taking_the_name_back_later_hides_it_at_once(office: Office, stage: Stage) -> None:
    report = file_signed()
    assert "kenari" in text_of(office.case("admin", report)).lower()
    actions.ask_secrecy(
        report_id=report.pk, is_anonymous=True, is_confidential=False, actor=reporter(report), now=MONDAY
    )
    assert "kenari" not in text_of(office.case("admin", report)).lower()


def test_reading_an_unnamed_report_changes_nothing_in_it(office: Office, stage: Stage) -> None:
    report = file_signed(is_anonymous=True)
    before = Report.objects.get(pk=report.pk)
    office.case("admin", report)
    office("admin").get("/meja/")
    office.act("admin", report, "note", {"text": "Dibaca."})
    kept = Report.objects.get(pk=report.pk)
    assert (kept.title, kept.text, kept.place) == (before.title, before.text, before.place)


@pytest.mark.parametrize(
    ("secret", "readers"),
    [({"is_confidential": True}, {"admin", "national", "overseer"}), ({"kind": "whistleblowing"}, {"investigator"})],
    ids=["confidential", "sealed"],
)
def test_a_secret_text_is_on_the_pages_of_its_readers_only(
    office: Office, stage: Stage, secret: dict[str, Any], readers: set[str]
) -> None:
    report = file_report(title="", text="RAHASIABENAR: setoran diminta setiap bulan oleh atasan.", **secret)[0]
    for who in PEOPLE:
        assert any("rahasiabenar" in page for page in pages_of(office, who, report)) == (who in readers), who


def test_a_draft_and_its_files_are_the_business_of_its_body(office: Office, stage: Stage) -> None:
    report = lives.helped(stage)
    photo = keep(a_photo(), name="konsep.jpg", pending=pending_key(), now=MONDAY)
    actions.draft(
        report_id=report.pk, text=f"KONSEPKAMI. {ANSWER}", done_by="Bidang", done_on=MONDAY.date(), is_ready=True,
        actor=stage.officer("liaison"), now=MONDAY, attachments=(photo.pk,),
    )  # fmt: skip
    url = f"/meja/berkas/{photo.key}/"
    for who in ("admin", "national", "stranger", "overseer"):
        assert "KONSEPKAMI" not in text_of(office.case(who, report))
        assert office(who).get(url).status_code == 404
    assert "KONSEPKAMI" in text_of(office.case("liaison", report))
    assert office("liaison").get(url).status_code == 200


def test_a_file_of_another_bodys_report_is_not_there(office: Office, stage: Stage) -> None:
    report = file_signed()
    url = f"/meja/berkas/{Attachment.objects.get(report=report).key}/"
    assert office("admin").get(url).status_code == 200
    for who in ("liaison", "stranger", "power", "investigator", "province_admin"):
        assert office(who).get(url).status_code == 404


def test_a_paper_that_was_not_scanned_comes_after_a_warning(office: Office, stage: Stage) -> None:
    report = file_signed(is_anonymous=True)
    found = Attachment.objects.get(report=report)
    Attachment.objects.filter(pk=found.pk).update(kind="pdf", content_type="application/pdf")
    answer = office("admin").get(f"/meja/berkas/{found.key}/")
    assert answer["Content-Type"].startswith("text/html")
    said = answer.content.decode()
    assert "Berkas ini belum dipindai" in said and f"/meja/berkas/{found.key}/?tetap=1" in said
    assert "Kenari" not in said


def test_a_file_with_a_virus_is_named_and_cannot_be_opened(office: Office, stage: Stage) -> None:
    report = file_signed(is_anonymous=True)
    found = Attachment.objects.get(report=report)
    Attachment.objects.filter(pk=found.pk).update(scan="infected")
    said = office.case("admin", report).content.decode()
    assert "Mengandung virus" in said and str(found.key) not in said
    assert office("admin").get(f"/meja/berkas/{found.key}/", {"tetap": "1"}).status_code == 404


def test_a_picture_is_shown_and_everything_else_is_kept_and_nothing_is_run(office: Office, stage: Stage) -> None:
    report = file_signed(is_anonymous=True)
    found = Attachment.objects.get(report=report)
    url = f"/meja/berkas/{found.key}/"
    for kind, content_type, disposition in (
        ("image", "image/jpeg", "inline"),
        ("pdf", "application/pdf", "attachment"),
        ("video", "video/mp4", "attachment"),
    ):
        Attachment.objects.filter(pk=found.pk).update(kind=kind, content_type=content_type)
        answer = office("admin").get(url, {"tetap": "1"})
        assert answer["Content-Type"] == content_type
        assert answer["Content-Disposition"].startswith(disposition)
        assert "Kenari" not in answer["Content-Disposition"]
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Cache-Control"] == "private, no-store"


def written(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def letter_for(office: Office, stage: Stage, **changes: Any) -> str:
    report = file_signed(region_code="64.02", **changes)
    province = stage.officer("province_admin")
    actions.verify(report_id=report.pk, actor=province, now=MONDAY)
    actions.assign(report_id=report.pk, to=stage.regency_roads, actor=province, now=MONDAY)
    actions.hand_over(report_id=report.pk, actor=province, now=MONDAY)
    answer = office("province_admin").get(f"/meja/{report.code}/surat/{letter_of(report).pk}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    return written(answer.content)


def test_the_letter_has_head_number_date_addressee_matter_limit_and_a_sheet_for_the_reply(
    office: Office, stage: Stage
) -> None:
    stage.province_inspectorate.letterhead = "Pemerintah Provinsi Kalimantan Timur\nInspektorat Daerah\nJalan Uji 1"
    stage.province_inspectorate.save()
    said = letter_for(office, stage)
    code = Report.objects.get().code
    for words in (
        "PEMERINTAH PROVINSI KALIMANTAN TIMUR", "Inspektorat Daerah", f"{code}/1/2026", "5 Oktober 2026", "Sifat : Biasa",
        "Dinas Pekerjaan Umum Kabupaten Kutai Kartanegara", f"{code[:4]} {code[4:7]} {code[7:]}", NAME,
        "Lampu mati", "paling lambat Jumat, 23 Oktober 2026", "LEMBAR BALASAN", "Apa yang sudah dilakukan",
        "Tanggal dikerjakan", "halaman 1 dari 2", "halaman 2 dari 2",
    ):  # fmt: skip
        assert words in said
    for mark in ("5555-4444", EMAIL):
        assert mark not in said


def test_the_letter_does_not_know_an_anonymous_reporter(office: Office, stage: Stage) -> None:
    said = letter_for(office, stage, is_anonymous=True).lower()
    assert "nama dirahasiakan" in said
    assert "lampu mati di rumah [nama]" in said
    for mark in MARKS:
        assert mark not in said


def test_the_letter_of_a_secret_report_says_so_and_points_to_no_public_page(office: Office, stage: Stage) -> None:
    said = letter_for(office, stage, is_confidential=True)
    assert "Sifat : Rahasia" in said
    assert "halaman publik" not in said
    assert "halaman publik" in letter_for(office, stage)


def test_a_letter_number_of_another_case_is_not_there(office: Office, stage: Stage) -> None:
    one, other = lives.lettered(stage), lives.lettered(stage)
    url = f"/meja/{one.code}/surat/{letter_of(other).pk}.pdf"
    assert office("province_admin").get(url).status_code == 404
    assert office("admin").get(f"/meja/{one.code}/surat/{letter_of(one).pk}.pdf").status_code == 404


def test_opening_a_report_a_file_or_a_letter_leaves_a_trace(office: Office, stage: Stage) -> None:
    report = lives.lettered(stage)
    photo = keep(a_photo(), name="foto.jpg", pending=pending_key(), now=MONDAY)
    Attachment.objects.filter(pk=photo.pk).update(report=report, pending=None)
    browser = office("province_admin")
    browser.get(f"/meja/{report.code}/")
    browser.get(f"/meja/{report.code}/surat/{letter_of(report).pk}.pdf")
    browser.get(f"/meja/berkas/{photo.key}/")
    office("admin").get(f"/meja/{report.code}/")
    found = list(Entry.objects.order_by("id").values_list("act", "user", "subject"))
    me = stage.people["province_admin"].pk
    acts = ("report.opened", "report.opened", "letter.drawn", "file.opened")
    assert found == [(act, me, f"report:{report.pk}") for act in acts]
    assert {entry.data["name"] for entry in Entry.objects.filter(act="report.opened")} == {True}
    assert "Pelapor Uji" not in str(list(Entry.objects.values()))


@pytest.mark.parametrize(
    ("changes", "who", "traces"),
    [
        ({}, "admin", 2),
        ({"is_anonymous": True}, "admin", 1),
        ({"kind": "whistleblowing"}, "investigator", 2),
    ],
)
def test_each_reading_of_a_name_or_of_a_sealed_report_leaves_a_trace_of_its_own(
    office: Office, stage: Stage, changes: dict[str, Any], who: str, traces: int
) -> None:
    report, _receipt = file_report(**changes)
    for _twice in range(2):
        office(who).get(f"/meja/{report.code}/")
    assert Entry.objects.filter(act="report.opened", subject=f"report:{report.pk}").count() == traces


def test_pages_never_name_the_telephone_of_anybody(office: Office, stage: Stage) -> None:
    report = lives.in_unit(stage)
    assert "81234567890" not in words_of(office.case("operator", report))
