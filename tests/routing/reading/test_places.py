"""Which place a text is about: every level, every spelling, and when it is better to say nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lapor.routing.reading.gazetteer import gazetteer
from lapor.routing.reading.places import read_place
from lapor.routing.reading.slips import is_one_off
from lapor.routing.words import read_table

SAID = [
    # province, regency, city: names, shorthand, keywords
    ("info pemutihan pajak motor di sulsel dong", "73"),
    ("KALTIM jln poros rusak semua", "64"),
    ("lampu jalan mati di kota bontang", "64.74"),
    ("sampah numpuk di smd seminggu", "64.72"),
    ("puskesmas kehabisan obat di kab. malaka", "53.21"),
    ("air pdam keruh di tangsel", "36.74"),
    ("ktp blm jadi di jogja", "34.71"),
    ("macet tiap pagi di jaksel", "31.74"),
    ("guru honorer kukar belum digaji", "64.02"),
    ("nunukan listrik padam tiap malam", "65.03"),
    # spacing, glue, doubling, slips
    ("tanah di bau2 diserobot", "74.72"),
    ("banjir di tolitoli", "72.04"),
    ("macet disamarinda parah", "64.72"),
    ("tagihan naik @pdambontang tolong", "64.74"),
    ("sekolah rusak di balikppan", "64.71"),
    ("jalan di smbutan samarinda berlubang", "64.72.07"),
    # districts
    ("jembatan putus di kecamatan muara wis", "64.02.18"),
    ("sinyal hilang di Long Apari, Mahakam Ulu", "64.11.04"),
    ("jalan rusak di tallo makassar", "73.71.07"),
    ("sungai meluap di sei kunjang samarinda", "64.72.06"),
    ("kuaro gelap lagi", "64.01.05"),  # a message may begin with its place
    ("jalan tani parigi gowa putus", "73.06.17"),  # not the town of Parigi Moutong
    ("puskesmas pacet mojokerto tutup", "35.16.03"),
    ("puskesmas cibaduyut antre dari subuh", "32.73.17.1003"),
    ("dalan ngarep sd wonosari klaten growong, dudu wonosari gunungkidul", "33.10.15"),
    # villages, by the places around them
    ("got mampet di kelurahan gunung sari ilir bpp tengah", "64.71.04.1002"),
    ("blt desa dipotong di desa sungai meriam kec anggana kukar", "64.02.04.2006"),
    # landmarks and seats
    ("antre obat lima jam di RSUD AWS", "64.72"),
    ("toilet bandara ngurah rai kotor", "51.03"),
    ("debu proyek ikn masuk rumah", "64.09"),
    ("dokter tidak ada di Ruteng", "53.10"),
    ("trotoar bundaran hi pecah", "31.71"),  # small words within a name
    ("antre lama di rs m djamil", "13.71"),
    ("lampu jalan mati di kab.bogor", "32.01"),
    ("Wali Kota Kediri tolong, air mati", "35.71"),  # not the kecamatan Kota
    ("lubang di jalan veteran malang, bukan di lamongan", "35.73"),
    ("jalan provinsi suwawa ke pinogu bone bolango hancur", "75.03"),  # a road between two districts
    ("KTP saya Balikpapan tapi tinggal kos di Samarinda, air mati", "64.72"),
    ("saya warga Samarinda, kemarin di Balikpapan dipungli", "64.71"),
    ("listrik di Selong, Lombok Timur melonjak", "52.03.07"),
]


@pytest.mark.parametrize(("text", "code"), SAID)
def test_a_place_is_read_at_the_level_that_the_words_settle(text: str, code: str) -> None:
    assert read_place(text).code == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n ",
        "jalan depan rumah saya rusak tolong segera diperbaiki",
        "pasar baru kotor, harapan kami segera mulia kembali",  # villages of these names are in every province
        "tiket pesawat ke Timika mahal sekali",
        "lubang di jalur Samarinda menuju Bontang",
        "orang jawa makan nasi padang",
        "samsat keliling tidak pernah datang",  # no slip of Kemiling
        "desa sukamaju belum ada listrik",
        "harga sekarang mau naik lebih tinggi",
        "ꦱꦩꦫꦶꦤ꧀ꦢ سمارندا",
        "😀😀😀",
    ],
)
def test_nothing_is_settled_by_words_that_do_not_tell(text: str) -> None:
    assert read_place(text).code is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("saya tinggal di Makassar, tanah saya di Samarinda Ulu diserobot", "64.72.03"),
        ("di Depok taman sudah bagus, seperti di Surabaya", "32.76"),
        ("warga bontang minta damkar, jangan tunggu pejabat dari jakarta", "64.74"),
        ("Kepada Yth. Gubernur Kalimantan Timur di Samarinda, kami warga Kutai Barat mohon jalan", "64.07"),
        ("Sapi lepas di Bantul. Terima kasih.\nVeronika Sulo Padang", "34.02"),
        ("SMA di Tangsel study tour ke Bali", "36.74"),
    ],
)
def test_the_place_of_the_matter_goes_before_home_origin_and_comparison(text: str, code: str) -> None:
    assert read_place(text).code == code


def test_a_village_needs_another_word_to_be_told_from_its_namesakes() -> None:
    assert read_place("banjir di desa mekar sari").code is None
    assert (read_place("banjir di desa mekar sari balikpapan").code or "").startswith("64.71")


def test_the_agency_that_is_named_tells_namesakes_apart_and_the_sender_only_where_words_are() -> None:
    text = "lampu mati di kelurahan baru ulu"
    assert (read_place(text, agency="Dinas Perhubungan Kota Balikpapan").code or "").startswith("64.71")
    assert read_place("lampu mati di malang", sender_region="35.07").code == "35.07"
    assert read_place("lampu mati", sender_region="35.07").code is None


def test_a_city_is_meant_unless_the_text_says_regency() -> None:
    assert read_place("banjir di malang").code == "35.73"
    assert read_place("banjir di kab malang").code == "35.07"
    assert read_place("banjir di Singosari, Malang").code == "35.07.24"


def test_the_words_that_led_there_are_told() -> None:
    reading = read_place("jalan rusak", title="Lubang di Sambutan Samarinda")
    assert reading.code == "64.72.07"
    assert "sambutan" in reading.why
    assert 0 < reading.confidence < 1


def test_two_places_that_weigh_the_same_leave_doubt_and_an_alternative() -> None:
    reading = read_place("banjir di Bontang dan banjir di Ambon")
    assert reading.confidence < 0.6
    assert reading.alternatives


@pytest.mark.parametrize(
    "text", ["samarinda " * 10_000, "a" * 100_000, "di " * 40_000, "desa\x00di\ud800 smd", "., " * 9_000]
)
def test_hostile_and_endless_texts_are_answered(text: str) -> None:
    assert read_place(text).code in (None, "64.72")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.text(max_size=60), st.text(max_size=40))
def test_any_text_gives_a_real_code_or_none(text: str, title: str, agency: str) -> None:
    reading = read_place(text, title=title, agency=agency)
    assert reading.code is None or f"\n{reading.code}\t" in gazetteer().text
    assert 0 <= reading.confidence < 1


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(code for code in gazetteer().full if code.count(".") == 1)))
def test_every_regency_and_city_is_read_by_its_full_name(code: str) -> None:
    name = gazetteer().full[code].replace("Administrasi ", "")
    said = name if name.startswith(("Kota ", "Kep")) else f"Kabupaten {name.removeprefix('Kabupaten ')}"
    assert read_place(f"lampu jalan mati di {said}").code == code


def test_every_landmark_stands_in_a_place_that_exists_and_has_one_place() -> None:
    rows = read_table("place_landmarks.csv")
    assert len({row["name"] for row in rows}) == len(rows)
    for row in rows:
        assert f"\n{row['code']}\t" in gazetteer().text, row


def test_all_places_of_the_reference_file_are_held() -> None:
    full = gazetteer().full
    assert [sum(code.count(".") == depth for code in full) for depth in (0, 1, 2)] == [38, 514, 7285]


@pytest.mark.parametrize(
    ("one", "other", "is_off"),
    [
        ("samarinda", "samrinda", True),
        ("samarinda", "samarimda", True),
        ("samarinda", "smaarinda", True),
        ("samarinda", "samarindaa", True),
        ("samarinda", "samarinda", False),
        ("samarinda", "samrnda", False),
    ],
)
def test_one_slip_is_forgiven_not_two(one: str, other: str, is_off: bool) -> None:
    assert is_one_off(one, other) is is_off
    assert is_one_off(other, one) is is_off
