"""The pages: the act on the case, the custodian's list and decision, the office's grounds."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from lapor.disclosure import clock
from lapor.disclosure.models import Delay, Ground, Request
from lapor.reports.models import Report
from tests.cast import MONDAY, Stage, file_report
from tests.desk.office import Office, text_of, words_of
from tests.disclosure.acts import REASON, WORD, allow, ask, decide, ground


def test_the_whole_way_in_the_browser(office: Office, report: Report) -> None:
    page = office.case("liaison", report)
    assert "Minta identitas pelapor" in words_of(page)
    given = {"ground": ground().pk, "reference": "Penetapan 12/Pen.Pid/2026/PN Smr", "reason": REASON}
    assert office.act("liaison", report, "ask_identity", given).status_code == 302
    request = Request.objects.get()
    assert "Menunggu keputusan penjaga identitas" in words_of(office.case("liaison", report))
    for keeper in ("keeper_one", "keeper_two"):
        listed = office(keeper).get("/meja/", follow=True)
        assert str(request.pk) in text_of(listed)
        seen = words_of(office(keeper).get(f"/meja/identitas/{request.pk}/"))
        assert REASON in seen and "Petugas Uji liaison" in seen
        assert report.text not in seen
        answer = office(keeper).post(f"/meja/identitas/{request.pk}/", {"allows": "yes", "reason": WORD})
        assert answer.status_code == 302
        assert "Anda mengizinkan" in words_of(office(keeper).get("/meja/identitas/"))
    page = office.case("liaison", report)
    assert f"/meja/identitas/{request.pk}/buka/" in text_of(page)
    assert f"/meja/identitas/{request.pk}/buka/" not in text_of(office.case("admin", report))


@pytest.mark.parametrize("who", ["liaison", "admin", "national", "overseer", "investigator"])
def test_the_list_and_the_decision_are_for_custodians_only(
    office: Office, stage: Stage, report: Report, who: str
) -> None:
    request = ask(stage, report)
    assert office(who).get("/meja/identitas/").status_code == 404
    assert office(who).get(f"/meja/identitas/{request.pk}/").status_code == 404
    assert office(who).post(f"/meja/identitas/{request.pk}/", {"allows": "yes", "reason": WORD}).status_code == 404
    assert office(who).post(f"/meja/identitas/{request.pk}/tunda/", {}).status_code == 404


def test_a_custodian_of_the_accused_body_sees_an_empty_list_and_404(
    office: Office, stage: Stage, report: Report
) -> None:
    request = ask(stage, report)
    assert str(request.pk) not in text_of(office("keeper_roads").get("/meja/identitas/"))
    assert office("keeper_roads").get(f"/meja/identitas/{request.pk}/").status_code == 404


def test_an_incomplete_form_comes_back_with_what_was_typed(office: Office, report: Report) -> None:
    page = office.act("liaison", report, "ask_identity", {"ground": ground().pk, "reason": REASON})
    assert page.status_code == 422
    assert REASON in text_of(page)
    page = office.act(
        "liaison", report, "ask_identity", {"ground": ground().pk, "reason": "Singkat.", "reference": "A"}
    )
    assert page.status_code == 422 and not Request.objects.exists()


def test_a_decision_without_choice_or_reason_comes_back(office: Office, stage: Stage, report: Report) -> None:
    request = ask(stage, report)
    page = office("keeper_one").post(f"/meja/identitas/{request.pk}/", {"reason": "Tidak."})
    assert page.status_code == 422
    page = office("keeper_one").post(f"/meja/identitas/{request.pk}/", {"allows": "yes", "reason": "Ya."})
    assert page.status_code == 422
    assert request.decisions.count() == 0


def test_an_ordered_silence_is_recorded_on_the_page(office: Office, stage: Stage, report: Report) -> None:
    request = ask(stage, report)
    url = f"/meja/identitas/{request.pk}/tunda/"
    assert office("keeper_one").post(url, {"number": "R-1/2026"}).status_code == 422
    order = {"number": "R-1/2026", "authority": "Pengadilan Uji", "until": "2026-10-20"}
    assert office("keeper_one").post(url, order | {"until": "2026-10-01"}).status_code == 422
    assert office("keeper_one").post(url, order).status_code == 302
    assert Delay.objects.get().recorded_by == stage.people["keeper_one"]
    assert "R-1/2026" in words_of(office("keeper_two").get(f"/meja/identitas/{request.pk}/"))


def test_a_sealed_case_offers_no_request_and_says_why(office: Office, stage: Stage) -> None:
    sealed, _receipt = file_report(kind="whistleblowing")
    page = office.case("investigator", sealed)
    assert "Minta identitas pelapor" not in words_of(page)
    given = {"ground": ground().pk, "reference": "Penetapan 12/2026", "reason": REASON}
    refused = office.act("investigator", sealed, "ask_identity", given)
    assert refused.status_code == 409
    assert "tidak mengenal pengecualian" in words_of(refused)


def test_how_a_request_ended_stands_on_the_case_of_who_asked(office: Office, stage: Stage, report: Report) -> None:
    decide(stage, ask(stage, report), "keeper_one", allows=False)
    assert f"Ditolak 5 Oktober 2026. {WORD}" in words_of(office.case("liaison", report))
    assert WORD not in words_of(office.case("admin", report))
    request = ask(stage, report, now=MONDAY + timedelta(minutes=1))
    clock.sweep(now=request.lapses_at + timedelta(hours=1))
    assert "Gugur" in words_of(office.case("liaison", report))
    allow(stage, ask(stage, report, now=MONDAY + timedelta(minutes=2)))
    with time_machine.travel(MONDAY + timedelta(days=2), tick=False):
        office("liaison").force_login(stage.people["liaison"])  # the session of two days ago has ended
        said = words_of(office.case("liaison", report))
        assert "waktu untuk melihatnya berakhir" in said
        assert "Minta identitas pelapor" in said


def test_grounds_are_kept_by_the_national_office_alone(office: Office, stage: Stage) -> None:
    for who in ("admin", "liaison", "keeper_one"):
        assert office(who).get("/kantor/dasar-hukum/").status_code == 404
        assert office(who).post("/kantor/dasar-hukum/baru/", {}).status_code == 404
    assert "Penetapan atau putusan pengadilan" in words_of(office("national").get("/kantor/dasar-hukum/"))
    new = {
        "key": "court_order", "name": "Penetapan pengadilan", "article": "UU baru pasal 1", "needs_reference": "on",
        "holds_from": "2026-11-01",
    }  # fmt: skip
    assert office("national").post("/kantor/dasar-hukum/baru/", new | {"holds_from": "2026-10-05"}).status_code == 422
    assert office("national").post("/kantor/dasar-hukum/baru/", new).status_code == 302
    old, fresh = Ground.objects.filter(key="court_order").order_by("holds_from")
    assert (old.holds_until, fresh.holds_until) == (fresh.holds_from, None)
    ended = office("national").post(f"/kantor/dasar-hukum/{ground('consent').pk}/akhiri/", {"on": "2026-10-09"})
    assert ended.status_code == 302


def test_the_national_office_sees_that_requests_wait_too_long(office: Office, stage: Stage, report: Report) -> None:
    request = ask(stage, report)
    with time_machine.travel(request.due_at + timedelta(hours=1), tick=False):
        assert "1 permintaan identitas menunggu" in words_of(office("national").get("/kantor/"))
        assert "permintaan identitas menunggu" not in words_of(office("admin").get("/kantor/"))
