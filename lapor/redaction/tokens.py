"""Cuts a text into words and says of each how it is written, what stands before it and what the lists know of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .words import Word, cues, look_up

TOKEN = re.compile(r"[^\W\d_]+(?:['’‘`][^\W\d_]+)*")
_END = re.compile(r"[.!?;\n…]")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'"})
_READ = 4000  # characters that tell how a text is written


@dataclass(slots=True)
class Token:
    text: str
    low: str
    start: int
    end: int
    gap: str  # what stands between the word before and this one
    is_cap: bool
    begins: bool  # a sentence or line
    word: Word


def tokens_of(text: str) -> list[Token]:
    """The words of a text in order."""
    matches = list(TOKEN.finditer(text))
    is_shouted = _is_shouted(text)
    tokens: list[Token] = []
    at = 0
    for match in matches:
        said, gap = match[0], text[at : match.start()]
        low = said.lower() if said.isalpha() else said.lower().translate(_APOSTROPHES)
        word = look_up(low)
        is_upper = len(said) > 1 and said.isupper()
        is_cap = said[0].isupper() and (not is_shouted or said[1:].islower())
        if is_upper and not (word.is_name and not word.is_plain and len(said) >= 4) and "honour" not in word.kinds:
            is_cap = False
        begins = not tokens or (gap != " " and _ends_sentence(gap, tokens[-1]))
        tokens.append(Token(said, low, match.start(), match.end(), gap, is_cap, begins, word))
        at = match.end()
    return tokens


def _is_shouted(text: str) -> bool:
    """Whether capitals tell nothing here, because nearly all letters are."""
    some = text[:_READ]
    upper, lower = sum(map(str.isupper, some)), sum(map(str.islower, some))
    return upper > 12 and upper > 2 * lower


def _ends_sentence(gap: str, before: Token) -> bool:
    if "\n" in gap or not _END.search(gap):
        return "\n" in gap
    is_short = gap.startswith(".") and (
        len(before.text) == 1 or "honour" in before.word.kinds or before.low in cues()["shortened"]
    )
    return not is_short and (gap[0] in ".!?;…" or _END.search(gap) is not None)
