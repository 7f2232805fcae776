"""Indonesian telephone numbers: one canonical form, whatever separators and prefix they were written with."""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[\s().\-–—/]+")
# After the country code: mobile 8 + 8–11 digits, fixed lines an area code of 2–3 digits and 5–8 more.
_NATIONAL = re.compile(r"^(8\d{8,11}|[2-79]\d{7,10})$")


def normalise(text: str) -> str | None:
    """ "0812-3456 7890" → "+6281234567890"; None when it is no Indonesian number."""
    digits = _SEPARATORS.sub("", text.strip())
    for prefix in ("+62", "0062", "62", "0"):
        if digits.startswith(prefix):
            rest = digits[len(prefix) :].lstrip("0")
            return f"+62{rest}" if _NATIONAL.match(rest) else None
    return f"+62{digits}" if re.match(r"^8\d{8,11}$", digits) else None


def mask(number: str) -> str:
    """ "+6281234567890" → "+62••••••7890", for a person who must recognise their own."""
    return f"{number[:3]}••••••{number[-4:]}"
