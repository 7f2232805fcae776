"""The tagger finds what no list knows; without its file, or with a wrong one, the rules go on alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from lapor.redaction import tagger
from lapor.redaction.masks import MASKS
from lapor.redaction.redact import redact
from lapor.redaction.tag_signs import Piece, pieces_of, signs_of

Weighed = Callable[[Mapping[str, tuple[float, str]]], None]

UNKNOWN = "nama petugasnya zelviantrika, minta 50 ribu tiap rumah"


@pytest.fixture
def _without(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(tagger, "FILE", tmp_path / "none.crf")
    tagger._shipped.cache_clear()
    yield
    tagger._shipped.cache_clear()


def test_a_name_that_no_list_knows_is_found_by_what_stands_around_it() -> None:
    assert redact(UNKNOWN).text == "nama petugasnya [nama], minta 50 ribu tiap rumah"
    assert redact(UNKNOWN, is_by_rules=True).text == UNKNOWN


@pytest.mark.usefixtures("_without")
def test_without_its_file_the_rules_go_on_alone() -> None:
    assert "cannot be read" in tagger.trouble()
    assert redact(UNKNOWN).text == UNKNOWN
    assert redact("Saya Siti Djamilah, NIK 6472055703220004").text == "Saya [nama], NIK [NIK]"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda content, said: (content[:-1], said), "damaged"),
        (lambda content, said: (b"", said), "damaged"),
        (lambda content, said: (content, said | {"signs": 0}), "version 0"),
        (lambda content, said: (content, []), "damaged"),
    ],
    ids=["cut", "empty", "other signs", "no stamp"],
)
def test_a_file_that_is_not_as_it_was_made_is_never_read(tmp_path: Path, change: object, why: str) -> None:
    content, said = tagger.FILE.read_bytes(), json.loads(tagger.STAMP.read_text())
    content, said = change(content, said)  # type: ignore[operator]
    (tmp_path / "t.crf").write_bytes(content)
    (tmp_path / "t.json").write_text(json.dumps(said))
    with pytest.raises(tagger.Unusable, match=why):
        tagger.load(tmp_path / "t.crf", tmp_path / "t.json")


def test_the_file_is_small_and_the_shipped_one_is_in_use() -> None:
    assert tagger.FILE.stat().st_size < 20_000_000
    assert tagger.trouble() == ""


@pytest.mark.parametrize("words", [395, 399, 400, 401, 800])
def test_a_long_text_is_read_in_blocks_and_nothing_is_lost_between_them(words: int) -> None:
    said = "jalan rusak " * (words // 2) + "lapor. Nama saya Zelviantrika Kobuleang, warga desa. " + "air mati " * 100
    done = redact(said)
    assert "Zelviantrika" not in done.text
    assert "Kobuleang" not in done.text


@pytest.mark.parametrize("mask", MASKS.values())
def test_a_mask_is_one_piece_and_is_never_masked_again(mask: str) -> None:
    said = f"Nama saya {mask}, tinggal di {mask}, hubungi {mask} segera"
    assert [piece.text for piece in pieces_of(mask)] == [mask]
    assert redact(said).text == said


def test_every_piece_has_signs_whatever_the_text() -> None:
    for text in ("", " \n", "…", "7", "É", "0812-3456-7890 a.n. Uji", "ليس", "a" * 500):
        pieces = pieces_of(text)
        assert len(signs_of(pieces, "")) == len(pieces)


@pytest.fixture
def weighed(monkeypatch: pytest.MonkeyPatch) -> Weighed:
    """Lets the tagger give the words that are named these probabilities and kinds, and all others none."""

    class Said:
        def __init__(self, said: Mapping[str, tuple[float, str]]) -> None:
            self.said = said

        def weigh(self, _text: str, pieces: Sequence[Piece]) -> list[tuple[float, str]]:
            return [self.said.get(piece.text, (0.0, tagger.OTHER)) for piece in pieces]

    return lambda said: monkeypatch.setattr(tagger, "_shipped", lambda: (Said(said), ""))


@pytest.mark.parametrize(
    ("likely", "shown", "doubtful"),
    [(0.31, "lapor [nama] itu", False), (0.16, "lapor zuvrel itu", True), (0.14, "lapor zuvrel itu", False)],
)
def test_what_is_likely_is_masked_and_what_may_be_waits_for_a_person(
    weighed: Weighed, likely: float, shown: str, doubtful: bool
) -> None:
    weighed({"zuvrel": (likely, "name")})
    done = redact("lapor zuvrel itu")
    assert (done.text, done.is_doubtful) == (shown, doubtful)


@pytest.mark.parametrize(
    ("said", "words", "shown"),
    [
        ("lapor zuvrel kobu itu", {"zuvrel": 0.5, "kobu": 0.12}, "lapor [nama] itu"),  # the rest of a name
        ("lapor zuvrel kobu itu", {"zuvrel": 0.5, "itu": 0.12}, "lapor [nama] kobu itu"),
        ("lapor zuvrel mukul anak", {"zuvrel": 0.9, "mukul": 0.2}, "lapor [nama] mukul anak"),  # an ordinary word
        ("Ke mana, Datuk?", {"Datuk": 0.99}, "Ke mana, Datuk?"),  # a title and no name
        ("berinisial F", {"F": 0.9}, "berinisial F"),
        ("Presiden Prabowo Subianto", {"Prabowo": 0.99, "Subianto": 0.99}, "Presiden Prabowo Subianto"),
        ("Toko Zuvrel tutup", {"Zuvrel": 0.8}, "Toko Zuvrel tutup"),  # what a shop is called
        ("Toko Zuvrel tutup", {"Zuvrel": 0.95}, "Toko [nama] tutup"),  # unless it is surely a person
        ("pak zuvrel. Kata zuvrel besok", {"zuvrel": 0.9}, "pak [nama]. Kata [nama] besok"),
    ],
    ids=["rest", "too far", "ordinary word", "title", "letter", "public figure", "thing", "surely", "again"],
)
def test_the_lists_have_the_last_word_on_what_is_certain(
    weighed: Weighed, said: str, words: dict[str, float], shown: str
) -> None:
    weighed({word: (likely, "name") for word, likely in words.items()})
    assert redact(said).text == shown


def test_which_number_it_is_the_rules_know_better(weighed: Weighed) -> None:
    weighed({"6472055703220004": (0.9, "account"), "77": (0.9, "account"), "X": (0.9, "account")})
    assert redact("6472055703220004, X-77").text == "[NIK], [nomor rekening]"


def test_names_in_a_list_are_masked_one_by_one() -> None:
    assert redact("Ahli waris: Nurlela, Ikhsan, Tohir").text == "Ahli waris: [nama], [nama], [nama]"


def test_what_overlaps_is_masked_whole() -> None:
    """A number in an address, an address after a name: of the one that gives way nothing is left to read."""
    said = "Saya Siti Djamilah, Jalan Uji Coba No 12 RT 03 RW 02, wa 0812 3456 7890"
    shown = redact(said).text
    assert not any(word in shown for word in ("Siti", "Djamilah", "Coba", "12", "03", "0812", "7890"))
