"""Where models lie: LAPOR_DATA/routing, one file for each version, and the name of the one in use in `current`.

Web processes look at that name every few seconds and take a new model up without a restart. When the file is missing,
damaged or of another program, the log says so once, and the tables of rules go on working alone.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from pathlib import Path

from django.conf import settings

from lapor.routing.learning.model import Asker, Model, Unreadable, load, save

log = logging.getLogger(__name__)
LOOK_EVERY = 3.0  # seconds
_NAME = re.compile(r"[0-9a-f]{12}")
_lock = threading.Lock()
_looked_at = -LOOK_EVERY
_name = ""
_asker: Asker | None = None
_trouble = ""


def folder() -> Path:
    """Where the files lie; it need not exist."""
    return Path(settings.LAPOR_DATA) / "routing"


def file_of(version: str) -> Path:
    """The file of a version. ValueError for what is no version's name."""
    if not _NAME.fullmatch(version):
        raise ValueError("a version is named by twelve hexadecimal digits")
    return folder() / f"{version}.npz"


def put(model: Model) -> Path:
    """Keeps the model; the same one twice is one file."""
    file = file_of(model.version)
    save(model, file)
    return file


def use(version: str) -> None:
    """Makes this version the one in use for every process on this machine. `Unreadable` when its file is not right."""
    load(file_of(version))
    new = folder() / "current.new"
    new.write_text(version, encoding="ascii")
    new.replace(folder() / "current")
    forget()


def forget() -> None:
    """Looks again at the next question."""
    global _looked_at
    _looked_at = -LOOK_EVERY


def named() -> str:
    """The version that `current` names; empty when there is none."""
    try:
        found = (folder() / "current").read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
    return found if _NAME.fullmatch(found) else ""


def trouble() -> str:
    """Why the named model cannot be used; empty when it can, or when none is named."""
    in_use()
    return _trouble


def in_use() -> Asker | None:
    """The model in use, or None; never fails."""
    global _looked_at, _name, _asker, _trouble
    now = time.monotonic()
    if now - _looked_at < LOOK_EVERY:
        return _asker
    with _lock:
        _looked_at = now
        name = named()
        if name == _name and (_asker is not None or not name):
            return _asker
        _name, _asker = name, None
        before, _trouble = _trouble, ""
        try:
            _asker = Asker(load(file_of(name))) if name else None
        except Unreadable as reason:
            _trouble = str(reason)
            if _trouble != before:
                log.warning("the routing model %s is not used: %s; the rules go on alone", name, _trouble)
    return _asker
