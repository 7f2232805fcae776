"""Shorthand, categories and danger, as people really write."""

from __future__ import annotations

import re

import pytest

from lapor.lib.text import stop_words
from lapor.routing.competence import decide
from lapor.routing.guess import danger_in, dangers
from lapor.routing.phrases import Phrasebook, holds, parse
from lapor.routing.words import MAX_READ, read_table, without_landmarks, words_of


def test_sms_shorthand_is_written_out() -> None:
    assert words_of("jln yg rusak tdk ditambal, sdh 3 bln!!") == [
        "jalan",
        "yang",
        "rusak",
        "tidak",
        "ditambal",
        "sudah",
        "3",
        "bulan",
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("anak sy di smp negeri 2", "anak saya di smp negeri 2"),
        ("smp 5 bocor", "smp 5 bocor"),
        ("guru smp tdk masuk", "guru smp tidak masuk"),
        ("dr kmrn smp skrg blm", "dari kemarin sampai sekarang belum"),
        ("menunggu smp malam", "menunggu sampai malam"),
        ("ribut sma tetangga", "ribut sama tetangga"),
        ("guru sma tidak ada", "guru sma tidak ada"),
        ("tgl 3 sd 5 mati", "tanggal 3 sampai dengan 5 mati"),
        ("belum sd skrg", "belum sampai sekarang"),
        ("sd 2 roboh", "sd 2 roboh"),
        ("nunggu dr gigi", "menunggu dokter gigi"),
        ("air dr gunung", "air dari gunung"),
        ("kel kami miskin", "keluarga kami miskin"),
        ("kel sempaja", "kelurahan sempaja"),
        ("ikan di tpi busuk", "ikan di tpi busuk"),
        ("rusak tpi lama", "rusak tapi lama"),
        ("gaji di bawah umr", "gaji di bawah umr"),
        ("umr 60 th", "umur 60 tahun"),
        ("smp", "smp"),
    ],
)
def test_what_a_shorthand_means_is_told_by_the_words_beside_it(text: str, read: str) -> None:
    assert " ".join(words_of(text)) == read


def test_no_word_of_the_tables_is_read_as_an_everyday_word() -> None:
    said = {row["phrase"] for row in read_table("category_words.csv")}
    for row in read_table("competence.csv"):
        said |= {
            part.strip() for alternative in (row["when"], row["unless"]) for part in re.split(r"[|&]", alternative)
        }
    short = {phrase for phrase in said if phrase and " " not in phrase and words_of(phrase) != [phrase]}
    assert not {phrase for phrase in short if set(words_of(phrase)) <= stop_words()}


def test_a_doubled_word_counts_as_two() -> None:
    assert words_of("ibu2 jatuh") == ["ibu", "ibu", "jatuh"]


def test_the_possessive_is_dropped() -> None:
    assert words_of("sampahnya meluber") == ["sampah", "meluber"]


@pytest.mark.parametrize("text", ["", "   ", "ꦱꦩ꧀ꦥꦃ", "\x00\ud800", "!!! ??? 😀", "a" * 100_000])
def test_any_text_gives_words_or_none(text: str) -> None:
    assert isinstance(words_of(text), list)


def test_the_end_of_a_very_long_text_is_not_read() -> None:
    assert "listrik" not in words_of("x " * MAX_READ + "listrik")


def test_a_star_matches_every_ending_and_words_must_be_in_a_row() -> None:
    book = Phrasebook(["tambal*", "jalan nasional"])
    assert book.found(words_of("sudah ditambal, menambal, tambalan jalan raya nasional")) == {"tambal*"}
    assert book.found(words_of("jalan nasional")) == {"jalan nasional"}


def test_a_condition_needs_one_whole_alternative() -> None:
    condition = parse("beras & bau|bulog")
    assert holds(condition, frozenset({"bulog"}))
    assert holds(condition, frozenset({"beras", "bau"}))
    assert not holds(condition, frozenset({"beras"}))
    assert not holds(parse(""), frozenset({"beras"}))


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("pln mati lampu trs tiap mlm di kampung kami", "listrik"),
        ("air pdam tdk mengalir 3 hari", "air_sanitasi"),
        ("jln berlubang dalam blm ditambal jg", "jalan_jembatan"),
        ("ktp sy blm jadi di disdukcapil", "kependudukan"),
        ("sampah numpuk di tps bau", "lingkungan"),
        ("wifi indihome mati no inet teknisi tdk datang", "telekomunikasi"),
        ("paspor saya belum terbit di kantor imigrasi", "keimigrasian"),
    ],
)
def test_a_clear_text_tells_its_category(text: str, category: str) -> None:
    assert decide(text=text, title="", kind="complaint", category=None, region_code=None).category == category


@pytest.mark.parametrize("text", ["Assalamualaikum pak mau lapor", "pemerintah tidak becus semua", "", "xyz"])
def test_an_empty_text_has_no_category(text: str) -> None:
    decision = decide(text=text, title="", kind="complaint", category=None, region_code=None)
    assert (decision.category, decision.rule) == (None, None)


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("adik saya disekap majikan dan dipukuli", "kekerasan"),
        ("murid muntah setelah makan", "medis"),
        ("rumah terbakar, api merembet", "kebakaran"),
        ("kabel listrik menjuntai setinggi kepala", "listrik"),
        ("banjir bandang datang, kami terjebak", "bencana"),
        ("perahu terbalik di teluk", "hilang"),
        ("rasanya ingin mati saja", "bunuh_diri"),
    ],
)
def test_words_of_danger_are_seen(text: str, danger: str) -> None:
    found = decide(text=text, title="", kind="complaint", category=None, region_code=None).found
    seen = danger_in(found)
    assert seen is not None
    assert seen.name == danger


@pytest.mark.parametrize(
    "text", ["jalan berlubang", "listrik padam", "usul pos polisi karena rawan begal", "mati lampu"]
)
def test_an_ordinary_complaint_is_no_emergency(text: str) -> None:
    found = decide(text=text, title="", kind="complaint", category=None, region_code=None).found
    assert danger_in(found) is None


def test_every_danger_has_a_number_that_can_be_dialled() -> None:
    assert {danger.number for danger in dangers()} <= {"110", "112", "113", "115", "119", "123", "129"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("jalan di depan pasar berlubang", "jalan di depan berlubang"),
        ("sampah menumpuk sebelah sekolah", "sampah menumpuk sebelah"),
        ("lampu mati depan rumah sakit", "lampu mati depan rumah sakit"),
        ("di depan jalan raya", "di depan jalan raya"),
    ],
)
def test_a_landmark_is_not_the_matter(text: str, left: str) -> None:
    assert without_landmarks(words_of(text)) == left.split()
