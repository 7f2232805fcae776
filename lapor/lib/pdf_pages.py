"""Draws one page of a PDF as a picture in grey, for reading and for looking at.

Runs as a program of its own (`lib.pictures` starts it), within limits of time and memory: a file made to break a parser
ends this process and nothing else.
"""

from __future__ import annotations

import io
import resource
import sys

import pypdfium2

MEMORY = 1024 * 1024 * 1024
SECONDS = 15
LONGEST_SIDE = 2600  # pixels: A4 at 220 dots per inch, which small print needs


def page(data: bytes, number: int) -> bytes:
    """Page `number` (from 1) as PNG. Raises `pypdfium2.PdfiumError` for one that is not there."""
    document = pypdfium2.PdfDocument(data)
    if not 1 <= number <= len(document):
        raise pypdfium2.PdfiumError("no such page")
    sheet = document[number - 1]
    scale = min(LONGEST_SIDE / max(sheet.get_width(), sheet.get_height(), 1.0), 6.0)
    picture = sheet.render(scale=scale, grayscale=True).to_pil()
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=False)
    return out.getvalue()


def count(data: bytes) -> int:
    """How many pages there are."""
    return len(pypdfium2.PdfDocument(data))


def main(wish: str) -> int:
    """Reads the file from standard input and writes a picture, or the number of pages for the wish "count"."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # a system without this limit; the parent's clock still holds
            continue
    data = sys.stdin.buffer.read()
    try:
        done = str(count(data)).encode() if wish == "count" else page(data, int(wish))
    except (pypdfium2.PdfiumError, MemoryError):
        return 3
    sys.stdout.buffer.write(done)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
