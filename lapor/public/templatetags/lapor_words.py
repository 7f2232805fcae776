"""Small words of public pages: is it late, how a category is called in the reader's language."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.formats import number_format

from lapor.agencies.models import Category
from lapor.lib.suppression import K, is_small
from lapor.transparency.models import PublicReport

register = template.Library()


@register.filter
def late(report: PublicReport, now: datetime) -> bool:
    """Whether an office should have acted by now."""
    return report.is_late(now)


@register.filter
def few(n: int) -> str:
    """A count of one place or body: what could point at a person is not told."""
    return f"< {K}" if is_small(n) else number_format(n, force_grouping=True)


@register.filter
def at(words: dict[str, str], key: str) -> str:
    """The word that stands for a key."""
    return str(words[key])


@register.filter
def called(category: Category | None) -> str:
    """The category's name in the reader's language."""
    return str(category or "")
