"""Reads the words of scanned letters in the worker: a page at a time, within limits, so that nothing else waits long.

What is read is a help for whoever types, never the report itself: they correct it beside the scan.
"""

from __future__ import annotations

import re
import uuid
from datetime import datetime, timedelta

from django.db.models import Q

from lapor.lib import pdfs, pictures
from lapor.lib.codes import parse_sheet_code
from lapor.lib.text import normalise
from lapor.reports.submission import MAX_TEXT
from lapor.vault.envelope import seal
from lapor.vault.keys import WrongKey

from . import pile
from .models import Letter, Sheet

MOST_PAGES = 10
TRY_AGAIN = timedelta(minutes=3)  # a worker that died in the middle of a page
_ENOUGH = 80  # letters of a text layer that make reading the picture needless
_DIGITS = re.compile(r"(?<!\d)0(?:[\s.|/\[\]]{0,3}\d){9}(?!\d)")
_BETWEEN = re.compile(r"[^\d]")


def read_next(*, now: datetime) -> int:
    """Reads one page of the letter that waits longest; returns how many, 0 when none waits."""
    letter = _taken(now=now)
    if letter is None:
        return 0
    said, trouble, is_over = _one_page(letter)
    text = "\n\n".join(filter(None, (pile.text_of(letter), said)))[:MAX_TEXT]
    changes = {
        "pages_read": letter.pages_read + 1,
        "trouble": trouble or letter.trouble,
        "box": seal({"text": text}, aad=f"letter:{letter.key}"),
        "sheet_code": letter.sheet_code,
        "tried_at": None,
    }
    if is_over or letter.pages_read + 1 >= min(letter.pages, MOST_PAGES):
        changes["state"] = Letter.State.READ
        if not changes["trouble"] and not is_over and letter.pages > MOST_PAGES:
            changes["trouble"] = Letter.Trouble.MORE_PAGES
    Letter.objects.filter(pk=letter.pk, state=Letter.State.WAITING).update(**changes)
    return 1


def sheet_code_in(text: str) -> str:
    """The code of one of our blank sheets, where the text shows one whose check digit fits; else empty."""
    for found in _DIGITS.findall(text):
        code = parse_sheet_code(_BETWEEN.sub("", found))
        if code and Sheet.objects.filter(code=code, entered=None).exists():
            return code
    return ""


def _taken(*, now: datetime) -> Letter | None:
    """The letter, marked so that another worker takes another one."""
    free = Letter.objects.filter(Q(tried_at=None) | Q(tried_at__lt=now - TRY_AGAIN), state=Letter.State.WAITING)
    key: uuid.UUID | None = free.order_by("at", "key").values_list("key", flat=True).first()
    if key is None or not free.filter(key=key).update(tried_at=now):
        return None
    return Letter.objects.get(key=key)


def _one_page(letter: Letter) -> tuple[str, str, bool]:
    """(what it says, what went wrong, whether nothing more is to be read)."""
    try:
        if letter.is_pdf and letter.pages_read == 0 and (said := _text_layer(letter)):
            return said, "", True
        picture, _type = pile.page_of(letter, letter.pages_read + 1)
        said = normalise(pictures.words_on(picture))
        if letter.pages_read == 0:
            letter.sheet_code = sheet_code_in(said) or sheet_code_in(pictures.digits_on(picture))
        return said, "", False
    except pictures.NoReader:
        return "", Letter.Trouble.NO_READER, True
    except pictures.TooSlow:
        return "", Letter.Trouble.SLOW, False
    except pictures.Unreadable:
        return "", Letter.Trouble.BROKEN, False
    except (OSError, WrongKey):
        return "", Letter.Trouble.BROKEN, True


def _text_layer(letter: Letter) -> str:
    """The words of a PDF that was written by a program, not by a scanner."""
    try:
        said = normalise(pdfs.text(pile.scan_of(letter)))
    except pdfs.Unfit:
        return ""
    return said if len(said) >= _ENOUGH else ""
