"""Names with one slip of the finger: of provinces, regencies and cities ("Samrinda"), and of the districts and villages
of a regency that is known already ("smbutan" in Samarinda).
"""

from __future__ import annotations

from functools import lru_cache

from lapor.redaction.words import look_up
from lapor.routing.reading.gazetteer import everyday, gazetteer, within
from lapor.routing.reading.mentions import LEVELS, Mention, Token, cues

LEAST = 7  # shorter names differ by one letter from too many words
MOST_TRIED = 12


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


def corrected_within(code: str, tokens: list[Token], taken: list[Mention]) -> list[Mention]:
    """The same for districts and villages of the regency or city `code`, after a word that announces a place."""
    found: list[Mention] = []
    for at in range(1, len(tokens)):
        cue = cues().get(tokens[at - 1].word, "")
        if (cue != "near" and cue not in LEVELS) or any(one.start <= at < one.end for one in taken):
            continue
        for end in (at + 2, at + 1):
            key = "".join(token.word for token in tokens[at:end])
            if len(key) < LEAST or len(found) > MOST_TRIED or everyday() & {key, tokens[at].word}:
                continue
            if end == at + 1 and look_up(key).is_plain:  # "samsat keliling" is no slip of "Kemiling"
                continue
            near = _near(code, key)
            if len(near) == 1:
                said = " ".join(token.word for token in tokens[at:end])
                found.append(Mention(at, end, key, (near.pop(),), cue, False, False, False, said, 0.6))
                break
    return found


@lru_cache(maxsize=5_000)
def _near(code: str, key: str) -> set[str]:
    return {place for name, place in within(code).items() if is_one_off(name, key)}


def is_one_off(one: str, other: str) -> bool:
    """Whether one letter is missing, surplus or wrong, or two neighbours are swapped."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
    return a[1:] == b if len(a) > len(b) else b[1:] == a


@lru_cache(maxsize=5_000)
def meant_by(word: str) -> str | None:
    """The one high name that differs in one letter (see `is_one_off`); None for none or several."""
    names = _high()
    if word in everyday() or gazetteer().codes(word):
        return None
    near = {each for each in names if is_one_off(each, word)}
    return near.pop() if len(near) == 1 and not _begins_a_name(word) else None


def _begins_a_name(word: str) -> bool:
    """ "Labanan" is no slip of "Tabanan" where there is a Labanan Jaya."""
    return f"\t{word.capitalize()} " in gazetteer().text


@lru_cache(maxsize=1)
def _high() -> frozenset[str]:
    table = gazetteer()
    return frozenset(
        name for name in table.high if len(name) >= LEAST and any(code.count(".") < 2 for code in table.codes(name))
    )
