"""What somebody wrote to 1708: a command with a forgiving spelling (data/commands.csv), or words of their own.

A word is a command only where nothing else can be meant: "STATUS 4827 193 056" asks, "status tanah saya tidak jelas
sejak 2019" tells. What is no command is never lost: it is taken as the text of a report or of a reply.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from pathlib import Path

from lapor.lib.codes import parse_code, parse_pin

_TABLE = Path(__file__).parents[1] / "data" / "commands.csv"
_NUMBER = re.compile(r"^\W*((?:[\dOoIl][ .\-]?){10})(?![\d])")
_PIN = re.compile(r"^\W*(?:pin\W*)?((?:\d[ .\-]?){8})(?!\d)", re.IGNORECASE)
_STARS = re.compile(r"^\W*([1-5])(?!\d)(?:\s*(?:bintang|/\s*5))?")
_LIKE_ENOUGH = 0.84
_LEAST_LETTERS = 5  # shorter words are too much like each other to be guessed at


class Word(StrEnum):
    """The commands, as they are written to the sender."""

    STATUS = "STATUS"
    READ = "BACA"
    REPLY = "BALAS"
    AGREE = "SETUJU"
    OBJECT = "KEBERATAN"
    RATE = "NILAI"
    RELY = "ANDAL"
    SECRET = "RAHASIA"  # noqa: S105
    CANCEL = "BATAL"
    HELP = "BANTUAN"
    STOP = "STOP"
    NEW = "BARU"


_NUMBERED = frozenset({Word.RATE, Word.RELY})  # answered by one to five
TAKES_TEXT = frozenset({Word.REPLY, Word.OBJECT, Word.SECRET, Word.NEW})
# With words of the sender's own behind them and no code, these begin a sentence and are no command.
_ALONE = frozenset(Word) - TAKES_TEXT


@dataclass(frozen=True)
class Said:
    """A message taken apart. Without a command all of it is `text`; a code that is written wrong leaves `code` empty
    and `has_number` set.
    """

    word: Word | None
    text: str = field(repr=False)
    code: str = ""
    pin: str = field(default="", repr=False)
    stars: int = 0
    has_number: bool = False


def read(message: str) -> Said:
    """The command with what belongs to it; never fails."""
    word, rest = _command(message.strip())
    if word is None:
        return Said(None, message.strip())
    stars = 0
    if word in _NUMBERED:
        code, pin, has_number, rest = _proof(rest)
        if found := _STARS.match(rest):
            stars, rest = int(found[1]), rest[found.end() :]
            if not code:
                code, pin, has_number, rest = _proof(rest)
    else:
        code, pin, has_number, rest = _proof(rest)
    rest = rest.strip(" \t\n:;,.-")
    if word in _ALONE and rest and not (has_number or stars):
        return Said(None, message.strip())
    return Said(word, rest, code, pin, stars, has_number)


def stars_alone(message: str) -> int:
    """The one to five that a message consists of; 0 for anything else."""
    found = _STARS.match(message.strip())
    return int(found[1]) if found and not message.strip()[found.end() :].strip(" .!") else 0


def _command(message: str) -> tuple[Word | None, str]:
    lowered = message.casefold()
    for spelling, word in _spellings():
        if lowered.startswith(spelling) and not lowered[len(spelling) : len(spelling) + 1].isalpha():
            return word, message[len(spelling) :]
    first = re.match(r"[^\W\d_]+", message)
    if first is None or len(first[0]) < _LEAST_LETTERS:
        return None, message
    rest = message[first.end() :]
    if len(rest.split()) > 4:  # a sentence: its first word is not guessed at
        return None, message
    like = get_close_matches(first[0].casefold(), [spelling for spelling, _word in _spellings()], 1, _LIKE_ENOUGH)
    return (dict(_spellings())[like[0]], rest) if like else (None, message)


def _proof(rest: str) -> tuple[str, str, bool, str]:
    found = _NUMBER.match(rest)
    if found is None:
        return "", "", False, rest
    code = parse_code(found[1]) or ""
    rest = rest[found.end() :]
    pin = ""
    if secret := _PIN.match(rest):
        pin, rest = parse_pin(secret[1]) or "", rest[secret.end() :]
    return code, pin, True, rest


@cache
def _spellings() -> tuple[tuple[str, Word], ...]:
    """Longest first, so that "tidak setuju" is not read as anything shorter."""
    with _TABLE.open(encoding="utf-8", newline="") as rows:
        pairs = [(one, Word(row["word"])) for row in csv.DictReader(rows) for one in row["spellings"].split("|")]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
