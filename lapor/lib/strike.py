"""Takes one known person out of a text: the name in whole and in parts, telephone number and address of e-mail.

Other people, numbers and places stay; masking those by rule is the work of `transparency.redact`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

LEAST = 4  # a shorter part of a name is too often a word of its own
_BETWEEN_LETTERS = r"[\s.\-_]*"
_BETWEEN_DIGITS = r"[\s().\-–_/]*"


def striker(*, name: str = "", phone: str = "", email: str = "") -> Callable[[str], str]:
    """A function that masks this person in any text; it changes nothing where nothing is known."""
    rules = [(_word(part, _BETWEEN_LETTERS), "[nama]") for part in _parts(name)]
    if email.strip():
        rules.insert(0, (_word(email, ""), "[e-mail]"))
    if number := _number(phone):
        rules.insert(0, (number, "[nomor telepon]"))

    def strike(text: str) -> str:
        for pattern, mask in rules:
            text = pattern.sub(mask, text)
        return text

    return strike


def _parts(name: str) -> list[str]:
    """The whole name first, then each part that is long enough to be known again."""
    whole = " ".join(name.split())
    parts = [part for part in re.findall(r"\w+", whole) if len(part) >= LEAST and part != whole]
    return [*([whole] if len(whole) >= LEAST - 1 else []), *sorted(set(parts), key=len, reverse=True)]


def _word(text: str, between: str) -> re.Pattern[str]:
    """These letters as a word of their own, whatever stands between them."""
    loose = between.join(re.escape(letter) for letter in text.strip() if not letter.isspace())
    return re.compile(rf"(?<!\w){loose}(?!\w)", re.IGNORECASE)


def _number(phone: str) -> re.Pattern[str] | None:
    """However it is written: with 0, 62 or +62 in front, with anything between its digits."""
    local = re.sub(r"^(?:62|0)", "", re.sub(r"\D", "", phone))
    if len(local) < 6:
        return None
    return re.compile(rf"(?<!\d)(?:\+?62|0)?{_BETWEEN_DIGITS}{_BETWEEN_DIGITS.join(local)}(?!\d)")
