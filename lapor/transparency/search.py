"""Finding published copies: by words (stems, stop words, typing errors) and filters, page by page along an index.

Every list walks an index in the order it is shown and stops after one page: no OFFSET, no total.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from lapor.agencies.models import Agency
from lapor.lib.codes import parse_code
from lapor.lib.text import search_text
from lapor.reports.models import State

from .models import PublicReport
from .vocabulary import correct

PAGE = 20
MOST = 100
CANDIDATES = 200  # how many of the newest matches are compared when no copy has all the words
WORDS = 12

Sort = Literal["newest", "supported"]


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of copies. Cursors are opaque and empty at the ends.

    `meant` is what was searched instead when nothing had the words as typed; `is_loose` says that no copy has all the
    words and these have some of them.
    """

    rows: list[PublicReport]
    next_cursor: str = ""
    previous_cursor: str = ""
    meant: str = ""
    is_loose: bool = False


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a visitor narrowed the list to; empty means everything. Places are Kemendagri codes of any level."""

    region: str = ""
    agency: str = ""
    category: str = ""
    kind: str = ""
    state: str = ""
    bucket: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class _Cursor:
    forwards: bool
    value: Any
    code: str


@dataclass(frozen=True)
class _Order:
    column: str
    parse: Any = field(repr=False)
    show: Any = field(repr=False)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(2200, 1, 1)

_ORDERS: dict[str, _Order] = {
    "newest": _Order("received_at", lambda text: _EPOCH + int(text) * _TICK, lambda at: (at - _EPOCH) // _TICK),
    "supported": _Order("support_count", int, str),
}


def search(
    *,
    q: str = "",
    region: str = "",
    agency: str = "",
    category: str = "",
    kind: str = "",
    state: str = "",
    bucket: str = "",
    since: date | None = None,
    until: date | None = None,
    sort: Sort = "newest",
    cursor: str = "",
    limit: int = PAGE,
) -> Page:
    """A page of published copies. `agency` and `category` are slugs, dates are days in local time, both ends included.

    A code finds its report. A cursor that cannot be read gives the first page. Archived reports come only when
    asked for by `state`.
    """
    q = q.replace("\0", " ").strip()
    if "\0" in "".join((region, agency, category, kind, state, bucket)):  # no such place or body; not even a text
        return Page(rows=[])
    filters = Filters(
        region=region, agency=agency, category=category, kind=kind, state=state, bucket=bucket, since=since, until=until
    )
    found = _filtered(filters)
    if q:
        code = parse_code(q)
        if code is not None:
            return Page(rows=list(with_names(PublicReport.objects.filter(code=code))))
        if state == State.ARCHIVED and search_text(q):  # such a one was published without its words
            return Page(rows=[])
        return _by_words(found, q, sort=sort, cursor=cursor, limit=limit)
    return _page(found, sort=sort, cursor=cursor, limit=limit)


def _filtered(filters: Filters) -> QuerySet[PublicReport]:
    found = PublicReport.objects.filter(_place(filters.region))
    if filters.agency:
        found = found.filter(agency__in=list(Agency.objects.filter(slug=filters.agency).values_list("pk", flat=True)))
    if filters.category:
        found = found.filter(category=filters.category)
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.bucket:
        found = found.filter(bucket=filters.bucket)
    if filters.since:
        found = found.filter(received_at__gte=_midnight(filters.since))
    if filters.until:
        found = found.filter(received_at__lt=_midnight(min(filters.until, _LAST_DAY) + timedelta(days=1)))
    if filters.state:
        return found.filter(state=filters.state)
    return found.exclude(state=State.ARCHIVED)


def _place(code: str) -> Q:
    """Province, regency and district have columns of their own; a village is one place within its district."""
    match len(code):
        case 0:
            return Q()
        case 2:
            return Q(province=code)
        case 5:
            return Q(regency=code)
        case 8:
            return Q(district=code)
        case _:
            return Q(district=code[:8], region=code)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(min(max(day, _FIRST_DAY), _LAST_DAY), time.min))


def _stems(text: str, *, most: int = WORDS) -> list[str]:
    return list(dict.fromkeys(search_text(text).split()))[:most]


def _by_words(found: QuerySet[PublicReport], q: str, *, sort: Sort, cursor: str, limit: int) -> Page:
    stems = _stems(q)
    if not stems:  # nothing but stop words: they say nothing, so they exclude nothing
        return _page(found, sort=sort, cursor=cursor, limit=limit)
    page = _page(_with_all(found, stems), sort=sort, cursor=cursor, limit=limit)
    if page.rows or cursor:
        return page
    meant = correct(stems)
    if meant:
        stems = [meant[stem].stem if stem in meant else stem for stem in stems]
        # No cursor leads on from here: what was typed finds nothing, and the visitor is offered what was meant.
        page = _page(_with_all(found, stems), sort=sort, cursor="", limit=limit)
        if page.rows:
            return Page(rows=page.rows, meant=_respelled(q, {key: word.spelling for key, word in meant.items()}))
    rows = _closest(found, stems, limit=limit) if len(stems) > 1 else []
    return Page(rows=rows, is_loose=bool(rows))


def _respelled(q: str, spellings: dict[str, str]) -> str:
    return " ".join(spellings.get(search_text(word), word) for word in q.split())


def _with_all(found: QuerySet[PublicReport], stems: list[str]) -> QuerySet[PublicReport]:
    return found.filter(search=SearchQuery(" ".join(stems), config="simple", search_type="plain"))


def _closest(found: QuerySet[PublicReport], stems: list[str], *, limit: int) -> list[PublicReport]:
    """The best among the newest that have any of the words: a bounded number, whatever the table holds."""
    any_of = SearchQuery(stems[0], config="simple", search_type="plain")
    for stem in stems[1:]:
        any_of |= SearchQuery(stem, config="simple", search_type="plain")
    newest = found.filter(search=any_of).order_by("-received_at", "-code").values("pk")[:CANDIDATES]
    ranked = (
        PublicReport.objects.filter(pk__in=newest)
        .annotate(likeness=SearchRank(F("search"), any_of, normalization=1))
        .order_by("-likeness", "-received_at", "-code")
    )
    return list(with_names(ranked)[:limit])


def with_names(found: QuerySet[PublicReport]) -> QuerySet[PublicReport]:
    """Adds what a card shows beside the copy itself, and leaves out what only the search reads."""
    return found.select_related("region", "agency", "holder", "category").defer("words", "search")


def _page(found: QuerySet[PublicReport], *, sort: Sort, cursor: str, limit: int) -> Page:
    order = _ORDERS.get(sort, _ORDERS["newest"])
    limit = max(1, min(limit, MOST))
    at = _read_cursor(cursor, order)
    forwards = at is None or at.forwards
    if at is not None:
        beyond = "lt" if forwards else "gt"
        # Both forms say the same; the first lets the index start at the right place.
        found = found.filter(
            Q(**{f"{order.column}__{beyond}e": at.value})
            & (Q(**{f"{order.column}__{beyond}": at.value}) | Q(**{f"code__{beyond}": at.code}))
        )
    sign = "-" if forwards else ""
    in_order = (f"{sign}{order.column}", f"{sign}code")
    # The page is found first, then its rows are joined with their names: else the joins are planned for all that match.
    page = found.order_by(*in_order).values("pk")[: limit + 1]
    rows = list(with_names(PublicReport.objects.filter(pk__in=page)).order_by(*in_order))
    has_more, rows = len(rows) > limit, rows[:limit]
    if not forwards:
        rows.reverse()
    has_next = has_more if forwards else True
    has_previous = at is not None if forwards else has_more
    return Page(
        rows=rows,
        next_cursor=_cursor(rows[-1], order, "n") if rows and has_next else "",
        previous_cursor=_cursor(rows[0], order, "p") if rows and has_previous else "",
    )


def _cursor(row: PublicReport, order: _Order, direction: str) -> str:
    return f"{direction}{order.show(getattr(row, order.column))}~{row.code}"


def _read_cursor(cursor: str, order: _Order) -> _Cursor | None:
    value, _sep, code = cursor[1:].rpartition("~")
    if cursor[:1] not in {"n", "p"} or not code.isdigit():
        return None
    try:
        parsed = order.parse(value)
    except (ValueError, OverflowError):
        return None
    return _Cursor(forwards=cursor[0] == "n", value=parsed, code=code)
