"""The same words many times: all are filed, the desk shows one row with their number, and one act reaches all."""

from __future__ import annotations

from datetime import timedelta

from lapor.reports import actions, floods
from lapor.reports.models import Event, Report, SameText, State
from tests.cast import MONDAY, Stage, file_report
from tests.desk.office import Office, words_of

FLOOD = "Kami menolak pasar ini dipindah, tolong dihentikan sekarang juga."


def take_in() -> None:
    floods.consume(list(Event.objects.select_related("report").order_by("pk")))


def flood(n: int = 4) -> list[Report]:
    reports = [file_report(text=FLOOD, title="", now=MONDAY + timedelta(minutes=i))[0] for i in range(n)]
    take_in()
    return reports


def rows(office: Office, query: str = "") -> list[str]:
    """The numbers of the reports on the list of the administrator."""
    page = office("admin").get(f"/meja/{query}").content.decode()
    return [part.split('"')[0].split(".")[0] for part in page.split('name="report" value="')[1:]]


def test_nothing_is_dropped_and_the_list_shows_one_row_with_their_number(office: Office, stage: Stage) -> None:
    first, *others = flood()
    assert Report.objects.count() == 4
    assert rows(office) == [first.code]
    assert "×4 teks sama" in words_of(office("admin").get("/meja/"))
    assert set(rows(office, f"?tab=todo&same={first.code}")) == {one.code for one in (first, *others)}


def test_blanks_and_capitals_make_no_other_words(office: Office, stage: Stage) -> None:
    first = flood(1)[0]
    file_report(text=FLOOD.upper().replace(" ", "  "), title="")
    take_in()
    assert rows(office) == [first.code]


def test_other_words_another_body_and_another_secrecy_are_rows_of_their_own(office: Office, stage: Stage) -> None:
    flood(2)
    file_report(text="Lampu jalan di depan rumah kami padam sejak hari Senin.", title="")
    file_report(text=FLOOD, title="", is_anonymous=True)
    file_report(text=FLOOD, title="", is_confidential=True)
    file_report(text=FLOOD, title="", region_code="64.02")
    take_in()
    assert len(rows(office)) == 4
    assert SameText.objects.filter(head__isnull=False).count() == 1


def test_a_day_later_the_same_words_are_news(office: Office, stage: Stage) -> None:
    first = flood(1)[0]
    later = file_report(text=FLOOD, title="", now=MONDAY + floods.WITHIN + timedelta(minutes=1))[0]
    take_in()
    assert set(rows(office)) == {first.code, later.code}


def test_one_that_goes_its_own_way_shows_by_itself_so_that_nobody_is_lost(office: Office, stage: Stage) -> None:
    first, second, third, _last = flood()
    actions.verify(report_id=second.pk, actor=stage.officer("admin"), now=MONDAY)
    assert set(rows(office)) == {first.code, second.code}
    actions.archive(
        report_id=first.pk,
        reason="spam",
        explanation="Pesan yang sama dikirim berulang kali hari ini.",
        actor=stage.officer("admin"),
        now=MONDAY,
    )
    assert {second.code, third.code} <= set(rows(office)), "the first has ended: those behind it step forward"


def test_one_disposition_reaches_all_behind_the_row(office: Office, stage: Stage) -> None:
    first, *_others = flood()
    sent = {"report": [f"{first.code}.{first.version}"], "to": stage.roads.slug, "instruction": ""}
    page = words_of(office("admin").post("/meja/disposisi/", sent))
    assert "4 dari 4 laporan diteruskan" in page
    assert {one.state for one in Report.objects.all()} == {State.ASSIGNED}


def test_ticked_by_itself_in_the_list_of_the_group_one_is_one(office: Office, stage: Stage) -> None:
    first, *_others = flood()
    sent = {"report": [f"{first.code}.{first.version}"], "to": stage.roads.slug, "instruction": ""}
    office("admin").post(f"/meja/disposisi/?tab=todo&same={first.code}", sent)
    assert Report.objects.filter(state=State.ASSIGNED).count() == 1


def test_a_search_finds_each(office: Office, stage: Stage) -> None:
    assert len(flood()) == len(rows(office, "?tab=todo&q=menolak"))


def test_reading_an_event_twice_and_forgetting_what_came_once_change_no_group(office: Office, stage: Stage) -> None:
    first = flood()[0]
    alone = file_report(text="Lampu jalan di depan rumah kami padam sejak hari Senin.", title="")[0]
    take_in()
    take_in()
    assert floods.forget_single(now=MONDAY + floods.WITHIN + timedelta(hours=1)) == 1
    assert not SameText.objects.filter(report=alone).exists()
    assert SameText.objects.filter(head=first).count() == 3
