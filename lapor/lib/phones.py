"""Indonesian telephone numbers: one canonical form, whatever separators and prefix they were written with."""

from __future__ import annotations

import re
import unicodedata

_SEPARATORS = re.compile(r"[\s().\-‐‑‒–—/_]+")
_LONGEST = 40
# After the country code: mobile 8 + 8–11 digits, fixed lines an area code of 2–3 digits and 5–8 more.
_NATIONAL = re.compile(r"^(8\d{8,11}|[2-79]\d{7,10})$", re.ASCII)


def normalise(text: str) -> str | None:
    """ "0812-3456 7890" → "+6281234567890"; None when it is no Indonesian number."""
    if len(text) > _LONGEST:
        return None
    digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    for prefix in ("+62", "0062", "62", "0"):
        if digits.startswith(prefix):
            rest = digits[len(prefix) :].lstrip("0")
            return f"+62{rest}" if _NATIONAL.match(rest) else None
    return f"+62{digits}" if digits.startswith("8") and _NATIONAL.match(digits) else None


def mask(number: str) -> str:
    """ "+6281234567890" → "+62••••••7890", for a person who must recognise their own."""
    return f"{number[:3]}••••••{number[-4:]}"
