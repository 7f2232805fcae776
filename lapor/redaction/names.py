"""Finds the names of private persons in a text: known names, and what stands around a name, weighed together.

Each stretch of words that may be a name gets a sum of weights (`weights`). A function without a name ("Pak Camat")
is no name; the name of whoever holds it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from . import weights as weigh
from .around import Around, is_known
from .stretches import Stretches
from .tagger import Learned
from .tokens import Token, tokens_of
from .words import cues, look_up, places


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch of the text that is a name, or may be one, and its words."""

    start: int
    end: int
    is_sure: bool
    tokens: tuple[Token, ...] = ()


def find_names(text: str, *, learned: Iterable[Learned] | None = None) -> list[Named]:
    """Where persons are named, in order and without overlap; what is not sure is said to be so.

    `learned` is what the tagger found: it counts unless the lists know better, and in what may be a name and may not it
    is trusted more than the weights here.
    """
    tokens = tokens_of(text)
    if not tokens:
        return []
    reader = _Reader(text, tokens)
    found = [*reader.read(), *_signed(text), *_handles(text)]
    if learned is not None:
        found = [one for one in found if one.is_sure] + [one for one in map(reader.named, learned) if one is not None]
    return _merged(found + _again(tokens, found)) if found else []


_SIGNED = re.compile(
    r"[.!?)]\s+(?P<name>(?:[A-Z][\w'’]+|[A-Z][a-z]?\.)(?: (?:[A-Z][\w'’]+|[A-Z][a-z]?\.|bin|binti|br)){1,4})[\s.]*$"
)
_LETTER = 60  # letters before a signature


def _signed(text: str) -> Iterator[Named]:
    """ "… jangan digantung. Hasnawiah Dg. Kanang": a name and nothing else at the end of a letter is its signature."""
    match = _SIGNED.search(text.rstrip(), max(0, len(text.rstrip()) - 80))
    if match is None or match.start("name") < _LETTER:
        return
    words = [look_up(word.strip(".").lower()) for word in match["name"].split()]
    said = match["name"].lower()
    if said in places() or any("role" in word.kinds for word in words) or "thing" in words[0].kinds:
        return
    likely = [word.is_name or bool(word.kinds & {"honour", "particle"}) for word in words]
    if likely[0] or sum(likely) >= len(words) / 2:
        yield Named(match.start("name"), match.end("name"), True, tuple(tokens_of(match["name"])))


_HANDLE = re.compile(
    r"(?<![\w.])(?:@|\b(?:ig|instagram|fb|facebook|tiktok|twitter|telegram|akun)(?: akun| ig| fb)?\s?[:.]?\s"
    r"(?=\w+[._\d]))(?P<handle>\w[\w.]{3,29})",
    re.IGNORECASE,
)


def _handles(text: str) -> Iterator[Named]:
    """ "@budi.santoso88", "IG sitimaesaroh_": what a person is called online, where it is made of names."""
    for match in _HANDLE.finditer(text):
        if any(_is_made_of_names(part) for part in re.split(r"[._\d]+", match["handle"].lower())):
            yield Named(match.start("handle"), match.end("handle"), True)


def _is_made_of_names(part: str) -> bool:
    if _is_personal(part):
        return True
    halves = ((part[:cut], part[cut:]) for cut in range(4, len(part) - 3))
    return any(_is_personal(first) and _is_personal(last) for first, last in halves)


def _is_personal(word: str) -> bool:
    said = look_up(word)
    return len(word) >= 4 and said.is_name and not (said.is_plain or said.place)


_DEGREE = (
    r"S\.?(?:H|E|T|P|Pd|Sos|Kom|Ag|Si|Kep|Farm|Hut|Psi|IP|KM|Pt|Pi|Th)|SST|Lc|MBA|Ph\.?D|A\.?Md|Sp\.?[A-Z]{1,2}|"
    r"M\.?(?:T|M|H|Si|Pd|Ag|Kes|Kom|Hum|Sc|Eng|Ak|AP|Sos|Th)"
)
_DEGREES = re.compile(rf"(?:,? ?\b(?:{_DEGREE})\b(?:\.(?:[A-Z][A-Za-z]{{0,3}}\b)?)?)+\.?(?=[\s,.)]|$)")


class _Reader:
    """Reads one text from the left; a name that was found lends weight to the one beside it."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text, self.tokens, self.length = text, tokens, len(text.rstrip())
        self.around = Around(tokens)

    def read(self) -> Iterator[Named]:
        stretches = Stretches(self.around)
        at = 0
        while at < len(self.tokens):
            end = stretches.end_of(at)
            if end > at:
                named = self._judge(at, end)
                if named is not None:
                    yield named
            at = max(end, at + 1)

    def _judge(self, at: int, end: int) -> Named | None:
        tokens = self.tokens[at:end]
        bare = [token for token in tokens if "honour" not in token.word.kinds or token.word.is_name]
        bare = [one for one in bare if len(one.text) > 1 and ("particle" not in one.word.kinds or one is tokens[0])]
        if not bare or (len(tokens) == 1 and _is_title(tokens[0])):
            return None
        if at and f"{self.tokens[at - 1].low} {bare[0].low}" in cues()["public"]:  # "Bung Karno"
            return None
        is_small = not any(token.is_cap for token in bare)
        before = self._weight_before(at, is_small=is_small)
        weight = before + self._inside(tokens, bare, is_small=is_small, is_cued=before >= weigh.CUED)
        after = self._weight_after(at, end, is_small=is_small)
        weight += after
        is_told = after >= weigh.NUMBER and not bare[0].word.is_plain
        is_titled = any("venerable" in one.word.kinds for one in tokens if one.is_cap)
        if len(bare) == 1 and before <= 1 and not (is_told or is_titled or is_known(bare[0])):
            weight = min(weight, weigh.DOUBT - 0.1)
        if (
            is_small
            and not any(is_known(token) for token in bare)
            and not self.around.kinds_before(at) & {"introduces"}
        ):
            weight = min(weight, weigh.SURE - 0.1)
        if weight < weigh.DOUBT:
            return None
        is_sure = weight >= weigh.SURE
        if is_sure:
            self.around.last_name = end - 1
        degrees = _DEGREES.match(self.text, tokens[-1].end)
        stop = degrees.end() if degrees is not None else tokens[-1].end
        return Named(self._start_of(at), stop, is_sure, tuple(tokens))

    def named(self, found: Learned) -> Named | None:
        """A name that the tagger found, with how the person is addressed; None for what the lists know as no name."""
        first = bisect_left(self.tokens, found.start, key=attrgetter("start"))
        last = bisect_left(self.tokens, found.end, key=attrgetter("start"))
        tokens = self.tokens[first:last]
        said = " ".join(token.low for token in tokens)
        if not tokens or len(said) == 1 or (len(tokens) == 1 and _is_title(tokens[0])):
            return None
        before = self.tokens[first - 1].low if first else ""
        wholes = {said, f"{before} {said}"}  # "Bung Karno", "Kutai Kartanegara"
        if not cues()["public"].isdisjoint(wholes) or self.around.names_a_thing(first):
            return None
        is_of_thing = "thing" in self.around.kinds_before(first)
        if not found.is_certain and (is_of_thing or not wholes.isdisjoint(places())):
            return None
        return Named(min(found.start, self._start_of(first)), found.end, found.is_sure, tuple(tokens))

    def _start_of(self, at: int) -> int:
        """ "Mang Udin", "haji encep": how a person is addressed belongs to what the person is called."""
        around, tokens = self.around, self.tokens
        while around.has_before(at, "venerable") or (
            around.has_before(at, "near_name") and (tokens[at - 1].is_cap or not tokens[at].is_cap)
        ):
            at -= 1
        return self.tokens[at].start

    def _inside(self, tokens: Sequence[Token], bare: Sequence[Token], *, is_small: bool, is_cued: bool) -> float:
        weight, has_begun = 0.0, is_cued  # "Yermias Tandu": that a village is called Tandu too says nothing there
        for token in bare:
            weight += _of_word(token, is_small=is_small, is_cued=has_begun)
            has_begun |= is_known(token) and not token.word.place
        if self.around.is_small and not tokens[0].begins and tokens[0].is_cap and is_known(tokens[0]):
            weight += weigh.CAPITAL
        weight += weigh.ONE_WORD if len(bare) == 1 else weigh.THREE_WORDS if len(bare) in (3, 4) else weigh.TWO_WORDS
        if bare[0].word.is_name and any(len(one.text) == 1 and one.is_cap for one in tokens):
            weight += weigh.INITIAL
        weight += weigh.HONOUR * any(map(self._is_honour, tokens))
        weight += weigh.PARTICLE * any("particle" in t.word.kinds and not t.word.is_plain for t in tokens[1:-1])
        said = " ".join(token.low for token in bare)
        level = places().get(said, 0)
        if level and not (is_cued and level == 1):
            weight -= weigh.WHOLE_PLACE[level]
        return weight + weigh.PUBLIC * (said in cues()["public"])

    def _is_honour(self, token: Token) -> bool:
        """A title that tells a person; one that is another word besides only with its stop: "Dg. Kebo"."""
        kinds = token.word.kinds
        if "honour" not in kinds or kinds & {"venerable", "academic"}:
            return "honour" in kinds
        is_clear = not (token.word.is_plain or "weak_honour" in kinds)
        return token.is_cap and (is_clear or self.text[token.end : token.end + 1] == ".")

    def _weight_before(self, at: int, *, is_small: bool) -> float:
        weights = {kind: weight[is_small] for kind, weight in weigh.BEFORE.items()}
        kinds = self.around.kinds_before(at)
        found = [weights[kind] for kind in kinds if kind in weights]
        best = max(found, default=0.0)
        if "rank" in self.tokens[at].word.kinds and self.tokens[at].is_cap:
            kinds = kinds - {"thing", "place"}  # "pos sungai Iptu Rusman"
            best = max(best, weights["role"])
        if self.around.names_a_thing(at):
            return weigh.CALLED_AFTER
        if "thing" in kinds and "near_name" in self.tokens[at].word.kinds and self.around.leads_to_a_name(at):
            kinds, best = kinds - {"thing"}, weigh.OF_A_PERSON  # "gudang Cik Udin"
        if "thing" in kinds and not kinds & {"introduces", "address"}:
            return weights["role"] if self.around.leads_a_team(at) else weights["thing"]
        if "place" in kinds and best < 2:
            if self.around.leads_a_team(at):
                best = weights["role"]
            else:
                best = weigh.FROM_A_PERSON if self.around.is_plainly_a_person(at) else weights["place"]
        if self.tokens[at].is_cap and is_known(self.tokens[at]) and self.around.leads_a_team(at):
            best = max(best, weights["role"])  # "kepsek sd kami Zulkarnaini"
        if self.around.is_called(at):
            best = max(best, weights["address"])
        if at and "," in self.tokens[at].gap:
            best = max(best, self.around.role_further(at))
        if self.around.is_listed(at):
            best = max(best, weigh.LISTED)
        if self.around.joins_names(at):
            best = max(best, weigh.BESIDE_A_NAME)
        start = self.tokens[at].start
        if start < self.length and weigh.NUMBER_BEFORE.search(self.text, max(0, start - 30), start):
            best = max(best, weigh.NUMBER)
        if weigh.CLOSING_SAID.search(self.text, max(0, start - 40), start):
            best = max(best, weigh.CLOSING)
        return best

    def _weight_after(self, at: int, end: int, *, is_small: bool) -> float:
        stop = self.tokens[end - 1].end
        after = self.text[stop : stop + 90]
        weight = 0.0
        if weigh.AGE_SAID.match(after):
            weight = weigh.AGE
        elif weigh.NUMBER_SAID.match(after):
            weight = weigh.NUMBER
        comma, following = weigh.COMMA_WORD.match(after), weigh.NEXT_WORD.match(after)
        if comma is not None:
            word = look_up(comma[1].lower())
            if word.kinds & {"role", "kin"}:
                weight = max(weight, weigh.ROLE_AFTER)
            elif "does" in word.kinds:
                weight = max(weight, weigh.DOES)
            elif comma[1][0].isupper() and (
                word.place >= 3 or comma[1].lower() in ("kabupaten", "kota", "kecamatan", "provinsi", "kab", "kec")
            ):
                weight = min(weight, 0.0) + weigh.PLACE_AFTER
        elif following is not None and (kinds := look_up(following[1].lower()).kinds):
            if "does" in kinds:
                weight = max(weight, weigh.DOES)
            elif kinds & {"kin"} and is_known(self.tokens[at]):
                weight = max(weight, weigh.KIN_AFTER)  # "Saifuddin abang geuchik"
        is_last = self.tokens[at].begins and stop + weigh.TAIL >= self.length and at > 0
        if is_last and weigh.TO_THE_END.match(self.text[stop:]):
            weight = max(weight, weigh.LAST_LINE)
        return weight


def _is_title(token: Token) -> bool:
    """ "Bapak Wali Kota", "ke mana, Datuk?": what somebody is, not who."""
    kinds = token.word.kinds
    return "venerable" in kinds or (bool(kinds & {"kin", "role"}) and not token.word.is_name)


def _of_word(token: Token, *, is_small: bool, is_cued: bool) -> float:
    word = token.word
    if not word.is_name and (word.place > 1 or (word.place and not word.has_shape and not is_cued)):
        return -weigh.PLACE[word.place]
    if word.is_name:
        kind = "ambiguous" if word.is_plain else "known"
    else:
        kind = "shaped" if word.has_shape else "unknown"
    return weigh.WORD[kind][is_small]


def _again(tokens: Sequence[Token], found: Sequence[Named]) -> list[Named]:
    """Later and earlier mentions of a person by a part of the name."""
    parts = {token.low for named in found if named.is_sure for token in named.tokens if _is_telling(token)}
    return [
        Named(token.start, token.end, True)
        for at, token in enumerate(tokens)
        if token.low in parts and not (at and "thing" in tokens[at - 1].word.kinds)
    ]


def _is_telling(token: Token) -> bool:
    word = token.word
    return len(token.text) >= 4 and not word.is_plain and not word.place and "honour" not in word.kinds


def _merged(found: list[Named]) -> list[Named]:
    kept: list[Named] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif (one.is_sure and one.end > kept[-1].end) or not kept[-1].is_sure:
            kept[-1] = Named(kept[-1].start, max(one.end, kept[-1].end), one.is_sure or kept[-1].is_sure)
    return kept
