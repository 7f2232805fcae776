"""Finds numbers, plates and addresses of private persons in a text, by the words around them and by their shape.

Numbers are found in any spelling: digits, digits with separators, letters that look like digits, and digits as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .masks import Span
from .words import cues, look_up, places

DIGIT_WORDS = {
    word: digit
    for digit, words in {
        "0": "nol enol kosong zero", "1": "satu siji hiji esa one", "2": "dua loro two", "3": "tiga telu tilu three",
        "4": "empat papat opat four", "5": "lima limo five", "6": "enam enem genep six", "7": "tujuh tuju pitu seven",
        "8": "delapan lapan wolu dalapan eight", "9": "sembilan semilan songo salapan nine",
    }.items()
    for word in words.split()
}  # fmt: skip


def find_numbers(text: str) -> list[Span]:
    """E-mail addresses, numbers, plates and addresses of homes; they may overlap."""
    has_digits = _A_DIGIT.search(text) is not None
    spelled = list(_spelled_numbers(text))
    return [
        *(_mails(text, _EMAIL) if _AT.search(text) else ()),
        *(_mails(text, _SPELLED_EMAIL) if _SAID_AT.search(text) else ()),
        *(one for one in (_numbers(text) if has_digits else ()) if not any(_is_part(one, of) for of in spelled)),
        *(_codes(text) if has_digits else ()),
        *spelled,
        *(_plates(text) if has_digits else ()),
        *_addresses(text, has_digits=has_digits),
    ]


def kind_of_number(text: str, start: int, end: int) -> str | None:
    """Which number of a person stands there, by its digits and the words before; None for money, dates, years and the
    codes of reports, and where they do not tell.
    """
    written, before = text[start:end].strip(), text[max(0, start - _BEFORE) : start]
    digits = re.sub(r"\D", "", written.translate(_LOOKALIKE))
    if _CARD_BEFORE.search(before) is None and _REFERENCE.match(written):
        return None
    if _tells_time(written):
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


def is_of_office(text: str, start: int, end: int) -> bool:
    """Whether a stretch is an hour, a day, the number of a paper, or the telephone or mail of an office: nobody's own.

    A telephone is an office's where it is said so ("call center"), or where it has a line and an office stands before.
    """
    written, before = text[start:end], text[max(0, start - _BEFORE) : start]
    if _tells_time(written):
        return True
    if _OF_PAPER_AFTER.match(text, end) and not _NIK_BEFORE.search(before):
        return True
    for mail in _EMAIL.finditer(text, max(0, start - _BEFORE), end + _BEFORE):
        if mail.start() < end and start < mail.end():
            return _is_mail_of_office(mail[0])
    if _HOTLINE_BEFORE.search(before) or _HOTLINE_AFTER.match(text, end):
        return True
    return _OFFICE_BEFORE.search(before) is not None and _LINE.match(written) is not None


_OF_PAPER_AFTER = re.compile(r"/[A-Za-z]")  # "800.1.6.2/519/Disdik/2026"
_HOTLINE = (
    r"(?:(?:call|care|contact) ?cent(?:er|re)|hotline|pandawa|(?:whatsapp|wa) (?:layanan|pengaduan|center|resmi)|"
    r"(?:unit|nomor|nomer|no\.?|layanan) pengaduan)"
)
_HOTLINE_BEFORE = re.compile(rf"\b{_HOTLINE}\b[^.;\n\d]{{0,25}}(?:\b\d\d jam: )?\(?$", re.IGNORECASE)
_HOTLINE_AFTER = re.compile(rf"\s?\({_HOTLINE}", re.IGNORECASE)
_OFFICE_BEFORE = re.compile(
    r"\b(?:kantor|posko|humas|satreskrim|polsek|polres|rsud|puskesmas|pdam|perumda|pln|bpjs|samsat|dinas|bidang|bagian|"
    r"sekretariat|kecamatan|kelurahan|inspektorat|kpu|bawaslu)\b"
    r"(?:(?!\b(?:saya|sy|kami|rumah|pribadi|bapak|ibu|pak|bu|sdr|nama)\b)[^.;\n\d]){0,40}$",
    re.IGNORECASE,
)
_LINE = re.compile(r"\(?0[2-79]\d{1,2}\b")  # the code of a town


def find_home_after(text: str, end: int) -> Iterator[Span]:
    """The address after a person's name, as below a letter: "Hj. Uji, Jalan Kuin Selatan RT 12"."""
    match = _AFTER_A_NAME.match(text, end)
    if match is not None:
        yield Span("address", *match.span("what"))


def _is_part(one: Span, of: Span) -> bool:
    """The digits at the end of a number that begins with a word: "nol8 77 5102 3340"."""
    return of.start <= one.start and one.end <= of.end and of.start < one.start


_BEFORE = 60  # characters before a number that tell what it is
_A_DIGIT = re.compile(r"\d")
_AT = re.compile(r"[@(\[]")
_SAID_AT = re.compile(r"[\s(\[](?:at|et)[\s)\]]|@", re.IGNORECASE)


_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,200}(?:@ ?|\s?(?:\(at\)|\[at\])\s?|\s@\s)[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)
# Spelt out: with "at" for the sign and "titik" for the dots, in brackets or not.
_SPELLED_AT = r"(?:@|\s@\s|\s?(?:\(at\)|\[at\]|\(et\))\s?|\s(?:at|et)\s)"
_SPELLED_DOT = r"(?:\.|\s?(?:\(titik\)|\[titik\]|\(dot\)|\[dot\])\s?|\s(?:titik|dot)\s)"
_SPELLED_SIGN = rf"(?:{_SPELLED_DOT}|\s(?:underscore|garis bawah|strip)\s)"
_SPELLED_END = r"(?:co|com|id|net|org|go|ac|sch|or|web|my|example|contoh|invalid)"
_SPELLED_EMAIL = re.compile(
    rf"(?<![\w.+%-])[\w+-]{{1,60}}(?:{_SPELLED_SIGN}[\w+-]{{1,60}}){{0,4}}"
    rf"{_SPELLED_AT}[\w-]{{2,40}}(?:{_SPELLED_DOT}{_SPELLED_END})+\b",
    re.IGNORECASE,
)
# The boxes of offices: by their name, at an address of their own; or any at a public body.
_OFFICE_MAIL = re.compile(
    r"(?:info|hall?o|hello|humas|pengaduan|layanan|cs|csr|admin|kontak|contact|dumas|ppid|wbs|sekretariat|support|care|helpdesk|"
    r"callcenter|pcc|redaksi|noreply|sapa|lapor)(?:[\d._-]\w*)*@(?!gmail|g\.mail|yahoo|ymail|outlook|hotmail|icloud|proton)|"
    r"[\w.+-]*@[\w.-]+\.go\.id$",
    re.IGNORECASE,
)


def _mails(text: str, pattern: re.Pattern[str]) -> Iterator[Span]:
    return (one for one in _spans("email", pattern, text) if not _is_mail_of_office(text[one.start : one.end]))


def _is_mail_of_office(written: str) -> bool:
    """ "humas.rsud@contoh.go.id": a box of an office; one with the name of a person is a person's."""
    if _OFFICE_MAIL.match(written) is None:
        return False
    parts = re.split(r"[\d._+-]+", written.partition("@")[0].lower())
    return not any(len(part) > 3 and look_up(part).is_name and not look_up(part).is_plain for part in parts)


# Runs of at least seven digits with single separators between them; what they are is decided below.
_RUN = re.compile(
    r"(?<![\w.,])\+?\(?(?:\d|[oO](?=\d))(?:[\s().\-–/·•_]{0,3}(?:\d|(?<=[\d\s.\-oO])[oOlI](?=[\d\s.\-oOlI]))){6,23}(?![\w])"
)
_LOOKALIKE = str.maketrans("oOlI", "0011")
# Numbers of letters, files and permits: "503/118/2026", "2026-09-3317". They name a paper, not a person.
_REFERENCE = re.compile(r"^[\d ./-]*/(?:19|20)\d\d$|^(?:19|20)\d\d[-/]\d{1,2}[-/]\d+$")
_MONEY_BEFORE = re.compile(r"(?:rp|idr|rupiah|sebesar|senilai|harga|biaya)\.?\s*$", re.IGNORECASE)
_DATE = re.compile(r"^\d{1,2}[\s./-]\d{1,2}[\s./-]\d{2,4}(?:\s+\d{1,2}[.:]?\d{0,2})?$|^\d{4}[./-]\d{1,2}[./-]\d{1,2}$")
_GROUPED = re.compile(r"^\d{1,3}(?:\.\d{3})+(?:,\d+)?$")
_YEARS = re.compile(r"^(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d$")
_HOURS = re.compile(r"^\d{1,2}[.:]\d\d\s?[-–]\s?\d{1,2}[.:]\d\d$")


def _tells_time(written: str) -> bool:
    """Whether it is a date, years from and to, or hours from and to."""
    return any(pattern.match(written) for pattern in (_DATE, _YEARS, _HOURS))


_ACCOUNT_BEFORE = re.compile(
    r"(?:no(?:mor)?\.?\s*)?(?:rek(?:ening)?|norek|va|virtual account|bank|bri|bni|bca|mandiri|btn|bsi|dana|ovo|gopay|"
    r"bankaltimtara|transfer(?:nya)?(?: ke)?)\b[^\d\n]{0,40}$",
    re.IGNORECASE,
)
_NIK_BEFORE = re.compile(r"\b(?:nik|no(?:mor)?\.?\s*(?:ktp|kk)|ktp|kk|kartu keluarga)\b[^\d\n]{0,25}$", re.IGNORECASE)
_CARD_BEFORE = re.compile(
    r"\b(?:kip|kks|kis|kpm|jkn|bpjs|kartu|no(?:mor)?\.? peserta|npwp|nip|nisn|sim|paspor|passport|pelanggan|idpel|"
    r"meter|meteran|porsi|resi|invoice|kpj|kontrak|sambungan|inet|internet|indihome|polis|nasabah|langganan|virtual|"
    r"pinjaman|kredit|kpr|nop|sppt|pbb|token|nisn|nim|nrp|nuptk|rekam medis|visa|kitas|npwpd|pendaftaran|registrasi|"
    r"pasien|anggota|akun|e-?toll|kartu tani|pkh|bpnt|berkas|permohonan|pengajuan|tiket|antrean|antrian|koper|bagasi|"
    r"seri|lamaran|sertifikat|akta|register|reg)\b[^\d\n]{0,30}$",
    re.IGNORECASE,
)
# What stands right after such a word may be short or hold letters: "ID pelanggan 40771", "paspor C1234567".
_TITLE = re.compile(r"\b(?P<what>(?:shm|hm|hgb|shgb)\.? ?(?:no(?:mor)?\.? ?)?\d{2,6}(?:/[\w.]+)?)\b", re.IGNORECASE)
_BOOKING = re.compile(r"(?i:\bkode (?:pemesanan|booking|pesanan|reservasi)|\bpnr)[ :]{1,2}(?P<what>[A-Z\d]{5,8})\b")
_DIGITS = r"(?:[A-Za-z./-]*\d)"
_CODE = re.compile(
    r"\b(?:(?:id|no|nomor|nmr)\.? ?)?(?:pelanggan|plg|idpel|meter|meteran|peserta|porsi|resi|kiriman|paket|invoice|"
    r"nota|faktur|perjanjian|pesanan|order|booking|polis|nasabah|pinjaman|kontrak|sambungan|paspor|passport|visa|kitas|anggota|akun|kpj|"
    r"nim|nisn|nip|npwpd?|rekening|norek|rek|kartu (?:peserta|tani|jkn|kis|bpjs|kks|kip|pkh)|"
    r"sim|skck|bpkb|nomor rangka|nomor mesin|(?:no|nomor|nmr)\.? (?:berkas|permohonan|pengajuan|tiket|antrean|antrian|"
    r"koper|bagasi|seri|lamaran|sertifikat|akta|registrasi|pendaftaran))"
    r"(?: (?:saya|sy|kami|beliau|ibu|bapak|anak|pengganti|lama|baru|no|nomor|nmr|id|bri|bni|bca|mandiri|btn|bsi))*"
    r"[.:]? ?[:#]? ?"
    rf"(?P<what>(?!rp)(?={_DIGITS}{{5}}|[A-Z] \d{{6}})(?:[A-Z] |[A-Za-z]{{0,6}})[\d-][A-Za-z\d./-]{{3,24}}[A-Za-z\d])"
    r"(?![\w.,]*\d)",
    re.IGNORECASE,
)
_PLATE = re.compile(r"\b([A-Z]{1,2})[\s.-]?(\d(?: ?\d){0,3})[\s.-]?([A-Z]{1,3})\b", re.IGNORECASE)
_PAPER_BEFORE, _PAPER_AFTER = re.compile(r"\d/$"), re.compile(r"[./]\d")  # "02114/PK.310/F4.C/2026"
_VAN = "L300"  # what a kind of car is called, not its plate
_VEHICLE = re.compile(
    r"\b(?:plat|plt|nopol|no\.? ?pol|nomor polisi|motor|mtr|mobil|mobilnya|truk|truck|pajero|avanza|xenia|innova|inova|"
    r"l300|oto|kendaraan|pick ?up|pikap|bus|bis|angkot|vario|beat|nmax|scoopy|dinas|sopir|ambulans?|travel|fuso)\b"
    r"[^.\n\d]{0,20}$",
    re.IGNORECASE,
)
# Perpol 7/2021: letters of the regions; a plate in the text must begin with one of them.
_PLATE_REGIONS = cues()["plate"]
_NOT_PLATES = frozenset({"RT", "RW", "NO", "KM", "SD", "TK", "PP", "UU", "JL", "M", "CM", "KG", "LT", "GG"})
_STREET = r"(?:jl|jln|jalan|gg|gang|lorong|lr|perum|perumahan|komplek|kompleks|blok|dusun|dsn|griya)\b\.?"
# A stop or a comma ends an address, save after "Gg" and within a number.
_WITHIN = r"(?:[^,.\n;()]|(?<=\d),(?=\d)|(?<=\bgg)\.|(?<=\bjl)\.|(?<=\bjln)\.|(?<=\bno)\.)"
_HOME = (
    r"(?:rumah(?:ku)?(?: saya| kami| sy| ibu| bapak| orang ?tua| mertua| nyokap| bokap)?(?: di)?|"
    r"(?:ber)?alamat(?:nya|ku)?(?: saya| kami| rumah| lengkap)?(?: di| ?:)?|"
    r"tinggal di|(?:ber)?domisili di|dialamatkan ke) "
)
_ADDRESS = re.compile(rf"\b{_HOME}(?P<what>(?:{_STREET}|banjar)\s{_WITHIN}{{3,90}})", re.IGNORECASE)
_AFTER_A_NAME = re.compile(
    rf"[,(] ?(?:alamat:? )?(?P<what>{_STREET}\s{_WITHIN}{{3,60}}\d{_WITHIN}{{0,30}})", re.IGNORECASE
)
_RT = r"rt\.?\s?0*\d{1,3}(?:\s?[/,.\-]?\s?(?:rw\.?\s?)?\d{1,3}\b)?"
_HOUSE = re.compile(
    rf"\b{_STREET}\s{_WITHIN}{{1,60}}?[\s,]+(?:(?:no|nomor|nmr)\.?\s?\d+[a-z]?\b(?:[\s,]+{_RT})?|"
    rf"rt\.?\s?\d{{1,3}}[\s/,.\-]{{1,2}}rw\.?\s?\d{{1,3}}\b(?:[\s,]+(?:no|nomor|nmr)\.?\s?\d+[a-z]?\b)?|\d{{1,3}}[a-wyz]\b)(?:[\s,]+(?:kp|kampung|kel(?:urahan)?|desa)\.?(?:\s(?-i:[A-Z])\w+){{1,2}})?",
    re.IGNORECASE,
)
# "RT 07 RW 02", "RT 07 Desa Sukamaju", "rumah saya RT 07": a few dozen households. The head of an RT is an office.
_VILLAGE = (
    r"(?:desa|dusun|dsn|kel(?:urahan)?|kampung|kp|dukuh|lingkungan|nagari|gampong|jorong)\.?\s+"
    r"[^\W\d_]+(?:\s(?-i:[A-Z])\w+)?"
)
_HOUSEHOLD = re.compile(
    rf"(?:\b{_VILLAGE}[\s,]+)?\brt\.?\s?0*\d{{1,3}}(?:\s?[/,.\-]?\s?(?:rw\.?\s?)\d{{1,3}}|\s?/\s?\d{{1,3}})(?:[\s,]+(?:no|nomor)\.?\s?\d{{1,3}}\b)?(?:[\s,]+{_VILLAGE})?"
    rf"|\brt\.?\s?0*\d{{1,3}}[\s,]+{_VILLAGE}"
    rf"|\b{_HOME}(?P<what>(?:{_VILLAGE}[\s,]+)?rt\.?\s?\d{{1,3}}\b(?:[\s/,.-]{{1,2}}rw\.?\s?\d{{1,3}})?(?:[\s,]+(?:no|nomor)\.?\s?\d{{1,3}}\b)?(?:[\s,]+{_VILLAGE})?)",
    re.IGNORECASE,
)
# "Perumahan Griya Asri Blok F2", "Blok F2 No. 5", "Blok C/12": a house, or the row it stands in.
_ESTATE = re.compile(
    r"\b(?:btn|perum|perumahan|perumnas|komplek|kompleks|komp|griya|villa|cluster|asrama|rusun)\.?\s[^.\n;]{0,50}?"
    r"\bblok\s?[a-z]{1,3}\s?[-/.]?\s?\d{1,3}\w?(?:[\s,/]+(?:no|nomor|nmr)?\.?\s?\d{1,3}\b)?"
    rf"(?:[\s,]+{_RT})?"
    r"|\bblok\s[a-z]{1,3}\s?[-/.]?\s?\d{1,3}\w?(?:[\s,/]+(?:no|nomor|nmr)\.?\s?\d{1,3}\b)?",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"[\s,]+(?:yang|yg|dekat|dkt|depan|dpn|belakang|sejak|dan|sudah|sdh|tetapi|tapi|di|dengan|dgn|karena|krn|untuk|utk|belum|blm|"
    r"tidak|tdk|mau|lalu|pada|saya|sy|kami|ada|sedangkan|sampai|selama|saat|ketika|agar|mohon|tolong|tlg|itu|ini)\b",
    re.IGNORECASE,
)
_TOWN = re.compile(r"(,?) ([A-Za-z][a-z]+)(?: ([A-Za-z][a-z]+))?")
_TOWN_LEVEL = 3  # that of districts: of villages, too many are called like an ordinary word in small letters


# "jalan nasional sesuai Kepmen Nomor 430", "SK Jalan Kabupaten Nomor 620/311/2022": of a paper, not of a house.
_OF_A_RULE = re.compile(
    r"\b(?:surat|sesuai|kep(?:men|utusan|bup|gub|wal)?|per(?:da|bup|gub|wal|men|pres))\b", re.IGNORECASE
)
_GOES_ON_AS_RULE = re.compile(r"/\d{3}|\.\d")


def _addresses(text: str, *, has_digits: bool) -> Iterator[Span]:
    for pattern in (_ADDRESS, _HOUSE, _HOUSEHOLD, _ESTATE) if has_digits else (_ADDRESS,):
        for match in pattern.finditer(text):
            if _OF_A_RULE.search(match[0]) or _GOES_ON_AS_RULE.match(text, match.end()):
                continue
            named = "what" in pattern.groupindex and match["what"] is not None
            start, end = match.span("what") if named else match.span()
            if pattern is _ADDRESS:
                end = _end_of_home(text, start, end)
            yield Span("address", start, _with_town(text, _with_town(text, end)))


def _end_of_home(text: str, start: int, end: int) -> int:
    """Where the address ends in a sentence that goes on: after the number of the house, or before the next verb."""
    number = _HOUSE.match(text, start, end)
    if number is not None:
        return number.end()
    going_on = _GOES_ON.search(text, start + 5, end)
    return going_on.start() if going_on is not None else end


def _with_town(text: str, end: int) -> int:
    """The end of an address with the place it is in, where that follows after a comma."""
    match = _TOWN.match(text, end)
    if match is None or not (match[1] or text[end - 1].isdigit()):
        return end
    for parts in ((2, 3), (2,)):
        if match[parts[-1]] is None:
            continue
        town = " ".join(match[part] for part in parts)
        if places().get(town.lower(), 0) >= (1 if town.istitle() else _TOWN_LEVEL):
            return match.end(parts[-1])
    return end


def _spans(kind: str, pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    return (Span(kind, match.start(), match.end()) for match in pattern.finditer(text))


def _plates(text: str) -> Iterator[Span]:
    match = _PLATE.search(text)
    while match is not None:  # in "l300 m 8834 vd" what is no plate begins where one ends
        is_plate = _is_plate(match)
        if is_plate:
            yield Span("plate", match.start(), match.end())
        match = _PLATE.search(text, match.end() if is_plate else match.start() + 1)


def _is_plate(match: re.Match[str]) -> bool:
    if _PAPER_BEFORE.search(match.string, max(0, match.start() - 2), match.start()):
        return False
    if _PAPER_AFTER.match(match.string, match.end()):
        return False
    region, number, series = (part.upper() for part in match.groups())
    if region.lower() not in _PLATE_REGIONS or region + number == _VAN:
        return False
    if _VEHICLE.search(match.string, max(0, match.start() - 40), match.start()) and len(number) > 2:
        return True
    if region in _NOT_PLATES or (" " in number and match[0] != match[0].upper()):
        return False
    if match[0].isalnum() and len(number) < 3:  # "P3SRS": plates without blanks have long numbers
        return False
    is_loose = match[0] != match[0].upper()
    return not (is_loose and (len(number) < 3 or look_up(series.lower()).is_plain or len(series) < 2))


def _numbers(text: str) -> Iterator[Span]:
    for match in _RUN.finditer(text):
        kind = kind_of_number(text, *match.span())
        if kind is not None and not is_of_office(text, *match.span()):
            yield Span(kind, match.start(), match.end())


def _codes(text: str) -> Iterator[Span]:
    for pattern in (_TITLE, _BOOKING):
        yield from (Span("card", *match.span("what")) for match in pattern.finditer(text))
    for match in _CODE.finditer(text):
        written = match["what"]
        if not (_REFERENCE.match(written) or _DATE.match(written) or _YEARS.match(written) or _GROUPED.match(written)):
            yield Span("account" if "rek" in match[0].lower() else "card", *match.span("what"))


_DIGIT = "|".join(sorted(DIGIT_WORDS, key=len, reverse=True))
_SPELLED = re.compile(
    rf"\b(?:(?:{_DIGIT}|dobel|double|ganda|\d{{1,8}})(?:[\s,.\-]{{1,3}}|(?<=[a-z])(?=\d))){{2,23}}(?:{_DIGIT}|\d{{1,8}})\b",
    re.IGNORECASE,
)


def _spelled_numbers(text: str) -> Iterator[Span]:
    """Digits as words, mixed with digits if need be: seven or more in a row are a number somebody dictated."""
    for match in _SPELLED.finditer(text):
        parts = re.findall(r"[^\W\d_]+|\d+", match[0].lower())
        said = sum(part in DIGIT_WORDS for part in parts)
        if said < 3 and not (said and _MOBILE.match("".join(DIGIT_WORDS.get(part, part) for part in parts))):
            continue
        digits = ""
        for before, part in zip(["", *parts], parts, strict=False):
            digits += DIGIT_WORDS.get(part, part if part.isdigit() else "") * (2 if before in _TWICE else 1)
        if len(digits) >= 8:
            kind = "nik" if len(digits) == 16 else "phone" if digits.startswith(("0", "62", "8")) else "account"
            yield Span(kind, match.start(), match.end())


_MOBILE = re.compile(r"(?:62|0)8\d{8,11}$")
_TWICE = frozenset(["dobel", "double", "ganda"])
