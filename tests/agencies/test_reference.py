"""The reference files, loaded once: every place of the country, its bodies, and how they are found while typing."""

from __future__ import annotations

import time

import pytest
from django.db.models import Count, Q

from lapor.agencies import editing, reference, units
from lapor.agencies.models import Agency, Category, Region, Unit
from lapor.agencies.picker import search_agencies, search_regions
from tests.places import Places

PLACES = {1: 38, 2: 514, 3: 7_285, 4: 83_762}
ULU = ("Samarinda Ulu", "Kota Samarinda, Kalimantan Timur")


def load_country() -> float:
    """The seconds that a first load took."""
    began = time.monotonic()
    reference.load_all(lambda _text: None)
    return time.monotonic() - began


@pytest.fixture
def country(db: None, places: Places) -> float:
    """What `load_country` returned."""
    return float(places.made["country"])


pytestmark = pytest.mark.usefixtures("country")


def test_there_is_every_place_of_the_country_and_it_took_a_moment(country: float) -> None:
    counts = dict(Region.objects.values_list("level").annotate(Count("code")))
    assert counts == PLACES
    assert country < 60, "under 20 seconds on a machine that does nothing else"


def test_every_place_lies_in_the_place_its_code_says() -> None:
    lost = Region.objects.filter(level__gt=1).filter(Q(parent=None) | ~Q(parent__level__in=[1, 2, 3]))
    assert not lost.exists()
    wrong = [
        code
        for code, parent in Region.objects.filter(level__gt=1).values_list("code", "parent_id").iterator()
        if code.rpartition(".")[0] != parent
    ]
    assert wrong == []


def test_every_province_regency_and_city_has_a_government_and_its_inspectorate() -> None:
    for kind in (Agency.Kind.GOVERNMENT, Agency.Kind.INSPECTORATE):
        have = set(Agency.objects.filter(kind=kind).values_list("region_id", flat=True))
        assert have == set(Region.objects.filter(level__lte=2).values_list("code", flat=True))
    orphans = Agency.objects.filter(parent=None).exclude(kind__in=["national_admin", "overseer"])
    assert not orphans.exists()


def test_east_kalimantan_has_its_full_set() -> None:
    places = ["64", *Region.objects.filter(parent="64").values_list("code", flat=True)]
    assert len(places) == 11
    for place in places:
        assert Agency.objects.filter(region=place).count() >= 20, place


def test_loading_again_changes_nothing_and_says_so() -> None:
    said: list[str] = []
    reference.load_all(said.append)
    assert said == ["regions: unchanged", "categories: unchanged", "agencies: unchanged"]


def test_what_an_administrator_corrected_survives_the_next_load() -> None:
    body = Agency.objects.get(slug="dinas-pupr-kota-samarinda")
    other = Agency.objects.exclude(pk=body.pk).filter(kind="office").first()
    assert other is not None
    was = other.name
    Agency.objects.filter(pk=other.pk).update(name="Salah ketik")
    editing.describe_body(body, name="Dinas Jalan", short="DJ", answers_for="Jalan", address="", letterhead="")
    unit = Unit.objects.exclude(file_name="").order_by("pk")[0]
    before = Unit.objects.count()
    units.rename(unit, name="Bidang dengan Nama Baru")
    category = Category.objects.order_by("sort")[0]
    editing.change_category(category, name="Jalan raya", name_en="Roads", description="", is_active=True)
    reference.load_categories()
    reference.load_agencies()
    for row in (body, other, unit, category):
        row.refresh_from_db()
    assert (body.name, unit.name, category.name) == ("Dinas Jalan", "Bidang dengan Nama Baru", "Jalan raya")
    assert other.name == was, "the file still corrects what nobody has corrected by hand"
    assert Unit.objects.count() == before


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("samarinda ulu", ULU),
        ("kec. samarinda ulu", ULU),
        ("smd ulu", ULU),
        ("samarnida ulu", ULU),
        ("kota samarinda", ("Kota Samarinda", "Kalimantan Timur")),
        ("kab. kukar", ("Kabupaten Kutai Kartanegara", "Kalimantan Timur")),
        ("kaltim", ("Kalimantan Timur", "")),
        ("palangka raya", ("Kota Palangkaraya", "Kalimantan Tengah")),
    ],
)
def test_a_place_is_found_as_people_write_it(typed: str, first: tuple[str, str]) -> None:
    hit = search_regions(typed)[0]
    assert (hit.name, hit.label) == first


def test_a_place_is_found_within_50_milliseconds() -> None:
    search_regions("samarinda")  # the first one plans
    times = []
    for typed in ("sam", "samarinda ulu", "samarnida", "ds. loa kulu", "banjar"):
        began = time.perf_counter()
        search_regions(typed)
        times.append(time.perf_counter() - began)
    assert sorted(times)[len(times) // 2] < 0.05


def test_nothing_is_found_for_one_letter_or_for_nonsense() -> None:
    assert search_regions("s") == []
    assert search_regions("zzqqxxyy") == []


def test_a_body_is_found_by_name_abbreviation_and_slip() -> None:
    for typed in ("dinas kesehatan samarinda", "dinkes samarinda"):
        assert search_agencies(typed)[0].slug == "dinas-kesehatan-kota-samarinda", typed
    assert "inspektorat-kota-samarinda" in [agency.slug for agency in search_agencies("inspektorat samarnida")]


def test_a_search_for_bodies_can_be_kept_to_some_of_them() -> None:
    mine = list(Agency.objects.filter(region="64.72").values_list("pk", flat=True))
    found = search_agencies("dinas kesehatan", among=mine)
    assert [agency.slug for agency in found] == ["dinas-kesehatan-kota-samarinda"]
    assert search_agencies("dinas kesehatan", among=[]) == []
