"""Proposals on real bodies: who is named, why, and when we would rather say that we do not know."""

from __future__ import annotations

import time

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from lapor.agencies import oversight
from lapor.agencies.models import Agency
from lapor.routing.propose import Proposal, propose
from lapor.routing.rules import in_force

from .conftest import TODAY

Bodies = dict[str, Agency]
SAMARINDA, KUKAR = "64.72.05.1003", "64.02.11"


def ask(text: str, **changes: object) -> Proposal:
    fields: dict[str, object] = {"kind": "complaint", "category": None, "region_code": SAMARINDA, "agency_id": None}
    return propose(text=text, on=TODAY, **(fields | changes))  # type: ignore[arg-type]


def test_a_pothole_in_samarinda_goes_to_its_public_works(bodies: Bodies) -> None:
    found = ask("jln di lempake berlubang dalam bgt, blm ditambal")
    assert found.agency == bodies["dinas-pupr-kota-samarinda"]
    assert found.responsible == found.agency
    assert found.verifier == bodies["inspectorate-64.72"]
    assert found.category == "jalan_jembatan"
    assert found.is_sure
    assert "Dinas PUPR Kota Samarinda" in found.reason


def test_a_national_road_goes_to_the_road_office_of_the_island(bodies: Bodies) -> None:
    here = ask("jalan nasional amblas", category="jalan_jembatan", region_code=KUKAR)
    there = ask("jalan nasional bergelombang", category="jalan_jembatan", region_code="35.23")
    assert here.agency == bodies["bbpjn-kalimantan-timur"]
    assert there.agency == bodies["bbpjn-jawa-timur-bali"]


def test_without_a_place_a_national_road_still_has_an_owner(bodies: Bodies) -> None:
    assert (
        ask("jalan nasional amblas", category="jalan_jembatan", region_code=None).agency == bodies["ditjen-bina-marga"]
    )


def test_a_senior_high_school_belongs_to_the_province(bodies: Bodies) -> None:
    found = ask("Iuran SMA negeri diwajibkan", category="pendidikan")
    assert found.agency == bodies["dinas-pendidikan-dan-kebudayaan-provinsi-kalimantan-timur"]
    assert "bukan kabupaten atau kota" in found.reason


def test_a_regional_affair_without_a_place_is_not_guessed(bodies: Bodies) -> None:
    found = ask("sampah menumpuk di tps", category="lingkungan", region_code=None)
    assert found.agency is None
    assert not found.is_sure
    assert found.verifier == bodies["sp4n-lapor"]
    assert "tempatnya belum disebut" in found.reason


def test_a_citys_affair_placed_only_in_a_province_is_not_guessed(bodies: Bodies) -> None:
    found = ask("lampu merah mati, angkot ngetem", category="ketertiban", region_code="64")
    assert found.agency is None
    assert not found.is_sure


def test_an_unclear_text_is_not_guessed(bodies: Bodies) -> None:
    found = ask("Assalamualaikum pak mau lapor")
    assert (found.agency, found.responsible, found.is_sure, found.category) == (None, None, False, None)
    assert bodies["inspectorate-64.72"].name in found.reason


def test_where_no_office_is_registered_the_government_stands_in(bodies: Bodies) -> None:
    found = ask("puskesmas tutup terus", category="kesehatan_bpjs", region_code="35.23")
    assert found.agency == bodies["government-35.23"]
    assert "belum terdaftar" in found.reason


def test_jakartas_cities_have_no_offices_of_their_own(bodies: Bodies) -> None:
    found = ask("got mampet", category="jalan_jembatan", region_code="31.75")
    assert found.agency == bodies["government-31"]


def test_a_body_that_is_not_connected_is_answered_for_and_the_reason_says_so(bodies: Bodies) -> None:
    found = ask("BPJS saya tidak aktif", category="kesehatan_bpjs")
    assert found.agency == bodies["bpjs-kesehatan"]
    assert found.responsible == bodies["sp4n-lapor"]
    assert "belum terhubung" in found.reason


def test_the_agency_a_citizen_named_is_respected(bodies: Bodies) -> None:
    pln = bodies["pln"]
    found = ask("listrik padam", category="listrik", agency_id=pln.pk)
    assert (found.agency, found.is_sure) == (pln, True)
    assert found.reason.startswith("Anda memilih PT PLN (Persero).")


def test_a_named_agency_that_is_not_competent_is_kept_but_questioned(bodies: Bodies) -> None:
    found = ask("listrik padam", category="listrik", agency_id=bodies["polri"].pk)
    assert found.agency == bodies["polri"]
    assert not found.is_sure
    assert "PT PLN (Persero)" in found.reason


def test_a_named_agency_is_no_help_when_it_does_not_exist(bodies: Bodies) -> None:
    assert ask("listrik padam", category="listrik", agency_id=-1).agency == bodies["pln"]


@pytest.mark.parametrize("kind", ["whistleblowing", "procurement"])
def test_a_secret_report_never_goes_to_the_agency_it_names(bodies: Bodies, kind: str) -> None:
    accused = bodies["dinas-pupr-kota-samarinda"]
    found = ask("kepala dinas menerima setoran", kind=kind, category="jalan_jembatan", agency_id=accused.pk)
    assert found.agency == bodies["inspectorate-64.72"]


def test_a_secret_report_on_a_central_body_says_truly_who_examines_it(bodies: Bodies) -> None:
    found = ask("oknum penyidik polsek minta uang", kind="whistleblowing", agency_id=bodies["polri"].pk)
    assert found.agency == bodies["polri"]
    assert "pengawas internal" in found.reason
    assert "tidak dikirim" not in found.reason


def test_danger_is_told_with_the_number_to_ring(bodies: Bodies) -> None:
    found = ask("adik saya disekap dan dipukuli")
    assert found.urgent
    assert "110" in found.emergency
    calm = ask("jalan berlubang")
    assert (calm.urgent, calm.emergency) == (False, "")


def test_the_reason_speaks_the_readers_language(bodies: Bodies) -> None:
    with translation.override("en"):
        assert "electricity" in ask("byar pet", category="listrik").reason.lower()


def test_the_reason_fits_its_column_for_every_category(bodies: Bodies) -> None:
    for row in ("pendidikan", "pajak_bea_cukai", "jalan_jembatan", "perumahan", "desa", "pertanahan"):
        for place in (None, "64", "64.02", "64.71", "35.23", "31.75"):
            assert len(ask("", category=row, region_code=place).reason) <= 400


def test_a_new_office_is_seen_after_forgetting(bodies: Bodies) -> None:
    ask("puskesmas tutup", category="kesehatan_bpjs", region_code="35.23")
    office = Agency.objects.create(
        slug="dinkes-tuban",
        name="Dinas Kesehatan Kabupaten Tuban",
        kind="office",
        level="regency",
        field="kesehatan",
        region_id="35.23",
        parent=bodies["government-35.23"],
    )
    oversight.forget()
    assert ask("puskesmas tutup", category="kesehatan_bpjs", region_code="35.23").agency == office


def test_a_second_proposal_costs_no_query(
    bodies: Bodies, django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_force, "FRESH_SECONDS", float("inf"))
    ask("jalan berlubang", category="jalan_jembatan")
    with django_assert_num_queries(0):
        ask("jalan berlubang", category="jalan_jembatan")


def test_even_a_huge_text_is_read_quickly(bodies: Bodies) -> None:
    ask("hangat")
    start = time.perf_counter()
    ask("jalan rusak tidak ditambal " * 4_000)
    assert time.perf_counter() - start < 0.25


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(
        st.text(max_size=400),
        st.lists(st.sampled_from(["jln", "sd", "pln", "@64", "&", "|", "*", "2"])).map(" ".join),
    ),
    title=st.text(max_size=60),
    kind=st.sampled_from(["complaint", "aspiration", "information_request", "whistleblowing", "procurement", "?"]),
    category=st.sampled_from([None, "lainnya", "jalan_jembatan", "pendidikan", "tidak_ada"]),
    region_code=st.sampled_from([None, "64", "64.72", "64.02.11", "64.72.05.1003", "31.75", "99.99", "x", "...."]),
    agency_id=st.sampled_from([None, -1, 0]),
)
def test_no_input_makes_it_fail(
    bodies: Bodies,
    text: str,
    title: str,
    kind: str,
    category: str | None,
    region_code: str | None,
    agency_id: int | None,
) -> None:
    found = propose(
        text=text, title=title, kind=kind, category=category, region_code=region_code, agency_id=agency_id, on=TODAY
    )
    assert found.reason
    assert found.is_sure <= (found.agency is not None)
    assert (found.responsible is None) == (found.agency is None)
    assert found.responsible is None or found.responsible.is_connected_on(TODAY)
