"""What the citizen says about the receiving body and the place before sending: kept for the officer, never in the way."""

from __future__ import annotations

from typing import Any

import pytest

from lapor.agencies.models import Role
from lapor.channels.written import placing
from lapor.reports.models import Report
from tests.cast import Stage, person
from tests.desk.office import Office, words_of
from tests.public.citizen import Citizen, proof_of
from tests.public.page import read
from tests.public.test_review import html


def sent(citizen: Citizen, address: str) -> Report:
    return Report.objects.get(code=proof_of(citizen.send(address)).code)


def say(citizen: Citizen, address: str, **fields: str) -> Any:
    return citizen.client.post(f"{address}instansi/", fields, follow=True)


def test_another_body_and_the_reason_reach_the_officer_who_verifies(stage: Stage, citizen: Citizen) -> None:
    address = citizen.check()
    page = say(citizen, address, agency_text=stage.health.name, because="Lubangnya di halaman puskesmas.")
    assert "“Lubangnya di halaman puskesmas.”" in html(page)
    report = sent(citizen, address)
    assert report.proposed_agency == stage.health
    assert report.proposal_reason.startswith("Alasan pelapor: “Lubangnya di halaman puskesmas.”.")
    assert "Lubangnya di halaman puskesmas." in words_of(Office(stage).case("admin", report))


def test_not_this_one_but_i_do_not_know_which(stage: Stage, citizen: Citizen) -> None:
    address = citizen.check()
    page = say(citizen, address, agency_text="inspektorat", because="Ini jalan nasional.", unknown="1")
    assert "Anda berpendapat instansinya lain." in html(page)
    report = sent(citizen, address)
    assert report.proposal_reason.startswith(
        "Pelapor berpendapat instansinya lain. Alasan pelapor: “Ini jalan nasional.”."
    )
    assert "inspektorat" not in report.proposal_reason.lower()


def test_a_name_that_fits_no_body_of_the_list_is_told_to_the_officer(stage: Stage, citizen: Citizen) -> None:
    address = citizen.check()
    say(citizen, address, agency_text="inspektorat", agency_choice="none")
    assert "Disebutnya: inspektorat." in sent(citizen, address).proposal_reason


def test_officers_read_it_in_their_language_whatever_the_citizen_reads(stage: Stage, citizen: Citizen) -> None:
    address = citizen.check()
    citizen.client.post("/i18n/setlang/", {"language": "en", "next": "/"})
    say(citizen, address, agency_text="", because="Salah alamat.")
    assert sent(citizen, address).proposal_reason.startswith("Pelapor berpendapat instansinya lain.")


def test_the_reporters_own_name_stays_out_of_it(stage: Stage, citizen: Citizen) -> None:
    address = citizen.check()
    say(citizen, address, agency_text="", because="Saya, Pelapor Uji Satu, 0812 3456 7890, tahu itu.")
    reason = sent(citizen, address).proposal_reason
    assert "Uji Satu" not in reason and "3456" not in reason


@pytest.mark.parametrize("because", ["x" * 141, "x" * 100_000])
def test_a_reason_that_is_too_long_comes_back_whole(citizen: Citizen, because: str) -> None:
    address = citizen.check()
    answer = citizen.client.post(f"{address}instansi/", {"agency_text": "", "because": because})
    assert answer.status_code == 422
    assert read(answer).form("/instansi/").values["because"] == [because]
    assert citizen.send(address).status_code == 200, "nothing of it keeps the report from being sent"


@pytest.mark.parametrize("because", ["a\0b", "\u202e<script>alert(1)</script>", "道路", "   "])
def test_odd_letters_are_kept_harmless_or_refused(citizen: Citizen, because: str) -> None:
    address = citizen.check()
    page = citizen.client.post(f"{address}instansi/", {"agency_text": "", "because": because}, follow=True)
    assert page.status_code in {200, 422}
    assert "<script>alert" not in html(page)
    assert citizen.send(address).status_code == 200


def test_a_long_opinion_never_breaks_the_column(stage: Stage, citizen: Citizen) -> None:
    address = citizen.check(place_text="Kabupaten Kutai Kartanegara, Kalimantan Timur", region="64.02")
    say(citizen, address, agency_text=stage.health.name, because="Alasan " * 20)
    assert len(sent(citizen, address).proposal_reason) <= 400


def test_of_a_sealed_report_no_body_is_asked_about_and_none_is_stored(stage: Stage, citizen: Citizen) -> None:
    address = citizen.check(kind="whistleblowing")
    assert "/instansi/" not in html(citizen.client.get(address)).split("<main")[1].split("</main")[0]
    say(citizen, address, agency_text=stage.roads.name, because="Mereka atasannya.")
    citizen.send(address)
    report = Report.objects.get()
    assert (report.proposed_agency, report.proposal_reason) == (None, "")


def test_procurement_is_not_sent_to_the_body_that_the_citizen_names(stage: Stage, citizen: Citizen) -> None:
    address = citizen.check(kind="procurement", category="")
    page = say(citizen, address, agency_text=stage.roads.name)
    assert "tidak dikirim ke instansi yang disebut" in html(page)
    assert sent(citizen, address).proposed_agency != stage.roads


# the place


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the text named a district."""
    monkeypatch.setattr(placing, "read", lambda *, text, title, agency: "64.72.05")


NOWHERE = {"place_text": "", "region": "", "place": ""}


def test_a_place_that_the_text_names_is_offered_and_taken_with_one_click(
    stage: Stage, citizen: Citizen, named: None
) -> None:
    address = citizen.check(**NOWHERE)
    page = citizen.client.get(address)
    assert "Maksud Anda <strong>Samarinda Utara, Kota Samarinda, Kalimantan Timur</strong>?" in html(page)
    form = read(page).form("/tempat/")
    answer = citizen.client.post(form.action, {"region": form.values["region"][0]}, follow=True)
    assert "Maksud Anda" not in html(answer)
    assert stage.roads.name in html(answer), "the body follows the place"
    assert sent(citizen, address).region_id == "64.72.05"


def test_what_is_offered_is_never_filled_in_unasked(stage: Stage, citizen: Citizen, named: None) -> None:
    address = citizen.check(**NOWHERE)
    citizen.client.get(address)
    assert sent(citizen, address).region is None


@pytest.mark.parametrize("region", ["64.02", "", "x\0", "64.72.05' or 1=1"])
def test_only_the_offered_place_is_taken(stage: Stage, citizen: Citizen, named: None, region: str) -> None:
    address = citizen.check(**NOWHERE)
    citizen.client.post(f"{address}tempat/", {"region": region})
    assert sent(citizen, address).region is None


def test_a_place_that_was_chosen_is_not_asked_about(citizen: Citizen, named: None) -> None:
    assert "Maksud Anda" not in html(citizen.client.get(citizen.check()))


def test_a_place_that_does_not_exist_is_not_offered(citizen: Citizen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "read", lambda *, text, title, agency: "99.99")
    assert "Maksud Anda" not in html(citizen.client.get(citizen.check(**NOWHERE)))


def test_of_a_sealed_report_the_place_is_taken_without_being_unsealed(
    stage: Stage, citizen: Citizen, named: None
) -> None:
    person("investigator_national", stage.national, Role.INVESTIGATOR)
    address = citizen.check(kind="whistleblowing", **NOWHERE)
    page = citizen.client.get(address)
    form = read(page).form("/tempat/")
    answer = citizen.client.post(form.action, {"region": form.values["region"][0]}, follow=True)
    assert "Samarinda Utara" in html(answer)
