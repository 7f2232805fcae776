"""Whether a place, a category or a body that a caller named exists. What was found once is remembered
by this process.
"""

from __future__ import annotations

from lapor.agencies.models import Agency, Category, Region

_regions: set[str] = set()
_categories: set[str] = set()


def is_region(code: str) -> bool:
    """Codes are never taken away, only added: one that was found needs no second query."""
    if code not in _regions and Region.objects.filter(code=code).exists():
        _regions.add(code)
    return code in _regions


def is_category(slug: str) -> bool:
    if slug not in _categories and Category.objects.filter(slug=slug, is_active=True).exists():
        _categories.add(slug)
    return slug in _categories


def agency_by_slug(slug: str) -> Agency | None:
    return Agency.objects.filter(slug=slug, is_active=True).first()
