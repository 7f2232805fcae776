"""What the tagger sees of each word and number of a text: what the lists say of it and its neighbours, and how they are
written.

The names of signs are short because each stands some hundred times in a text; a number before one says how far off the
word is that has it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .masks import MASKS
from .numbers import DIGIT_WORDS
from .tokens import TOKEN
from .words import look_up

VERSION = 1  # of these signs; a tagger that was learned from others is not used
_MASK = "|".join(map(re.escape, MASKS.values()))
_PIECE = re.compile(rf"{_MASK}|{TOKEN.pattern}|\d+")
_END = re.compile(r"[.!?;\n…]")
_RUN_GAP = re.compile(r"[ .\-/()]{0,2}")
_SEEN, _NEAR = 3, 2  # words on either side: their letters, and what the lists say of them
_LONGEST_RUN, _MOST_GROUPS = 17, 5
_UNREAD = 40  # letters; longer words are all alike


@dataclass(frozen=True, slots=True)
class Piece:
    """One word, number or mask of a text."""

    text: str
    start: int
    end: int
    gap: str  # what stands before it, since the last one
    begins: bool  # a sentence or line

    @property
    def is_mask(self) -> bool:
        return self.text[0] == "["


def pieces_of(text: str) -> list[Piece]:
    """The words, numbers and masks of a text in order."""
    found: list[Piece] = []
    at = 0
    for match in _PIECE.finditer(text):
        gap = text[at : match.start()]
        found.append(Piece(match[0], *match.span(), gap, not found or _END.search(gap) is not None))
        at = match.end()
    return found


def signs_of(pieces: Sequence[Piece], rest: str, *, forgotten: Collection[int] = ()) -> list[list[str]]:
    """The signs of each piece; `rest` is what stands after the last one.

    For training, `forgotten` are the places of words that no list of names shall know.
    """
    letters = "".join(piece.text for piece in pieces)
    shouts = sum(map(str.isupper, letters)) > 2 * sum(map(str.islower, letters))
    alone = [_alone(piece, shouts=shouts, is_forgotten=at in forgotten) for at, piece in enumerate(pieces)]
    begins = [one for one, piece in zip(alone, pieces, strict=True) if piece.begins]
    is_small = sum("C" in one for one in begins) * 2 < len(begins)  # as in a hasty SMS
    forms = [one[0] + ("C" if "C" in one else "c") for one in alone]
    said = [_said(piece) for piece in pieces]
    gaps = [_gap(piece.gap) for piece in pieces]
    last_gap = _gap(rest) + "$"
    found = []
    for at, form in enumerate(forms):
        signs = ["", "f" + form + ("s" if is_small else ""), "g" + gaps[at], "gf" + gaps[at] + form]
        signs.append("G" + (gaps[at + 1] if at + 1 < len(pieces) else last_gap))
        signs += alone[at]
        if "L" in alone[at]:
            signs.append("w" + said[at])
        for off in range(-_SEEN, _SEEN + 1):
            there = at + off
            if not off:
                continue
            if not 0 <= there < len(pieces):
                signs.append(f"{off}|")
                continue
            signs.append(f"{off}w{said[there]}")
            if abs(off) <= _NEAR:
                signs += _seen_from(off, alone[there])
            if abs(off) == 1:
                signs.append(f"{off}f{form}{forms[there]}")
                signs += [f"{off}k{form}{sign}" for sign in alone[there] if sign[0] == ":"]
        found.append(signs)
    for at, signs in _runs(pieces):
        found[at] += signs
    return found


@lru_cache(maxsize=20_000)
def _seen_from(off: int, signs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{off}{sign}" for sign in signs)


def _alone(piece: Piece, *, shouts: bool, is_forgotten: bool) -> tuple[str, ...]:
    """Its signs whatever stands around it; the first says whether it is a number, a mask, a name or another word."""
    text = piece.text
    if piece.is_mask:
        return ("M",)
    if text[0].isdigit():
        return _of_number(text)
    signs = _of_word(text.lower())
    if is_forgotten:
        signs = ("W0" + signs[0][2:], *signs[1:])
    if text.isupper():
        signs += (("U",) if shouts else ("U", "C")) if len(text) > 1 else (("I",) if shouts else ("I", "C"))
    elif text[0].isupper():
        signs += ("C",)
    return (*signs, "B") if piece.begins else signs


def _of_number(text: str) -> tuple[str, ...]:
    signs = ["D", f"D{min(len(text), 9)}"]
    if text[0] == "0":
        signs.append("D-0")
    if text.startswith(("08", "62")):
        signs.append("D-08")
    if len(text) == 4 and text.startswith(("19", "20")):
        signs.append("D-year")
    return tuple(signs)


@lru_cache(maxsize=20_000)
def _of_word(low: str) -> tuple[str, ...]:
    word = look_up(low[:_UNREAD])
    signs = [f"W{word.is_name:d}{word.is_plain:d}"]
    if word.is_listed:
        signs.append("L")
    if word.place:
        signs.append(f"P{word.place}")
    if word.has_shape:
        signs.append("S")
    if low in DIGIT_WORDS:
        signs.append("N")
    if len(low) < 4:
        signs.append(f"n{len(low)}")
    return (*signs, *(":" + kind for kind in sorted(word.kinds)))


def _said(piece: Piece) -> str:
    """The word itself; of a number only its length."""
    return f"#{min(9, len(piece.text))}" if piece.text[0].isdigit() else piece.text.lower()[:_UNREAD]


@lru_cache(maxsize=2_000)
def _gap(gap: str) -> str:
    """What separates two pieces, as one or two signs."""
    if "\n" in gap:
        return "n"
    signs = gap.strip()
    if not signs:
        return "_" if gap else ""
    return signs[0] + ("+" if len(signs) > 1 else "")


def _runs(pieces: Sequence[Piece]) -> Iterator[tuple[int, list[str]]]:
    """Numbers that follow each other, as in "0812 3456 7890": for each how many digits they have together, and in
    what groups.
    """
    at = 0
    while at < len(pieces):
        end = at
        while end < len(pieces) and _is_run(pieces[end], is_first=end == at):
            end += 1
        if end > at:
            lengths = [len(piece.text) for piece in pieces[at:end]]
            groups = "-".join(str(min(9, length)) for length in lengths[:_MOST_GROUPS])
            signs = [f"R{min(sum(lengths), _LONGEST_RUN)}", f"R={groups}", "R0" if pieces[at].text[0] == "0" else "R1"]
            yield from ((here, signs) for here in range(at, end))
        at = max(end, at + 1)


def _is_run(piece: Piece, *, is_first: bool) -> bool:
    return piece.text[0].isdigit() and (is_first or _RUN_GAP.fullmatch(piece.gap) is not None)
