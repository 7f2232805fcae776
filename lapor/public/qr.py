"""QR codes as inline SVG: black on white in both colour schemes, so that any phone can read them."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(link: str) -> SafeString:
    """An SVG element without XML declaration; the link is encoded, never printed as markup."""
    code = segno.make(link, error="m", micro=False)
    return mark_safe(code.svg_inline(scale=4, dark="#000", light="#fff", border=3))  # noqa: S308 -- made of numbers only
