"""Films: picture and sound stay to the byte, everything that tells who filmed, where and when is blank."""

from __future__ import annotations

import pytest

from lapor.lib import films
from lapor.lib.films import bare
from tests.samples import DEVICE, PICTURE_BYTES, TRACE, box, film, webm

TOLD = (DEVICE, TRACE, b"0.5022", b"117.15", b"Rumah", b"loci", b"Enkoder", b"Judul Uji")


@pytest.mark.parametrize("whole", [film(), film(b"3gp5"), film(b"qt  "), webm(), webm(open_ended=True)])
def test_a_film_says_nothing_but_what_it_shows(whole: bytes) -> None:
    clean = bare(whole)
    assert len(clean) == len(whole)
    assert PICTURE_BYTES in clean
    assert [told for told in TOLD if told in clean] == []


def test_a_film_still_finds_its_pictures() -> None:
    """Offsets count from the beginning of the file: what is blanked may not move anything."""
    whole = film()
    assert bare(whole).index(PICTURE_BYTES) == whole.index(PICTURE_BYTES)
    assert films._samples(whole, *_first_track(whole)) == [
        (whole.index(PICTURE_BYTES), whole.index(PICTURE_BYTES) + len(PICTURE_BYTES))
    ]


def _first_track(whole: bytes) -> tuple[int, int]:
    found = films._inside(whole, (b"moov", b"trak"), 0, len(whole))
    assert found is not None
    return found


def test_a_film_does_not_tell_when_it_was_taken() -> None:
    assert (3_900_000_000).to_bytes(4) in film()
    assert (3_900_000_000).to_bytes(4) not in bare(film())


def test_a_film_cleaned_twice_is_the_same() -> None:
    for whole in (film(), webm()):
        assert bare(bare(whole)) == bare(whole)


def test_a_webm_with_a_track_of_words_is_refused() -> None:
    with pytest.raises(ValueError, match="neither picture nor sound"):
        bare(webm(track_kind=17))


def test_measurements_in_a_film_of_fragments_are_refused() -> None:
    with pytest.raises(ValueError, match="measurements"):
        bare(film() + box(b"moof", box(b"mfhd", bytes(8))))


def test_a_film_of_fragments_without_measurements_is_taken() -> None:
    whole = film(with_trace=False) + box(b"moof", box(b"mfhd", bytes(8)))
    assert len(bare(whole)) == len(whole)


def test_tables_that_promise_more_than_the_file_holds_are_refused() -> None:
    whole = film().replace(len(TRACE).to_bytes(4), b"\xff\xff\xff\xff")
    with pytest.raises(ValueError, match="more samples than bytes"):
        bare(whole)
