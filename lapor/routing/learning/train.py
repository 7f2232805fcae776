"""A training from end to end: what to learn from, whether the new version is better, which one is used from now on.

The new version is judged on decisions that came after everything the present one has learned from, with a model that
has not seen them either. Whoever trains twice with the same data gets the same version.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime

from lapor.accounts.models import User
from lapor.audit.record import record
from lapor.routing.learning import shelf
from lapor.routing.learning.decisions import decided
from lapor.routing.learning.examples import Example, shipped
from lapor.routing.learning.fit import Fitted, fit, read_example
from lapor.routing.learning.model import Asker, Model, Unreadable, best, load
from lapor.routing.models import Version
from lapor.routing.scoring.shares import accuracy_at, interval_of

ENOUGH_NEW = 30  # later decisions below which two versions cannot be told apart
FIGURE = "category"  # by whose share of right answers versions are compared


class Kept(Exception):
    """Nothing was put into use; the text tells the operator why."""


@dataclass(frozen=True)
class Outcome:
    """A trained version; `is_promoted`, `why` and how it did are for the operator to read."""

    version: str
    shipped_rows: int
    decided_rows: int
    figures: dict[str, Any]
    is_promoted: bool
    why: str


def cold_start(*, without: frozenset[str] = frozenset()) -> Fitted:
    """The model from the shipped messages alone, but for those whose digest is named."""
    fitted = fit(shipped(without=without))
    return replace(fitted, model=replace(fitted.model, about={"shipped": len(shipped(without=without)), "decided": 0}))


def train(*, now: datetime, by: User | None, promote: bool | None = None, dry_run: bool = False) -> Outcome:
    """Trains and judges. `promote`: True in any case, None only when better, False never. `dry_run` keeps nothing.

    `TooLittle` where there is nothing to learn from; the present version then stays.
    """
    dated = list(decided())
    present = Version.objects.filter(is_current=True).first()
    decisions = [example for _at, example in dated]
    known = {example.digest for example in decisions}
    base = [example for example in shipped() if example.digest not in known]
    is_better, why, later = _judge(present, base, dated)
    fitted = fit([*base, *decisions])
    until = dated[-1][0] if dated else None
    about = {"shipped": len(base), "decided": len(decisions), "until": until.isoformat() if until else ""}
    model = replace(fitted.model, about=about)
    figures = {"unseen": figures_of([*base, *decisions], fitted.unseen), **later}
    is_promoted = is_better if promote is None else promote
    if not dry_run:
        shelf.put(model)
        _note(model, figures=figures, now=now, by=by)
        if is_promoted:
            put_in_use(model.version, by=by, now=now)
    return Outcome(model.version, len(base), len(decisions), figures, is_promoted and not dry_run, why)


def put_in_use(version: str, *, by: User | None, now: datetime) -> None:
    """Uses this version from now on, on record. `Kept` when it is unknown or its file is not right."""
    with transaction.atomic():
        row = Version.objects.select_for_update().filter(version=version).first()
        if row is None:
            raise Kept(f"There is no version {version}.")
        try:
            load(shelf.file_of(version))
        except Unreadable as reason:
            raise Kept(f"Version {version} cannot be used: {reason}.") from None
        if not row.is_current:
            Version.objects.filter(is_current=True).update(is_current=False)
            row.is_current, row.promoted_at, row.promoted_by = True, now, by
            row.save()
            record(user_id=by.pk if by else None, act="routing.promoted", subject=f"model:{version}", now=now)
        transaction.on_commit(lambda: shelf.use(version))


def figures_of(examples: Sequence[Example], unseen: dict[str, list[dict[str, float]]]) -> dict[str, Any]:
    """The share of right answers on what was not learned from, with n and interval, for the three questions."""
    found: dict[str, Any] = {}
    for question in ("kind", "category", "level"):
        said = [
            (best(shares) == getattr(example, question), max(shares.values()))
            for example, shares in zip(examples, unseen[question], strict=True)
            if getattr(example, question) is not None
        ]
        right = sum(is_right for is_right, _sureness in said)
        low, high = interval_of(right, len(said))
        found[question] = {
            "value": round(right / len(said), 4),
            "low": round(low, 4),
            "high": round(high, 4),
            "n": len(said),
            "at_70": round(accuracy_at(said, 0.7), 4),
        }
    return found


def _judge(
    present: Version | None, base: list[Example], dated: list[tuple[datetime, Example]]
) -> tuple[bool, str, dict[str, Any]]:
    """Whether a model without the latest decisions does better on them than the present one, and in which words."""
    if present is None:
        return True, "no version was in use", {}
    try:
        before = load(shelf.file_of(present.version))
    except Unreadable as reason:
        return True, f"the version in use cannot be read: {reason}", {}
    since = parse_datetime(str(before.about.get("until", "")))
    later = [example for at, example in dated if since is None or at > since]
    later = [example for example in later if example.category is not None]
    if len(later) < ENOUGH_NEW:
        return False, f"{len(later)} later decisions are too few to tell; {ENOUGH_NEW} are needed", {}
    ids = {example.id for example in later}
    older = [example for _at, example in dated if example.id not in ids]
    ours, theirs = (_share_right(model, later) for model in (fit([*base, *older]).model, before))
    why = f"{FIGURE} right on {len(later)} later decisions: {ours:.3f}, version in use {theirs:.3f}"
    return ours > theirs, why, {"later": {"n": len(later), "value": round(ours, 4), "before": round(theirs, 4)}}


def _share_right(model: Model, examples: Sequence[Example]) -> float:
    asker = Asker(model)
    right = sum(best(asker.answer(read_example(one), kind=one.kind).category) == one.category for one in examples)
    return right / len(examples)


def _note(model: Model, *, figures: dict[str, Any], now: datetime, by: User | None) -> None:
    Version.objects.update_or_create(
        version=model.version,
        defaults={"figures": figures},
        create_defaults={
            "trained_at": now,
            "trained_by": by,
            "shipped_rows": model.about["shipped"],
            "decided_rows": model.about["decided"],
            "figures": figures,
        },
    )
