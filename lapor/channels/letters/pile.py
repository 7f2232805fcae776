"""The pile of scanned letters of one officer: taken in, looked at, entered or set aside. Nobody else sees it.

Each scan is checked like every file of a citizen and lies locked under a key of its own.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import BinaryIO

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from lapor.lib import pictures
from lapor.lib.files import Accepted, Refused, inspect
from lapor.reports import access
from lapor.reports.actors import Officer
from lapor.reports.files import store
from lapor.scanning import clamd
from lapor.vault import files as vault
from lapor.vault.envelope import open_sealed

from .models import Letter

SHOWN_PAGES = 10  # beside the form; the others are in the attachment
DROPPED_FOR = timedelta(days=7)
MOST = 40
OPEN = (Letter.State.WAITING, Letter.State.READ)


def add(upload: BinaryIO, *, name: str, actor: Officer, now: datetime) -> Letter:
    """Puts one scan on the pile. Raises `lib.files.Refused` for what is no picture and no PDF, is broken or too large,
    or holds a virus; `NotFound` for whoever may not enter reports.
    """
    access.require_entering(actor)
    accepted = inspect(upload, declared_name=name)
    if accepted.kind == "video":
        raise Refused("unknown")
    if clamd.scan(accepted.data) == clamd.Verdict.INFECTED:
        raise Refused("infected")
    letter = Letter(key=uuid.uuid4(), by_id=actor.user_id, at=now, is_pdf=accepted.kind == "pdf")
    letter.pages = _pages(accepted)
    letter.stored_as = store(letter.key, accepted.data, now=now)
    letter.save(force_insert=True)
    return letter


def waiting(actor: Officer) -> list[Letter]:
    """What lies on this officer's pile, oldest first."""
    access.require_entering(actor)
    return list(Letter.objects.filter(by=actor.user_id, state__in=OPEN).order_by("at", "key"))


def set_aside(actor: Officer, *, now: datetime) -> list[Letter]:
    """What this officer dropped and may still take back."""
    access.require_entering(actor)
    kept = Letter.objects.filter(by=actor.user_id, state=Letter.State.DROPPED, done_at__gt=now - DROPPED_FOR)
    return list(kept.order_by("-done_at"))


def find(actor: Officer, key: uuid.UUID) -> Letter:
    """One letter of this officer's pile, or `NotFound`."""
    access.require_entering(actor)
    found = Letter.objects.filter(by=actor.user_id, key=key, state__in=OPEN).first()
    if found is None:
        raise access.NotFound(str(key))
    return found


def after(actor: Officer, letter: Letter) -> tuple[uuid.UUID | None, int]:
    """(the next letter, how many more there are), in the order of the pile and around its end."""
    others = [one for one in waiting(actor) if one.key != letter.key]
    later = [one.key for one in others if (one.at, one.key) > (letter.at, letter.key)]
    return next(iter(later or [one.key for one in others]), None), len(others)


def scan_of(letter: Letter) -> bytes:
    """The scan in clear. Raises `OSError` or `vault.keys.WrongKey` when it is gone."""
    with default_storage.open(letter.stored_as, "rb") as kept:
        return vault.unlock(letter.key, kept.read())


def as_upload(letter: Letter) -> UploadedFile:
    """The scan as a file to be sent with the form. Raises as `scan_of`."""
    name = "surat.pdf" if letter.is_pdf else "surat.jpg"
    return SimpleUploadedFile(name, scan_of(letter))


def page_of(letter: Letter, number: int) -> tuple[bytes, str]:
    """One page as (picture, content type). Raises `pictures.Unreadable` and `pictures.TooSlow`."""
    if letter.is_pdf:
        return pictures.draw_page(scan_of(letter), number), "image/png"
    if number != 1:
        raise pictures.Unreadable
    return scan_of(letter), "image/jpeg"


def page_numbers(letter: Letter) -> Sequence[int]:
    """The pages that are shown beside the form."""
    return range(1, min(letter.pages, SHOWN_PAGES) + 1)


def text_of(letter: Letter) -> str:
    """What was read from it so far."""
    return str(open_sealed(bytes(letter.box), aad=f"letter:{letter.key}")["text"]) if letter.box else ""


def entered(key: uuid.UUID, *, actor: Officer, now: datetime) -> None:
    """It has become a report, which has its own copy: the scan and what was read are destroyed. Twice is once."""
    letter = Letter.objects.filter(by=actor.user_id, key=key).exclude(state=Letter.State.ENTERED).first()
    if letter is not None:
        letter.state, letter.why, letter.done_at = Letter.State.ENTERED, "", now
        _destroy(letter)


def drop(letter: Letter, *, why: str, now: datetime) -> None:
    """Sets it aside with a reason; it can be taken back for a week."""
    letter.state, letter.why, letter.done_at = Letter.State.DROPPED, Letter.Why(why), now
    letter.save()


def take_back(actor: Officer, key: uuid.UUID, *, now: datetime) -> None:
    """Puts what was set aside on the pile again; `NotFound` after a week."""
    for letter in set_aside(actor, now=now):
        if letter.key == key:
            letter.state, letter.why, letter.done_at = Letter.State.WAITING, "", None
            letter.save()
            return
    raise access.NotFound(str(key))


def forget_dropped(*, now: datetime) -> int:
    """Destroys the scans that were set aside over a week ago; returns how many."""
    over = Letter.objects.filter(state=Letter.State.DROPPED, done_at__lte=now - DROPPED_FOR).exclude(stored_as="")
    gone = list(over[:1_000])
    for letter in gone:
        _destroy(letter)
    return len(gone)


def _destroy(letter: Letter) -> None:
    where, letter.stored_as, letter.box, letter.sheet_code = letter.stored_as, "", None, ""
    letter.save()
    vault.forget(letter.key)
    if where:
        default_storage.delete(where)


def _pages(accepted: Accepted) -> int:
    if accepted.kind != "pdf":
        return 1
    try:
        return min(pictures.count_pages(accepted.data), 30_000)
    except (pictures.Unreadable, pictures.TooSlow):
        raise Refused("broken") from None
