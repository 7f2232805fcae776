from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.channels.sms.grammar import Said, Word, read
from lapor.lib.codes import show_code

CODE = "4827193059"


@pytest.mark.parametrize(
    ("message", "word"),
    [
        ("status", Word.STATUS),
        ("Stts", Word.STATUS),
        ("CEK LAPORAN", Word.STATUS),
        ("setuju.", Word.AGREE),
        ("stuju", Word.AGREE),
        ("bantuann", Word.HELP),
        ("STOP", Word.STOP),
        ("batal", Word.CANCEL),
        ("baru", Word.NEW),
        ("bacaa", Word.READ),
    ],
)
def test_a_command_alone_is_known_by_a_forgiving_spelling(message: str, word: Word) -> None:
    assert read(message).word == word


@pytest.mark.parametrize("written", [CODE, show_code(CODE), show_code(CODE).replace(" ", "-"), f"  {CODE}"])
def test_a_code_is_read_however_it_is_grouped(written: str) -> None:
    assert read(f"STATUS {written}") == Said(Word.STATUS, "", CODE, has_number=True)


def test_a_pin_stands_behind_the_code() -> None:
    said = read(f"status {show_code(CODE)} pin 4071 9926")
    assert (said.code, said.pin) == (CODE, "40719926")


def test_what_stands_behind_the_code_is_the_text() -> None:
    assert read(f"BALAS {CODE} lampu masih mati").text == "lampu masih mati"
    assert read(f"KEBERATAN {CODE}: belum diperbaiki pak").text == "belum diperbaiki pak"


@pytest.mark.parametrize("message", ["NILAI 4", f"nilai {CODE} 4", f"NILAI 4 {CODE}", "nilei 4 bintang", "NILAI 4/5"])
def test_stars_stand_before_or_behind_the_code(message: str) -> None:
    assert read(message).stars == 4


@pytest.mark.parametrize(
    "message",
    [
        "status tanah saya tidak jelas sejak 2019 di BPN",
        "Setuju dengan usul taman di sungai pinang tapi tolong lampunya",
        "stop pungli di sekolah anak saya",
        "bantuan PKH ibu saya tidak cair",
        "Batal berangkat haji uang tidak kembali",
        "nilai rapor anak saya diubah guru",
        "cek jalan di depan pasar pak, berlubang",
        "KALTIM jalan rusak",
    ],
)
def test_a_sentence_is_a_report_even_when_it_begins_with_a_command(message: str) -> None:
    assert read(message) == Said(None, message)


def test_a_wrong_code_is_a_number_but_no_code() -> None:
    wrong = CODE[:-1] + str((int(CODE[-1]) + 1) % 10)
    said = read(f"STATUS {wrong}")
    assert (said.code, said.has_number) == ("", True)


@given(st.text(max_size=300))
def test_whatever_is_written_is_read_and_nothing_of_a_sentence_is_lost(message: str) -> None:
    said = read(message)
    assert said.word is not None or said.text == message.strip()
