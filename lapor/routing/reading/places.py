"""Which place a message is about, at the deepest of the five levels that its words settle; None where they do not.

Every name in the text is weighed by what stands around it (`weighing`); names that many places share count only beside
another name that says which (`settling`). The regency with the most weight is taken, then the district and the village
within it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from lapor.routing.reading.gazetteer import gazetteer
from lapor.routing.reading.mentions import Mention, is_high, mentions_in, tokens_of
from lapor.routing.reading.settling import (
    ENOUGH,
    Anchor,
    is_certain,
    needs_word,
    outermost,
    settle,
    tell_cities,
    without_inner,
)
from lapor.routing.reading.slips import corrected, corrected_within
from lapor.routing.reading.weighing import weigh_routes, weight_of

DEEP = 0.4  # what a district or village needs to be gone down to
CLEAR = 1.6  # so many times heavier than the next must a district be to be told from it


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
    found = outermost(mentions_in(tokens))
    for mention in found:
        mention.weight = weight_of(mention, tokens)
    given = [Anchor(code, -1, -1) for code in _high_codes(agency)]
    if sender_region:
        given.append(Anchor(sender_region, -1, -1))
    if not any(is_certain(each) and is_high(each) for each in found):
        found += corrected(tokens)
    certain = [each for each in found if is_certain(each)]
    anchors = given + [Anchor(code, each.start, each.end, each.key) for each in certain for code in each.codes]
    settled = without_inner([one for one in (settle(each, anchors) for each in found) if one is not None])
    settled += [mention for mention in (_named(code) for code in _high_codes(agency)) if mention is not None]
    tell_cities(settled, given)
    weigh_routes(settled, tokens)
    reading = _choose(settled)
    if reading.code is not None and reading.code.count(".") == 1:
        closer = corrected_within(reading.code, tokens, settled)
        return _choose(settled + closer) if closer else reading
    return reading


def _high_codes(agency: str) -> list[str]:
    """The province, regency or city in the name of a body."""
    found = [each for each in mentions_in(tokens_of(agency)) if not needs_word(each)] if agency else []
    return [each.codes[0] for each in found if is_high(each)][:1]


def _named(code: str) -> Mention | None:
    return Mention(0, 0, "", (code,), "", False, False, False, gazetteer().full.get(code, code), 0.5)


def _choose(found: list[Mention]) -> PlaceReading:
    piles: dict[str, _Pile] = defaultdict(_Pile)
    if not any(mention.weight >= ENOUGH for mention in found):
        return PlaceReading(code=None, confidence=0.0, alternatives=tuple(dict.fromkeys(m.codes[0] for m in found))[:3])
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
        least = ENOUGH if code is None or "." not in code else DEEP
        below = sorted(
            ((pile.weight, key) for key, pile in piles.items() if _is_child(key, code) and pile.weight >= least),
            key=lambda item: (-round(item[0], 3), piles[item[1]].mentions[0].start),
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
