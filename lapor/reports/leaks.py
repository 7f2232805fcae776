"""The leak guard: what officers write is checked for who reported, and for anybody's personal data, before it leaves.

It is asked by the actions themselves, so that no door goes round it. What it says of a report whose reporter nobody may
know is the same whatever it found, so that it confirms no guess; docs/leak-guard.md weighs this.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import PurePath

from lapor.lib import pdfs
from lapor.redaction.redact import redact
from lapor.redaction.strike import Finder, finder
from lapor.vault import identities
from lapor.vault.keys import WrongKey
from lapor.vault.sealing import Private

from . import files, hiding, opening, stops
from .actors import Officer
from .change import Change
from .lifecycle import MoveRefused
from .models import Attachment, Audience, EventKind, MessageKind, Report, Scan
from .refusals import Incomplete, Leaked, LeakFound

LEAST_REASON = 10
STRUCK = "[kalimat dihapus: data orang]"
_CERTAIN = frozenset(["nik", "card", "account", "phone", "plate", "email", "address"])
_IN_FILES = frozenset(["nik"])  # a letterhead has a telephone number
_OFFICIAL = re.compile(r"\.go\.id$", re.IGNORECASE)
_BREAK = re.compile(r"[.!?]+\s+|\n+")


class Reach(StrEnum):
    """Where a text goes: to the reporter and, redacted, to everybody; or to other offices alone."""

    PUBLIC = "public"
    OFFICES = "offices"


def guard(
    change: Change,
    texts: Mapping[str, str],
    *,
    reach: Reach,
    reason: str = "",
    attachments: Iterable[Attachment] = (),
) -> dict[str, str]:
    """The texts as they may leave, by field. Refuses with `LeakFound` what says too much, unless a reason is given.

    Of a report whose reporter nobody may know, a sentence with the reporter's own data never leaves: with a reason it
    is taken out. A reason is kept in the thread for officers, and in history. Refuses with `MoveRefused` an officer who
    was stopped too often, whatever is written.
    """
    if not isinstance(change.actor, Officer):
        return dict(texts)
    report, is_unnamed = change.report, hiding.is_unnamed(change.report)
    if is_unnamed and stops.is_closed_to(change.actor.user_id, now=change.now):
        raise MoveRefused(change.move, "guard_closed")
    sent = list(attachments)
    if any(file.scan == Scan.INFECTED for file in sent):
        raise Incomplete("uploads", "infected_file")
    if reach == Reach.OFFICES and not is_unnamed:
        return dict(texts)
    if change.key is not None:
        opening.open_files(sent, change.key)
    found = tuple(_find(change, texts, sent, is_unnamed=is_unnamed))
    if not found:
        return dict(texts)
    in_files = any(one.field == "uploads" for one in found)
    leak = LeakFound(found, report_id=report.pk, is_unnamed=is_unnamed)
    if len(reason.strip()) < LEAST_REASON or (is_unnamed and in_files):
        raise leak
    _allow(change, leak, reason.strip())
    return {name: _struck(text, found, name) if is_unnamed else text for name, text in texts.items()}


def checked(change: Change, text: str, *, field: str = "text", reach: Reach, reason: str) -> str:
    """`guard` for a single text."""
    return guard(change, {field: text}, reach=reach, reason=reason)[field]


def _allow(change: Change, leak: LeakFound, reason: str) -> None:
    """The reason is for officers, so also for the inspectorate; it must not repeat what was found."""
    again = tuple(_find(change, {"leak_reason": reason}, [], is_unnamed=leak.is_unnamed))
    if again:
        raise LeakFound(again, report_id=change.report.pk, is_unnamed=leak.is_unnamed)
    stops.remember(leak, actor=change.actor, now=change.now, reason=reason)
    message = change.say(MessageKind.NOTE, reason, audience=Audience.OFFICERS)
    kinds = [] if leak.is_unnamed else sorted({one.kind for one in leak.found})
    change.record(EventKind.LEAK_ALLOWED, message=message, kinds=kinds)


def _find(
    change: Change, texts: Mapping[str, str], sent: Iterable[Attachment], *, is_unnamed: bool
) -> Iterator[Leaked]:
    own = _own_finders(change.report, change.key)
    kinds = _CERTAIN | {"name"} if is_unnamed else _CERTAIN
    for name, text in texts.items():
        yield from _in_text(text, own, kinds, field=name)
    for file in sent:
        yield from _in_file(file, own, change.key)


def _own_finders(report: Report, key: Private | None) -> list[Finder]:
    """Of the reporter, and of everybody whose report gets the same answer; of a sealed report of who is in the box."""
    if key is not None:
        inside = opening.person_in(report, key)
        return [finder(name=inside.name, phone=inside.phone, email=inside.email)]
    owners = [report] if not report.shows_name else []
    owners += list(report.followers.filter(identity__isnull=False).only("identity_id", "leads_id")[:200])
    people = identities.reveal_many([one.identity_id for one in owners if one.identity_id is not None])
    return [finder(name=one.name, phone=one.phone, email=one.email) for one in people.values()]


def _in_text(text: str, own: list[Finder], kinds: frozenset[str], *, field: str) -> Iterator[Leaked]:
    taken: list[tuple[int, int]] = []
    for find in own:
        for one in find(text):
            taken.append((one.start, one.end))
            yield Leaked(field, "own", *_sentence(text, one.start, one.end), is_own=True)
    kinds = kinds - {"address"} if field == "place" else kinds  # that is what the field is for
    for span in redact(text, is_by_rules=True).found:  # a stop must be sure; the public copy is masked further
        said = text[span.start : span.end]
        if span.kind not in kinds or (span.kind == "email" and _OFFICIAL.search(said)):
            continue
        if not any(start < span.end and span.start < end for start, end in taken):
            yield Leaked(field, span.kind, *_sentence(text, span.start, span.end))


def _in_file(file: Attachment, own: list[Finder], key: Private | None) -> Iterator[Leaked]:
    """Its name and, of a PDF, its words. Pictures of words are not read."""
    named = re.sub(r"[_\-]+", " ", PurePath(file.name).stem)
    try:
        words = pdfs.text(files.content(file, key)) if file.kind == "pdf" else ""
    except (pdfs.Unfit, OSError, WrongKey):
        yield Leaked("uploads", "unread", 0, 0, text=file.name)
        return
    for text in (named, words):
        for one in _in_text(text, own, _IN_FILES, field="uploads"):
            yield Leaked("uploads", one.kind, 0, 0, is_own=one.is_own, text=file.name)


def _sentence(text: str, start: int, end: int) -> tuple[int, int, str]:
    """Where the sentence around this stretch begins and ends, and its words; several where the stretch spans them."""
    breaks = [match.end() for match in _BREAK.finditer(text)]
    first = max([at for at in breaks if at <= start], default=0)
    last = min([at for at in breaks if at >= end], default=len(text))
    return first, last, text[first:last].strip()


def _struck(text: str, found: tuple[Leaked, ...], field: str) -> str:
    """Without the sentences that hold the reporter's own data."""
    for start, end in sorted(
        {(one.start, one.end) for one in found if one.is_own and one.field == field}, reverse=True
    ):
        said = text[start:end]
        text = f"{text[:start]}{STRUCK}{said[len(said.rstrip()) :]}{text[end:]}"
    return text
