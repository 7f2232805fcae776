"""The desk's pages of mass reports."""

from __future__ import annotations

import pytest

from lapor.reports import postings
from lapor.reports.models import Event, MassReport, Report, Stage
from tests.cast import MONDAY, file_report
from tests.cast import Stage as Cast
from tests.desk.office import Office, words_of

LIST = "/meja/massal/"
TEXTS = (
    "Air ledeng dekat pasar tidak mengalir sejak Senin, warga membeli air tangki",
    "air pdam dekat pasar mati sejak senin, kami beli air tangki mahal",
)


@pytest.fixture
def pair(stage: Cast) -> tuple[Report, Report]:
    one, other = (file_report(text=text, title="", external_id=f"m{n}")[0] for n, text in enumerate(TEXTS))
    postings.consume(list(Event.objects.select_related("report").order_by("id")))
    return one, other


def test_what_is_ticked_joins_and_one_title_stands_for_all(office: Office, pair: tuple[Report, Report]) -> None:
    lead, other = pair
    page = words_of(office("admin").get(f"{LIST}{lead.code}/"))
    assert other.code in page and "Mungkin melaporkan hal yang sama" in page
    office("admin").post(f"{LIST}{lead.code}/gabung/", {"report": [f"{other.code}.{other.version}", "123.1"]})
    other.refresh_from_db()
    assert other.leads_id == lead.pk
    office("admin").post(f"{LIST}{lead.code}/putusan/", {"decision": "open", "title": "Air ledeng mati dekat pasar"})
    assert MassReport.objects.get(lead=lead).stage == Stage.OPEN
    assert "Air ledeng mati dekat pasar" in words_of(office("admin").get(LIST))
    assert "2 pelapor" in words_of(office("admin").get(LIST))


def test_a_short_title_comes_back_with_what_to_mend(office: Office, pair: tuple[Report, Report]) -> None:
    answer = office("admin").post(f"{LIST}{pair[0].code}/putusan/", {"decision": "open", "title": "Air"})
    assert answer.status_code == 422
    assert 'value="Air"' in answer.content.decode()


def test_a_title_with_personal_data_asks_for_a_reason(office: Office, pair: tuple[Report, Report]) -> None:
    title = "Hubungi saya di 081234567891 soal air"
    answer = office("admin").post(f"{LIST}{pair[0].code}/putusan/", {"decision": "open", "title": title})
    assert answer.status_code == 422 and "leak_reason" in answer.content.decode()
    assert not MassReport.objects.exists()


def test_nothing_ticked_joins_nothing(office: Office, pair: tuple[Report, Report]) -> None:
    office("admin").post(f"{LIST}{pair[0].code}/gabung/", {})
    assert not Report.objects.exclude(leads=None).exists()


def test_a_mass_report_out_of_reach_is_not_listed(office: Office, stage: Cast) -> None:
    far = file_report(text=TEXTS[0], region_code="64.02")[0]
    MassReport.objects.create(lead=far, title="Air mati di Kukar", stage=Stage.OFFERED, made_at=MONDAY)
    assert "Air mati di Kukar" not in words_of(office("admin").get(LIST))
    assert "Air mati di Kukar" in words_of(office("province_admin").get(LIST))
    assert office("admin").get(f"{LIST}{far.code}/").status_code == 404


@pytest.mark.parametrize("after", ["-1", "x", "9" * 40, ""])
def test_nonsense_in_the_address_shows_the_first_members(
    office: Office, pair: tuple[Report, Report], after: str
) -> None:
    assert office("admin").get(f"{LIST}{pair[0].code}/", {"sesudah": after}).status_code == 200
