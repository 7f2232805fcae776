"""What stands around a word that may be a name: cues, an office in the same clause, another name beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from . import weights as weigh
from .tokens import TOKEN, Token
from .words import cues, look_up

_FIRMS = frozenset(["pt", "cv", "ud", "pd"])
_NUMBERED = re.compile(r"\.? (?:\d{1,3} )?")
_STREETS = frozenset(["jalan", "jl", "jln", "gang", "gg"])
_WORDS_OF_FIRM = 4
_SHORTENED = 3  # letters of a title with a stop


class Around:
    """The words of one text, and where the last name ended that was found in it."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        begins = [token for token in tokens if token.begins]
        self.is_small = sum(token.is_cap for token in begins) * 2 < len(begins)  # as in a hasty SMS
        self.last_name = -1  # its last word
        self._before: dict[int, frozenset[str]] = {}

    def kinds_before(self, at: int) -> frozenset[str]:
        """The kinds of cues that end right before a word, looking past words that only fill."""
        kinds = self._before.get(at)
        if kinds is None:
            kinds = self._before[at] = self._read_before(at)
        return kinds

    def _read_before(self, at: int) -> frozenset[str]:
        found: set[str] = set()
        phrases = _cue_phrases()
        skipped = 0
        while at > 0 and skipped < 3:
            if not weigh.NEAR.match(self.tokens[at].gap) or (
                self.tokens[at].begins and self.tokens[at - 1].low not in cues()["shortened"]
            ):
                break
            last = self.tokens[at - 1]
            for kind, phrase in phrases.get(last.low, ()):
                if skipped and kind in ("place", "by", "thing", "address"):
                    continue
                if self._suits(kind, at) and self._said(at, phrase):
                    found.add(kind)
            bare = _bare(last.low)
            if bare is not None and "," not in self.tokens[at].gap:
                found |= {"role"} | (look_up(bare).kinds & {"kin"})
            if found == {"self"} and last.gap == " " and "kin" in self.tokens[max(0, at - 2)].word.kinds:
                found.add("kin")  # "tetangga saya tejo"
            if found - {"address"} or (not found and last.low not in cues()["filler"]):
                break
            at, skipped = at - 1, skipped + 1
        return frozenset(found)

    def leads_a_team(self, at: int) -> bool:
        """ "Ketua tim Hendrawan", "pengawas mutu sekolah Dra. Hj. Rosdiana": an office over something of no
        name, not a body that is called so.
        """
        over = next((far for far in (2, 3) if far <= at and "role" in self.tokens[at - far].word.kinds), 0)
        between = self.tokens[at - over + 1 : at]
        if between and "governed" in between[-1].word.kinds:
            return False
        if (
            not over
            or any(one.is_cap or one.text.isupper() for one in between)
            or any(one.begins for one in (*between, self.tokens[at]))
        ):
            return False
        words = [one for one in self.tokens[at : at + 4] if "honour" not in one.word.kinds or one.word.is_name]
        if not words or is_known(words[0]):
            return bool(words)
        first = words[0]  # "Siti", "I" and "La" are no names by themselves: what follows them decides
        may_begin = first.is_cap and (first.word.is_name or len(first.text) <= 2)
        return may_begin and any(one.is_cap and one.gap in (" ", ". ") and _may_be_name(one) for one in words[1:])

    def _suits(self, kind: str, at: int) -> bool:
        """Whether the sign between a cue and the word lets the cue count."""
        gap = self.tokens[at].gap
        if kind == "place" and gap.startswith("."):  # "dr. Hendra"
            return False
        if kind in ("address", "by", "place", "thing"):
            return not set(gap) & set(",:/(")
        return True

    def _said(self, at: int, phrase: Sequence[str]) -> bool:
        first = at - len(phrase)
        return first >= 0 and all(token.low == word for token, word in zip(self.tokens[first:at], phrase, strict=True))

    def role_further(self, at: int) -> float:
        """An office or a relative named in the same clause, right before a comma: "kepala desa kami di Bone, …"."""
        for back in range(1, 8):
            if at - back < 0:
                return 0.0
            if self.tokens[at - back].word.kinds & {"role", "kin"} or _bare(self.tokens[at - back].low) is not None:
                return weigh.ROLE_AND_COMMA if back <= 3 else weigh.ROLE_FURTHER
            if self.tokens[at - back].begins or "," in self.tokens[at - back].gap:
                return 0.0
        return 0.0

    def joins_names(self, at: int) -> bool:
        """Whether a name stands right before, with "dan" or a comma between."""
        if self.last_name < 0:
            return False
        between = at - self.last_name - 1
        if between == 0:
            return self.tokens[at].gap.strip() in (",", "/", "&", "")
        return between == 1 and self.tokens[at - 1].low in cues()["joins"]

    def is_titled(self, at: int) -> bool:
        """Whether ordinary words have capitals here as well, as in a heading: then a capital says nothing."""
        near = self._sentence(at)
        odd = [one for one in near if one.is_cap and not one.begins and one.word.is_listed and not one.word.is_name]
        odd = [one for one in odd if "calendar" not in one.word.kinds]  # they have a capital everywhere
        return len(odd) > 2 or any(
            "role" in one.word.kinds or "thing" in one.word.kinds for one in odd[:1] if len(odd) > 1
        )

    def _sentence(self, at: int) -> list[Token]:
        """The five words on either side that stand in the same sentence."""
        first = max(0, at - 5)
        first = next((back for back in range(at, first, -1) if self.tokens[back].begins), first)
        last = min(len(self.tokens), at + 5)
        last = next((ahead for ahead in range(at + 1, last) if self.tokens[ahead].begins), last)
        return list(self.tokens[first:last])

    def leads_on(self, at: int) -> bool:
        return at + 1 < len(self.tokens) and self.tokens[at + 1].is_cap

    def has_before(self, at: int, *kinds: str) -> bool:
        """Whether a word of one of these kinds stands right before."""
        is_near = at > 0 and self.tokens[at].gap in (" ", ". ")
        return is_near and not self.tokens[at - 1].word.kinds.isdisjoint(kinds)

    def is_called(self, at: int) -> bool:
        """ "Koh Aliong", "haji encep", "hubungi Tumini": a known name behind a word that stands before much else, too;
        behind a shortened title ("h. baso") also one that is something else besides.
        """
        token = self.tokens[at]
        is_odd = token.is_cap and not (token.word.is_listed or token.word.place)  # "ko Acun"
        if is_odd and len(token.text) > 2 and self.has_before(at, "near_name"):
            return True
        if is_known(token):
            return self.has_before(at, "near_name", "calls", "venerable")
        is_stopped = token.gap == ". " and self.has_before(at, "venerable")
        return is_stopped and token.word.is_name and len(self.tokens[at - 1].text) <= _SHORTENED

    def is_plainly_a_person(self, at: int) -> bool:
        """ "datang dari Bambang Trihatmoko": a name, and behind it a word that is nothing else; or three words, two of
        them names, none of them a town ("lewat Dewa Putu Arnawa").
        """
        three = self.tokens[at : at + 3]
        if len(three) == 3 and all(one.is_cap for one in three) and sum(one.word.is_name for one in three) > 1:
            return not any(one.word.place > 1 or "thing" in one.word.kinds for one in three) and three[2].gap == " "
        if not (self.tokens[at].is_cap and is_known(self.tokens[at]) and self.leads_on(at)):
            return False
        last = self.tokens[at + 1]
        return last.gap == " " and not (last.word.is_listed or last.word.place)

    def names_a_thing(self, at: int) -> bool:
        """ "pt haji amrullah", "Warung Kopi Mang Dudung": what is called after a person."""
        first = at
        while self.has_before(first, "near_name", "venerable"):
            first -= 1
        if first and first < at and self.tokens[first - 1].low in _FIRMS:
            return True
        if self._is_in_firm(first) or self._is_called_after(first):
            return True
        if first < 2 or not all(one.is_cap for one in self.tokens[first - 2 : at + 1]):
            return False
        thing, middle = self.tokens[first - 2 : first]
        is_one = middle.gap == self.tokens[first].gap == " " and middle.word.is_plain and not middle.word.is_name
        return is_one and "thing" in thing.word.kinds and not middle.word.kinds & {"role", "kin"}

    def _is_called_after(self, at: int) -> bool:
        """ "Jalan Brigjen H. Hasan Basri", "SMPN 1 Teuku Nyak Arief", "Kafe Bang Jali": a thing with a capital within a
        sentence, and the name at once; not the office over it ("Sekretaris Desa Siti Zubaedah").
        """
        while self.has_before(at, "near_name", "venerable", "honour"):
            at -= 1
        thing = self.tokens[at - 1] if at else None
        if thing is None or "thing" not in thing.word.kinds or not self.tokens[at].is_cap:
            return False
        if at > 1 and "role" in self.tokens[at - 2].word.kinds:
            return False
        is_written_so = (thing.is_cap or thing.text.isupper()) and (thing.low in _STREETS or not thing.begins)
        return is_written_so and _NUMBERED.fullmatch(self.tokens[at].gap) is not None

    def _is_in_firm(self, at: int) -> bool:
        """ "CV Tiga Putra Salim", "PT Sawit Haji Idar": words with capitals up to the sign of a firm."""
        for back in range(at, max(0, at - _WORDS_OF_FIRM), -1):
            if self.tokens[back].gap not in (" ", ". ") or not (back == at or self.tokens[back].is_cap):
                return False
            if self.tokens[back - 1].low in _FIRMS:
                return self.tokens[back - 1].text.isupper()
        return False

    def is_listed(self, at: int) -> bool:
        """ "Nurlela, Ikhsan, Tohir": a known name by itself with another one before or after a comma."""
        near = self.tokens[max(0, at - 1) : at + 2]
        pairs = ((one, other) for one, other in pairwise(near) if other.gap == ", ")
        return any(
            is_known(one) and is_known(other) and not (one.word.place or other.word.place) for one, other in pairs
        )

    def leads_to_a_name(self, at: int) -> bool:
        return self.leads_on(at) or (at + 1 < len(self.tokens) and is_known(self.tokens[at + 1]))

    def is_doctor(self, at: int) -> bool:
        """A title in small letters before a name: "dr. Togar", "haji Mursidin"; without its stop, "dr" means "from"."""
        if not self.leads_on(at):
            return False
        low, following = self.tokens[at].low, self.tokens[at + 1]
        if low in cues()["academic"]:
            return following.gap.startswith(".")
        return low in cues()["venerable"] and following.gap.strip(".") == " "


@lru_cache(maxsize=20_000)
def _bare(word: str) -> str | None:
    """The office or relative in "bendaharanya", "kadesku"; None where there is none."""
    for end in ("nya", "nyo", "ku", "e"):
        if word.endswith(end) and look_up(word[: -len(end)]).kinds & {"role", "kin"}:
            return word[: -len(end)]
    return None


def is_known(token: Token) -> bool:
    """Whether the word alone speaks for a person: a name that is no ordinary word, or one that ends like a name."""
    return (token.word.is_name and not token.word.is_plain) or token.word.has_shape


def _may_be_name(token: Token) -> bool:
    """Whether the word is known as a name, or as nothing else."""
    return is_known(token) or not (token.word.is_listed or token.word.place)


@cache
def _cue_phrases() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """The phrases that are cues by their last word: each with its kind, as words."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for kind in weigh.BEFORE:
        for phrase in cues()[kind]:
            words = tuple(TOKEN.findall(phrase))
            found.setdefault(words[-1], []).append((kind, words))
    return found
