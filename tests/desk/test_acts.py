"""Every act of the desk through its form: done; incomplete; too late; not allowed. A new act needs a row here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from lapor.desk.acts import ACTS
from lapor.disclosure.models import Ground
from lapor.reports.models import Report
from tests.cast import ANSWER, MONDAY, Stage, file_report
from tests.desk import office as lives
from tests.desk.office import Make, Office, field_value, letter_of, words_of

ADVICE = "Perbaiki drainase di depan pasar sebelum musim hujan, dan umumkan jadwalnya di kelurahan paling lama sebulan."
REASON = "Jalan ini jalan nasional, kewenangan balai di Balikpapan."


@dataclass(frozen=True, kw_only=True)
class Row:
    """One act: on which report, by whom, with what; which field must not be empty; which event tells that it was done.

    `forbidden` are people who may not: None where they must not even learn that the report exists.
    """

    on: Make
    by: str
    done: str
    data: Callable[[Stage, Report], dict[str, Any]] = field(default=lambda stage, report: {})
    lacks: str = ""
    not_by: str = "overseer"
    hidden_from: str = "power"


def just(**data: Any) -> Callable[[Stage, Report], dict[str, Any]]:
    return lambda stage, report: data


TABLE: dict[str, Row] = {
    "verify": Row(on=lives.received, by="admin", done="verified", data=just(title="Lubang di Jalan Pasar")),
    "correct": Row(
        on=lives.received, by="admin", done="corrected",
        data=just(title="Lubang", kind="aspiration", category="jalan_jembatan", region_text="Kota Samarinda, Kalimantan Timur"),
        lacks="kind",
    ),
    "hold": Row(
        on=lives.received, by="admin", done="held", data=just(question="Di pasar yang mana lubangnya?"), lacks="question"
    ),
    "pass_on": Row(
        on=lives.received, by="admin", done="passed", lacks="reason",
        data=lambda stage, report: {"to": stage.province_inspectorate.slug, "reason": REASON},
    ),
    "archive": Row(
        on=lives.received, by="admin", done="archived", lacks="explanation",
        data=just(reason="too_general", explanation="Laporan ini tidak menyebut tempat dan waktu kejadian."),
    ),
    "direct": Row(
        on=lives.received, by="admin", done="assigned", lacks="to",
        data=lambda stage, report: {"to": stage.roads.slug, "instruction": "Segera."},
    ),
    "assign": Row(
        on=lives.verified, by="admin", done="assigned", lacks="to",
        data=lambda stage, report: {"to": stage.roads.slug, "second": stage.health.slug, "instruction": "Segera."},
    ),
    "add_contributor": Row(
        on=lives.assigned, by="admin", done="contributor_added", lacks="agency",
        data=lambda stage, report: {"agency": stage.health.slug},
    ),
    "merge": Row(
        on=lives.received, by="admin", done="merged", lacks="into",
        data=lambda stage, report: {"into": file_report()[0].code},
    ),
    "open_mass": Row(
        on=lives.received, by="admin", done="mass_opened", lacks="title",
        data=just(title="Jalan berlubang di depan Pasar Segiri"),
    ),
    "decline_mass": Row(on=lives.offered, by="admin", done="mass_declined"),
    "split": Row(
        on=lives.received, by="admin", done="split", lacks="text",
        data=just(title="Lampu jalan mati", text="Lampu jalan di depan pasar juga mati sejak seminggu."),
    ),
    "accept_objection": Row(
        on=lives.objected, by="admin", done="objection_accepted", lacks="explanation",
        data=just(explanation="Foto pelapor menunjukkan lubang masih ada."), not_by="liaison",
    ),
    "reject_objection": Row(
        on=lives.objected, by="admin", done="objection_rejected", lacks="explanation",
        data=just(explanation="Sudah diperiksa di lapangan: pekerjaan selesai."), not_by="liaison",
    ),
    "recommend": Row(
        on=lives.assigned, by="overseer", done="recommended", lacks="text", not_by="admin",
        data=just(text=ADVICE),
    ),
    "answer_advice": Row(
        on=lives.advised, by="liaison", done="advice_answered", lacks="text", not_by="operator",
        data=just(text=ADVICE),
    ),
    "decide_lateness": Row(
        on=lives.late, by="admin", done="rung_decided", lacks="text", not_by="liaison",
        data=just(decision="note", text="Menunggu alat berat dari dinas provinsi."),
    ),
    "send_back": Row(
        on=lives.answered, by="admin", done="sent_back", lacks="explanation",
        data=just(explanation="Jawaban belum menyebut kapan lubang ditambal."), not_by="liaison",
    ),
    "start": Row(on=lives.in_unit, by="operator", done="started", hidden_from="other_operator"),
    "assign_unit": Row(
        on=lives.assigned, by="liaison", done="unit_assigned", not_by="admin",
        data=lambda stage, report: {"unit": stage.roads_unit.pk, "officer_id": stage.people["operator"].pk},
    ),
    "reassign": Row(
        on=lives.received, by="admin", done="reassigned",
        data=lambda stage, report: {"officer_id": stage.people["admin"].pk},
    ),
    "follow_up": Row(
        on=lives.in_unit, by="operator", done="followed_up", lacks="text", hidden_from="other_operator",
        data=just(text="Petugas kami memeriksa lokasi besok pagi."), not_by="admin",
    ),
    "draft": Row(
        on=lives.in_unit, by="operator", done="drafted", lacks="text", hidden_from="other_operator", not_by="admin",
        data=just(text=ANSWER, done_by="Bidang Bina Marga", done_on=str(MONDAY.date()), is_ready="1"),
    ),
    "send_answer": Row(on=lives.drafted, by="liaison", done="answered", not_by="operator"),
    "return_draft": Row(
        on=lives.drafted, by="liaison", done="draft_returned", lacks="remark", not_by="operator",
        data=just(remark="Sebutkan panjang jalan yang ditambal."),
    ),
    "contribute": Row(
        on=lives.helped, by="stranger", done="contributed", lacks="text",
        data=just(text="Tidak ada pasien yang jatuh di sana bulan ini."),
    ),
    "hand_back": Row(
        on=lives.assigned, by="liaison", done="handed_back", lacks="reason", not_by="admin", data=just(reason=REASON)
    ),
    "extend": Row(
        on=lives.assigned, by="liaison", done="extended", lacks="reason", not_by="admin",
        data=just(reason="Aspal baru datang minggu depan karena hujan."),
    ),
    "hand_over": Row(on=lives.unconnected, by="province_admin", done="handed_over", hidden_from="admin"),
    "letter_reply": Row(
        on=lives.lettered, by="province_admin", done="hand_over_replied", lacks="text", hidden_from="admin",
        data=lambda stage, report: {
            "letter_id": letter_of(report).pk, "text": "Sudah ditambal tanggal 3 Oktober.", "replied_on": str(MONDAY.date()),
        },
    ),
    "note": Row(
        on=lives.assigned, by="liaison", done="noted", lacks="text", data=just(text="Sudah ditelepon."), not_by="overseer"
    ),
    "accuse": Row(
        on=lives.assigned, by="admin", done="named", hidden_from="power",
        data=lambda stage, report: {"agency": stage.health.slug, "person": "Orang Uji Bernama"},
    ),
    "withdraw_naming": Row(
        on=lives.named, by="admin", done="naming_removed", lacks="reason", not_by="liaison",
        data=lambda stage, report: {
            "naming": report.namings.get().pk, "reason": "Pelapor meralat: bukan instansi ini yang dimaksud.",
        },
    ),
    "step_aside": Row(
        on=lives.assigned, by="liaison", done="stepped_aside", lacks="reason",
        data=just(reason="Pelapor adalah saudara kandung saya."),
    ),
    "bring_back": Row(
        on=lives.aside, by="province_admin", done="brought_back", not_by="overseer", hidden_from="admin",
        data=lambda stage, report: {"recusal": report.recusals.get().pk},
    ),
    "seal": Row(on=lives.assigned, by="admin", done="secrecy_raised"),
    "raise_secrecy": Row(on=lives.assigned, by="liaison", done="secrecy_raised"),
    "ask_identity": Row(
        on=lives.anonymous, by="liaison", done="identity_asked", lacks="reason",
        data=lambda stage, report: {
            "ground": Ground.objects.get(key="court_order").pk, "reference": "Penetapan 12/Pen.Pid/2026/PN Smr",
            "reason": "Penyidik perlu memeriksa saksi kejadian ini; lewat percakapan pelapor sudah dua kali tidak menjawab.",
        },
    ),
}  # fmt: skip


def events(report: Report) -> list[str]:
    return list(report.events.order_by("id").values_list("kind", flat=True))


def typed_in(data: dict[str, Any]) -> dict[str, str]:
    """What somebody typed as sentences, by field."""
    return {name: value for name, value in data.items() if isinstance(value, str) and " " in value}


def test_every_act_has_a_row_here() -> None:
    assert set(TABLE) == set(ACTS)


@pytest.mark.parametrize("name", TABLE)
def test_an_act_is_offered_and_done(office: Office, stage: Stage, name: str) -> None:
    row = TABLE[name]
    report = row.on(stage)
    before = events(report)
    data = row.data(stage, report)
    page = office.case(row.by, report)
    assert f'action="/meja/{report.code}/{name}/"' in page.content.decode()
    answer = office.act(row.by, report, name, data)
    assert (answer.status_code, answer["Location"]) in {(302, f"/meja/{report.code}/"), (302, "/meja/")}, words_of(
        answer
    )
    assert row.done in events(report)[len(before) :]
    assert str(ACTS[name].done) in words_of(office(row.by).get("/meja/"))


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row.lacks])
def test_an_incomplete_form_comes_back_open_with_everything_typed(office: Office, stage: Stage, name: str) -> None:
    row = TABLE[name]
    report = row.on(stage)
    before = events(report)
    data = row.data(stage, report) | {row.lacks: ""}
    answer = office.act(row.by, report, name, data)
    assert answer.status_code == 422
    assert events(report) == before
    assert f'id="{name}" open' in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()
    for field_name, value in typed_in(data).items():
        assert field_value(answer, f"{name}-{field_name}") == value


@pytest.mark.parametrize("name", TABLE)
def test_who_comes_second_is_told_and_keeps_the_typed_text(office: Office, stage: Stage, name: str) -> None:
    row = TABLE[name]
    report = row.on(stage)
    data = row.data(stage, report)
    old = report.version
    note = "national" if name not in {"hand_over", "letter_reply"} else "province_admin"
    assert office.act(note, report, "note", {"text": "Saya lihat dulu."}).status_code == 302
    before = events(report)
    answer = office.act(row.by, report, name, data | {"seen": len(before) - 1}, version=old)
    assert answer.status_code == 409
    assert events(report) == before
    said = words_of(answer)
    assert "laporan ini berubah saat Anda menulis" in said
    if note != row.by:
        assert f"Petugas Uji {note}, " in said
        assert "Catatan internal" in said
    for field_name, value in typed_in(data).items():
        assert field_value(answer, f"{name}-{field_name}") == value
    again = office.act(row.by, report, name, data)
    assert again.status_code == 302, "the form that came back has the new version and can be sent"


@pytest.mark.parametrize("name", TABLE)
def test_what_is_not_allowed_is_refused_and_what_is_not_seen_is_not_there(
    office: Office, stage: Stage, name: str
) -> None:
    row = TABLE[name]
    report = row.on(stage)
    data = row.data(stage, report)
    before = events(report)
    refused = office.act(row.not_by, report, name, data)
    assert refused.status_code == 409, words_of(refused)
    assert "bukan wewenang Anda" in words_of(refused)
    assert f'action="/meja/{report.code}/{name}/"' not in office.case(row.not_by, report).content.decode()
    hidden = office.act(row.hidden_from, report, name, data)
    assert hidden.status_code == 404
    assert report.text not in words_of(hidden)
    assert events(report) == before


def test_an_act_that_does_not_exist_is_not_there(office: Office, stage: Stage) -> None:
    assert office.act("admin", lives.received(stage), "hapus").status_code == 404
