"""The model that may judge a file: the one in use, or one from the shipped messages; never one that saw the file."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable

from lapor.routing.learning import shelf
from lapor.routing.learning.examples import Example, shipped
from lapor.routing.learning.features import VERSION
from lapor.routing.learning.fit import fit
from lapor.routing.learning.model import Asker, Unreadable, load, save
from lapor.routing.words import DATA

log = logging.getLogger(__name__)
_TABLES = (
    "abbreviations.csv",
    "shorthand_by_neighbour.csv",
    "category_words.csv",
    "kind_words.csv",
    "competence.csv",
    "urgent_words.csv",
)


def judge_of(examples: Iterable[Example]) -> tuple[Asker, str]:
    """A model that has not learned from these messages, and where it comes from. Keeps what it makes, if it can."""
    given = frozenset(example.digest for example in examples)
    everything = shipped()
    learned = [example for example in everything if example.digest not in given]
    if len(learned) == len(everything) and (asker := shelf.in_use()) is not None:
        return asker, f"in use: {asker.version}"
    file = shelf.folder() / f"cold-{_key(learned)}.npz"
    origin = f"made from {len(learned)} shipped messages, {len(everything) - len(learned)} of them left out"
    try:
        return Asker(load(file)), origin
    except Unreadable:
        model = fit(learned).model
    try:
        save(model, file)
    except OSError as reason:
        log.warning("the model could not be kept for next time: %s", type(reason).__name__)
    return Asker(model), origin


def _key(examples: Iterable[Example]) -> str:
    digest = hashlib.sha256(str(VERSION).encode())
    for example in examples:
        labels = (example.kind, example.category, example.level, example.region_code, example.is_urgent)
        digest.update(f"{example.digest}{labels}".encode())
    for name in _TABLES:
        digest.update((DATA / name).read_bytes())
    return digest.hexdigest()[:12]
