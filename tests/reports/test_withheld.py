"""No column holds the reporter's own name, number or address; who may know reads what was written, others never."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from PIL import Image

from lapor.reports import actions, case, own
from lapor.reports.files import keep
from lapor.reports.models import Attachment, Event, Message, Report
from lapor.vault import identities, originals
from lapor.vault.models import Original
from tests.cast import ANSWER, MONDAY, Stage, file_report, reporter, submission, to_assigned

NAME, PHONE, EMAIL = "Kenari Wulandini Uji", "081255554444", "kenari.wulandini@contoh.invalid"
WHY = "Sapaan dalam surat jawaban."
SPELLINGS = (
    "Kenari Wulandini Uji",
    "KENARI",
    "bu wulandini",
    "k e n a r i",
    "KenariWulandini",
    "0812-5555-4444",
    "+62 812 5555 4444",
    "0 8 1 2 5 5 5 5 4 4 4 4",
    "nol delapan satu dua lima lima lima lima empat empat empat empat",
    "0812 lima lima lima lima 4444",
    "kenari.wulandini@contoh.invalid",
    "kenari . wulandini @ contoh . invalid",
    "kenari.wulandini (at) contoh titik invalid",
)
SIGNED = "Lampu jalan mati sejak bulan lalu. Saya " + "; ".join(SPELLINGS) + "."
TRACES: tuple[str, ...] = (
    "kenari",
    "wulandini",
    "k e n a r i",
    "5555-4444",
    "5555 4444",
    "55554444",
    "5 5 5 5",
    "lima lima lima",
)
TRACES += ("contoh.invalid", "titik invalid", "contoh . invalid")


def file_signed(**changes: Any) -> Report:
    """A report whose writer names themselves in every text there is."""
    report, _receipt = file_report(
        **{"name": NAME, "phone": PHONE, "email": EMAIL, "title": "Lampu mati di rumah Kenari", "text": SIGNED}
        | {"place": f"Depan rumah {NAME}", "attachment_ids": (a_photo().pk,)}
        | changes
    )
    return report


def a_photo() -> Attachment:
    data = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(data, "JPEG")
    return keep(io.BytesIO(data.getvalue()), name="KTP_Kenari.jpg", pending=uuid4(), now=MONDAY)


def lived(stage: Stage, report: Report) -> None:
    """The reporter writes the name in replies and objections, officers who know it in whatever they can write."""
    liaison, admin, operator = stage.officer("liaison"), stage.officer("admin"), stage.officer("operator")
    who, first = ("pelapor", "pelapor") if report.is_anonymous else (NAME, "Kenari")
    actions.correct(
        report_id=report.pk, actor=admin, now=MONDAY, title=f"Lampu bu {first}", place=f"Rumah {who}", leak_reason=WHY
    )
    to_assigned(stage, report)
    actions.assign_unit(report_id=report.pk, unit=stage.roads_unit, officer_id=None, actor=liaison, now=MONDAY)
    actions.note(report_id=report.pk, text=f"Sudah menelepon {who}", actor=liaison, now=MONDAY)
    actions.hold(report_id=report.pk, question=f"Bu {who}, di nomor berapa?", actor=liaison, now=MONDAY)
    actions.reply(report_id=report.pk, text=SIGNED, actor=reporter(report), now=MONDAY, attachments=(a_photo().pk,))
    written: Any = {
        "report_id": report.pk, "text": f"Kepada {who}. {ANSWER}", "done_by": f"Tim dan {who}", "is_ready": True,
        "done_on": MONDAY.date(), "actor": operator, "now": MONDAY, "leak_reason": WHY,
    }  # fmt: skip
    actions.draft(**written)
    actions.return_draft(report_id=report.pk, remark=f"Jangan sebut {who}", actor=liaison, now=MONDAY)
    actions.draft(**written)
    actions.send_answer(report_id=report.pk, actor=liaison, now=MONDAY, leak_reason=WHY)
    actions.object_to_answer(
        report_id=report.pk, text=SIGNED, actor=reporter(report), now=MONDAY, attachments=(a_photo().pk,)
    )


def everything_in_columns() -> str:
    """Every row of every table as the database writes it, without what lies in the vault and times of day."""
    said = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, string_agg(quote_ident(column_name), ', ') FROM information_schema.columns "
            "WHERE table_schema = 'public' AND data_type IN ('text', 'character varying', 'json', 'jsonb', 'ARRAY', "
            "'tsvector') GROUP BY table_name"
        )
        for table, columns in cursor.fetchall():
            cursor.execute(f"SELECT {columns} FROM {connection.ops.quote_name(table)}")
            said += [json.dumps(row, default=str) for row in cursor.fetchall()]
    return "\n".join(said).casefold()


@pytest.mark.parametrize(
    "kind",
    [{}, {"is_anonymous": True}, {"is_confidential": True}, {"shows_name": True}],
    ids=["open", "anonymous", "confidential", "named in public"],
)
def test_after_a_whole_life_no_column_holds_the_reporter(stage: Stage, kind: dict[str, bool]) -> None:
    report = file_signed(**kind)
    lived(stage, report)
    said = everything_in_columns()
    assert "lampu jalan mati" in said and "saya [nama]; [nama]" in said, "this test looks where the texts are"
    assert not [trace for trace in TRACES if trace in said]


def test_the_reporter_reads_what_was_written(stage: Stage) -> None:
    report = file_signed()
    lived(stage, report)
    seen = own.view(reporter(report))
    assert seen.report.text == SIGNED
    assert seen.report.title == "Lampu bu Kenari"
    texts = [message.text for message in seen.messages]
    assert texts.count(SIGNED) == 2
    assert any(text.startswith(f"Kepada {NAME}") for text in texts)


def test_an_officer_who_may_know_reads_it_and_one_who_may_not_does_not(stage: Stage) -> None:
    report = file_signed()
    lived(stage, report)
    knows = case.open_case(stage.officer("liaison"), report.code, now=MONDAY)
    assert knows.report.text == SIGNED
    looks_on = case.open_case(stage.officer("overseer"), report.code, now=MONDAY)
    shown = repr([vars(row) for row in (looks_on.report, *looks_on.messages, *looks_on.attachments)]).casefold()
    assert not [trace for trace in TRACES if trace in shown]


def test_nobody_at_a_desk_reads_an_anonymous_reporter(stage: Stage) -> None:
    report = file_signed(is_anonymous=True)
    lived(stage, report)
    for who in ("admin", "liaison", "operator", "national", "overseer"):
        seen = case.open_case(stage.officer(who), report.code, now=MONDAY)
        shown = repr([vars(row) for row in (seen.report, *seen.messages, *seen.attachments)]).casefold()
        assert not [trace for trace in TRACES if trace in shown], who
    assert own.view(reporter(report)).report.text == SIGNED


def test_an_officer_who_saves_what_they_read_changes_nothing(stage: Stage) -> None:
    report = file_signed()
    admin = stage.officer("admin")
    seen = case.open_case(admin, report.code, now=MONDAY).report
    actions.correct(report_id=report.pk, actor=admin, now=MONDAY, title=seen.title, place=seen.place)
    assert not Event.objects.filter(report=report, kind="corrected").exists()
    assert own.view(reporter(report)).report.place == f"Depan rumah {NAME}"


def test_a_text_that_no_longer_names_the_reporter_leaves_nothing_behind(stage: Stage) -> None:
    report = file_signed()
    actions.correct(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY, title="Lampu jalan mati")
    assert own.view(reporter(report)).report.title == "Lampu jalan mati"
    assert not Original.objects.filter(place__endswith=":title").exists()


def test_a_draft_takes_what_was_kept_of_it_along_into_the_answer(stage: Stage) -> None:
    report = file_signed()
    lived(stage, report)
    assert not Original.objects.filter(place__startswith="draft:").exists()
    answer = Message.objects.get(report=report, kind="answer")
    assert "[nama]" in answer.text and answer.done_by == "Tim dan [nama]"
    assert f"message:{answer.pk}:done_by" in originals.read(report.identity_id or uuid4())


def test_the_answer_to_a_joined_report_names_neither_reporter(stage: Stage) -> None:
    lead, follower = file_signed(), file_signed(name="Merpati Sunaryo Uji", phone="081266667777", email="")
    to_assigned(stage, lead)
    liaison = stage.officer("liaison")
    actions.assign_unit(report_id=lead.pk, unit=stage.roads_unit, officer_id=None, actor=liaison, now=MONDAY)
    actions.merge(report_id=follower.pk, into=lead, actor=stage.officer("admin"), now=MONDAY)
    actions.draft(
        report_id=lead.pk, text=f"Untuk {NAME} dan Merpati Sunaryo. {ANSWER}", done_by="Tim Merpati",
        done_on=MONDAY.date(), is_ready=True, actor=stage.officer("operator"), now=MONDAY, leak_reason=WHY,
    )  # fmt: skip
    actions.send_answer(report_id=lead.pk, actor=liaison, now=MONDAY, leak_reason=WHY)
    theirs = next(one for one in own.view(reporter(follower)).messages if one.kind == "answer")
    assert "Kenari" not in theirs.text and "Merpati Sunaryo" in theirs.text
    stored = Message.objects.get(pk=theirs.pk)
    assert "Merpati" not in stored.text + stored.done_by


def test_a_second_matter_has_the_same_reporter_and_names_them_no_more(stage: Stage) -> None:
    report = file_signed()
    part = actions.split(
        report_id=report.pk, text=f"{NAME} juga menulis tentang got yang mampet.", title="Got di rumah Kenari",
        actor=stage.officer("admin"), now=MONDAY,
    )  # fmt: skip
    stored = Report.objects.get(pk=part.pk)
    assert (stored.title, stored.text) == ("Got di rumah [nama]", "[nama] juga menulis tentang got yang mampet.")
    assert own.view(reporter(stored)).report.title == "Got di rumah Kenari"


def test_erasing_the_identity_erases_what_was_taken_out(stage: Stage) -> None:
    report = file_signed()
    lived(stage, report)
    assert report.identity_id is not None and Original.objects.exists()
    identities.erase(report.identity_id, now=timezone.now())
    assert not Original.objects.exists()
    assert own.view(reporter(report)).report.title == "Lampu bu [nama]"


def test_intake_is_one_statement_whether_or_not_somebody_is_named(stage: Stage) -> None:
    file_report()  # so that all is warm
    assert not Original.objects.exists()
    inserts: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        inserts.extend([sql] if "INSERT INTO" in sql else [])
        return execute(sql, *given)

    with connection.execute_wrapper(note):
        actions.submit(submission(text="Saya Pelapor Uji Satu, jalan berlubang sejak bulan lalu."), now=MONDAY)
    assert len(inserts) == 1
    assert Original.objects.count() == 1


def test_a_title_of_nothing_but_names_still_fits_its_column(stage: Stage) -> None:
    report, _receipt = file_report(name="Abi Uji", title="Abi " * 37, text=SIGNED)
    assert len(report.title) <= 200
    assert own.view(reporter(report)).report.title == ("Abi " * 37).strip()
