"""How much a name of a place says of where the matter is, by the words around it: where somebody lives or comes from,
what they compare with, where a road leads, and who signs, is rarely where it is.
"""

from __future__ import annotations

import re
from itertools import pairwise

from lapor.routing.reading.mentions import Mention, Token, cues, is_high

_LIVES = frozenset(["tinggal", "domisili", "berdomisili", "kuliah"])
_CAME = frozenset(["kelahiran", "asal", "berasal", "merantau", "perantau", "perantauan", "lahir", "dulu", "dulunya"])
_MAKES = frozenset(  # "rekam ktp di Samboja" says where, "ktp Samboja" says who
    ["rekam", "merekam", "perekaman", "bikin", "buat", "membuat", "cetak", "mencetak", "urus", "ngurus", "mengurus"]
)
_INHABITANT = frozenset(["warga", "wrga", "penduduk", "orang"])
_ONESELF = frozenset(["saya", "sy", "kami", "aku", "ulun", "abdi", "sa", "ambo"])
_NOT = frozenset(["bukan", "bkn", "dudu", "sanes", "lain", "bukannya"])
_ONLY = frozenset(["hanya", "cuma", "saja", "sekadar"])
_SMALL_BETWEEN = frozenset(["di", "d", "yang", "yg", "nang", "ning", "dari", "kota", "kabupaten", "kab"])
_TOLL = frozenset(["tol", "toll", "jalantol"])
_LIKE = frozenset(["seperti", "kayak", "kyk", "beda", "dibanding", "dibandingkan", "daripada", "mencontoh", "meniru"])
_TOWARDS = frozenset(["arah", "menuju", "jurusan", "tujuan", "jalur", "ruas", "poros", "rute", "trayek"])
_FARE = frozenset(["tiket", "pesawat", "penerbangan"])
_ADDRESS = frozenset(["kepada", "yth", "kpd"])
_HEAD = 12  # no address of a letter is longer
_END = re.compile(r"[.!?\n]")
_DAY = re.compile(r"^\d{1,2}$")
_BY = frozenset(["ke", "menuju", "sampai", "arah", "via", "dan"])
_DASH = re.compile(r"^\s*[-–—/]+\s*$")


def weight_of(mention: Mention, tokens: list[Token]) -> float:
    """How much a name says by what stands around it, whatever it is the name of."""
    high = is_high(mention)
    if mention.cue in ("people", "none"):
        return 0.1
    if mention.cue == "person" and not high:
        return 0.0
    weight = 1.0
    if mention.cue == "road":
        weight *= 0.25 if high else 0.5
    if mention.cue == "river":
        weight *= 0.6
    before = [token.word for token in tokens[max(0, mention.start - 4) : mention.start]]
    said = {word.removesuffix("nya") for word in before} - ({"ktp"} if _MAKES & set(before) else set())
    if "ktp" in said or (_CAME & said and not _LIVES & said and "rumah" not in before):
        weight *= 0.3
    elif _LIVES & said and "rumah" not in before:
        weight *= 0.4
    elif before[-1:] and before[-1] in _INHABITANT and _ONESELF & set(before):
        weight *= 0.6  # "kami warga Samarinda, di Balikpapan kami dipungli"
    if _LIKE & set(before[-3:]):
        weight *= 0.2
    if _is_denied(before):
        return 0.0
    if _TOLL & set(before[-2:]):
        weight *= 0.25  # "tol Jakarta Cikampek": called after its ends
    if before:
        weight *= _by_last(before, is_high=high)
    after = tokens[mention.end : mention.end + 1]
    if after and "," in after[0].gap and _DAY.match(after[0].word):  # "Samarinda, 12 Oktober"
        weight *= 0.6
    if high and before and before[-1] == "di" and _in_address(tokens, mention.start):
        weight *= 0.4  # "Kepada Yth. Gubernur Kalimantan Timur di Samarinda"
    if _signs(tokens, mention):
        weight *= 0.2
    return weight


def _is_denied(before: list[str]) -> bool:
    """ "bukan di Solo", "dudu wonosari gunungkidul"."""
    words = list(reversed(before[-3:]))
    for at, word in enumerate(words):
        if word in _NOT:
            return not set(words[:at]) & _ONLY
        if at and word not in _SMALL_BETWEEN:
            return False
    return False


def _in_address(tokens: list[Token], start: int) -> bool:
    """Whether the words before, back to the begin of their sentence, address somebody."""
    for at in range(start - 1, max(-1, start - _HEAD), -1):
        if tokens[at].word in _ADDRESS:
            return True
        if _END.search(tokens[at].gap) and tokens[at - 1].word not in _ADDRESS:
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


def _by_last(before: list[str], *, is_high: bool) -> float:
    if before[-1] in ("dari", "dr"):
        return 0.6
    if before[-1] == "poros" and not is_high:
        return 0.6  # a road that is called after a village runs in it
    if before[-1] == "poros":
        return 0.18
    if before[-1] in _TOWARDS:
        return 0.25
    if before[-1] in ("ke", "k"):
        return 0.18 if _FARE & set(before) else 0.45
    return 0.4 if before[-1] == "perbatasan" else 1.0


def weigh_routes(found: list[Mention], tokens: list[Token]) -> None:
    """ "Samarinda–Bontang", "dari A ke B": neither end is where it is."""
    for one, other in pairwise(found):
        between = tokens[one.end : other.start]
        is_by = len(between) == 1 and between[0].word in ("ke", "sampai", "menuju")
        if is_by and _regency(one) == _regency(other) and one.codes != other.codes:
            one.codes, other.codes = (_regency(one),), (_regency(other),)  # a road is in neither of its ends alone
        if other.codes[0].startswith(one.codes[0]) or one.codes[0].startswith(other.codes[0]):
            continue
        is_dash = not between and other.start < len(tokens) and bool(_DASH.match(tokens[other.start].gap))
        if {"pindah", "pindahan", "mutasi"} & {token.word for token in tokens[max(0, one.start - 4) : one.start]}:
            one.weight, other.weight = 1.0, other.weight * 0.5  # who moves asks where they still are
        elif is_dash or (len(between) == 1 and between[0].word in _BY):
            one.weight *= 0.4
            other.weight *= 0.4 if is_dash or between[0].word == "menuju" else 1.0
            if _regency(one) == _regency(other):
                one.codes, other.codes = (_regency(one),), (_regency(other),)


def _regency(mention: Mention) -> str:
    return ".".join(mention.codes[0].split(".")[:2])
