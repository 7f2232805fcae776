"""Where a text names places: each name with what stands around it, before anybody decides which place is meant."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from lapor.routing.reading.gazetteer import (
    CITY_FROM,
    MOST_WORDS,
    Gazetteer,
    doubtful_shorthand,
    everyday,
    gazetteer,
    is_particle,
    shorthand,
)
from lapor.routing.words import MAX_READ, read_table

LEVELS = {"province": 1, "regency": 2, "city": 2, "district": 3, "village": 4}

_WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*")
_STOP = re.compile(r"[.!?;:\n]\s|\n|[.!?]{2,}|[()\"“”]")
# Their dot ends no sentence.
_DOTTED = frozenset(["kab", "kec", "kel", "ds", "dsn", "kp", "prov", "jl", "jln", "gg", "no", "kep", "tj", "tg", "sei"])
_DOUBLED = re.compile(r"^([a-z]{3,})2$")
_GLUED = (
    "disdukcapil", "dukcapil", "diskominfo", "kominfo", "polrestabes", "polresta", "polres", "polsek", "polda",
    "pemprov", "pemkot", "pemkab", "humas", "satpolpp", "dishub", "dinkes", "disdik", "dinsos", "damkar", "bpbd",
    "dprd", "dlh", "pdam", "perumda", "rsud", "samsat", "info", "kabupaten", "kab", "kota",
)  # fmt: skip
_LEVEL_WORDS = frozenset(["provinsi", "kabupaten", "kecamatan", "kelurahan", "distrik", "desa"])
_PREPOSITIONS = ("di", "ke", "se")
_KINDS = frozenset(["pulau", "kampung", "kelurahan", "kecamatan", "kabupaten", "desa", "pasar", "jalan", "simpang"])
_MARKED = frozenset({"near", "river", *LEVELS})


@dataclass(slots=True)
class Token:
    """One word: plain letters, where it stands, whether it has a capital, and what separates it from the one before."""

    word: str
    at: int
    is_capital: bool
    gap: str


@dataclass(slots=True)
class Mention:
    """A name at tokens `start` to `end`: the codes that bear it, and the cue before it (see data/place_cues.csv)."""

    start: int
    end: int
    key: str
    codes: tuple[str, ...]
    cue: str
    is_landmark: bool
    is_everyday: bool
    is_capital: bool
    words: str
    weight: float = 1.0
    is_alone: bool = False


def is_high(mention: Mention) -> bool:
    """Whether it names a province, regency, city or landmark: certain by itself."""
    return mention.is_landmark or any(code.count(".") < 2 for code in mention.codes)


@lru_cache(maxsize=1)
def cues() -> dict[str, str]:
    """What a word before a name says of it."""
    return {row["word"]: row["cue"] for row in read_table("place_cues.csv")}


def tokens_of(text: str) -> list[Token]:
    """The words of the first `MAX_READ` characters, shorthand of places written out."""
    text = text[:MAX_READ]
    found: list[Token] = []
    end = 0
    for match in _WORD.finditer(text):
        raw = match.group()
        word = _plain(raw)
        gap = text[end : match.start()]
        end = match.end()
        is_capital = raw[0].isupper()
        before = found[-1].word if found else ""
        is_edge = not found or end == len(text) or text[end] in ",.;\n)"
        written = _written_out(word, cues().get(before, ""), is_edge=is_edge)
        for number, part in enumerate(written):
            found.append(Token(part, match.start(), is_capital, " " if number else gap))
    return found


def _plain(raw: str) -> str:
    word = raw.lower()
    if not word.isascii():
        word = "".join(each for each in unicodedata.normalize("NFKD", word) if each.isascii() and each.isalnum())
    return word.replace("'", "").replace("`", "")


def _written_out(word: str, cue: str, *, is_edge: bool) -> tuple[str, ...]:
    known = shorthand().get(word)
    if known is not None:
        return known
    doubtful = doubtful_shorthand().get(word)
    if doubtful is not None and (is_edge or cue in _MARKED):
        return doubtful
    return _unglued(word)


@lru_cache(maxsize=20_000)
def _unglued(word: str) -> tuple[str, ...]:
    """ "disamarinda" → "di", "samarinda"; "pemkotbontang" → "pemkot", "bontang"; "bau2" → "bau", "bau"."""
    doubled = _DOUBLED.match(word)
    if doubled:
        return (doubled.group(1), doubled.group(1))
    names = gazetteer()
    if len(word) < 7 or word in names.names:
        return (word,)
    if word[:2] in ("di", "ke") and word[2:] in _KINDS:
        return (word[:2], word[2:])
    for prefix in (*_GLUED, *_PREPOSITIONS):
        rest = word[len(prefix) :]
        if word.startswith(prefix) and len(rest) > 3:
            rest_long = shorthand().get(rest)
            if rest_long:
                return (prefix, *rest_long)
            is_sure = prefix in _GLUED or rest not in everyday()
            if is_sure and (rest in names.landmarks or any(code.count(".") < 2 for code in names.codes(rest))):
                return (prefix, rest)
    return (word,)


def mentions_in(tokens: list[Token]) -> list[Mention]:
    """Every name that stands in the words, also one within another; `places` settles which counts."""
    names, usual = gazetteer(), everyday()
    words = [token.word for token in tokens]
    breaks = [_is_break(token, words[at - 1]) for at, token in enumerate(tokens)]
    found: list[Mention] = []
    is_mixed = sum(token.is_capital for token in tokens) * 2 < len(tokens)
    for start, first in enumerate(words):
        key = ""
        has_particle = False
        for end in range(start, min(start + MOST_WORDS, len(words))):
            if end > start and breaks[end]:
                break
            has_particle = has_particle or is_particle(words[end])
            if has_particle and end > start and first not in names.openings:
                break
            key += words[end]
            if has_particle and key not in names.with_particles:
                continue
            if len(key) < 3 or (first == "kota" and (_is_city(names, key[4:]) or _opens_city(names, words, end))):
                continue
            if key in _LEVEL_WORDS and words[start - 1 : start] != ["kelurahan"]:  # a kelurahan is called Kabupaten
                continue
            codes, is_landmark = _look_up(names, key)
            if codes:
                found.append(
                    Mention(
                        start=start,
                        end=end + 1,
                        key=key,
                        codes=codes,
                        cue=_cue(words, breaks, start, end + 1, is_clear=key not in usual and key in names.high),
                        is_landmark=is_landmark,
                        is_everyday=key in usual,
                        is_capital=is_mixed
                        and not _opens(tokens, start)
                        and all(token.is_capital for token in tokens[start : end + 1]),
                        words=" ".join(words[start : end + 1]),
                    )
                )
    return found


def _opens(tokens: list[Token], start: int) -> bool:
    """Whether this word has its capital from the sentence that it begins."""
    return start == 0 or bool(_STOP.search(tokens[start].gap + " "))


def _is_city(names: Gazetteer, key: str) -> bool:
    return any(code.count(".") == 1 and code.split(".")[1] >= CITY_FROM for code in names.codes(key))


def _opens_city(names: Gazetteer, words: list[str], at: int) -> bool:
    """Whether the word "kota" at this place begins the name of a city, and so is no kecamatan Kota."""
    return words[at] == "kota" and any(
        _is_city(names, "".join(words[at + 1 : at + 1 + count])) for count in range(1, 3)
    )


def _look_up(names: Gazetteer, key: str) -> tuple[tuple[str, ...], bool]:
    known = names.landmarks.get(key)
    if known is None:
        return names.codes(key), False
    if key in names.high:
        best = [code for code in names.codes(key) if code.count(".") < 2]
        if best:
            return tuple(best), False
    return (known,), True


def _is_break(token: Token, before: str) -> bool:
    if not token.gap or token.gap == " " or (token.gap.strip() == "." and before in _DOTTED):
        return False
    return "," in token.gap or bool(_STOP.search(token.gap + " "))


def _cue(words: list[str], breaks: list[bool], start: int, end: int, *, is_clear: bool) -> str:
    """What the word before says; "desa" in "desa, Samarinda" says nothing of Samarinda. A name that is a whole clause
    of its own ("…. bongan") tells where, as in "di Bongan"; so does one that a message begins with ("kuaro gelap").
    """
    if start == 0 and is_clear:
        return "near"
    if start == 0 or breaks[start]:
        return "near" if end == len(words) or (start and breaks[end]) else ""
    return cues().get(words[start - 1], "")
