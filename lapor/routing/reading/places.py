"""Which place a message is about, at the deepest of the five levels that its words settle; None where they do not.

Every name in the text is weighed by what stands around it; names that many places share count only beside another
name that says which. The regency with the most weight is taken, then the district and the village within it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from lapor.routing.reading.gazetteer import CITY_FROM, gazetteer
from lapor.routing.reading.mentions import LEVELS, Mention, Token, cues, mentions_in, tokens_of
from lapor.routing.reading.slips import corrected, corrected_within

ENOUGH = 0.2  # a name that weighs less settles nothing
DEEP = 0.4  # what a district or village needs to be gone down to
CLEAR = 1.6  # so many times heavier than the next must a district be to be told from it

_LIVES = frozenset(
    "tinggal domisili berdomisili ktp kelahiran asal berasal merantau perantau perantauan lahir kuliah".split()
)
_LIKE = frozenset("seperti kayak kyk beda dibanding dibandingkan daripada mencontoh meniru".split())
_BY = frozenset("ke menuju sampai arah via dan".split())
_TOWARDS = frozenset("arah menuju jurusan tujuan jalur ruas poros lintas tol rute trayek".split())
_FARE = frozenset("tiket pesawat penerbangan".split())
_ADDRESS = frozenset("kepada yth kpd".split())
_HEAD = 12  # no address of a letter is longer
_END = re.compile(r"[.!?\n]")
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
    found = _outermost(mentions_in(tokens))
    for mention in found:
        mention.weight = _weight(mention, tokens)
    given = [Anchor(code, -1, -1) for code in _high_codes(agency)]
    if sender_region:
        given.append(Anchor(sender_region, -1, -1))
    if not any(_is_certain(each) and _is_high(each) for each in found):
        found += corrected(tokens)
    certain = [each for each in found if _is_certain(each)]
    anchors = given + [Anchor(code, each.start, each.end, each.key) for each in certain for code in each.codes]
    settled = _without_inner([one for one in (_settle(each, anchors) for each in found) if one is not None])
    settled += [mention for mention in (_named(code) for code in _high_codes(agency)) if mention is not None]
    _tell_cities(settled, given)
    _weigh_routes(settled, tokens)
    reading = _choose(settled)
    if reading.code is not None and reading.code.count(".") == 1:
        closer = corrected_within(reading.code, tokens, settled)
        return _choose(settled + closer) if closer else reading
    return reading


@dataclass(frozen=True)
class Anchor:
    """A place that is certain by its name alone, and the words it stands at: it tells which of many villages is meant."""

    code: str
    start: int
    end: int
    key: str = ""


def _high_codes(agency: str) -> list[str]:
    """The province, regency or city in the name of a body."""
    found = [each for each in mentions_in(tokens_of(agency)) if not _needs_word(each)] if agency else []
    return [each.codes[0] for each in found if _is_high(each)][:1]


def _named(code: str) -> Mention | None:
    return Mention(0, 0, "", (code,), "", False, False, False, gazetteer().full.get(code, code), 0.5)


def _weight(mention: Mention, tokens: list[Token]) -> float:
    """How much a name says by what stands around it, whatever it is the name of."""
    is_high = _is_high(mention)
    if mention.cue in ("people", "none"):
        return 0.1
    if mention.cue == "person" and not is_high:
        return 0.0
    weight = 1.0
    if mention.cue == "road":
        weight *= 0.25 if is_high else 0.5
    if mention.cue == "river":
        weight *= 0.6
    before = [token.word for token in tokens[max(0, mention.start - 4) : mention.start]]
    if _LIVES & set(before) and "rumah" not in before:
        weight *= 0.4
    if _LIKE & set(before[-3:]):
        weight *= 0.2
    if before:
        weight *= _by_last(before)
    after = tokens[mention.end : mention.end + 1]
    if after and "," in after[0].gap and _DAY.match(after[0].word):  # "Samarinda, 12 Oktober"
        weight *= 0.6
    if is_high and before and before[-1] == "di" and _in_address(tokens, mention.start):
        weight *= 0.4  # "Kepada Yth. Gubernur Kalimantan Timur di Samarinda"
    if _signs(tokens, mention):
        weight *= 0.2
    return weight


def _in_address(tokens: list[Token], start: int) -> bool:
    """Whether the words before, back to the begin of their sentence, address somebody."""
    for at in range(start - 1, max(-1, start - _HEAD), -1):
        if tokens[at].word in _ADDRESS:
            return True
        if _END.search(tokens[at].gap):
            return False
    return False


def _signs(tokens: list[Token], mention: Mention) -> bool:
    """Whether the name ends a signature: "Veronika Sulo Padang." at the end of a letter."""
    if not mention.is_capital:
        return False
    at = mention.start
    while at > 0 and tokens[at].is_capital and tokens[at].gap == " ":
        at -= 1
    words = tokens[at : mention.start]
    ends = mention.end == len(tokens) or bool(_END.search(tokens[mention.end].gap))
    begins = at == 0 or bool(_END.search(tokens[at].gap))
    return ends and begins and 0 < len(words) < 4 and tokens[at].is_capital and not any(w.word in cues() for w in words)


def _by_last(before: list[str]) -> float:
    if before[-1] in ("dari", "dr"):
        return 0.6
    if before[-1] in _TOWARDS:
        return 0.18
    if before[-1] in ("ke", "k"):
        return 0.18 if _FARE & set(before) else 0.45
    return 1.0


def _needs_word(mention: Mention) -> bool:
    """An everyday word names a place only after a word that says so: "serang" does not, "di Serang" does."""
    if not mention.is_everyday or mention.cue in LEVELS:
        return False
    is_one = mention.is_capital and sum(code.count(".") == 2 for code in mention.codes) == 1
    return not (mention.cue == "near" and (is_one or _is_high(mention)))


def _is_high(mention: Mention) -> bool:
    return mention.is_landmark or any(code.count(".") < 2 for code in mention.codes)


def _is_certain(mention: Mention) -> bool:
    """Whether this name may tell others apart."""
    if mention.weight < ENOUGH / 2 or _needs_word(mention):
        return False
    return _is_high(mention) or _is_one_district(mention) or mention.cue == "district"


def _is_one_district(mention: Mention) -> bool:
    """A district that no other shares its name with; one small word needs more: a cue, or a capital amid a sentence."""
    if sum(code.count(".") == 2 for code in mention.codes) != 1:
        return False
    is_marked = mention.cue in LEVELS or mention.cue in ("near", "river") or mention.is_capital
    if mention.is_everyday:
        return mention.is_capital and mention.cue == "near"
    return mention.end - mention.start > 1 or is_marked or len(mention.key) > 6


def _outermost(found: list[Mention]) -> list[Mention]:
    """Leaves out names within the longer name of a province, regency, city or landmark: "Kapuas" in "Kapuas Hulu"."""
    whole = [each for each in found if each.end - each.start > 1 and _is_high(each) and not each.is_everyday]
    return [
        each
        for each in found
        if not any(
            other.start <= each.start and each.end <= other.end and other.end - other.start > each.end - each.start
            for other in whole
        )
    ]


def _settle(mention: Mention, anchors: list[Anchor]) -> Mention | None:
    """The mention with the codes that it can mean here (several only for a city and its regency); None for none."""
    if mention.weight <= 0:
        return None
    codes = _fitting(mention)
    others = [
        each for each in anchors if each.key != mention.key and (each.end <= mention.start or each.start >= mention.end)
    ]
    near = _consistent(codes, others)
    beside = bool(near) and _is_beside(mention, near[0], others)
    high = tuple(code for code in codes if code.count(".") < 2 or mention.is_landmark)
    if _needs_word(mention) and not (near and (beside or mention.cue == "near")):
        return None
    if mention.is_landmark and (district := _town_itself(mention, others)):
        high = (district,)
    if high and not (near and beside and not _consistent(high, others) and not _above(high, others)):
        mention.codes = high
        return mention
    if not near and not _may_stand_alone(mention, codes):
        return None
    pool = near or codes
    top = min(code.count(".") for code in pool)
    best = [code for code in pool if code.count(".") == top]
    if len(best) > 1:
        return None
    mention.codes = (best[0],)
    return _lighter(mention, top, is_near=bool(near))


def _town_itself(mention: Mention, anchors: list[Anchor]) -> str | None:
    """The district of a ruling town where the regency is named right after it: "Selong, Lombok Timur"."""
    inside = [code for code in gazetteer().codes(mention.key) if code.startswith(mention.codes[0] + ".")]
    districts = [code for code in inside if code.count(".") == 2]
    return districts[0] if len(districts) == 1 and _is_beside(mention, districts[0], anchors) else None


def _lighter(mention: Mention, top: int, *, is_near: bool) -> Mention:
    mention.is_alone = top == 3 and not is_near
    if not is_near:
        mention.weight *= 0.8 if len(mention.key) > 6 or mention.cue in LEVELS else 0.4
    if top == 3 and mention.cue != "village":
        mention.weight *= 0.7
    return mention


def _fitting(mention: Mention) -> tuple[str, ...]:
    """Only places of the kind that the word before says, where there are any."""
    level = LEVELS.get(mention.cue)
    if level is None:
        return mention.codes
    if mention.is_landmark:
        named = [code for code in gazetteer().codes(mention.key) if code.count(".") == level - 1]
        return tuple(code for code in named if code.startswith(mention.codes[0])) or mention.codes
    if mention.cue == "city":
        fit = [code for code in mention.codes if code.count(".") == 1 and code.split(".")[1] >= CITY_FROM]
    elif mention.cue == "regency":
        fit = [code for code in mention.codes if code.count(".") == 1 and code.split(".")[1] < CITY_FROM]
    else:
        fit = [code for code in mention.codes if code.count(".") == level - 1]
    return tuple(fit) or mention.codes


def _consistent(codes: tuple[str, ...], anchors: list[Anchor]) -> tuple[str, ...]:
    """Those within the narrowest other place of the text."""
    best: list[str] = []
    depth = -1
    for code in codes:
        for anchor in anchors:
            if code.startswith(anchor.code + ".") and anchor.code.count(".") >= depth:
                if anchor.code.count(".") > depth:
                    best, depth = [], anchor.code.count(".")
                if code not in best:
                    best.append(code)
    return tuple(best)


def _above(codes: tuple[str, ...], anchors: list[Anchor]) -> bool:
    return any(each.code.startswith(code) for code in codes for each in anchors)


def _is_beside(mention: Mention, code: str, anchors: list[Anchor]) -> bool:
    """Whether the place that it lies in is named right after it: "tampan pekanbaru"."""
    return any(each.start - mention.end in (0, 1) and code.startswith(each.code + ".") for each in anchors)


def _may_stand_alone(mention: Mention, codes: tuple[str, ...]) -> bool:
    """Whether the name alone says which place: districts and villages that no other bears."""
    districts = [code for code in codes if code.count(".") == 2]
    if len(districts) == 1:
        return mention.cue == "district" or _is_one_district(mention)
    if districts or len(codes) > 1 or mention.is_everyday:
        return False
    return mention.cue == "village" or (len(mention.key) > 4 and mention.cue == "near")


def _tell_cities(found: list[Mention], given: list[Anchor]) -> None:
    """ "Malang" is the city, unless the text or what is known of the sender speaks of a place in the regency."""
    for mention in found:
        if len(mention.codes) > 1:
            others = [each.codes[0] for each in found if each is not mention and len(each.codes) == 1]
            known = others + [each.code for each in given]
            beside = [code for code in mention.codes if any((one + ".").startswith(code + ".") for one in known)]
            cities = [code for code in mention.codes if code.count(".") == 1 and code.split(".")[1] >= CITY_FROM]
            mention.codes = ((beside or cities or list(mention.codes))[0],)


def _without_inner(found: list[Mention]) -> list[Mention]:
    """Of names within one another ("Samarinda" in "Samarinda Ulu") the longest that means something."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda each: (each.is_alone, each.start - each.end, each.start)):
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
        if is_dash or (len(between) == 1 and between[0].word in _BY):
            one.weight *= 0.4
            other.weight *= 0.4 if is_dash else 1.0


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
