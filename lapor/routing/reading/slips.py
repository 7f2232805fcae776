"""Names of provinces, regencies and cities with one slip of the finger ("Samrinda", "Balikppan")."""

from __future__ import annotations

from functools import lru_cache

from lapor.routing.reading.gazetteer import everyday, gazetteer
from lapor.routing.reading.mentions import Mention, Token, cues

LEAST = 7  # shorter names differ by one letter from too many words
MOST_TRIED = 12

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def corrected(tokens: list[Token]) -> list[Mention]:
    """Mentions of high places that are one letter off; only after a word that announces a place, or with a capital."""
    found: list[Mention] = []
    tried = 0
    for at, token in enumerate(tokens):
        cue = cues().get(tokens[at - 1].word, "") if at else ""
        if len(token.word) < LEAST or not (cue in ("near", "city", "regency", "province") or token.is_capital):
            continue
        tried += 1
        if tried > MOST_TRIED:
            break
        name = meant_by(token.word)
        if name:
            codes = tuple(code for code in gazetteer().codes(name) if code.count(".") < 2)
            found.append(Mention(at, at + 1, name, codes, cue, False, False, token.is_capital, token.word, 0.8))
    return found


@lru_cache(maxsize=5_000)
def meant_by(word: str) -> str | None:
    """The one high name that differs in one letter (missing, surplus, wrong, or two swapped); None for none or several."""
    names = _high()
    if word in everyday() or gazetteer().codes(word):
        return None
    near = {each for each in _one_off(word) if each in names}
    return near.pop() if len(near) == 1 else None


@lru_cache(maxsize=1)
def _high() -> frozenset[str]:
    table = gazetteer()
    return frozenset(
        name for name in table.high if len(name) >= LEAST and any(code.count(".") < 2 for code in table.codes(name))
    )


def _one_off(word: str) -> set[str]:
    splits = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {left + right[1:] for left, right in splits if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    found |= {left + letter + right[1:] for left, right in splits if right for letter in _LETTERS}
    found |= {left + letter + right for left, right in splits for letter in _LETTERS}
    return found
