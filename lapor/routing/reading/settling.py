"""Which of the places that share a name is meant: the one within another place of the text, or the only one."""

from __future__ import annotations

from dataclasses import dataclass

from lapor.routing.reading.gazetteer import CITY_FROM, HOME, gazetteer
from lapor.routing.reading.mentions import LEVELS, Mention, is_high

ENOUGH = 0.2  # a name that weighs less settles nothing


@dataclass(frozen=True)
class Anchor:
    """A place certain by its name alone, and the words it stands at: it tells which of many villages is meant."""

    code: str
    start: int
    end: int
    key: str = ""


def needs_word(mention: Mention) -> bool:
    """An everyday word names a place only after a word that says so: "serang" does not, "di Serang" does."""
    if not mention.is_everyday or mention.cue in LEVELS:
        return False
    is_one = mention.is_capital and sum(code.count(".") == 2 for code in mention.codes) == 1
    return not (mention.cue == "near" and (is_one or is_high(mention)))


def is_certain(mention: Mention) -> bool:
    """Whether this name may tell others apart."""
    if mention.weight < ENOUGH / 2 or needs_word(mention):
        return False
    return is_high(mention) or _is_one_district(mention) or mention.cue == "district"


def _is_one_district(mention: Mention) -> bool:
    """A district that no other shares its name with; one small word needs more: a cue, or a capital amid a sentence."""
    if sum(code.count(".") == 2 for code in mention.codes) != 1:
        return False
    is_marked = mention.cue in LEVELS or mention.cue in ("near", "river") or mention.is_capital
    if mention.is_everyday:
        return mention.is_capital and mention.cue == "near"
    return mention.end - mention.start > 1 or is_marked or len(mention.key) > 6


def outermost(found: list[Mention]) -> list[Mention]:
    """Leaves out names within the longer name of a province, regency, city or landmark: "Kapuas" in "Kapuas Hulu"."""
    whole = [each for each in found if each.end - each.start > 1 and is_high(each) and not each.is_everyday]
    return [
        each
        for each in found
        if not any(
            other.start <= each.start and each.end <= other.end and other.end - other.start > each.end - each.start
            for other in whole
        )
    ]


def settle(mention: Mention, anchors: list[Anchor]) -> Mention | None:
    """The mention with the codes that it can mean here (several only for a city and its regency); None for none."""
    if mention.weight <= 0:
        return None
    others = [
        each for each in anchors if each.key != mention.key and (each.end <= mention.start or each.start >= mention.end)
    ]
    if mention.is_landmark and (namesake := _namesake(mention, others)):
        mention.codes, mention.is_landmark = (namesake,), False
    codes = _fitting(mention)
    near = _consistent(codes, others)
    if not near and codes != mention.codes and (near := _consistent(mention.codes, others)):
        codes = mention.codes  # "desa Plantungan, Kendal", which is a district
    beside = bool(near) and _is_beside(mention, near[0], others)
    high = tuple(code for code in codes if code.count(".") < 2 or mention.is_landmark)
    if needs_word(mention) and not (near and (beside or mention.cue == "near")):
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
        best = [code for code in best if code.startswith(HOME + ".")]
        mention.weight *= 0.5
    if len(best) != 1:
        return None
    mention.codes = (best[0],)
    return _lighter(mention, top, is_near=bool(near))


def _namesake(mention: Mention, anchors: list[Anchor]) -> str | None:
    """The district of the same name in another regency of the text: "wates kediri" is not the town Wates."""
    home = mention.codes[0]
    if any(each.code.startswith(home) or home.startswith(each.code) for each in anchors):
        return None
    districts = tuple(code for code in gazetteer().codes(mention.key) if code.count(".") == 2)
    near = _consistent(districts, [each for each in anchors if each.code.count(".") == 1])
    return near[0] if len(near) == 1 else None


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
    if any(code.startswith(HOME + ".") for code in districts):
        return not needs_word(mention) and (mention.cue in LEVELS or mention.cue == "near")
    if mention.cue == "village" and sum(code.startswith(HOME + ".") for code in codes) == 1 and not mention.is_everyday:
        return True
    if districts or len(codes) > 1 or mention.is_everyday:
        return False
    # "puskesmas Cibaduyut": offices of a district may bear the name of the village that they stand in
    return mention.cue == "village" or (len(mention.key) > 4 and mention.cue in ("near", "district"))


def tell_cities(found: list[Mention], given: list[Anchor]) -> None:
    """ "Malang" is the city, unless the text or what is known of the sender speaks of a place in the regency."""
    for mention in found:
        if len(mention.codes) > 1:
            others = [each.codes[0] for each in found if each is not mention and len(each.codes) == 1]
            known = others + [each.code for each in given]
            beside = [code for code in mention.codes if any((one + ".").startswith(code + ".") for one in known)]
            cities = [code for code in mention.codes if code.count(".") == 1 and code.split(".")[1] >= CITY_FROM]
            mention.codes = ((beside or cities or list(mention.codes))[0],)


def without_inner(found: list[Mention]) -> list[Mention]:
    """Of names within one another ("Samarinda" in "Samarinda Ulu") the longest that means something."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda each: (each.is_alone, each.start - each.end, each.start)):
        if not any(mention.start < other.end and other.start < mention.end for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda each: each.start)
