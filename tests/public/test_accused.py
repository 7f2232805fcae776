"""A citizen says whom the report is about: when writing it, or later on the own page; without a script, and never by force."""

from __future__ import annotations

from lapor.reports.models import Naming, Report
from tests.cast import Stage
from tests.public.citizen import Citizen


def test_a_named_body_does_not_receive_the_report_and_the_check_says_who_does(citizen: Citizen, stage: Stage) -> None:
    address = citizen.check(accused_text=stage.city_inspectorate.name, accused_person="Kepala Loket Uji")
    page = citizen.client.get(address).content.decode()
    assert stage.province_inspectorate.name in page
    assert "Kepala Loket Uji" in page and "tidak melihat laporan ini" in page
    receipt = citizen.send(address).content.decode()
    assert stage.province_inspectorate.name in receipt
    report = Report.objects.get()
    assert (report.holder, report.visibility) == (stage.province_inspectorate, "confidential")


def test_of_several_bodies_the_citizen_chooses_and_nothing_typed_is_lost(citizen: Citizen, stage: Stage) -> None:
    answer = citizen.write(accused_text="dinas kota samarinda", accused_person="Orang Uji")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert stage.roads.slug in page and stage.health.slug in page and "Orang Uji" in page
    done = citizen.write(accused_text="dinas kota samarinda", accused_choice=stage.health.slug)
    assert done.status_code == 302


def test_a_unit_that_we_know_leaves_the_rest_of_its_body_in(citizen: Citizen, stage: Stage) -> None:
    citizen.report(accused_text=stage.roads.name, accused_unit="bina marga")
    naming = Naming.objects.get()
    assert (naming.agency, naming.unit, naming.identity) == (stage.roads, stage.roads_unit, None)


def test_a_unit_that_we_do_not_know_is_kept_as_words(citizen: Citizen, stage: Stage) -> None:
    citizen.report(accused_text=stage.roads.name, accused_unit="Loket Tiga")
    naming = Naming.objects.get()
    assert (naming.agency, naming.unit) == (stage.roads, None) and naming.identity is not None


def test_a_body_that_is_not_found_and_a_unit_without_one_are_asked_for(citizen: Citizen, stage: Stage) -> None:
    assert "Coba tulis namanya dengan cara lain" in citizen.write(accused_text="xyzzy").content.decode()
    assert "Tulis juga instansinya" in citizen.write(accused_unit="Loket Tiga").content.decode()


def test_nobody_is_named_where_nothing_was_written(citizen: Citizen, stage: Stage) -> None:
    citizen.report()
    report = Report.objects.get()
    assert not Naming.objects.exists() and not report.is_shielded and report.visibility == "public"


def test_on_the_own_page_the_citizen_names_somebody_later_and_reads_whom(citizen: Citizen, stage: Stage) -> None:
    proof = citizen.report()
    page = citizen.open(proof)
    assert "tidak dapat ditarik kembali" in page.content.decode()
    empty = citizen.do(proof, "accuse")
    assert empty.status_code == 422 and "Tulis instansi atau orang" in empty.content.decode()
    done = citizen.do(proof, "accuse", accused_text=stage.city_inspectorate.name)
    assert done.status_code == 302
    page = citizen.client.get(f"/lacak/{proof.code}/").content.decode()
    assert "Yang Anda sebut" in page and stage.city_inspectorate.name in page
    assert Report.objects.get().holder == stage.province_inspectorate
    assert "lift_secrecy" not in page
