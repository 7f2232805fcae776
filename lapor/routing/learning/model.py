"""The model as it answers: a few tables of numbers, read from a file without pickle, asked with numpy alone.

Five questions in a row: kind, category, level, spam, danger. Each answer is the product of words and facts with a
table, pooled with what the tables of rules say; the probabilities were calibrated on texts not learned from.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log1p
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lapor.routing.competence import first_rule, level_of
from lapor.routing.guess import category_words
from lapor.routing.learning.features import VERSION, WIDTH, Reading, word_places

Numbers = NDArray[np.float32]
QUESTIONS = ("kind", "category", "level", "spam", "danger")
CLUES = {"kind": 1, "category": 5, "level": 1}  # how many numbers the rules give for each answer, see `clues`
YES, NO = "yes", "no"
_ASKED = 3  # categories whose rule is looked up for the level
LEAST = 1e-6  # the least probability that the model may give an answer


class Unreadable(Exception):
    """The file is no model of this version of the program. Says why, never what is in it."""


@dataclass(frozen=True)
class Head:
    """What answers one question. `words` has a row for each place of a hashed word, `facts` one for each fact."""

    labels: tuple[str, ...]
    words: NDArray[np.float16]
    facts: Numbers
    bias: Numbers
    pool: Numbers
    """The weight of the model's own log-probability, then of each clue of the rules."""


@dataclass(frozen=True)
class Answers:
    """The probabilities of each question's answers, and what the level was asked with."""

    kind: dict[str, float]
    category: dict[str, float]
    level: dict[str, float]
    spam: float
    danger: float


@dataclass(frozen=True)
class Model:
    """One version. `about` says what it was learned from and how well it did; it holds no word of a citizen."""

    heads: dict[str, Head]
    facts: tuple[str, ...]
    about: dict[str, Any] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """A digest of all its numbers: the same data and program give the same version."""
        digest = hashlib.sha256("\n".join(self.facts).encode())
        for name in QUESTIONS:
            head = self.heads[name]
            digest.update("\n".join(head.labels).encode())
            for table in (head.words, head.facts, head.bias, head.pool):
                digest.update(np.ascontiguousarray(table).tobytes())
        return digest.hexdigest()[:12]


class Asker:
    """A model made ready to be asked often: the tables of all questions stand side by side."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.version = model.version
        self._rows = {name: at for at, name in enumerate(model.facts)}
        self._words = np.hstack([model.heads[name].words for name in QUESTIONS])
        self._facts = np.hstack([model.heads[name].facts for name in QUESTIONS])
        self._bias = np.concatenate([model.heads[name].bias for name in QUESTIONS])
        ends = np.cumsum([0, *(len(model.heads[name].labels) for name in QUESTIONS)])
        self._columns = {name: slice(ends[at], ends[at + 1]) for at, name in enumerate(QUESTIONS)}

    def answer(self, reading: Reading, *, kind: str | None = None, category: str | None = None) -> Answers:
        """Answers all questions. A kind or category that is known is taken as it is."""
        scores = self._bias + reading.weights @ self._words[reading.places].astype(np.float32)
        scores += self._by_facts(reading.facts)
        kinds = {kind: 1.0} if kind else self._ask("kind", scores, reading, reading.facts)
        scores += self._by_facts({f"kind:{name}": share for name, share in kinds.items()})
        categories = {category: 1.0} if category else self._ask("category", scores, reading, {})
        votes = votes_for(reading.found, kind=best(kinds), categories=categories)
        facts = level_facts(categories, votes)
        scores += self._by_facts(facts)
        return Answers(
            kind=kinds,
            category=categories,
            level=self._ask("level", scores, reading, facts),
            spam=self._ask("spam", scores, reading, facts).get(YES, 0.0),
            danger=self._ask("danger", scores, reading, facts).get(YES, 0.0),
        )

    def words(self, category: str, reading: Reading) -> list[str]:
        """The words of the text that speak for the category, strongest first; by themselves and by the tables."""
        head = self.model.heads["category"]
        if category not in head.labels:
            return []
        column = head.labels.index(category)
        weight = float(reading.weights[0]) if len(reading.weights) else 0.0
        if not reading.words:
            return []
        places = np.array([word_places(word) for word in reading.words])
        by_model = weight * head.words[places, column].astype(np.float32).sum(axis=1)
        spoken = []
        for word, own in zip(reading.words, by_model.tolist(), strict=True):
            by_table = sum(points for name, points in category_words().get(word, ()) if name == category) / 3
            spoken.append((-own - by_table, word))
        return [word for against, word in sorted(spoken) if against < 0]

    def _by_facts(self, facts: Mapping[str, float]) -> Numbers | float:
        """What facts add to the scores of all questions. A question that never learned from a fact has no weight."""
        known = [(self._rows[name], value) for name, value in facts.items() if name in self._rows]
        if not known:
            return 0.0
        rows, values = zip(*known, strict=True)
        return np.asarray(np.array(values, np.float32) @ self._facts[list(rows)])

    def _ask(self, question: str, scores: Numbers, reading: Reading, facts: Mapping[str, float]) -> dict[str, float]:
        """The answers by the scores so far; `facts` are the votes of the rules, which are pooled beside the model."""
        head = self.model.heads[question]
        own = logs(scores[None, self._columns[question]])
        clued = clues(question, head.labels, reading.points, facts)
        shares = np.exp(logs(pooled(own, clued[None, :, :], head.pool)))[0]
        return dict(zip(head.labels, shares.tolist(), strict=True))


def best(shares: Mapping[str, float]) -> str:
    """The most probable answer."""
    return max(shares, key=lambda label: (shares[label], label)) if shares else ""


def votes_for(found: frozenset[str], *, kind: str, categories: Mapping[str, float]) -> dict[str, float]:
    """What the rules say of the level, for the likeliest categories, each with its probability."""
    votes: dict[str, float] = {}
    for category in sorted(categories, key=lambda each: (-categories[each], each))[:_ASKED]:
        rule = first_rule(category, kind, found)
        if rule is not None:
            level = level_of(rule, found)
            votes[level] = votes.get(level, 0.0) + categories[category]
    return votes


def level_facts(categories: Mapping[str, float], votes: Mapping[str, float]) -> dict[str, float]:
    """The facts that the level is asked with, beside the words."""
    return {f"category:{name}": share for name, share in categories.items()} | {
        f"vote:{level}": share for level, share in votes.items()
    }


def clues(
    question: str, labels: Sequence[str], points: Sequence[Mapping[str, int]], facts: Mapping[str, float]
) -> Numbers:
    """What the rules say of each answer, a row for each label: points of words for a kind or
    category, votes for a level.
    """
    if question == "category":
        at = {label: row for row, label in enumerate(labels)}
        said = np.zeros((len(labels), len(points) + 1), np.float32)
        for column, part in enumerate(points):
            for label, score in part.items():
                if label in at:
                    said[at[label], column] = log1p(score)
        total = sum(points[0].values()) or 1
        for label, score in points[0].items():
            if label in at:
                said[at[label], -1] = score / total
        return said
    if question == "kind":
        return np.array([[facts.get(f"says:{label}", 0.0)] for label in labels], np.float32)
    if question == "level":
        return np.array([[facts.get(f"vote:{label}", 0.0)] for label in labels], np.float32)
    return np.zeros((len(labels), 0), np.float32)


def logs(scores: Numbers) -> Numbers:
    """Log-probabilities of rows of scores."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)), np.float32)


def pooled(own: Numbers, clued: Numbers, pool: Numbers) -> Numbers:
    """The log-linear pool of the model's own log-probabilities and the clues of the rules."""
    return np.asarray(pool[0] * np.maximum(own, np.log(LEAST)) + clued @ pool[1:], np.float32)


def save(model: Model, file: Path) -> None:
    """Writes the file in one step: whoever reads meanwhile sees the old one or the new one."""
    tables: dict[str, NDArray[Any]] = {
        "facts": np.array(model.facts, dtype=np.str_),
        "about": np.array([json.dumps(model.about | {"features": VERSION, "version": model.version})], dtype=np.str_),
    }
    for name, head in model.heads.items():
        used = np.flatnonzero(head.words.any(axis=1))
        tables |= {
            f"{name}.labels": np.array(head.labels, dtype=np.str_),
            f"{name}.used": used.astype(np.int32),
            f"{name}.words": head.words[used],
            f"{name}.facts": head.facts,
            f"{name}.bias": head.bias,
            f"{name}.pool": head.pool,
        }
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    with new.open("wb") as out:
        np.savez_compressed(out, **tables)  # type: ignore[arg-type]
    new.replace(file)


def load(file: Path) -> Model:
    """Reads a model. `Unreadable` when it is missing, damaged, or of another version of this program."""
    try:
        with np.load(file, allow_pickle=False) as tables:
            about = json.loads(str(tables["about"][0]))
            if about.get("features") != VERSION:
                raise Unreadable("it was made by another version of the program")
            model = Model(
                heads={name: _head(tables, name) for name in QUESTIONS},
                facts=tuple(map(str, tables["facts"])),
                about=about,
            )
    except FileNotFoundError:
        raise Unreadable("there is no such file") from None
    except (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile, zlib.error) as reason:
        raise Unreadable(f"it cannot be read ({type(reason).__name__})") from None
    if model.version != about.get("version"):
        raise Unreadable("its content is not what its version says")
    return model


def _head(tables: Mapping[str, NDArray[Any]], name: str) -> Head:
    labels = tuple(map(str, tables[f"{name}.labels"]))
    words = np.zeros((WIDTH, len(labels)), np.float16)
    words[tables[f"{name}.used"]] = tables[f"{name}.words"]
    head = Head(labels, words, tables[f"{name}.facts"], tables[f"{name}.bias"], tables[f"{name}.pool"])
    if head.facts.shape != (len(tables["facts"]), len(labels)) or head.pool.shape != (1 + CLUES.get(name, 0),):
        raise ValueError("shapes")
    return head
