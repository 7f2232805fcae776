"""Open copies that tell the same matter as what somebody is about to send: found and ranked by their redacted words.

What the public may not read finds nothing here: the table holds digests of the published words alone, so no name that
was taken out of a copy leads to it.
"""

from __future__ import annotations

from collections.abc import Iterable

from lapor.lib.likeness import Message, Ranking
from lapor.reports import postings
from lapor.reports.mass_numbers import numbers
from lapor.reports.models import State

from .models import CopyPosting, PublicReport
from .search import with_names
from .vocabulary import without_masks

PURPOSE = "copy posting"
COMPARED = 40


def is_open(copy: PublicReport) -> bool:
    """Whether others can still support it."""
    return copy.bucket != "selesai" and copy.state != State.ARCHIVED and bool(copy.text or copy.title)


def marks_of(copy: PublicReport) -> set[int]:
    """Where the copy is found."""
    return postings.marks_of(_message(copy), purpose=PURPOSE)


def similar(text: str, *, title: str = "", region: str = "", category: str = "", limit: int = 5) -> list[PublicReport]:
    """At most so many open copies that most likely tell the same, likest first; possibly none, and none from another
    regency where both places are known.

    Reads a bounded number of rows. Places are Kemendagri codes; without one only rare words lead to a copy.
    """
    asked = Message(text=text.replace("\0", " "), title=title.replace("\0", " "), region_code=region, category=category)
    keys = postings.nearest(CopyPosting, postings.marks_of(asked, purpose=PURPOSE), most=COMPARED)
    found = with_names(PublicReport.objects.filter(pk__in=keys).order_by("pk"))
    copies = [copy for copy in found if is_open(copy) and _may_be_there(copy, region)]
    ranking = Ranking([asked, *map(_message, copies)])
    alike = [at for at in range(1, len(copies) + 1) if ranking.said(0, at) >= numbers().shown]
    return [copies[at - 1] for at, _likeness in ranking.best(0, alike, limit)]


def _may_be_there(copy: PublicReport, region: str) -> bool:
    there = copy.regency or copy.province
    return region[: len(there)] == there[: len(region)]


def keep(copies: Iterable[PublicReport]) -> None:
    """Makes these copies be found by their words as they are now; inside a transaction."""
    postings.keep(CopyPosting, {copy.pk: marks_of(copy) if is_open(copy) else set() for copy in copies})


def forget(report_ids: Iterable[int]) -> None:
    """These have no copy any more."""
    postings.keep(CopyPosting, {key: set() for key in report_ids})


def _message(copy: PublicReport) -> Message:
    return Message(
        text=without_masks(copy.text),
        title=without_masks(copy.title),
        region_code=copy.region_id or "",
        category=copy.category_id or "",
        received_on=copy.received_at.date(),
    )
