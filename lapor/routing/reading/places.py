"""Which place a message is about, at the deepest of the five levels that its words settle; None where they do not.

Every name in the text is weighed by what stands around it; names that many places share count only beside another
name that says which. The regency with the most weight is taken, then the district and the village within it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from lapor.routing.reading.gazetteer import gazetteer
from lapor.routing.reading.mentions import CITY_FROM, LEVELS, Mention, Token, mentions_in, tokens_of
from lapor.routing.reading.slips import corrected

ENOUGH = 0.3  # a name that weighs less settles nothing
CLEAR = 1.6  # so many times heavier than the next must a district be to be told from it

_LIVES = frozenset({"tinggal", "domisili", "berdomisili", "ktp", "kelahiran", "asal", "berasal", "merantau", "perantau", "lahir"})
_LIKE = frozenset({"seperti", "kayak", "kyk", "beda", "dibanding", "dibandingkan", "daripada", "mencontoh", "meniru", "contoh"})
_ROUTE = frozenset({"ke", "menuju", "sampai", "arah", "via", "dan"})
_TOWARDS = frozenset({"arah", "menuju", "jurusan", "tujuan"})
_DAY = re.compile(r"^\d{1,2}$")
_DASH = re.compile(r"^\s*[-–—/]+\s*$")


@dataclass(frozen=True)
class PlaceReading:
    """The code of the place (None: not settled), how sure, the words that led there, and what else it might be."""

    code: str | None
    confidence: float
    why: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()


@dataclass
class _Pile:
    """What speaks for one place: the sum of the weights of the names in it, and those names."""

    weight: float = 0.0
    mentions: list[Mention] = field(default_factory=list)


def read_place(text: str, *, title: str = "", agency: str = "", sender_region: str | None = None) -> PlaceReading:
    """Reads the place out of a message. `sender_region` only tells places of one name apart; it is never the answer."""
    tokens = tokens_of(f"{title[:500]}\n{text}" if title else text)
    if not tokens:
        return PlaceReading(code=None, confidence=0.0)
    found = mentions_in(tokens)
    for mention in found:
        mention.weight = _weight(mention, tokens)
    named = [each for each in mentions_in(tokens_of(agency)) if each.codes[0].count(".") < 2] if agency else []
    for mention in named:
        mention.weight = 0.6
    if not _anchors(found):
        found += corrected(tokens)
    anchors = _anchors(found + named)
    if sender_region:
        anchors.append(sender_region)
    settled = _without_inner([each for each in (_settle(one, anchors) for one in found + named) if each is not None])
    _weigh_routes(settled, tokens)
    return _choose(settled)


def _weight(mention: Mention, tokens: list[Token]) -> float:
    """How much a name says by what stands around it, whatever it is the name of."""
    if mention.cue in ("people", "none"):
        return 0.1
    if mention.cue == "person" and mention.codes[0].count(".") > 1:
        return 0.0
    weight = 1.0
    if mention.cue == "road":
        weight *= 0.5 if mention.codes[0].count(".") > 1 else 0.25
    before = [token.word for token in tokens[max(0, mention.start - 4) : mention.start]]
    if _LIVES & set(before):
        weight *= 0.5
    if _LIKE & set(before[-3:]):
        weight *= 0.2
    if before and before[-1] in ("dari", "dr"):
        weight *= 0.6
    if before and before[-1] in _TOWARDS:
        weight *= 0.4
    after = tokens[mention.end : mention.end + 1]
    if after and "," in after[0].gap and _DAY.match(after[0].word):  # "Samarinda, 12 Oktober"
        weight *= 0.6
    return weight


def _anchors(found: list[Mention]) -> list[str]:
    """The places that are certain by their name alone: they tell which of many villages is meant."""
    anchors: list[str] = []
    for mention in found:
        if mention.weight < ENOUGH / 2 or _needs_word(mention):
            continue
        codes = [code for code in mention.codes if code.count(".") < 2]
        if codes or mention.is_landmark or mention.cue == "district":
            anchors += codes or [code for code in mention.codes if code.count(".") == 2 or mention.is_landmark]
        elif len(districts := [code for code in mention.codes if code.count(".") == 2]) == 1:
            anchors += districts
    return anchors


def _needs_word(mention: Mention) -> bool:
    """An everyday word names a place only after a word that says so: "serang" does not, "di Serang" does."""
    return mention.is_everyday and mention.cue not in LEVELS and not (mention.cue == "near" and _is_high(mention))


def _is_high(mention: Mention) -> bool:
    return mention.is_landmark or any(code.count(".") < 2 for code in mention.codes)


def _settle(mention: Mention, anchors: list[str]) -> Mention | None:
    """The mention with the one code that it means here and what that weighs; None where it means none."""
    if mention.weight <= 0:
        return None
    codes = _fitting(mention)
    near = _consistent(codes, anchors)
    if _needs_word(mention) and not (near and mention.cue == "near"):
        return None
    pool = near or codes
    if not near and not _may_stand_alone(mention, codes):
        return None
    top = min(code.count(".") for code in pool)
    best = [code for code in pool if code.count(".") == top]
    if top == 1:
        best = [_city_or_regency(best, mention, anchors)]
    if len(best) > 1:
        return None
    mention.codes = (best[0],)
    if top > 1 and not near:
        mention.weight *= 0.8
    if top == 3 and mention.cue not in LEVELS:
        mention.weight *= 0.7
    return mention


def _fitting(mention: Mention) -> tuple[str, ...]:
    """Only places of the kind that the word before says, where there are any."""
    level = LEVELS.get(mention.cue)
    if level is None:
        return mention.codes
    if mention.cue == "city":
        fit = [code for code in mention.codes if code.count(".") == 1 and code.split(".")[1] >= CITY_FROM]
    elif mention.cue == "regency":
        fit = [code for code in mention.codes if code.count(".") == 1 and code.split(".")[1] < CITY_FROM]
    else:
        fit = [code for code in mention.codes if code.count(".") == level - 1]
    return tuple(fit) or mention.codes


def _consistent(codes: tuple[str, ...], anchors: list[str]) -> tuple[str, ...]:
    """Those within the narrowest other place of the text."""
    best: list[str] = []
    depth = -1
    for code in codes:
        for anchor in anchors:
            if anchor != code and code.startswith(anchor + ".") and anchor.count(".") >= depth:
                if anchor.count(".") > depth:
                    best, depth = [], anchor.count(".")
                if code not in best:
                    best.append(code)
    return tuple(best)


def _may_stand_alone(mention: Mention, codes: tuple[str, ...]) -> bool:
    """Whether the name alone says which place: high ones, landmarks, districts and villages that no other bears."""
    if _is_high(mention):
        return True
    districts = [code for code in codes if code.count(".") == 2]
    if len(districts) == 1:
        return True
    if districts or len(codes) > 1:
        return False
    is_long = len(mention.key) >= 8
    return mention.cue == "village" or (is_long and mention.cue == "near" and not mention.is_everyday)


def _city_or_regency(codes: list[str], mention: Mention, anchors: list[str]) -> str:
    """ "Malang" is the city unless the text says otherwise."""
    if len(codes) == 1:
        return codes[0]
    beside = [code for code in codes if any(anchor.startswith(code + ".") for anchor in anchors)]
    if len(beside) == 1:
        return beside[0]
    cities = [code for code in codes if code.split(".")[1] >= CITY_FROM]
    return (cities or codes)[0]


def _without_inner(found: list[Mention]) -> list[Mention]:
    """Of names within one another ("Samarinda" in "Samarinda Ulu") the longest that means something."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if not any(mention.start < other.end and other.start < mention.end for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda each: each.start)


def _weigh_routes(found: list[Mention], tokens: list[Token]) -> None:
    """ "Samarinda–Bontang", "dari A ke B": neither end is where it is."""
    for one, other in zip(found, found[1:], strict=False):
        between = tokens[one.end : other.start]
        if other.codes[0].startswith(one.codes[0]) or one.codes[0].startswith(other.codes[0]):
            continue
        is_dash = not between and other.start < len(tokens) and bool(_DASH.match(tokens[other.start].gap))
        if is_dash or (len(between) == 1 and between[0].word in _ROUTE):
            one.weight *= 0.5
            other.weight *= 0.5


def _choose(found: list[Mention]) -> PlaceReading:
    piles: dict[str, _Pile] = defaultdict(_Pile)
    for mention in found:
        parts = mention.codes[0].split(".")
        for length in range(1, len(parts) + 1):
            pile = piles[".".join(parts[:length])]
            pile.weight += mention.weight
            pile.mentions.append(mention)
    code: str | None = None
    sure = 1.0
    others: list[str] = []
    while True:
        below = sorted(
            ((pile.weight, key) for key, pile in piles.items() if _is_child(key, code) and pile.weight >= ENOUGH),
            reverse=True,
        )
        if not below:
            break
        best, key = below[0]
        second = below[1][0] if len(below) > 1 else 0.0
        others += [each for _, each in below[1:4]]
        if code is not None and code.count(".") >= 1 and best < CLEAR * second:
            break
        sure *= best / (best + second)
        code = key
    if code is None:
        return PlaceReading(code=None, confidence=0.0, alternatives=tuple(others[:3]))
    pile = piles[code]
    return PlaceReading(
        code=code,
        confidence=round(min(0.97, sure * min(1.0, 0.5 + pile.weight / 2)), 3),
        why=tuple(dict.fromkeys(mention.words for mention in pile.mentions)),
        alternatives=tuple(others[:3]),
    )


def _is_child(key: str, code: str | None) -> bool:
    return "." not in key if code is None else key.startswith(code + ".") and key.count(".") == code.count(".") + 1
