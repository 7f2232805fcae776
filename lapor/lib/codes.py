"""Codes, PINs and receipts: ten, eight and sixteen digits, safe to read aloud and to type on any keypad."""

from __future__ import annotations

import re
import secrets
import unicodedata

CODE_DIGITS = 10
PIN_DIGITS = 8
RECEIPT_DIGITS = 16

# H. M. Damm, "Total anti-symmetrische Quasigruppen" (2004): finds every wrong digit and every swap of neighbours.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_SEPARATORS = re.compile(r"[\s.\-‐‑‒–—_/]+")
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1"})


def _check(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return interim


def _typed(text: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).translate(_LOOKALIKES)


def new_code() -> str:
    """A fresh code: ten digits, the first not 0, the last a Damm check digit."""
    body = str(secrets.randbelow(9 * 10**8) + 10**8)
    return f"{body}{_check(body)}"


def is_code(text: str) -> bool:
    """Whether these are exactly the ten digits of a code, nothing beside them."""
    return len(text) == CODE_DIGITS and text.isascii() and text.isdigit() and text[0] != "0" and _check(text) == 0


def parse_code(text: str) -> str | None:
    """The code a person typed, with spaces, dashes or letters that look like digits; None when it is not one."""
    code = _typed(text)
    return code if is_code(code) else None


def show_code(code: str) -> str:
    """4827193056 → 4827 193 056."""
    return f"{code[:4]} {code[4:7]} {code[7:]}"


def new_sheet_code() -> str:
    """A fresh code of a printed blank sheet: ten digits with a check digit as well, but the first is 0, so that it is
    never the code of a report.
    """
    body = f"0{secrets.randbelow(10**8):08d}"
    return f"{body}{_check(body)}"


def parse_sheet_code(text: str) -> str | None:
    """The code of a sheet as a person typed it or a machine read it; None when it is not one."""
    code = _typed(text)
    is_one = len(code) == CODE_DIGITS and code.isascii() and code.isdigit() and code[0] == "0"
    return code if is_one and _check(code) == 0 else None


def new_pin() -> str:
    """A fresh PIN of eight digits."""
    return f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}"


def parse_pin(text: str) -> str | None:
    """The PIN a person typed, as freely as a code; None when it is not eight digits."""
    pin = _typed(text)
    return pin if len(pin) == PIN_DIGITS and pin.isascii() and pin.isdigit() else None


def show_pin(pin: str) -> str:
    """40719926 → 4071 9926."""
    return f"{pin[:4]} {pin[4:]}"


def parse_receipt(text: str) -> str | None:
    """The receipt a person typed, as freely as a code; None when it is not sixteen digits."""
    digits = _typed(text)
    return digits if len(digits) == RECEIPT_DIGITS and digits.isascii() and digits.isdigit() else None


def show_receipt(digits: str) -> str:
    """4071992648271930 → 4071 9926 4827 1930."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
