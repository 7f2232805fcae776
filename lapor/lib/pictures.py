"""Pages as pictures, and the words on pictures: each in a process of its own, which may fail as it likes.

Everything goes through pipes: no page ever lies in a folder.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image, UnidentifiedImageError

PROGRAM = Path(__file__).with_name("pdf_pages.py")
PATIENCE = 20  # seconds for one page
LANGUAGE = "ind"
_INK = 140  # darker than this is ink
_WAYS = tuple(filter(None, [*os.environ.get("PATH", "").split(os.pathsep), "/usr/bin"]))


class Unreadable(Exception):
    """There is no such page, or it cannot be drawn."""


class TooSlow(Exception):
    """The page took longer than `PATIENCE`."""


class NoReader(Exception):
    """Tesseract with the Indonesian language is not installed here."""


def count_pages(pdf: bytes) -> int:
    """How many pages the PDF has. Raises `Unreadable`, `TooSlow`."""
    return int(_run([sys.executable, "-I", str(PROGRAM), "count"], pdf))


def draw_page(pdf: bytes, number: int) -> bytes:
    """Page `number` (from 1) as a grey PNG. Raises `Unreadable`, `TooSlow`."""
    return _run([sys.executable, "-I", str(PROGRAM), str(number)], pdf)


def has_reader() -> bool:
    """Whether words on pictures can be read here."""
    program = _tesseract()
    if program is None:
        return False
    try:
        return LANGUAGE in _run([program, "--list-langs"], b"").decode("utf-8", "replace").split()
    except (Unreadable, TooSlow):
        return False


def words_on(picture: bytes) -> str:
    """The words on a picture (PNG or JPEG), line by line. Raises `NoReader`, `Unreadable`, `TooSlow`."""
    program = _tesseract()
    if program is None or not has_reader():
        raise NoReader
    command = [program, "stdin", "stdout", "-l", LANGUAGE, "--dpi", "220"]
    return _run(command, picture).decode("utf-8", "replace").replace("\f", "").strip()


def digits_on(picture: bytes) -> str:
    """The digits in the upper sixth of a page, where a form has its code; pale boxes around them are taken away first.
    Raises as `words_on`.
    """
    program = _tesseract()
    if program is None or not has_reader():
        raise NoReader
    command = [program, "stdin", "stdout", "-l", LANGUAGE, "--dpi", "220", "--psm", "11"]
    return _run([*command, "-c", "tessedit_char_whitelist=0123456789"], _upper_part(picture)).decode("utf-8", "replace")


def _upper_part(picture: bytes) -> bytes:
    """Black ink alone. The picture was made anew here before, so it is no trap."""
    try:
        page = Image.open(io.BytesIO(picture), formats=("PNG", "JPEG")).convert("L")
    except (UnidentifiedImageError, OSError):
        raise Unreadable from None
    upper = page.crop((0, 0, page.width, max(1, page.height // 6)))
    out = io.BytesIO()
    upper.point([0 if shade < _INK else 255 for shade in range(256)]).save(out, "PNG")
    return out.getvalue()


def _tesseract() -> str | None:
    return shutil.which("tesseract", path=os.pathsep.join(_WAYS))


def _run(command: list[str], data: bytes) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 -- a program of ours or of the system, nothing of the sender in the command
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            env={"OMP_THREAD_LIMIT": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TooSlow from None
    if done.returncode != 0:
        raise Unreadable
    return done.stdout
