"""Masking of personal data in texts that leave for the public: by rule, with the same result every time.

Numbers are found in any spelling: digits, digits with separators, and digits as words ("nol delapan satu"). Officials
named by their function stay; names of private persons go. What cannot be decided by rule is masked and marked doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from .redact_words import DIGIT_WORDS, FUNCTIONS, NAME_CUES, NOT_NAMES, TITLES
from .strike import finder

MASKS = {
    "email": "[e-mail]",
    "nik": "[NIK]",
    "card": "[nomor kartu]",
    "account": "[nomor rekening]",
    "phone": "[nomor telepon]",
    "plate": "[pelat nomor]",
    "address": "[alamat]",
    "name": "[nama]",
    "held": "[ditahan untuk diperiksa]",
}
_LEAST_SURE = 8  # letters of a name that do not follow each other by chance
_ORDER = tuple(MASKS)  # where two spans overlap, the earlier kind wins


@dataclass(frozen=True)
class Span:
    """One masked stretch of the original text."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Redacted:
    """The text fit for the public, what was masked where in the original, and whether a person should look."""

    text: str
    found: tuple[Span, ...]
    is_doubtful: bool


def redact(text: str, names: Sequence[str] = ()) -> Redacted:
    """Masks personal data; `names` are the reporter's own, masked in every spelling that `lib.strike` knows."""
    spans = _settle(
        [
            *_spans("email", _EMAIL, text),
            *_numbers(text),
            *_spelled_numbers(text),
            *_spans("plate", _PLATE, text, keep=_is_plate),
            *_spans("address", _ADDRESS, text),
            *_spans("address", _HOUSEHOLD, text),
            *_spans("address", _ESTATE, text),
            *_own_names(text, names),
            *_cued_names(text),
            *_titled_names(text),
        ]
    )
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], MASKS[span.kind]]
        at = span.end
    return Redacted("".join([*parts, text[at:]]), tuple(spans), any(span.kind == "name" for span in spans))


def still_tells(text: str, names: Iterable[str]) -> bool:
    """Whether the letters of a whole name follow each other even after masking, whatever stands between them: written
    down the page, say. Then nothing of the text is safe to show before a person has looked.
    """
    letters = _LETTERS.sub("", text).casefold()
    said = (_LETTERS.sub("", name).casefold() for name in names)
    return any(len(name) >= _LEAST_SURE and name in letters for name in said)


_LETTERS = re.compile(r"[\W\d_]+")
_EMAIL = re.compile(r"[\w.+%-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
# Runs of at least seven digits with single separators between them; what they are is decided below.
_RUN = re.compile(r"(?<![\w.,])\+?\(?\d(?:[\s().\-–/·•_]{0,3}\d){6,23}(?![\w])")
_MONEY_BEFORE = re.compile(r"(?:rp|idr|rupiah|sebesar|senilai|harga|biaya)\.?\s*$", re.IGNORECASE)
_DATE = re.compile(r"^\d{1,2}[\s./-]\d{1,2}[\s./-]\d{2,4}(?:\s+\d{1,2}[.:]?\d{0,2})?$|^\d{4}[./-]\d{1,2}[./-]\d{1,2}$")
_GROUPED = re.compile(r"^\d{1,3}(?:\.\d{3})+(?:,\d+)?$")
_YEARS = re.compile(r"^(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d$")
_ACCOUNT_BEFORE = re.compile(
    r"(?:no(?:mor)?\.?\s*)?(?:rek(?:ening)?|norek|va|virtual account|bank|bri|bni|bca|mandiri|btn|bsi|dana|ovo|gopay|"
    r"bankaltimtara|transfer(?:nya)?(?: ke)?)\b[^\d\n]{0,40}$",
    re.IGNORECASE,
)
_NIK_BEFORE = re.compile(r"\b(?:nik|no(?:mor)?\.?\s*(?:ktp|kk)|ktp|kk|kartu keluarga)\b[^\d\n]{0,25}$", re.IGNORECASE)
_CARD_BEFORE = re.compile(
    r"\b(?:kip|kks|kis|kpm|jkn|bpjs|kartu|no(?:mor)?\.? peserta|npwp|nip|nisn|sim|paspor|passport|pelanggan|idpel|"
    r"meter|porsi|resi|invoice)\b[^\d\n]{0,30}$",
    re.IGNORECASE,
)
_PLATE = re.compile(r"\b([A-Z]{1,2})[\s.-]?(\d{1,4})[\s.-]?([A-Z]{1,3})\b", re.IGNORECASE)
# Perpol 7/2021: letters of the regions; a plate in the text must begin with one of them.
_PLATE_REGIONS = frozenset(
    [
        "A",
        "B",
        "D",
        "E",
        "F",
        "G",
        "H",
        "K",
        "L",
        "M",
        "N",
        "P",
        "R",
        "S",
        "T",
        "W",
        "Z",
        "AA",
        "AB",
        "AD",
        "AE",
        "AG",
        "BA",
        "BB",
        "BD",
        "BE",
        "BG",
        "BH",
        "BK",
        "BL",
        "BM",
        "BN",
        "BP",
        "DA",
        "DB",
        "DC",
        "DD",
        "DE",
        "DG",
        "DH",
        "DK",
        "DL",
        "DM",
        "DN",
        "DP",
        "DR",
        "DS",
        "DT",
        "DW",
        "EA",
        "EB",
        "ED",
        "KB",
        "KH",
        "KT",
        "KU",
        "PA",
        "PB",
        "PS",
        "PT",
        "PY",
        "PG",
    ]
)
_NOT_PLATES = frozenset({"RT", "RW", "NO", "KM", "SD", "TK", "PP", "UU", "JL", "M", "CM", "KG", "LT", "GG"})
_ADDRESS = re.compile(
    r"(?:(?<=rumah saya di )|(?<=alamat saya )|(?<=alamat rumah )|(?<=tinggal di )|(?<=alamat: )|(?<=alamat saya di )|"
    r"(?<=rumah kami di ))(?:jl|jln|jalan|gg|gang|perum|perumahan|komplek|blok|dusun)\b[^.\n;]{3,90}",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"\b(?:jl|jln|jalan|gg|gang|perum|perumahan|komplek|kompleks|blok)\.?\s[^,.\n;]{2,60}?[\s,]+(?:no|nomor|nmr)\.?\s?\d+\w?"
    r"(?:[\s,]+rt\.?\s?\d+(?:\s?/?\s?rw\.?\s?\d+)?)?",
    re.IGNORECASE,
)
# "RT 07 RW 02", "RT 07 Desa Sukamaju", "rumah saya RT 07": a few dozen households. The head of an RT is an office.
_VILLAGE = (
    r"(?:desa|dusun|dsn|kel(?:urahan)?|kampung|kp|dukuh|lingkungan|nagari|gampong)\.?\s+[^\W\d_]+(?:\s(?-i:[A-Z])\w+)?"
)
_HOUSEHOLD = re.compile(
    rf"\brt\.?\s?0*\d{{1,3}}(?:\s?[/,.\-]?\s?(?:rw\.?\s?)\d{{1,3}}|\s?/\s?\d{{1,3}})(?:[\s,]+{_VILLAGE})?"
    rf"|\brt\.?\s?0*\d{{1,3}}[\s,]+{_VILLAGE}"
    r"|(?:(?<=rumah saya di )|(?<=rumah saya )|(?<=tinggal di )|(?<=alamat saya )|(?<=rumah kami di ))rt\.?\s?\d{1,3}",
    re.IGNORECASE,
)
# "Perumahan Griya Asri Blok F2", "Blok F2 No. 5", "Blok C/12": a house, or the row it stands in.
_ESTATE = re.compile(
    r"\b(?:perum|perumahan|perumnas|komplek|kompleks|komp|griya|villa|cluster|asrama|rusun)\.?\s[^.\n;]{0,50}?"
    r"\bblok\s?[a-z]{1,3}\s?[-/.]?\s?\d{1,3}\w?(?:[\s,/]+(?:no|nomor|nmr)?\.?\s?\d{1,3}\b)?"
    r"|\bblok\s[a-z]{1,3}\s?[-/.]?\s?\d{1,3}\w?(?:[\s,/]+(?:no|nomor|nmr)\.?\s?\d{1,3}\b)?",
    re.IGNORECASE,
)


def _own_names(text: str, names: Iterable[str]) -> Iterator[Span]:
    for name in names:
        for one in finder(name=name)(text):
            yield Span("name", one.start, one.end)


def _spans(
    kind: str, pattern: re.Pattern[str], text: str, keep: Callable[[re.Match[str]], bool] | None = None
) -> Iterator[Span]:
    for match in pattern.finditer(text):
        if keep is None or keep(match):
            yield Span(kind, match.start(), match.end())


def _is_plate(match: re.Match[str]) -> bool:
    region, number, series = (part.upper() for part in match.groups())
    if region not in _PLATE_REGIONS or region in _NOT_PLATES:
        return False
    is_loose = match[0] != match[0].upper()
    return not (is_loose and (len(number) < 3 or series.lower() in NOT_NAMES or len(series) < 2))


def _numbers(text: str) -> Iterator[Span]:
    yield from _spans("address", _HOUSE, text)
    for match in _RUN.finditer(text):
        kind = _kind_of_number(match[0].strip(), before=text[max(0, match.start() - 60) : match.start()])
        if kind is not None:
            yield Span(kind, match.start(), match.end())


def _kind_of_number(written: str, *, before: str) -> str | None:
    """What a run of digits is; None for money, dates, years and the codes of reports."""
    digits = re.sub(r"\D", "", written)
    if _DATE.match(written) or _YEARS.match(written):
        return None
    if _MONEY_BEFORE.search(before) or (_GROUPED.match(written) and len(digits) <= 12):
        return None
    if _NIK_BEFORE.search(before) and len(digits) >= 12:
        return "nik"
    if _ACCOUNT_BEFORE.search(before):
        return "account"
    if len(digits) == 16:
        return "card" if _CARD_BEFORE.search(before) else "nik"
    if _CARD_BEFORE.search(before):
        return "card"
    if re.match(r"^(?:62|0)?8[1-9]\d{6,11}$", digits) or (digits.startswith(("0", "62")) and 8 <= len(digits) <= 14):
        return "phone"
    if len(digits) == 10 and digits[0] != "0" and "laporan" in before.lower()[-30:]:
        return None
    return "account" if 9 <= len(digits) <= 18 else None


_SPELLED = re.compile(
    rf"\b(?:(?:{'|'.join(sorted(DIGIT_WORDS, key=len, reverse=True))}|\d+)[\s,.\-]+){{6,23}}"
    rf"(?:{'|'.join(sorted(DIGIT_WORDS, key=len, reverse=True))}|\d+)\b",
    re.IGNORECASE,
)


def _spelled_numbers(text: str) -> Iterator[Span]:
    """Digits as words, mixed with digits if need be: seven or more in a row are a number somebody dictated."""
    for match in _SPELLED.finditer(text):
        parts = re.findall(r"[^\s,.\-]+", match[0].lower())
        if sum(part in DIGIT_WORDS for part in parts) < 3:
            continue
        digits = "".join(DIGIT_WORDS.get(part, part) for part in parts)
        if len(digits) >= 8:
            kind = "nik" if len(digits) == 16 else "phone" if digits.startswith(("0", "62", "8")) else "account"
            yield Span(kind, match.start(), match.end())


_WORD = r"[A-Z][a-zA-Z'’]*\.?"
_CUED = re.compile(
    rf"\b(?i:{'|'.join(NAME_CUES)})[\s:]+((?:{_WORD})(?:\s+{_WORD}){{0,3}})",
)
_CUED_LOOSE = re.compile(
    r"\b(?:atas nama|a\.n\.?|a/n|bernama|nama saya|namanya)[\s:]+([a-z'’]{3,}(?:\s+[a-z'’]{3,})?)", re.IGNORECASE
)
_TITLED = re.compile(
    rf"\b(?i:{'|'.join(TITLES)})\.?\s+((?:(?:[Hh]|[Hh]j|[Dd]r|[Dd]rs|[Ii]r)\.\s?)?{_WORD}(?:\s+{_WORD}){{0,2}})"
)


def _cued_names(text: str) -> Iterator[Span]:
    for pattern in (_CUED, _CUED_LOOSE):
        for match in pattern.finditer(text):
            yield from _name_span(text, match)


def _titled_names(text: str) -> Iterator[Span]:
    for match in _TITLED.finditer(text):
        yield from _name_span(text, match)


def _name_span(text: str, match: re.Match[str]) -> Iterator[Span]:
    """The name behind a cue or title, up to the first word that is a function or no name at all."""
    start, end = match.span(1)
    for word in re.finditer(r"[^\s]+", match[1]):
        plain = re.sub(r"\W", "", word[0]).lower()
        if plain in FUNCTIONS or plain in NOT_NAMES:
            end = start + word.start()
            break
    name = text[start:end].rstrip()
    if len(re.sub(r"\W", "", name)) >= 2:
        yield Span("name", start, start + len(name))


def _settle(spans: Iterable[Span]) -> list[Span]:
    """Spans in order without overlap: the more certain kind wins, then the longer one."""
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda found: (_ORDER.index(found.kind), found.start - found.end)):
        if span.end > span.start and all(span.end <= other.start or span.start >= other.end for other in chosen):
            chosen.append(span)
    return sorted(chosen, key=lambda found: found.start)
