"""Which words of a text may together be one name: where such a stretch begins and ends, before anything is weighed."""

from __future__ import annotations

import re

from . import weights as weigh
from .around import Around, is_known
from .tokens import Token
from .words import cues

_STOPS = frozenset(["introduces", "names", "self", "address", "thing", "role"])
_OPENING = frozenset(["introduces", "names", "self", "address", "kin"])
_OF_BALI = frozenset(["luh", "made", "putu", "wayan", "ketut", "kadek", "nyoman", "komang", "nengah", "gusti", "ayu"])
_YEARS = frozenset(["th", "thn", "tahun", "bln", "bulan"])
_JOIN_NEXT = re.compile(r"^ {1,2}$")


class Stretches:
    """Finds the stretches in the words of one text."""

    def __init__(self, around: Around) -> None:
        self.around, self.tokens = around, around.tokens

    def end_of(self, at: int) -> int:
        """Where the stretch of words ends that may be one name and begins here; `at` where none begins."""
        first = self.tokens[at]
        if first.is_cap or self.around.is_doctor(at):
            return self._extend(at, is_small=False)
        if not self._may_be_small(at):
            return at
        return self._extend(at, is_small=True)

    def _may_be_small(self, at: int) -> bool:
        token = self.tokens[at]
        kinds = self.around.kinds_before(at)
        if len(token.text) < 3 and "honour" not in token.word.kinds and not self._begins_in_form(at):
            return False
        if kinds & {"introduces", "names", "address"} or self._is_balinese(at):
            return True
        if not self.around.is_small:
            return False
        is_told = "kin" in kinds and self._has_age_after(at)
        if token.word.is_plain and not (token.word.is_name and (is_told or self._stands_before_name(at))):
            return False
        is_beside = at == self.around.last_name + 1 and self.around.joins_names(at)
        return token.word.is_name or is_beside or bool(kinds & {"self", "kin", "role"})

    def _begins_in_form(self, at: int) -> bool:
        """ "LA ODE MUHIDIN", "ni luh sukerti": by how it is written, or by the particle that it begins with."""
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        is_upper = self.tokens[at].text.isupper() and following is not None and following.text.isupper()
        return (is_upper and following is not None and len(following.text) > 2) or self._is_balinese(at)

    def _is_balinese(self, at: int) -> bool:
        """ "ni luh sukerti": the particle that says that a woman is named."""
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return self.tokens[at].low == "ni" and following is not None and following.low in _OF_BALI

    def _extend(self, at: int, *, is_small: bool) -> int:
        end = at
        while end < len(self.tokens) and end - at < weigh.MOST_WORDS:
            if end > at and not self._joins(end):
                break
            if not self._fits(end, at, is_small=is_small):
                break
            end += 1
        while end > at and "particle" in self.tokens[end - 1].word.kinds and not self.tokens[end - 1].is_cap:
            end -= 1
        return end

    def _joins(self, at: int) -> bool:
        gap, before = self.tokens[at].gap, self.tokens[at - 1]
        if not weigh.JOIN.match(gap):
            return False
        if gap.startswith("."):
            kinds = before.word.kinds
            return (
                len(before.text) <= 2 - before.word.is_plain
                or "honour" in kinds
                or "particle" in kinds
                or before.low in cues()["shortened"]
            )
        return True

    def _fits(self, at: int, first: int, *, is_small: bool) -> bool:
        is_first = at == first
        token = self.tokens[at]
        word, kinds = token.word, token.word.kinds
        if not is_first and "particle" in kinds:
            return True
        if "dotted" in kinds and not (self.around.leads_on(at) and self.tokens[at + 1].gap.startswith(".")):
            return False
        if "honour" in kinds and (token.is_cap or is_small or self.around.is_doctor(at)):
            before = self.tokens[at - 1]
            is_within = not is_first and token.is_cap and is_known(before)  # "Nurlela Dg. Bau"
            return word.is_name or not word.is_plain or is_first or is_within or "honour" in before.word.kinds
        if kinds & _STOPS:
            return self._stands_in_name(at, is_first=is_first)
        if not is_small:
            if not is_first and token.gap == "-" and self._is_rest(at):
                return True
            if not (token.is_cap or (token.text.isupper() and self.tokens[first].text.isupper() and not word.is_plain)):
                return False
            if not is_first and ("honour" in self.tokens[at - 1].word.kinds or self._is_initial(at)):
                return True
            is_named = not word.is_listed and bool(self.around.kinds_before(at) & {"introduces", "names"})
            if word.is_name or not word.is_plain or (is_first and is_named):
                return True
            return self._opens(at) if is_first else self._goes_on(at, first)
        if is_first and self._begins_in_form(at):
            return True
        if len(token.text) < 2 or (word.is_plain and not word.is_name):
            return False
        return not is_first or not word.is_plain or self._has_age_after(at) or self._stands_before_name(at)

    def _is_rest(self, at: int) -> bool:
        """ "Perangin-angin", not "Anak-anak" or "Bass-nya"."""
        before, token = self.tokens[at - 1], self.tokens[at]
        return not before.word.is_listed and before.low != token.low and token.low != "nya"

    def _is_initial(self, at: int) -> bool:
        """The "M" of "Husaini M. Daud", the "K" of "Dewi K"."""
        stops = at + 1 == len(self.tokens) or self.tokens[at + 1].gap[:1] in (".", ",", "\n")
        return len(self.tokens[at].text) == 1 and stops

    def _goes_on(self, at: int, first: int) -> bool:
        """ "Syahrani Kaderi", "Danu Bulan": where a name has begun, a word with a capital is the rest of it."""
        begun = self.tokens[first:at]
        has_begun = self._is_opened(first) or any(one.is_cap and _speaks(one) for one in begun)
        has_begun |= begun[0].word.is_name and bool(self.around.kinds_before(first) & {"by", "role"})
        has_begun |= len(begun) > 1 and not any(one.word.is_plain or one.word.place for one in begun)
        return has_begun and not self.tokens[at].begins and not self.around.is_titled(at)

    def _is_opened(self, at: int) -> bool:
        """Whether a cue before this word says that a person is named now."""
        return at >= 0 and self.tokens[at].is_cap and bool(self.around.kinds_before(at) & _OPENING)

    def _opens(self, at: int) -> bool:
        """ "Saya Galang Prayogi": an ordinary word with a capital after such a cue, and another capital behind it."""
        token = self.tokens[at]
        return (
            not token.begins
            and (self.around.leads_on(at) or self._has_particle_after(at))
            and (self._is_opened(at) or (not token.word.is_listed and is_known(self.tokens[at + 1])))
            and not self.around.is_titled(at)
            and _JOIN_NEXT.match(self.tokens[at + 1].gap) is not None
        )

    def _has_particle_after(self, at: int) -> bool:
        """ "Masita binti Baco"."""
        return at + 2 < len(self.tokens) and "particle" in self.tokens[at + 1].word.kinds and self.tokens[at + 2].is_cap

    def _has_age_after(self, at: int) -> bool:
        """ "anak sy bintang 7th"."""
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return following is not None and following.gap.strip().isdigit() and following.low in _YEARS

    def _stands_before_name(self, at: int) -> bool:
        """ "siti djamilah": a name that is also a word, with one after it that is no word."""
        if at + 1 >= len(self.tokens):
            return False
        following = self.tokens[at + 1]
        return weigh.JOIN.match(following.gap) is not None and len(following.text) > 3 and not following.word.is_plain

    def _stands_in_name(self, at: int, *, is_first: bool) -> bool:
        """Words like "Bulan", "Modin" or "Ambo" that say something else by themselves, in the midst of a name."""
        token = self.tokens[at]
        if not token.is_cap:
            return False
        if is_first:
            is_cued = self.around.leads_on(at) or bool(self.around.kinds_before(at) & {"introduces", "names"})
            return is_cued and token.word.is_name and not token.begins and "thing" not in token.word.kinds
        before = self.tokens[at - 1].word
        if "honour" in before.kinds:
            return token.word.is_name or ("role" in token.word.kinds and self.around.leads_on(at))
        if token.word.is_name or (token.word.kinds == {"self"} and self.tokens[at - 1].is_cap):  # "La Ane"
            return is_known(self.tokens[at - 1]) or "thing" not in token.word.kinds
        # "H. Masdari bin Anang Tambak": the end of a long name, not the first word of what a body is called.
        two = self.tokens[max(0, at - 2) : at]
        return not self.around.leads_on(at) and len(two) == 2 and is_known(two[1]) and "particle" in two[0].word.kinds


def _speaks(token: Token) -> bool:
    return "honour" in token.word.kinds or is_known(token)
