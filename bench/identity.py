"""What sealing an identity costs beside the statement that files its report, in one process without HTTP."""

from __future__ import annotations

import time
from dataclasses import replace
from statistics import median

from django.db import transaction
from django.utils import timezone

from lapor.reports import actions
from lapor.reports.submission import Submission
from lapor.reports.withheld import Parted
from lapor.vault import identities, originals

from .same_rows import NEW_REPORT

_TOLD = Submission(
    channel="api",
    kind="complaint",
    title=NEW_REPORT["title"],
    text=NEW_REPORT["text"],
    place=NEW_REPORT["place"],
    region_code=NEW_REPORT["region"],
    name=NEW_REPORT["name"],
    email=NEW_REPORT["email"],
    phone="+6281200000000",
)
_SIGNED = replace(_TOLD, text=f"{_TOLD.text} Salam, {_TOLD.name}, 0812 0000 0000.")


def measure(*, rounds: int) -> dict[str, float]:
    """Seconds, medians: filing without an identity, with one, and with one that the text names; sealing alone of each.

    Nothing stays: every report is rolled back.
    """
    took: dict[str, list[float]] = {}
    nobody = replace(_TOLD, name="", email="", phone="")
    for number in range(rounds + 20):
        for name, told in {"nobody": nobody, "told": _TOLD, "signed": _SIGNED}.items():
            one = replace(told, phone=f"+62812{number:08d}" if told.phone else "")  # nobody is known from before
            times = {f"file {name}": _file(one), f"seal {name}": _seal(one)}
            for what, seconds in times.items() if number >= 20 else ():
                took.setdefault(what, []).append(seconds)
    return {what: median(times) for what, times in took.items()}


def _file(told: Submission) -> float:
    with transaction.atomic():
        began = time.perf_counter()
        actions.submit(told, now=timezone.now())
        took = time.perf_counter() - began
        transaction.set_rollback(True)
    return took


def _seal(told: Submission) -> float:
    """As `submit` does it: the identity, its blind indexes, the look for the writer in three texts, the originals."""
    began = time.perf_counter()
    identity = identities.sealed(name=told.name, phone=told.phone, email=told.email)
    if identity is not None:
        parted = Parted(told, {"title": told.title, "text": told.text, "place": told.place})
        originals.sealed(identity, parted.originals("4827193056"))
    return time.perf_counter() - began
