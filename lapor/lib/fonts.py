"""The font of what leaves as a picture or on paper: Noto Sans (`data/fonts/OFL.txt`)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_FONTS: Final = Path(__file__).parent / "data" / "fonts"
FONT_REGULAR: Final = _FONTS / "NotoSans-Regular.ttf"
FONT_BOLD: Final = _FONTS / "NotoSans-Bold.ttf"
