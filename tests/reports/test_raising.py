"""A report may be sealed later: what was plain moves into boxes, and nothing of it stays in a row or a folder."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image

from lapor.reports import access, actions, case, files, own, visits
from lapor.reports.actors import Reporter
from lapor.reports.lifecycle import MoveRefused
from lapor.reports.models import Attachment, Report, State, Visibility
from lapor.vault import identities, investigators
from tests.cast import MONDAY, Stage, file_report, ready_draft, reporter, to_answered, to_assigned
from tests.reports.raw import where

SAID: dict[str, Any] = {
    "title": "Lubang Zamrud",
    "text": "Jalan Topaz berlubang dan mandor Safir meminta uang.",
    "place": "Depan toko Mirah",
    "name": "Pelapor Intan",
    "phone": "081298765431",
}
SECRETS = ("Zamrud", "Topaz", "Safir", "Mirah", "Intan", "81298765431", "Opal.jpg", "Giok", "aspal panas")


def _worked_on(stage: Stage) -> Report:
    """Assigned, with a file, a reply and a draft of the office."""
    image = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(image, "JPEG")
    photo = files.keep(io.BytesIO(image.getvalue()), name="Opal.jpg", keeps_name=True, pending=uuid4(), now=MONDAY)
    report = file_report(attachment_ids=(photo.pk,), **SAID)[0]
    to_assigned(stage, report)
    actions.reply(report_id=report.pk, text="Nama saksi: Giok.", actor=reporter(report), now=MONDAY)
    ready_draft(stage, report, by="liaison")
    return report


def test_nothing_plain_is_left_when_the_reporter_seals(stage: Stage) -> None:
    report = _worked_on(stage)
    assert all(where(secret) for secret in SECRETS if secret not in {"Intan", "81298765431"}), "else this shows nothing"
    digits = actions.seal(report_id=report.pk, actor=reporter(report), now=MONDAY)
    assert [secret for secret in SECRETS if where(secret)] == []
    mine = own.view(_visitor(digits))
    assert (mine.report.title, mine.report.text, mine.inside.name) == (SAID["title"], SAID["text"], SAID["name"])
    assert [message.text for message in mine.messages] == ["Nama saksi: Giok."]
    file, private = own.attachment(_visitor(digits), str(Attachment.objects.get().key))
    assert file.name == "Opal.jpg" and files.read(file, private).read().startswith(b"\xff\xd8")


def test_what_was_struck_from_the_words_goes_into_the_box_as_it_was_written(stage: Stage) -> None:
    report = file_report(**SAID | {"text": "Jalan Topaz berlubang. Salam, Pelapor Intan."})[0]
    assert "Intan" not in Report.objects.get(pk=report.pk).text
    digits = actions.seal(report_id=report.pk, actor=reporter(report), now=MONDAY)
    assert own.view(_visitor(digits)).report.text == "Jalan Topaz berlubang. Salam, Pelapor Intan."
    opened = case.open_case(stage.officer("investigator"), report.code, now=MONDAY)
    assert opened.report.text.endswith("Salam, Pelapor Intan.")


def test_the_identity_is_erased_in_the_vault(stage: Stage) -> None:
    report = _worked_on(stage)
    assert report.identity_id is not None
    actions.seal(report_id=report.pk, actor=reporter(report), now=MONDAY)
    assert identities.reveal(report.identity_id) is None


def test_investigators_have_it_then_and_verify_it_anew(stage: Stage) -> None:
    report = _worked_on(stage)
    actions.seal(report_id=report.pk, actor=reporter(report), now=MONDAY)
    with pytest.raises(access.NotFound):
        access.find(stage.officer("liaison"), report.code)
    opened = case.open_case(stage.officer("investigator"), report.code, now=MONDAY)
    assert (opened.report.state, opened.report.holder) == (State.RECEIVED, stage.city_inspectorate)
    assert opened.report.text == SAID["text"]
    assert {clock.step for clock in opened.clocks if clock.stopped_at is None} == {"verify", "resolve"}


def test_code_and_pin_end_with_the_receipt(stage: Stage) -> None:
    report, receipt = file_report(**SAID)
    actions.seal(report_id=report.pk, actor=reporter(report), now=MONDAY)
    with pytest.raises(own.WrongProof):
        own.prove(code=receipt.code, pin=receipt.pin, now=MONDAY)


def test_an_officer_seals_and_the_reporter_takes_the_receipt_with_code_and_pin(stage: Stage) -> None:
    report, receipt = file_report(**SAID)
    assert actions.seal(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY) == ""
    proved = own.prove(code=receipt.code, pin=receipt.pin, now=MONDAY)
    assert own.view(proved).is_locked and own.view(proved).report.text == ""
    digits = actions.take_receipt(report_id=report.pk, actor=proved, now=MONDAY)
    visitor = _visitor(digits)
    actions.reply(report_id=report.pk, text="Saya masih di sini.", actor=visitor, now=MONDAY)
    assert own.view(visitor).is_locked, "nobody who has the key was there yet"
    case.open_case(stage.officer("investigator"), report.code, now=MONDAY)
    assert own.view(visitor).report.text == SAID["text"]
    with pytest.raises(MoveRefused):
        actions.take_receipt(report_id=report.pk, actor=proved, now=MONDAY)


def test_without_investigators_it_stays_as_it_is(stage: Stage) -> None:
    report, _receipt = file_report(**SAID)
    investigators.retire(owner_id=stage.people["investigator"].pk, now=MONDAY)
    with pytest.raises(MoveRefused) as refused:
        actions.seal(report_id=report.pk, actor=reporter(report), now=MONDAY)
    assert refused.value.reason == "nobody_opens"
    report.refresh_from_db()
    assert (report.text, report.visibility) == (SAID["text"], Visibility.PUBLIC)


def test_an_answered_report_stays_answered_and_can_be_objected_to(stage: Stage) -> None:
    report = to_answered(stage, file_report(**SAID)[0])
    digits = actions.seal(report_id=report.pk, actor=reporter(report), now=MONDAY)
    objected = actions.object_to_answer(
        report_id=report.pk, text="Belum ada yang ditambal.", actor=_visitor(digits), now=MONDAY
    )
    assert objected.state == State.OBJECTED
    case.open_case(stage.officer("investigator"), report.code, now=MONDAY)


def test_it_stands_alone_afterwards(stage: Stage) -> None:
    lead, follower = file_report(**SAID)[0], file_report()[0]
    actions.merge(report_id=follower.pk, into=lead, actor=stage.officer("admin"), now=MONDAY)
    actions.seal(report_id=lead.pk, actor=reporter(lead), now=MONDAY)
    follower.refresh_from_db()
    assert (follower.leads, follower.state) == (None, State.RECEIVED)


def _visitor(digits: str) -> Reporter:
    found = visits.visitor(visits.visit(digits, now=MONDAY), now=MONDAY)
    assert found is not None
    return found
