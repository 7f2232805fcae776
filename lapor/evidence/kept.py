"""Heads that were kept outside: reading what the service sent to a folder, a mailbox or another server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .heads import HEAD


class NotHeads(Exception):
    """The file does not hold signed heads."""


def read(path: Path) -> list[dict[str, Any]]:
    """The heads in a file (one head, a list, one on each line, or the published page of them) or in a folder of files.

    Refuses with `NotHeads` what is something else, so that an empty or wrong file never passes as agreement.
    """
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    found = [head for file in files for head in _heads(file)]
    if not found:
        raise NotHeads(f"{path} holds no heads")
    return found


def _heads(path: Path) -> Iterator[dict[str, Any]]:
    text = path.read_text()
    try:
        try:
            whole = json.loads(text)
        except json.JSONDecodeError:
            whole = [json.loads(line) for line in text.splitlines() if line.strip()]
    except ValueError:
        raise NotHeads(f"{path} is not JSON") from None
    if isinstance(whole, dict) and "heads" in whole:
        whole = whole["heads"]
    for one in whole if isinstance(whole, list) else [whole]:
        if not _is_head(one):
            raise NotHeads(f"{path} holds something else than heads")
        yield one


def _is_head(one: Any) -> bool:
    said = one.get("statement") if isinstance(one, dict) else None
    return (
        isinstance(said, dict)
        and said.get("type") == HEAD
        and isinstance(said.get("size"), int)
        and all(isinstance(value, str) for value in (said.get("root"), said.get("at"), one["key"], one["signature"]))
    )
