"""Makes a model out of examples. The only module that needs scikit-learn: no process that answers people imports it.

Each question is a multinomial logistic regression over hashed words and facts. What the rules say is pooled with it
by weights that are fitted, like the later questions, on probabilities of examples that were not learned from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize
from scipy.special import log_softmax
from sklearn.linear_model import LogisticRegression

from lapor.routing.learning.examples import Example
from lapor.routing.learning.features import WIDTH, Reading, read
from lapor.routing.learning.model import (
    LEAST,
    NO,
    QUESTIONS,
    YES,
    Head,
    Model,
    Numbers,
    best,
    clues,
    level_facts,
    logs,
    pooled,
    votes_for,
)

FOLDS, FEW = 5, 2_000  # from so many examples on, two folds are enough
FEWEST = 20  # examples below which nothing can be learned
_FLAGS = {"spam": "is_spam", "danger": "is_urgent"}  # questions that are answered by yes or no
SELDOM = frozenset(_FLAGS)  # where there are hardly any examples, the tables of rules answer alone
FEWEST_OF_SELDOM = 10
_WORDS_COUNT = 3.0  # how much words weigh beside the facts of the rules
_STRENGTH = {"kind": 7.5, "category": 5.0, "level": 5.0, "spam": 10.0, "danger": 10.0}  # inverse of regularisation
_ROUNDS = 100  # of the solver: it has come to rest by then, or nearly
_SEED = 5
_CALM = 1e-4  # keeps the weights of the pool small where nothing tells them
_POOLED = 10_000  # examples that are enough to fit a few weights


class TooLittle(Exception):
    """There is nothing to learn from: too few examples or all of one answer. The text is for the operator."""


@dataclass
class _Table:
    """The examples as matrices, with the facts that come along from question to question."""

    examples: Sequence[Example]
    readings: Sequence[Reading]
    rows: sparse.csr_matrix
    """Words, then the facts so far."""
    names: tuple[str, ...]
    """Of the facts so far."""
    votes: list[dict[str, float]]
    """What the rules say of the question that is asked next, see `model.clues`."""
    folds: NDArray[np.int64]
    weights: NDArray[np.float64]

    def labels(self, question: str) -> list[str | None]:
        if question in _FLAGS:
            return [_yes_or_no(getattr(one, _FLAGS[question])) for one in self.examples]
        return [getattr(one, question) for one in self.examples]


def _yes_or_no(said: bool | None) -> str | None:
    return None if said is None else YES if said else NO


@dataclass(frozen=True)
class Fitted:
    """A model and, for each question, the probabilities of examples that were not learned from."""

    model: Model
    unseen: dict[str, list[dict[str, float]]]


def fit(examples: Sequence[Example], *, readings: Sequence[Reading] | None = None) -> Fitted:
    """Learns all questions. The same examples in the same order give the same model. `TooLittle` where it cannot."""
    if len(examples) < FEWEST:
        raise TooLittle(f"{len(examples)} labelled messages are too few to learn from; {FEWEST} are needed.")
    table = _table(examples, readings or [read_example(one) for one in examples])
    heads: dict[str, Any] = {}
    unseen: dict[str, list[dict[str, float]]] = {}
    for question in QUESTIONS:
        heads[question], unseen[question] = _question(table, question)
        if question == "kind":
            _add(table, [{f"kind:{name}": share for name, share in one.items()} for one in unseen["kind"]])
        if question == "category":
            _add(table, _level_facts(table, unseen))
    names = tuple(sorted({name for head in heads.values() for name in head[1]}))
    return Fitted(Model({name: _widened(head, names) for name, head in heads.items()}, names), unseen)


def read_example(one: Example) -> Reading:
    """The example as the model sees it."""
    return read(text=one.text, title=one.title, channel=one.channel, region_code=one.region_code)


def _table(examples: Sequence[Example], readings: Sequence[Reading]) -> _Table:
    names, facts = _fact_matrix([one.facts for one in readings])
    return _Table(
        examples,
        readings,
        sparse.hstack([_word_matrix(readings), facts]).tocsr(),
        names,
        [one.facts for one in readings],
        folds_of([one.group or one.id for one in examples], count=FOLDS if len(examples) < FEW else 2),
        np.array([one.weight for one in examples]),
    )


def _word_matrix(readings: Sequence[Reading]) -> sparse.csr_matrix:
    ends = np.cumsum([0, *(len(one.places) for one in readings)])
    weights = np.concatenate([one.weights for one in readings])
    places = np.concatenate([one.places for one in readings])
    return sparse.csr_matrix((weights * np.float32(_WORDS_COUNT), places, ends), shape=(len(readings), WIDTH))


def folds_of(groups: Sequence[str], *, count: int) -> NDArray[np.int64]:
    """The fold of each example: what belongs together falls into one, and all are of about the same size."""
    names = list(dict.fromkeys(groups))
    order = np.random.default_rng(_SEED).permutation(len(names))
    fold = dict(zip(names, (order % count).tolist(), strict=True))
    return np.array([fold[name] for name in groups])


def _add(table: _Table, more: Sequence[dict[str, float]]) -> None:
    names, facts = _fact_matrix(more)
    table.rows, table.names = sparse.hstack([table.rows, facts]).tocsr(), (*table.names, *names)


def _level_facts(table: _Table, unseen: dict[str, list[dict[str, float]]]) -> list[dict[str, float]]:
    table.votes = [
        level_facts(categories, votes_for(reading.found, kind=best(kinds), categories=categories))
        for reading, kinds, categories in zip(table.readings, unseen["kind"], unseen["category"], strict=True)
    ]
    return table.votes


def _question(table: _Table, question: str) -> tuple[Any, list[dict[str, float]]]:
    """The head for one question (with its fact names) and, for every example, what it says unseen."""
    given = table.labels(question)
    has = np.array([label is not None for label in given])
    counts = Counter(label for label in given if label is not None)
    labels = tuple(sorted(counts))
    if question in SELDOM and (len(labels) < 2 or min(counts.values()) < FEWEST_OF_SELDOM):
        return _constant((NO,)), [{NO: 1.0}] * len(given)
    if len(labels) < 2:
        raise TooLittle(f"All labelled messages have the same {question}; nothing can be told apart.")
    rows, names = table.rows, table.names
    column = {label: at for at, label in enumerate(labels)}
    truth = np.array([column[label] if label is not None else -1 for label in given])
    own = np.zeros((len(given), len(labels)), np.float32)
    for fold in range(table.folds.max() + 1):
        learn, judge = has & (table.folds != fold), table.folds == fold
        if len(set(truth[learn])) < 2:
            raise TooLittle(f"Too few labelled messages differ in their {question}; nothing can be told apart.")
        weights, bias = _regression(rows[learn], truth[learn], table.weights[learn], len(labels), question)
        own[judge] = logs(np.asarray(rows[judge] @ weights + bias, np.float32))
    clued = np.stack([clues(question, labels, r.points, f) for r, f in zip(table.readings, table.votes, strict=True)])
    pool = _pool(own[has], clued[has], truth[has], table.weights[has])
    shares = np.exp(logs(pooled(own, clued, pool)))
    weights, bias = _regression(rows[has], truth[has], table.weights[has], len(labels), question)
    head = (labels, names, weights, bias, pool)
    return head, [dict(zip(labels, row, strict=True)) for row in shares.tolist()]


def _fact_matrix(facts: Sequence[dict[str, float]]) -> tuple[tuple[str, ...], sparse.csr_matrix]:
    """The names that stand in these facts, and a row of values for each."""
    names = tuple(sorted({name for one in facts for name in one}))
    column = {name: at for at, name in enumerate(names)}
    ends = np.cumsum([0, *map(len, facts)])
    columns = np.fromiter((column[name] for one in facts for name in one), np.int32, ends[-1])
    values = np.fromiter((value for one in facts for value in one.values()), np.float32, ends[-1])
    return names, sparse.csr_matrix((values, columns, ends), shape=(len(facts), len(names)))


def _regression(
    rows: sparse.csr_matrix,
    truth: NDArray[np.int64],
    weights: NDArray[np.float64],
    count: int,
    question: str,
) -> tuple[Numbers, Numbers]:
    """Weights (a column for each label) and bias; a label without an example is never said."""
    model = LogisticRegression(C=_STRENGTH[question], max_iter=_ROUNDS, tol=1e-3)
    used = np.flatnonzero(rows.getnnz(axis=0))  # of the others nothing can be learned
    model.fit(rows[:, used], truth, sample_weight=weights)
    labels, coefficients, intercept = model.classes_, model.coef_, model.intercept_
    table = np.zeros((rows.shape[1], count), np.float32)
    bias = np.full(count, -20.0, np.float32)
    if len(labels) == 2:  # scikit-learn keeps one column for two labels
        table[used, labels[1]], bias[labels] = coefficients[0], (0.0, intercept[0])
    else:
        table[np.ix_(used, labels)], bias[labels] = coefficients.T, intercept
    return table, bias


def _pool(own: Numbers, clued: Numbers, truth: NDArray[np.int64], weights: NDArray[np.float64]) -> Numbers:
    """The weights of the pool that make what was not learned from most probable; the first one calibrates."""
    some = slice(None, None, max(1, len(truth) // _POOLED))
    own, clued, truth, weights = own[some], clued[some], truth[some], weights[some]
    voices = np.concatenate([np.maximum(own, np.log(LEAST))[:, :, None], clued], axis=2).astype(np.float64)
    spoken = voices[np.arange(len(truth)), truth]  # for the right answer
    weights = weights / weights.sum()

    def loss(pool: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """And its slope: what the voices say of the answers as they are expected, less what they say of the right."""
        said = log_softmax(voices @ pool, axis=1)
        slope = weights @ (np.einsum("nl,nlv->nv", np.exp(said), voices) - spoken)
        right = said[np.arange(len(truth)), truth]
        return float(_CALM * (pool**2).sum() - weights @ right), slope + 2 * _CALM * pool

    count = clued.shape[2]
    found = minimize(
        loss, [1.0, *[0.5] * count], jac=True, method="L-BFGS-B", bounds=[(0.05, None), *[(0.0, None)] * count]
    )
    return np.asarray(found.x, np.float32)


def _constant(labels: tuple[str, ...]) -> Any:
    return labels, (), np.zeros((WIDTH, len(labels)), np.float32), np.zeros(len(labels), np.float32), np.ones(1)


def _widened(head: Any, names: tuple[str, ...]) -> Head:
    labels, own_names, weights, bias, pool = head
    facts = np.zeros((len(names), len(labels)), np.float32)
    at = {name: place for place, name in enumerate(names)}
    for row, name in enumerate(own_names):
        facts[at[name]] = weights[WIDTH + row]
    words = (weights[:WIDTH] * _WORDS_COUNT).astype(np.float16)
    return Head(tuple(labels), words, facts, bias.astype(np.float32), np.asarray(pool, np.float32))
