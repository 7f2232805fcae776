"""Messages of the same matter: found in other words, from short and long texts, whatever else is known of them."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.lib import likeness
from lapor.lib.likeness import Message, Ranking, plain_words, rank, terms_of
from lapor.lib.text import words

SAMPLE = Path("lapor/demonstration/data/sample_reports.jsonl")
OTHERS = [
    Message(text="Antrean loket dukcapil Sangatta dari subuh, nomor habis jam delapan."),
    Message(text="sekolah di muara badak atapnya bocor, buku anak2 basah semua"),
    Message(text="Petugas parkir di pasar Kemuning menagih sepuluh ribu tanpa karcis."),
]


def first(asked: Message, *earlier: Message) -> int:
    return rank([*earlier, asked], len(earlier), 5)[0]


@pytest.mark.parametrize(
    ("told", "again"),
    [
        ("Lampu jalan di Jalan Meranti padam sejak Lebaran.", "pju meranti mati smua gelap bgt"),
        ("Air PDAM di Perum Bukit Pinang keruh dan berbau.", "banyu ledeng bukit pinang bacin"),
        ("Sampah menumpuk di TPS Pasar Ijabah, tidak diangkut.", "tps ijabah bau bgt 5 hr ga diambil"),
        ("Sertifikat PTSL warga Loleng belum dibagikan.", "kapan sertipikat tanah loleng keluar pak"),
        ("Mobil terperosok lubang di depan SPBU Tanah Merah", "LOBANG GEDE SPBU TANAH MERAH TLG DITAMBAL"),
    ],
)
def test_the_same_matter_in_other_words_comes_first(told: str, again: str) -> None:
    assert first(Message(text=again), *OTHERS, Message(text=told)) == len(OTHERS)


def test_shorthand_doubling_and_possessives_are_the_same_word() -> None:
    assert plain_words("Lubang2 jalannya") == ["lubang", "jalan"]
    assert terms_of(plain_words("lampu merah")) & terms_of(plain_words("traffic light"))


def test_of_two_alike_the_one_at_the_same_place_comes_first() -> None:
    there, here = (Message(text="Jembatan gantung putus", region_code=code) for code in ("64.02.11", "64.72.05"))
    assert first(Message(text="jembatan gantung putus", region_code="64.72.05.1003"), there, here) == 1


def test_of_two_alike_the_one_of_the_same_category_and_of_the_same_week_comes_first() -> None:
    text = "Antrean panjang di Palaran"
    asked = Message(text=text, category="energi", received_on=date(2026, 10, 5))
    assert first(asked, Message(text=text, category="kesehatan"), Message(text=text, category="energi")) == 1
    old, new = (Message(text=text, received_on=date(2026, month, 4)) for month in (1, 10))
    assert first(asked, old, new) == 1


def test_only_earlier_messages_that_share_something_are_named_and_at_most_k() -> None:
    text = Message(text="Gardu listrik Loa Kulu meledak")
    messages = [text, text, Message(text="Ijazah hilang"), text, text]
    assert rank(messages, 3, 5) == [0, 1]
    assert rank(messages, 3, 1) == [0]
    assert rank(messages, 0, 5) == []


@pytest.mark.parametrize(
    "text", ["", "\0\0", "。" * 100_000, "jalan " * 20_000, "х" * 100_000, "yang di dan ke", "🙏" * 9]
)
def test_a_text_without_words_or_without_end_finds_nothing_wrong(text: str) -> None:
    assert rank([*OTHERS, Message(text=text, title=text)], len(OTHERS), 5) == []


def test_what_stands_behind_the_first_lines_is_not_read() -> None:
    late = "banyak " * 400 + "gardu listrik Loa Kulu meledak"
    assert len(late) > likeness.READ
    assert rank([Message(text="Gardu listrik Loa Kulu meledak"), Message(text=late)], 1, 5) == []


_text = st.text(st.sampled_from("jalan rusak pdam 12."), max_size=60) | st.text(max_size=60)
_messages = st.lists(
    st.builds(
        Message,
        text=_text,
        title=_text,
        region_code=st.sampled_from(["", "64", "64.72", "64.72.05", "31"]),
        category=st.sampled_from(["", "a", "b"]),
        received_on=st.none() | st.dates(),
    ),
    min_size=2,
    max_size=8,
)


@given(_messages)
def test_likeness_is_mutual_and_never_negative(messages: list[Message]) -> None:
    ranking = Ranking(messages)
    there, back = ranking.likeness(0, 1), ranking.likeness(1, 0)
    assert there == pytest.approx(back)
    assert there >= 0


@given(_messages, st.integers(0, 5))
def test_each_is_named_once_and_is_earlier(messages: list[Message], k: int) -> None:
    found = rank(messages, len(messages) - 1, k)
    assert len(found) == len(set(found)) <= k
    assert all(0 <= at < len(messages) - 1 for at in found)


def test_every_word_of_the_table_stands_for_one_thing_and_can_be_met() -> None:
    with Path("lapor/lib/data/same_words.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    seen = [word for row in rows for word in row["words"].split("|")]
    assert len(seen) == len(set(seen))
    assert [word for word in seen if " ".join(words(word)) != word] == []
    assert [row["same_as"] for row in rows] == sorted(row["same_as"] for row in rows)


@pytest.mark.parametrize("is_known", [True, False])
def test_nine_of_ten_duplicates_of_the_sample_are_among_the_first_five(is_known: bool) -> None:
    """With place and category as its author labelled them, and with the words alone."""
    rows = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    at = {row["id"]: place for place, row in enumerate(rows)}
    known = [{"region_code": row["region_code"] or "", "category": row["category"]} if is_known else {} for row in rows]
    ranking = Ranking(
        [Message(text=row["text"], title=row["title"] or "", **more) for row, more in zip(rows, known, strict=True)]
    )
    pairs = [(at[row["id"]], at[row["duplicate_of"]]) for row in rows if row["duplicate_of"]]
    found = [first in {place for place, _likeness in ranking.best(own, range(own), 5)} for own, first in pairs]
    assert len(pairs) > 40
    assert sum(found) >= 0.9 * len(pairs)
