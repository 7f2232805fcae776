"""Which texts a person looks at before they are published: insults, threats, spam. The list is data; it only holds.

Dogs bite and monkeys steal in honest reports too; so nothing here decides, and nobody is told that they were rude.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from lapor.lib.text import normalise

KINDS = ("insult", "threat", "spam")
_WORDS = Path(__file__).parent / "data" / "abusive_words.txt"
_AS_LETTERS = str.maketrans({"4": "a", "@": "a", "3": "e", "1": "i", "!": "i", "0": "o", "5": "s", "$": "s", "7": "t"})
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_MANY_LINKS = 3
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


def found_in(text: str) -> tuple[str, ...]:
    """The kinds of words that are in it, in the order of KINDS; empty for most texts."""
    plain = normalise(text).lower()
    spellings = (plain, _STRETCHED.sub(r"\1", plain.translate(_AS_LETTERS)))
    kinds = {kind for kind, pattern in _patterns().items() if any(pattern.search(one) for one in spellings)}
    if len(_LINK.findall(plain)) >= _MANY_LINKS:
        kinds.add("spam")
    return tuple(kind for kind in KINDS if kind in kinds)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """One expression for each kind: whole words, in one pass."""
    words: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for line in _WORDS.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            kind, _sep, word = line.partition(":")
            words[kind.strip()].append(_pattern(word.strip()))
    return {kind: re.compile(rf"(?<!\w)(?:{'|'.join(found)})") for kind, found in words.items()}


def _pattern(word: str) -> str:
    inner = r"\s+".join(map(re.escape, word.removesuffix("*").split()))
    return inner if word.endswith("*") else rf"{inner}(?!\w)"
