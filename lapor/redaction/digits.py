"""Numbers however people write them: digits with anything between, as words ("nol delapan satu"), or both mixed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_WORDS = {
    "0": "nol kosong enol zero",
    "1": "satu one",
    "2": "dua two",
    "3": "tiga three",
    "4": "empat four",
    "5": "lima five",
    "6": "enam six",
    "7": "tujuh tuju seven",
    "8": "delapan lapan eight",
    "9": "sembilan nine",
}
_TEENS = {"sepuluh": "10", "sebelas": "11"}
_VALUES = {word: digit for digit, words in _WORDS.items() for word in words.split()} | _TEENS
_TOKEN = re.compile(
    rf"\d|{'|'.join(sorted(_VALUES, key=len, reverse=True))}|belas|puluh|(?<![^\W\d])[oil](?![^\W\d])", re.IGNORECASE
)
# What may stand between two digits of one number; letters may not.
_GAP = re.compile(r"[\s().\-–—_/,:;·•|*+\u00ad\u200b-\u200d\u2060\ufeff]{0,6}")
_FIGURE = re.compile(r"\d")
_ELSE = {digit: ("o", "sepuluh") if digit == "0" else ("i", "l", "belas") if digit == "1" else () for digit in _WORDS}
_LOOKALIKE = {"o": "0", "i": "1", "l": "1"}
_PREFIXES = ("00620", "0062", "620", "62", "0")


@dataclass(frozen=True)
class _Digit:
    value: str
    start: int
    end: int
    is_figure: bool  # a figure next to a figure is the same number; a word is not


def find_number(text: str, local: str) -> Iterator[tuple[int, int]]:
    """Where this number stands, given without its prefix: with 0, 62, +62 or nothing in front, in any spelling."""
    if not _could_hold(text, local):
        return
    for run in _runs(text):
        digits = "".join(one.value for one in run)
        at = digits.find(local)
        while at >= 0:
            last = at + len(local) - 1
            first = _start(run, digits, at)
            if first is not None and not _touches(run, last, last + 1):
                start = run[first].start
                yield (start - 1 if text[start - 1 : start] == "+" else start), run[last].end
            at = digits.find(local, at + 1)


def _could_hold(text: str, local: str) -> bool:
    """Whether each digit occurs at all, in whatever way; tells most texts apart at a fraction of the cost."""
    lower = text.casefold()
    figures = {str(unicodedata.digit(one)) for one in set(_FIGURE.findall(lower))}
    return all(
        digit in figures or any(word in lower for word in (*_WORDS[digit].split(), *_ELSE[digit]))
        for digit in set(local)
    )


def _start(run: list[_Digit], digits: str, at: int) -> int | None:
    """Where the number begins with its longest prefix; None when it is the tail of a longer one."""
    for prefix in (*_PREFIXES, ""):
        first = at - len(prefix)
        if first >= 0 and digits[first:at] == prefix and not _touches(run, first - 1, first):
            return first
    return None


def _touches(run: list[_Digit], one: int, other: int) -> bool:
    if one < 0 or other >= len(run):
        return False
    return run[one].end == run[other].start and run[one].is_figure and run[other].is_figure


def _runs(text: str) -> Iterator[list[_Digit]]:
    """Digits that stand together, as many as there are."""
    run: list[_Digit] = []
    end = 0
    for match in _TOKEN.finditer(text):
        if run and not _GAP.fullmatch(text, end, match.start()):
            yield run
            run = []
        _add(run, match)
        end = match.end()
    if run:
        yield run


def _add(run: list[_Digit], match: re.Match[str]) -> None:
    said, start, end = match[0].casefold(), match.start(), match.end()
    if said == "belas":  # "dua belas": 12
        if run:
            last = run[-1]
            run[-1:] = [_Digit("1", last.start, last.end, False), _Digit(last.value, start, end, False)]
    elif said == "puluh":  # "dua puluh tiga": 23; "dua puluh" alone is seldom how a number is dictated
        return
    elif len(said) == 1:
        value = _LOOKALIKE.get(said) or str(unicodedata.digit(said))
        run.append(_Digit(value, start, end, True))
    else:
        run += [_Digit(value, start, end, False) for value in _VALUES[said]]
