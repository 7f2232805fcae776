"""The words of the demonstration, from `data/*.toml` and `*.csv`: which text fits which report."""

from __future__ import annotations

import csv
import random
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import formats, translation

from lapor.agencies.models import Region

from .case import Case
from .samples import read_all

DATA = Path(__file__).parent / "data"


def answer(case: Case) -> str:
    """An answer for the kind and category of this report; of several the one that shares most words with it."""
    kind = case.report.kind
    by_category = _answers()[kind if kind in _answers() else "complaint"]
    texts = by_category.get(case.sample.category) or by_category.get("semua") or by_category["lainnya"]
    return _filled(_most_fitting(texts, case.sample.title + " " + case.sample.text, case.dice), case)


def better_answer(case: Case) -> str:
    """What comes after an objection that was accepted."""
    return _filled(case.dice.choice(_answers()["better"]["semua"]), case)


def done_by(case: Case) -> str:
    """Which crew did it."""
    crews = _answers()["done_by"]
    return str(case.dice.choice(crews.get(case.sample.category, crews["semua"])))


def say(what: str, case: Case) -> str:
    """One of the sentences under this heading of words.toml."""
    return _filled(case.dice.choice(_words()[what]), case)


def archive_reason(case: Case) -> tuple[str, str]:
    """The reason from the list of the core, and the words that the reporter reads."""
    note, text = case.sample.note, case.sample.text
    if "berantai" in note or (note.startswith("spam") and "uji" not in note):
        reason = "spam"
    elif "makian" in note:
        reason = "hate"
    elif "tidak terbaca" in note:
        reason = "unintelligible"
    elif "umum" in note or "menyapa" in note or len(text) < 40:
        reason = "too_general"
    else:
        reason = "not_government"
    return reason, str(_words()["archive"][reason])


@cache
def titles() -> dict[str, str]:
    """What the verifying officers call reports that came without a title."""
    return {row["id"]: row["title"] for row in rows("titles.csv")}


def forget() -> None:
    """Drops what was read from the database, for the next load in the same process."""
    _places.cache_clear()


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one file of `data/`."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _filled(text: str, case: Case) -> str:
    with translation.override("id"):
        day = formats.date_format(case.today, "j F Y")
    return text.format(tempat=_places().get(case.sample.region_code or "", "lokasi"), tanggal=day)


@cache
def _places() -> dict[str, str]:
    codes = {sample.region_code for sample in read_all() if sample.region_code}
    return dict(Region.objects.filter(pk__in=codes).values_list("pk", "name"))


def _most_fitting(texts: Sequence[str], said: str, dice: random.Random) -> str:
    known = _stems(said)
    return max(dice.sample(texts, len(texts)), key=lambda text: len(known & _stems(text)))


def _stems(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"[a-z]{5,}", text.lower())}


@cache
def _answers() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((DATA / "answers.toml").read_text(encoding="utf-8"))


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((DATA / "words.toml").read_text(encoding="utf-8"))
