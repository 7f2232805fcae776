"""Small words of public pages: is it late, how a category is called in the reader's language."""

from __future__ import annotations

from datetime import datetime

from django import template

from lapor.agencies.models import Category
from lapor.transparency.models import PublicReport

register = template.Library()


@register.filter
def late(report: PublicReport, now: datetime) -> bool:
    """Whether an office should have acted by now."""
    return report.is_late(now)


@register.filter
def at(words: dict[str, str], key: str) -> str:
    """The word that stands for a key."""
    return str(words[key])


@register.filter
def called(category: Category | None) -> str:
    """The category's name in the reader's language."""
    return str(category or "")
