"""Makes the tagger (`redaction.tagger`) from labelled practice messages, and says what it learned from.

Each message with labels is learned from twice: as it is, and with some labelled data masked already, as they are where
a text is masked a second time, and some names unknown to the lists. Otherwise the tagger would trust lists and rules,
which were made with the practice messages in sight, more than they deserve; what the rules find it does not see at all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pycrfsuite

from lapor.redaction.masks import MASKS
from lapor.redaction.tag_signs import VERSION, Piece, pieces_of, signs_of
from lapor.redaction.tagger import OTHER
from lapor.routing.learning.examples import MORE, PRACTICE, blind_digests, examples_of, held_out_groups, rows_of
from lapor.routing.learning.labels import stretches_of, text_of
from lapor.routing.words import DATA

PERSONAL = DATA / "personal.jsonl"  # only personal data are labelled there
_KIND_OF = {"kk": "nik", "kks": "card"} | {kind: kind for kind in MASKS}
_UNKNOWN, _MASKED = 0.45, 0.3  # shares of names no list knows, of data already masked
_REPEATED = 4  # letters of a label that is looked for again in the same text
_SEED = 11
_SETTINGS = {"c1": 0.05, "c2": 3.0, "max_iterations": 150}  # regularisation; less or more changes little


@dataclass(frozen=True)
class Labelled:
    """A text and where its personal data stand: start, end and kind of mask, in order."""

    digest: str
    text: str
    stretches: tuple[tuple[int, int, str], ...]


def labelled() -> list[Labelled]:
    """What the tagger learns from: the practice messages but for those held out to judge, and their twins. Neither the
    sample nor what only judges is among them.
    """
    practice = rows_of(PRACTICE)
    examples = list(examples_of(practice))
    judged, judging = held_out_groups(examples), blind_digests()
    kept = [row for row, example in zip(practice, examples, strict=True) if example.group not in judged]
    rows = [*kept, *rows_of(MORE), *rows_of(PERSONAL)]
    found = (_labelled(row, example.digest) for row, example in zip(rows, examples_of(rows), strict=True))
    return [one for one in found if one is not None and one.digest not in judging]


@cache
def learned_digests() -> frozenset[str]:
    """Of the messages that the shipped tagger learned from; read once."""
    return frozenset(one.digest for one in labelled())


def _labelled(row: dict[str, Any], digest: str) -> Labelled | None:
    text = text_of(row)
    stretches = stretches_of(row, text)
    if stretches is None:
        return None
    found = {(start, end, _KIND_OF[kind]) for kind, start, end in stretches}
    for kind, start, end in stretches:
        found.update((at, at + end - start, _KIND_OF[kind]) for at in _again(text, text[start:end]))
    return Labelled(digest, text, tuple(sorted(found)))


def _again(text: str, label: str) -> Iterator[int]:
    """All places of a label, which names a datum once, but for short ones, which may be part of other words."""
    at = text.find(label) if len(label) >= _REPEATED else -1
    while at >= 0:
        yield at
        at = text.find(label, at + 1)


def digest_of_all(messages: Sequence[Labelled]) -> str:
    """By which it is known whether a tagger was learned from just these messages and labels."""
    return hashlib.sha256("".join(f"{one.digest}{one.stretches}" for one in messages).encode()).hexdigest()


def make(file: Path, stamp: Path) -> dict[str, Any]:
    """Learns from all of `labelled` and writes the file and its stamp, which is returned. Some three minutes."""
    messages = labelled()
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(_SETTINGS)
    for signs, tags in _lessons(messages):
        trainer.append(signs, tags)
    trainer.train(str(file))
    said = {
        "signs": VERSION,
        "messages": len(messages),
        "labels": sum(len(one.stretches) for one in messages),
        "learned_from": digest_of_all(messages),
        "file": hashlib.sha256(file.read_bytes()).hexdigest(),
    }
    stamp.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    return said


def _lessons(messages: Sequence[Labelled]) -> Iterator[tuple[list[list[str]], list[str]]]:
    chance = Random(_SEED)  # noqa: S311 - the same for everybody
    for one in messages:
        pieces = pieces_of(one.text)
        if not pieces:
            continue
        yield signs_of(pieces, one.text[pieces[-1].end :]), _tags(one, pieces)
        if one.stretches:
            again = _partly_masked(one, chance)
            pieces = pieces_of(again.text)
            tags = _tags(again, pieces)
            unknown = {at for at, tag in enumerate(tags) if tag == "name" and chance.random() < _UNKNOWN}
            yield signs_of(pieces, again.text[pieces[-1].end :], forgotten=unknown), tags


def _tags(one: Labelled, pieces: Sequence[Piece]) -> list[str]:
    return [
        next((kind for start, end, kind in one.stretches if start <= piece.start < end and not piece.is_mask), OTHER)
        for piece in pieces
    ]


def _partly_masked(one: Labelled, chance: Random) -> Labelled:
    """The text with a part of its personal data masked, and where the others then stand."""
    parts: list[str] = []
    left: list[tuple[int, int, str]] = []
    at = length = 0
    for start, end, kind in one.stretches:
        if start < at:
            continue
        parts.append(one.text[at:start])
        length += start - at
        said = MASKS[kind] if chance.random() < _MASKED else one.text[start:end]
        if said == one.text[start:end]:
            left.append((length, length + len(said), kind))
        parts.append(said)
        length, at = length + len(said), end
    return Labelled(one.digest, "".join([*parts, one.text[at:]]), tuple(left))
