"""Danger, secrecy, accused persons, spam, emptiness and two matters in one message."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lapor.routing.phrases import parse
from lapor.routing.reading.facts import Facts, read_facts
from lapor.routing.words import read_table

ON = date(2026, 11, 28)


def facts(text: str, title: str = "") -> Facts:
    return read_facts(text, title=title, on=ON)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ada orang ngamuk bawa celurit di pasar, cepat", "110"),
        ("kebakaran di gang sebelah, api sudah tiga rumah", "113"),
        ("istri melahirkan keluar darah banyak, dokter tidak ada", "119"),
        ("tanah longsor, anak tertimbun, tolong", "112"),
        ("perahu terbalik di muara, dua orang hilang", "115"),
        ("kabel pln putus menjuntai di jalan, anak hampir kesetrum", "123"),
        ("saya rasanya ingin mati saja", "119"),
        ("plafon kelas roboh barusan, anak2 luka, tolong damkar", "112"),
    ],
)
def test_danger_that_lasts_is_seen_with_the_number_to_ring(text: str, number: str) -> None:
    seen = facts(text).urgent
    assert seen is not None
    assert seen.number == number


@pytest.mark.parametrize(
    "text",
    [
        "mati lampu tiap malam",
        "harga beras mencekik leher",
        "saya hampir mati bosan menunggu antrean",
        "usul ambulans untuk desa kami",
        "tahun lalu ada keracunan di sekolah ini, bagaimana hasilnya",
        "Pada 22 Maret 2026 anak saya dipukuli kakak kelas; sidangnya kapan",
        "surat nikah hilang waktu kebakaran tahun lalu",
        "jalan berlubang",
        "",
    ],
)
def test_figures_of_speech_and_what_is_past_are_no_emergency(text: str) -> None:
    assert facts(text).urgent is None


@pytest.mark.parametrize(
    "text",
    [
        "tolong rahasia ya pak",
        "jgn sebut nama saya",
        "mohon identitas sy disembunyikan",
        "tolong dicek jgn bocorkan nomor sy",
        "Mohon tindak lanjut tanpa menyebut saya",
        "ojo ngomong teko aku",
        "kami mohon dirahasiakan identitasnya",
    ],
)
def test_a_wish_for_secrecy_is_seen(text: str) -> None:
    assert facts(text).wants_secrecy


@pytest.mark.parametrize(
    "text", ["udah rahasia umum itu pungli", "katanya rahasia negara", "data saya bocor ke pinjol", "air bocor"]
)
def test_other_secrets_are_no_wish(text: str) -> None:
    assert not facts(text).wants_secrecy


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("kades kami Bolang Setyawira memotong blt", ("Bolang Setyawira",)),
        ("Oknum petugas kantor camat, Meran Tabuludin, minta 500 ribu", ("Meran Tabuludin",)),
        ("petugas bernama saruwi antapraja minta uang", ("saruwi antapraja",)),
        ("Bendahara Gortan Mulyawira dan Ketua Sinte Wiradarma menerima uang", ("Gortan Mulyawira", "Sinte Wiradarma")),
    ],
)
def test_persons_named_beside_an_office_or_a_wrong_are_told(text: str, names: tuple[str, ...]) -> None:
    assert facts(text).names_accused == names


@pytest.mark.parametrize(
    "text",
    [
        "Nama saya Gortan Mulyawira, petugas minta uang",
        "Kepala Dinas Pekerjaan Umum Kota Samarinda minta uang",
        "petugas di Kutai Timur memungut di Jalan Yos Sudarso",
        "camat minta uang",
        "",
    ],
)
def test_the_reporter_bodies_and_places_are_not_accused(text: str) -> None:
    assert facts(text).names_accused == ()


@pytest.mark.parametrize(
    "text",
    [
        "PINJAMAN CEPAT CAIR TANPA JAMINAN HUBUNGI WA KAMI",
        "slot gacor bonus new member depo 10rb",
        "SELAMAT anda dpt hadiah, klik link ini utk klaim",
    ],
)
def test_advertising_is_spam(text: str) -> None:
    assert facts(text).is_spam


def test_who_complains_about_spam_sends_none() -> None:
    assert not facts("tiap hari sms pinjaman tanpa jaminan hubungi wa, kominfo blokir dong").is_spam


@pytest.mark.parametrize(
    "text", ["", "   ", "tes", "p", "Assalamualaikum pak mau lapor", "halo min", "😀😀", "!!??", "ꦱꦩ"]
)
def test_a_greeting_and_nothing_are_empty(text: str) -> None:
    assert facts(text).is_empty


@pytest.mark.parametrize("text", ["jalan berlubang di depan pasar", "pln mati", "ktp hilang pak"])
def test_a_short_matter_is_not_empty(text: str) -> None:
    assert not facts(text).is_empty


def test_two_matters_are_seen_by_their_announcement_or_by_two_subjects() -> None:
    assert facts("Ada dua hal. Jalan rusak dan listrik mati").two_matters
    assert facts("Jalan kampung berlubang parah dan aspal hancur. Selain itu listrik PLN padam tiap malam.").two_matters
    assert not facts("Jalan kampung berlubang. Selain itu jembatan dan aspal jalan juga hancur.").two_matters


def test_the_day_is_told_only_when_it_is_said_closely() -> None:
    assert facts("kmrn jatuh").occurred_on == date(2026, 11, 27)
    vague = facts("sudah 3 tahun begini")
    assert vague.occurred_on is None
    assert vague.date_words == "sudah 3 tahun"


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "tgl " * 30_000, "Nama " * 30_000, "\x00\ud800", "1/" * 50_000, "Aa " * 40_000]
)
def test_hostile_and_endless_texts_are_answered(text: str) -> None:
    assert facts(text).urgent is None


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_gives_facts(text: str, title: str) -> None:
    read = read_facts(text, title=title, on=ON)
    assert read.occurred_on is None or read.occurred_on <= ON
    assert all(name in f"{title}\n{text}" for name in read.names_accused)


def test_every_sign_has_a_condition() -> None:
    assert {row["sign"] for row in read_table("message_signs.csv")} >= {"secrecy", "spam", "many", "also"}
    assert all(parse(row["when"]) for row in read_table("message_signs.csv"))
