"""The case page: facts, thread, history and next steps at once; who must act; four eyes; what helps to decide."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from lapor.agencies.models import Role
from lapor.desk.acts import ACTS, FIRST
from lapor.notify.models import Notice
from lapor.reports import actions, overdue
from lapor.reports.models import AnswerTemplate, Message, Report
from tests.cast import ANSWER, MONDAY, Stage, file_report, person, reporter, to_assigned
from tests.desk import office as lives
from tests.desk.office import Office, field_value, letter_of, text_of, words_of
from tests.reports.alike import look_at_all


def open_acts(answer: Any) -> list[str]:
    return re.findall(r'<details class="box[^"]*" id="(\w+)" open>', answer.content.decode())


def offered(answer: Any) -> list[str]:
    return re.findall(r'<details class="box[^"]*" id="(\w+)"', answer.content.decode())


def test_the_page_shows_facts_thread_history_limits_and_steps_at_once(office: Office, stage: Stage) -> None:
    report = lives.drafted(stage)
    actions.note(report_id=report.pk, text="Sudah ditelepon.", actor=stage.officer("liaison"), now=MONDAY)
    said = words_of(office.case("liaison", report))
    for words in (
        report.title, report.text, "Samarinda Utara", "Pengaduan", "Jalan dan jembatan", "Pelapor Uji Satu",
        "Dinas PUPR Kota Samarinda · Bidang Bina Marga", "Situs web",  # facts
        "Sudah ditelepon.", "Hanya petugas", ANSWER, "Menunggu persetujuan. Belum terkirim.",  # thread
        "Laporan diterima", "Laporan diverifikasi", "Diteruskan ke unit Bidang Bina Marga", "siap diperiksa",  # history
        "Tindak lanjut pertama", "Jawaban", "Verifikasi",  # limits
        "Setujui dan kirim jawaban",  # steps
    ):  # fmt: skip
        assert words in said, words


def test_officers_see_when_mail_does_not_reach_the_reporter(office: Office, stage: Stage) -> None:
    report, _ = file_report(email="pelapor@uji.invalid")
    said = {
        "identity_id": report.identity_id, "report": report, "event": report.events.get(), "audience": "reporter",
        "template": "received", "made_at": MONDAY,
    }  # fmt: skip
    notice = Notice.objects.create(**said, state="sent")
    assert "tidak terjangkau" not in words_of(office.case("admin", report))
    Notice.objects.filter(pk=notice.pk).update(state="failed", last_error_class="Bounced")
    assert "ia tidak terjangkau" in words_of(office.case("admin", report))


def test_times_follow_the_clock_of_the_place(office: Office, stage: Stage) -> None:
    """One moment: nine in Samarinda, eight where the server counts."""
    assert "5 Oktober 2026, 09.00 WITA" in words_of(office.case("admin", lives.received(stage)))
    assert "5 Oktober 2026, 08.00 WIB" in words_of(office.case("national", file_report(region_code=None)[0]))


@pytest.mark.parametrize(
    ("make", "who", "first"),
    [
        (lives.received, "admin", ["verify"]),
        (lives.verified, "admin", ["assign"]),
        (lives.in_unit, "operator", ["start"]),
        (lives.assigned, "liaison", ["start"]),
        (lives.started, "operator", ["draft"]),
        (lives.drafted, "liaison", ["send_answer"]),
        (lives.objected, "admin", ["accept_objection", "reject_objection"]),
        (lives.answered, "liaison", []),
        (lives.assigned, "overseer", []),
    ],
)
def test_what_the_case_asks_for_first_stands_open_and_on_top(
    office: Office, stage: Stage, make: lives.Make, who: str, first: list[str]
) -> None:
    answer = office.case(who, make(stage))
    assert open_acts(answer) == first
    assert offered(answer)[: len(first)] == first


def test_the_first_steps_are_acts() -> None:
    assert {name for names in FIRST.values() for name in names} <= set(ACTS)


def test_an_overseer_reads_everything_and_can_only_recommend_and_take_the_file(office: Office, stage: Stage) -> None:
    for make in (lives.received, lives.assigned, lives.drafted, lives.answered, lives.objected, lives.closed):
        report = make(stage)
        answer = office.case("overseer", report)
        assert report.text in text_of(answer)
        assert offered(answer) == ["recommend", "take_file"]


def test_the_page_says_whose_turn_it_is(office: Office, stage: Stage) -> None:
    report = lives.assigned(stage)
    assert "Giliran Dinas PUPR Kota Samarinda: Tindak lanjuti" in words_of(office.case("admin", report))
    assert "Giliran" not in words_of(office.case("liaison", report))


def test_nobody_approves_their_own_draft_where_two_people_work(office: Office, stage: Stage) -> None:
    report = lives.assigned(stage)
    facts = {"text": ANSWER, "done_by": "Bina Marga", "done_on": str(MONDAY.date()), "is_ready": "1"}
    assert office.act("liaison", report, "draft", facts).status_code == 302
    page = office.case("liaison", report)
    assert "Konsep ini Anda tulis sendiri." in words_of(page)
    assert f'action="/meja/{report.code}/send_answer/"' not in text_of(page)
    refused = office.act("liaison", report, "send_answer")
    assert refused.status_code == 409
    assert "Konsep ini Anda tulis sendiri." in words_of(refused)
    assert not Message.objects.filter(kind="answer").exists()


def test_the_colleague_who_saves_the_draft_as_theirs_makes_four_eyes(office: Office, stage: Stage) -> None:
    report = lives.in_unit(stage)
    facts = {"text": ANSWER, "done_by": "Bina Marga", "done_on": str(MONDAY.date()), "is_ready": "1"}
    office.act("liaison", report, "draft", facts)
    assert field_value(office.case("operator", report), "draft-text") == ANSWER
    office.act("operator", report, "draft", facts)
    assert office.act("liaison", report, "send_answer").status_code == 302
    report.refresh_from_db()
    assert report.state == "answered"


def test_one_officer_alone_sends_their_own_draft(office: Office, stage: Stage) -> None:
    report = to_assigned(stage, lives.received(stage), to=stage.health)
    facts = {"text": ANSWER, "done_by": "Puskesmas", "done_on": str(MONDAY.date()), "is_ready": "1"}
    office.act("stranger", report, "draft", facts)
    assert office.act("stranger", report, "send_answer").status_code == 302


def test_four_eyes_of_a_sealed_report_are_those_of_investigators(office: Office, stage: Stage) -> None:
    """Two admins in the same house cannot open it, so they cannot be the second pair."""
    person("admin_two", stage.city_inspectorate, Role.ADMIN)
    report = lives.sealed(stage)
    actions.verify(report_id=report.pk, actor=stage.officer("investigator"), now=MONDAY)
    actions.assign(report_id=report.pk, to=stage.city_inspectorate, actor=stage.officer("investigator"), now=MONDAY)
    facts = {"text": ANSWER, "done_by": "Pemeriksa", "done_on": str(MONDAY.date()), "is_ready": "1"}
    assert office.act("investigator", report, "draft", facts).status_code == 302
    second = person("investigator_two", stage.city_inspectorate, Role.INVESTIGATOR)
    assert office.act("investigator", report, "send_answer").status_code == 409
    second.memberships.update(ends_on=MONDAY.date())
    assert office.act("investigator", report, "send_answer").status_code == 302


def test_work_is_not_given_to_somebody_who_could_not_open_it(office: Office, stage: Stage) -> None:
    report = lives.assigned(stage)
    operator, elsewhere = stage.people["operator"].pk, stage.people["other_operator"].pk
    for unit, person_id in ((stage.roads_unit.pk, elsewhere), ("", operator), ("", stage.people["admin"].pk)):
        answer = office.act("liaison", report, "assign_unit", {"unit": unit, "officer_id": person_id})
        assert answer.status_code == 422, (unit, person_id)
    assert office.act("liaison", report, "assign_unit", {"unit": "", "officer_id": ""}).status_code == 302
    good = {"unit": stage.roads_unit.pk, "officer_id": operator}
    assert office.act("liaison", report, "assign_unit", good).status_code == 302


def test_a_draft_that_came_back_shows_the_remark(office: Office, stage: Stage) -> None:
    report = lives.drafted(stage)
    office.act("liaison", report, "return_draft", {"remark": "Sebutkan panjang jalannya."})
    said = words_of(office.case("operator", report))
    assert "Dikembalikan untuk diperbaiki: Sebutkan panjang jalannya." in said
    assert "Belum selesai. Belum terkirim." in said


def test_a_template_starts_an_answer_and_is_that_of_my_body(office: Office, stage: Stage) -> None:
    ours = AnswerTemplate.objects.create(agency=stage.roads, title="Lubang ditambal", text="Lubang sudah kami tambal.")
    AnswerTemplate.objects.create(agency=stage.health, title="Milik dinas lain", text="Puskesmas buka.")
    AnswerTemplate.objects.create(title="Untuk semua", text="Terima kasih atas laporan Anda.")
    AnswerTemplate.objects.create(agency=stage.roads, title="Tidak dipakai lagi", text="Lama.", is_active=False)
    report = lives.started(stage)
    page = office.case("operator", report, templat=str(ours.pk))
    assert field_value(page, "draft-text") == "Lubang sudah kami tambal."
    assert "draft" in open_acts(page)
    said = words_of(page)
    assert "Untuk semua" in said
    assert "Milik dinas lain" not in said
    assert "Tidak dipakai lagi" not in said


def test_a_body_that_is_not_in_the_list_is_found_by_name(office: Office, stage: Stage) -> None:
    report = lives.verified(stage)
    assert f'value="{stage.regency_roads.slug}"' not in text_of(office.case("admin", report))
    page = office.case("admin", report, instansi="pekerjaan umum kutai")
    assert f'value="{stage.regency_roads.slug}"' in text_of(page)
    assert "(belum terhubung)" in text_of(page)
    office.act("admin", report, "assign", {"to": stage.regency_roads.slug})
    report.refresh_from_db()
    assert (report.agency, report.responsible) == (stage.regency_roads, stage.province_inspectorate)


def test_the_proposed_body_is_chosen_already_and_says_why(office: Office, stage: Stage) -> None:
    report = file_report(proposed_agency_id=stage.roads.pk, proposal_reason="Jalan kota: urusan dinas pekerjaan umum.")[
        0
    ]
    actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
    page = text_of(office.case("admin", report))
    assert f'<option value="{stage.roads.slug}" selected>' in page
    assert "Jalan kota: urusan dinas pekerjaan umum." in page


def test_likely_duplicates_are_proposed_and_the_reporter_of_each_gets_the_answer(office: Office, stage: Stage) -> None:
    lead = lives.drafted(stage)
    twin = file_report(title="", text="Jalan berlubang dalam di depan pasar, saya hampir jatuh dari motor kemarin.")[0]
    other = file_report(title="Puskesmas tutup", text="Puskesmas tutup setiap Jumat sejak bulan puasa tahun lalu.")[0]
    secret = file_report(
        kind="whistleblowing", text="Jalan berlubang dalam di depan pasar, anggarannya dipotong atasan."
    )[0]
    look_at_all()
    page = text_of(office.case("admin", twin))
    assert f'data-fill="{lead.code}"' in page
    for not_alike in (other, secret):
        assert not_alike.code not in page
    assert office.act("admin", twin, "merge", {"into": lead.code}).status_code == 302
    assert office.act("liaison", lead, "send_answer").status_code == 302
    twin.refresh_from_db()
    assert (twin.state, twin.leads) == ("answered", lead)
    assert twin.messages.get(kind="answer").text == ANSWER
    assert lead.code in text_of(office.case("admin", twin))


@pytest.mark.parametrize("into", ["tidak ada", "1234567890", "own", "sealed", "closed"])
def test_a_report_joins_only_one_that_is_open_and_in_sight(office: Office, stage: Stage, into: str) -> None:
    report = lives.received(stage)
    codes = {"own": report.code, "sealed": lives.sealed(stage).code, "closed": lives.closed(stage).code}
    answer = office.act("admin", report, "merge", {"into": codes.get(into, into)})
    assert answer.status_code == 422
    assert field_value(answer, "merge-into") == codes.get(into, into)
    report.refresh_from_db()
    assert report.state == "received"


def test_two_matters_become_two_reports_that_know_each_other(office: Office, stage: Stage) -> None:
    report = lives.received(stage)
    office.act("admin", report, "split", {"title": "Lampu mati", "text": "Lampu jalan di sana juga mati sejak Senin."})
    part = Report.objects.get(split_from=report)
    assert part.code in text_of(office.case("admin", report))
    assert report.code in text_of(office.case("admin", part))


def test_the_history_names_the_person_to_whom_lateness_climbed(office: Office, stage: Stage) -> None:
    report = lives.received(stage)
    late = MONDAY + timedelta(days=9)
    overdue.sweep(now=late)
    overdue.sweep(now=late + timedelta(minutes=1))
    with time_machine.travel(late, tick=False):
        said = words_of(office.case("admin", report))
    assert "Melewati tenggat" in said
    assert "Dinaikkan ke atasan Inspektorat Daerah Provinsi Kalimantan Timur · Petugas Uji province_admin" in said


def test_pauses_extensions_and_late_ends_are_told(office: Office, stage: Stage) -> None:
    held = lives.held(stage)
    assert "Berhenti: menunggu pelapor" in words_of(office.case("admin", held))
    longer = lives.assigned(stage)
    office.act("liaison", longer, "extend", {"reason": "Aspal baru datang minggu depan karena hujan."})
    said = words_of(office.case("liaison", longer))
    assert re.search(r"Tenggat diperpanjang dari \w+ \d+ \w+ menjadi \w+ \d+ \w+", said)
    assert "Perpanjang tenggat" not in said, "once only"
    with time_machine.travel(MONDAY + timedelta(days=15), tick=False):
        actions.follow_up(
            report_id=longer.pk, text="Kami baru sempat memeriksa lokasi.", actor=stage.officer("liaison"),
            now=MONDAY + timedelta(days=15),
        )  # fmt: skip
        assert "selesai terlambat, 20 Okt" in words_of(office.case("national", longer))


def test_the_reply_to_a_letter_is_kept_for_officers_and_the_letter_counts_as_answered(
    office: Office, stage: Stage
) -> None:
    report = lives.lettered(stage)
    assert "belum dibalas" in words_of(office.case("province_admin", report))
    reply = {"letter_id": letter_of(report).pk, "text": "Sudah ditambal tanggal 3 Oktober.", "replied_on": "2026-10-05"}
    office.act("province_admin", report, "letter_reply", reply)
    page = office.case("province_admin", report)
    assert "dibalas 5 Oktober 2026" in words_of(page)
    assert "letter_reply" not in offered(page)
    assert report.messages.get().audience == "officers"


def test_a_reply_to_a_letter_of_another_case_is_not_taken(office: Office, stage: Stage) -> None:
    mine, other = lives.lettered(stage), lives.lettered(stage)
    reply = {"letter_id": letter_of(other).pk, "text": "Sudah ditambal tanggal 3 Oktober.", "replied_on": "2026-10-05"}
    assert office.act("province_admin", mine, "letter_reply", reply).status_code == 422
    assert letter_of(other).reply is None


def test_what_the_reporter_thought_is_shown(office: Office, stage: Stage) -> None:
    report = lives.closed(stage)
    actions.rate(report_id=report.pk, stars=2, dealt_with=False, actor=reporter(report), now=MONDAY)
    said = words_of(office.case("liaison", report))
    assert "2 dari 5 · masalah belum tertangani" in said
    assert "Disetujui pelapor" in said


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    "make", [lives.received, lives.drafted, lives.lettered, lives.objected, lives.closed, lives.held]
)
def test_the_page_opens_in_both_languages(office: Office, stage: Stage, make: lives.Make, language: str) -> None:
    report = make(stage)
    browser = office("national")
    browser.post("/bahasa/", {"language": language})
    answer = browser.get(f"/meja/{report.code}/")
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in text_of(answer)
