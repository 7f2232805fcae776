"""Takes one known person out of a text: the name in whole and in parts, telephone number and address of e-mail.

Other people, numbers and places stay; masking those by rule is the work of `redact`. A part of the name
that is also a word of the language ("Baru", "Indah") goes only where it is said as a name: beside another part of the
name, or after "saya", "Pak", "Bu" and the like. Otherwise reports would lose words that say nothing of anybody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from lapor.lib.text import stop_words

from .digits import find_number

LEAST = 3  # shorter parts of a name are initials and syllables
NAME, PHONE, EMAIL = "[nama]", "[nomor telepon]", "[e-mail]"
_COMMON = Path(__file__).parent / "data" / "common_words.txt"
_UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
_BETWEEN_LETTERS = rf"[\s.\-_*{_UNSEEN}]*"
_BETWEEN_PARTS = r"[\s.,\-_/]{0,3}"
_CUES = r"(?:saya|aku|nama|bernama|an|pak|bapak|bpk|bu|ibu|mas|mbak|bang|kang|sdri?|saudar[ai]|haji|hj?|ttd|oleh)"
_AT = r"\s{0,3}(?:@|[(\[{<]?\s{0,3}(?:at|et)\s{0,3}[)\]}>]?)\s{0,3}"
_SIGNS = {
    ".": r"\s{0,3}(?:[.,]|[(\[{<]?\s{0,3}(?:dot|titik|point)\s{0,3}[)\]}>]?)\s{0,3}",
    "_": r"\s{0,3}(?:_|underscore|garis\s?bawah)\s{0,3}",
    "-": r"\s{0,3}(?:[-–]|strip|dash|minus)\s{0,3}",
    "+": r"\s{0,3}(?:\+|plus)\s{0,3}",
}
_SQUEEZED = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Found:
    """One stretch of a text that says who the person is, and what stands there instead."""

    start: int
    end: int
    mask: str


Finder = Callable[[str], list[Found]]


def striker(*, name: str = "", phone: str = "", email: str = "") -> Callable[[str], str]:
    """A function that masks this person in any text; it changes nothing where nothing is known."""
    find = finder(name=name, phone=phone, email=email)

    def strike(text: str) -> str:
        parts, at = [], 0
        for one in find(text):
            parts += [text[at : one.start], one.mask]
            at = one.end
        return "".join([*parts, text[at:]]) if parts else text

    return strike


def finder(*, name: str = "", phone: str = "", email: str = "") -> Finder:
    """A function that says where a text names this person: in order, without overlaps."""
    person = _Name(name)
    address, local = email.strip().casefold(), _local(phone)

    def find(text: str) -> list[Found]:
        plain = _SQUEEZED.sub("", text).casefold()
        found = [Found(start, end, EMAIL) for start, end in _addresses(text, plain, address)] if address else []
        if local:
            found += [Found(start, end, PHONE) for start, end in find_number(text, local)]
        found += [Found(start, end, NAME) for start, end in person.places(text, plain)]
        return _settled(found)

    return find


def _settled(found: list[Found]) -> list[Found]:
    """Of what overlaps, the one that begins first and is longest; earlier kinds before later ones."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.end > kept[-1].end:
            kept[-1] = Found(kept[-1].start, one.end, kept[-1].mask)
    return kept


def _local(phone: str) -> str:
    local = re.sub(r"^(?:0062|62|0)?0?", "", re.sub(r"\D", "", phone))
    return local if len(local) >= 6 else ""


def _addresses(text: str, plain: str, address: str) -> Iterator[tuple[int, int]]:
    said = _SQUEEZED.split(address)
    if all(part in plain for part in said):  # most texts hold none of it, and a pattern costs more than this look
        for match in _address(address).finditer(text):
            yield match.span()


@lru_cache(maxsize=256)
def _address(address: str) -> re.Pattern[str]:
    """However it is written: with blanks, with "at", "(at)", "titik", "dot" and "garis bawah"."""
    loose = r"\s{0,2}".join(_AT if sign == "@" else _SIGNS.get(sign, re.escape(sign)) for sign in address)
    return re.compile(rf"(?<!\w){loose}(?!\w)", re.IGNORECASE)


class _Name:
    """One name: whole, in parts, and parts that are words of the language too."""

    def __init__(self, name: str) -> None:
        self.whole = " ".join(name.split())
        words = re.findall(r"[^\W\d_]+", self.whole)
        parts = {part for part in words if len(part) >= LEAST}
        pairs = {one + other for one, other in pairwise(words) if len(one) + len(other) > LEAST}  # "kenariuji"
        common = _common_words()
        self.plain_words = sorted((part for part in parts if part.casefold() in common), key=len, reverse=True)
        self.parts = sorted(pairs | {part for part in parts if part.casefold() not in common}, key=len, reverse=True)

    def places(self, text: str, plain: str) -> Iterator[tuple[int, int]]:
        """`plain` is the text as letters alone: what is not in there need not be looked for."""
        sure = [
            match.span()
            for part in ([self.whole] if len(self.whole) >= LEAST else []) + self.parts
            if _SQUEEZED.sub("", part).casefold() in plain
            for match in _word(part).finditer(text)
        ]
        yield from sure
        words = [part for part in self.plain_words if part.casefold() in plain]
        if words:
            yield from self._said_as_name(text, words, ends={end for _start, end in sure}, starts=dict(sure))

    def _said_as_name(
        self, text: str, words: list[str], *, ends: set[int], starts: dict[int, int]
    ) -> Iterator[tuple[int, int]]:
        for word in words:
            for match in _word(word).finditer(text):
                before = re.search(rf"{_BETWEEN_PARTS}\Z", text[: match.start()])
                after = re.match(_BETWEEN_PARTS, text[match.end() :])
                is_beside = (before is not None and before.start() in ends) or (
                    after is not None and match.end() + after.end() in starts
                )
                if is_beside or _CUED.search(text, max(0, match.start() - 16), match.start()):
                    yield match.span()


_CUED = re.compile(rf"(?<!\w){_CUES}[\s.:,]{{1,3}}\Z", re.IGNORECASE)


@lru_cache(maxsize=1024)
def _word(text: str) -> re.Pattern[str]:
    """These letters as a word of their own, whatever stands between them; figures and "_" may touch it."""
    loose = _BETWEEN_LETTERS.join(re.escape(letter) for letter in text if not letter.isspace())
    return re.compile(rf"(?<![^\W\d_]){loose}(?![^\W\d_])", re.IGNORECASE)


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    lines = _COMMON.read_text(encoding="utf-8").splitlines()
    return stop_words() | {word for line in lines if not line.startswith("#") for word in line.split()}
