from __future__ import annotations

import pytest

from lapor.agencies.models import Agency, Region
from lapor.channels.opendata.match import Matcher
from tests.cast import Stage


@pytest.fixture
def matcher(stage: Stage) -> Matcher:
    """Beside the cast: a province whose name a city and a regency inside it bear too, and two places called Bandung."""
    for code, name, level, kind, parent, plain in (
        ("75", "Gorontalo", 1, "provinsi", None, "gorontalo"),
        ("75.01", "Kabupaten Gorontalo", 2, "kabupaten", "75", "gorontalo"),
        ("75.71", "Kota Gorontalo", 2, "kota", "75", "gorontalo"),
        ("32", "Jawa Barat", 1, "provinsi", None, "jawa barat"),
        ("32.04", "Kabupaten Bandung", 2, "kabupaten", "32", "bandung"),
        ("32.73", "Kota Bandung", 2, "kota", "32", "bandung"),
        ("31", "Daerah Khusus Ibukota Jakarta", 1, "provinsi", None, "jakarta"),
        ("34", "Daerah Istimewa Yogyakarta", 1, "provinsi", None, "yogyakarta"),
    ):
        Region.objects.create(
            code=code, name=name, level=level, kind=kind, parent_id=parent, plain=plain, search=f" {plain}"
        )
    Agency.objects.create(
        slug="pemprov-jakarta", name="Pemerintah Provinsi Jakarta", kind="government", level="province", region_id="31"
    )
    Agency.objects.filter(pk=stage.city.pk).update(short="Pemkot Samarinda")
    Agency.objects.filter(pk=stage.regency_inspectorate.pk).update(short="Inspektorat")
    Agency.objects.filter(pk=stage.city_inspectorate.pk).update(short="Inspektorat")
    return Matcher()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Kota Samarinda", "64.72"),
        ("KOTA SAMARINDA", "64.72"),
        ("Samarinda", "64.72"),
        ("Kab. Kutai Kartanegara", "64.02"),
        ("Kabupaten Kukar", "64.02"),
        ("Kaltim", "64"),
        ("Provinsi Kalimantan Timur", "64"),
        ("Samarinda Utara, Kota Samarinda", "64.72.05"),
        ("Kec. Samarinda Utara, Kota Samarinda, Kalimantan Timur", "64.72.05"),
        ("Kab. Bandung", "32.04"),
        ("Kota Bandung", "32.73"),
        ("Gorontalo", "75"),
        ("Kota Gorontalo", "75.71"),
        ("DKI Jakarta", "31"),
        ("DI Yogyakarta", "34"),
        ("D.I. Yogyakarta", "34"),
    ],
)
def test_a_place_is_matched_where_its_name_leaves_no_doubt(matcher: Matcher, written: str, code: str) -> None:
    assert matcher.region(written, "") == code


@pytest.mark.parametrize(
    "written",
    [
        "Bandung",
        "Samarinda Utara",
        "Kota Kutai Kartanegara",
        "Samarinda Utara, Kota Bandung",
        "Pusat",
        "Samarnda",
        "",
        ",",
    ],
)
def test_a_place_in_doubt_is_not_matched(matcher: Matcher, written: str) -> None:
    assert matcher.region(written, "") is None


def test_a_code_of_ours_counts_only_beside_its_own_name(matcher: Matcher) -> None:
    assert matcher.region("Samarinda Utara", "64.72.05") == "64.72.05"
    assert matcher.region("Kota Bandung", "64") == "32.73"
    assert matcher.region("Antah Berantah", "64") is None


def test_an_agency_is_matched_by_its_key_or_by_a_name_that_only_it_has(matcher: Matcher, stage: Stage) -> None:
    assert matcher.agency("Pemerintah Kota Samarinda", "481") == stage.city.pk
    assert matcher.agency("PEMKOT samarinda", "") == stage.city.pk
    assert matcher.agency("Pemkot Smd", "") == stage.city.pk
    assert matcher.agency("Pemerintah Kabupaten Kukar", "") == stage.regency_roads.parent_id
    assert matcher.agency("Pemprov DKI Jakarta", "7") == Agency.objects.get(slug="pemprov-jakarta").pk
    assert matcher.agency("Pemerintah Kota Kutai Kartanegara", "") is None
    assert matcher.agency("", "pln") == stage.power.pk
    assert matcher.agency("Inspektorat", "") is None
    assert matcher.agency("Kementerian yang Sudah Tidak Ada", "12") is None
    assert matcher.agency("", "") is None


def test_a_category_is_matched_by_its_key_or_name(matcher: Matcher) -> None:
    assert matcher.category("Jalan dan Jembatan", "") == "jalan_jembatan"
    assert matcher.category("apa pun", "jalan_jembatan") == "jalan_jembatan"
    assert matcher.category("Bantuan Siswa Miskin (BSM)", "12") is None
    assert matcher.category("", "") is None
