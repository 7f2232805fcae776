"""Words of time, as people write them: months, days of the week, numbers, units, and the shorthand for all of these."""

from __future__ import annotations

_MONTHS = [
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november",
    "desember",
]  # fmt: skip
MONTH = {name: number for number, name in enumerate(_MONTHS, 1)} | {
    "jan": 1, "feb": 2, "pebruari": 2, "mar": 3, "mrt": 3, "apr": 4, "jun": 6, "jul": 7, "agust": 8, "agus": 8,
    "agt": 8, "ags": 8, "aug": 8, "sep": 9, "sept": 9, "okt": 10, "oct": 10, "nov": 11, "nop": 11, "nopember": 11,
    "des": 12, "dec": 12,
}  # fmt: skip
WEEKDAY = {
    "senin": 0, "senen": 0, "selasa": 1, "rabu": 2, "rebo": 2, "kamis": 3, "kemis": 3, "jumat": 4, "jum'at": 4,
    "sabtu": 5, "minggu": 6, "ahad": 6,
}  # fmt: skip
NUMBER = {
    "satu": 1, "se": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
    "sepuluh": 10, "sebelas": 11, "duabelas": 12, "belasan": 15, "setengah": 0.5, "separuh": 0.5,
}  # fmt: skip
UNITS = {"hari": 1.0, "minggu": 7.0, "pekan": 7.0, "bulan": 30.4, "tahun": 365.25}
PARTS = {"awal": (1, 10), "pertengahan": (10, 20), "tengah": (10, 20), "akhir": (21, 31)}

SHORT = {
    "tgl": "tanggal", "tggl": "tanggal", "bln": "bulan", "bl": "bulan", "thn": "tahun", "th": "tahun", "taun": "tahun",
    "taon": "tahun", "mgg": "minggu", "mggu": "minggu", "mnggu": "minggu", "hr": "hari", "hri": "hari",
    "kmrn": "kemarin", "kmren": "kemarin", "kemaren": "kemarin", "kmarin": "kemarin", "wingi": "kemarin",
    "kamari": "kemarin", "td": "tadi", "tdi": "tadi", "smlm": "semalam", "smalam": "semalam", "mlm": "malam",
    "mlam": "malam", "sdh": "sudah", "udh": "sudah", "uda": "sudah", "udah": "sudah", "dah": "sudah", "sjk": "sejak",
    "dr": "dari", "dri": "dari", "lbh": "lebih", "yg": "yang", "lalu": "lalu", "blm": "belum", "tdk": "tidak",
    "gk": "tidak", "ga": "tidak", "gak": "tidak", "brusan": "barusan", "skrg": "sekarang", "smp": "sampai",
    "smpe": "sampai", "sampe": "sampai", "sblm": "sebelum", "stlh": "setelah",
}  # fmt: skip
