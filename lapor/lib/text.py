"""Text as people send it: cleaned for storage, stemmed for search, shortened for lists."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import snowballstemmer

_STOP_WORDS = Path(__file__).parent / "data" / "stop_words.txt"
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_BLANKS = re.compile(r"[^\S\n]+")
_GAPS = re.compile(r"\n{3,}")
# Cc controls, Cf format characters (bidirectional overrides, zero-width joiners), Cs lone halves, Co private use.
_UNSEEN = {"Cc", "Cf", "Cs", "Co"}
_USUAL = 0x3000  # below it lie the alphabets
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def normalise(text: str) -> str:
    """NFKC, without control, invisible and direction-changing characters; single blanks; at most one empty line."""
    if text.isascii() and text.isprintable():  # most lines people write: nothing to find there but blanks
        return _BLANKS.sub(" ", text).strip()
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    # Twice: letters that only an invisible one kept apart belong together once it is gone.
    seen = _seen(unicodedata.normalize("NFKC", _seen(text)))
    lines = (_BLANKS.sub(" ", line).strip() for line in seen.split("\n"))
    return _GAPS.sub("\n\n", "\n".join(lines)).strip()


class _Visible(dict[int, int | None]):
    """What a letter becomes: itself, or nothing when it cannot be seen. The usual letters are looked up once."""

    def __missing__(self, point: int) -> int | None:
        is_seen = point == ord("\n") or unicodedata.category(chr(point)) not in _UNSEEN
        if point < _USUAL:
            self[point] = point if is_seen else None
        return point if is_seen else None


_visible = _Visible()


def _seen(text: str) -> str:
    return text.translate(_visible)


def words(text: str) -> list[str]:
    """Words in lower case without marks on letters."""
    plain = unicodedata.normalize("NFKD", text.lower())
    if not plain.isascii():
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _WORD.findall(plain)


def search_text(text: str) -> str:
    """The stems of a text's words, without words that say nothing; the same for what is stored and what is asked."""
    stop = stop_words()
    return " ".join(_stem(word) for word in words(text) if word not in stop and len(word) > 1)


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Indonesian words too common to search by, from a file that a person can correct."""
    lines = _STOP_WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def slugify(text: str, limit: int = 60) -> str:
    """Words in lower case joined by "-", for the end of an address; never what anything is found by."""
    return "-".join(words(text))[:limit].strip("-")


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words, with "…" when something was cut."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    cut = flat[: limit - 1]
    head, _blank, _rest = cut.rpartition(" ")
    return f"{head or cut}…"


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    stem: str = snowballstemmer.stemmer("indonesian").stemWord(word)
    return stem
