"""QR codes as inline SVG: black on white in both colour schemes, so that any phone can read them."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(link: str, *, error: str = "m") -> SafeString:
    """An SVG element without XML declaration; the link is encoded, never printed as markup. `error` is how much of it
    may be unreadable: less for a long text, which else becomes too fine for a telephone.
    """
    code = segno.make(link, error=error, micro=False)
    return mark_safe(code.svg_inline(scale=4, dark="#000", light="#fff", border=3))  # noqa: S308 -- made of numbers only
