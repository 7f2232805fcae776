"""Which words of a text may together be one name: where such a stretch begins and ends, before anything is weighed."""

from __future__ import annotations

from . import name_weights as weigh
from .name_around import Around, is_known
from .name_words import cues

_STOPS = frozenset(["introduces", "names", "self", "address", "thing", "role"])


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
        if len(token.text) < 3 and "honour" not in token.word.kinds:
            return False
        kinds = self.around.kinds_before(at)
        if kinds & {"introduces", "names", "address"}:
            return True
        if not self.around.is_small:
            return False
        if token.word.is_plain and not (token.word.is_name and self._stands_before_name(at)):
            return False
        is_beside = at == self.around.last_name + 1 and self.around.joins_names(at)
        return token.word.is_name or is_beside or bool(kinds & {"self", "kin", "role"})

    def _extend(self, at: int, *, is_small: bool) -> int:
        end = at
        while end < len(self.tokens) and end - at < weigh.MOST_WORDS:
            if end > at and not self._joins(end):
                break
            if not self._fits(end, is_first=end == at, is_small=is_small):
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
                len(before.text) == 1 or "honour" in kinds or "particle" in kinds or before.low in cues()["shortened"]
            )
        return True

    def _fits(self, at: int, *, is_first: bool, is_small: bool) -> bool:
        token = self.tokens[at]
        word, kinds = token.word, token.word.kinds
        if not is_first and "particle" in kinds:
            return True
        if "honour" in kinds and (token.is_cap or is_small or self.around.is_doctor(at)):
            return word.is_name or not word.is_plain or is_first
        if kinds & _STOPS:
            return self._stands_in_name(at, is_first=is_first)
        if not is_small:
            return token.is_cap and (word.is_name or not word.is_plain or (not is_first and self._goes_on(at)))
        if len(token.text) < 2 or (word.is_plain and not word.is_name):
            return False
        return not is_first or not word.is_plain or self._stands_before_name(at)

    def _goes_on(self, at: int) -> bool:
        """ "Syahrani Kaderi": behind a name, what is a word only without its ending is the rest of the name."""
        before = self.tokens[at - 1]
        return not self.tokens[at].word.is_listed and ("honour" in before.word.kinds or is_known(before))

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
            return (
                self.around.leads_on(at) and token.word.is_name and not token.begins and "thing" not in token.word.kinds
            )
        before = self.tokens[at - 1].word
        if "honour" in before.kinds:
            return "role" in token.word.kinds and self.around.leads_on(at)
        return token.word.is_name and (is_known(self.tokens[at - 1]) or "thing" not in token.word.kinds)
