"""A sample from the draw to the scores, and an answer that goes back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from lapor.agencies.models import Membership, Role
from lapor.quality import drawing, flags, follow, results, scoring
from lapor.quality.models import Item, Sample
from lapor.reports import actions
from lapor.reports.access import NotFound
from lapor.reports.actors import officer
from lapor.reports.lifecycle import MoveRefused
from lapor.reports.models import Clock, Event, Message, Report
from tests.cast import MONDAY, Stage, file_report, person, reporter, to_answered
from tests.desk.office import signed_in

SPAN = {"first_day": date(2026, 10, 1), "last_day": date(2026, 10, 31)}
GOOD = {"addresses": 2, "concrete": 2, "evidence": 1, "polite": 2}
LATER = MONDAY + timedelta(days=30)


def draw(stage: Stage, **given: Any) -> Sample:
    asked = {"agency_id": stage.city_inspectorate.pk, **SPAN, "size": 20, "actor": stage.officer("admin"), "now": LATER}
    return drawing.draw(**{**asked, **given})


def test_a_sample_is_drawn_once_repeated_by_its_seed_and_never_holds_a_sealed_report(stage: Stage) -> None:
    answered = [to_answered(stage, file_report()[0]) for _ in range(3)]
    actions.seal(report_id=answered[0].pk, actor=reporter(answered[0]), now=MONDAY)
    sample = draw(stage)
    drawn = set(Item.objects.values_list("report_id", flat=True))
    assert drawn == {one.pk for one in answered[1:]} and sample.population == 2
    assert drawing.differences(sample) == []
    with pytest.raises(drawing.AlreadyDrawn):
        draw(stage)
    with pytest.raises(NotFound):
        draw(stage, actor=stage.officer("liaison"))
    actions.seal(report_id=answered[1].pk, actor=reporter(answered[1]), now=LATER)
    follow.consume(list(Event.objects.select_related("report")))
    assert set(Item.objects.values_list("report_id", flat=True)) == {answered[2].pk}
    assert drawing.differences(sample) is None


def test_who_wrote_an_answer_never_scores_it_and_a_second_reader_is_another_person(stage: Stage) -> None:
    to_answered(stage, file_report()[0])
    sample = draw(stage)
    item = Item.objects.get()
    Item.objects.update(wants_second=True)
    admin = stage.officer("admin")
    second = officer(person("kedua", stage.city_inspectorate, Role.ADMIN), on=MONDAY.date())
    with pytest.raises(scoring.NotComplete):
        scoring.read(sample=sample, item_id=item.pk, points={"polite": 2}, actor=admin, now=LATER)
    scoring.read(sample=sample, item_id=item.pk, points=GOOD, actor=admin, now=LATER)
    with pytest.raises(scoring.AlreadyRead):
        scoring.read(sample=sample, item_id=item.pk, points=GOOD, actor=admin, now=LATER)
    scoring.read(sample=sample, item_id=item.pk, points={**GOOD, "polite": 1}, actor=second, now=LATER)
    assert scoring.agreement(sample)[0] == 1
    (score,) = scoring.close(sample=sample, actor=admin, now=LATER)
    assert (score.agency, score.read, score.mean) == (stage.roads, 1, 7 + item.on_time)
    shown = results.shown(sample.pk)
    assert shown is not None and shown.scores == [] and shown.hidden == 1  # one answer is too few for the public


def test_somebody_with_a_hand_in_the_answer_is_refused(stage: Stage) -> None:
    report = to_answered(stage, file_report()[0])
    sample, item = draw(stage), Item.objects.get()
    wrote = Event.objects.filter(report=report, kind="drafted").values_list("user_id", flat=True)[0]
    writer = next(user for user in stage.people.values() if user.pk == wrote)
    Membership.objects.create(user=writer, agency=stage.city_inspectorate, role=Role.ADMIN, starts_on=date(2025, 1, 1))
    with pytest.raises(scoring.OwnAnswer):
        scoring.read(sample=sample, item_id=item.pk, points=GOOD, actor=officer(writer, on=MONDAY.date()), now=LATER)


def test_flags_find_twins_promises_and_what_the_reporter_denies() -> None:
    text = "Terima kasih atas laporannya. Laporan Anda sudah kami teruskan ke seksi terkait pada {} Oktober."
    other = "Lubang di Jalan Pasar sudah ditambal dua lapis aspal dan diberi rambu di kedua ujungnya oleh regu tiga."
    messages = {
        n: Message(text=text.format(n), agency_id=1, done_by="Seksi", done_on=date(2026, 10, 1)) for n in (1, 2)
    }
    messages[3] = Message(text=other, agency_id=1, done_by="", done_on=None)
    runs = {key: flags._runs(message.text) for key, message in messages.items()}
    assert flags._alike([1, 2, 3], runs) == {1, 2}
    assert flags._only_promises(messages[1].text) and not flags._only_promises(other)


def test_a_weak_answer_goes_back_with_a_new_deadline_unless_the_reporter_agreed(stage: Stage) -> None:
    weak, agreed = (to_answered(stage, file_report()[0]) for _ in range(2))
    admin, words = stage.officer("admin"), "Jawaban belum menyebut kapan lubang ditambal."
    actions.agree(report_id=agreed.pk, actor=reporter(agreed), now=MONDAY)
    with pytest.raises(MoveRefused):
        actions.send_back(report_id=agreed.pk, explanation=words, actor=admin, now=LATER)
    with pytest.raises(MoveRefused):
        actions.send_back(report_id=weak.pk, explanation=words, actor=stage.officer("liaison"), now=LATER)
    report = actions.send_back(report_id=weak.pk, explanation=words, actor=admin, now=LATER)
    assert (report.state, report.holder, report.outcome) == ("in_progress", stage.roads, "")
    steps = set(Clock.objects.filter(report=report, stopped_at=None).values_list("step", flat=True))
    assert steps == {"respond", "resolve"} and report.due_at is not None and report.due_at > LATER
    assert Event.objects.filter(report=report, kind="sent_back").exists()


@time_machine.travel(MONDAY, tick=False)
def test_the_pages_of_a_sample_lead_from_the_draw_to_the_score(stage: Stage) -> None:
    report = to_answered(stage, file_report()[0])
    before = MONDAY - timedelta(days=30)
    Report.objects.filter(pk=report.pk).update(received_at=before, answered_at=before)
    client = signed_in(stage.people["admin"])
    span = "2026-09-01_2026-09-30"
    asked = {"agency": stage.city_inspectorate.pk, "span": span, "size": 20}
    assert client.post("/meja/mutu/", {**asked, "span": "x"}).status_code == 422
    page = client.post("/meja/mutu/", asked)["Location"]
    item = Item.objects.get()
    assert "Undi ulang" in client.get(page).content.decode()
    assert "hasilnya sama" in client.get(f"{page}?ulang").content.decode()
    one = f"{page}{item.pk}/"
    assert client.post(one, {"polite": "2"}).status_code == 422
    client.post(one, dict.fromkeys(GOOD, "0"))
    assert "Jawaban ini lemah" in client.get(one).content.decode()
    client.post(f"{page}tutup/")
    assert "benih" in Client().get(f"/mutu-jawaban/{Sample.objects.get().pk}/").content.decode().lower()
