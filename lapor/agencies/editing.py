"""What an administrator corrects about bodies and categories. The reference files no longer overwrite what was
corrected here (`is_edited`).
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from lapor.agencies.models import Agency, Category
from lapor.agencies.oversight import forget

LONGEST_SLUG = 60


@transaction.atomic
def describe_body(agency: Agency, *, name: str, short: str, answers_for: str, address: str, letterhead: str) -> Agency:
    """Another name, abbreviation, field of work, address or letterhead; address of the page and place stay."""
    row = Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    row.name, row.short, row.answers_for = name, short, answers_for
    row.address, row.letterhead, row.is_edited = address, letterhead, True
    row.save(update_fields=["name", "short", "answers_for", "address", "letterhead", "is_edited"])
    transaction.on_commit(forget)
    return row


@transaction.atomic
def add_category(*, name: str, name_en: str, description: str) -> Category:
    """A new category, last in the list."""
    last = Category.objects.aggregate(last=Max("sort"))["last"] or 0
    return Category.objects.create(
        slug=_free_slug(name), name=name, name_en=name_en, description=description, sort=last + 1, is_edited=True
    )


@transaction.atomic
def change_category(category: Category, *, name: str, name_en: str, description: str, is_active: bool) -> Category:
    """Other words for the same category, or whether reporters may still choose it; reports keep theirs."""
    row = Category.objects.select_for_update().get(pk=category.pk)
    row.name, row.name_en, row.description = name, name_en, description
    row.is_active, row.is_edited = is_active, True
    row.save(update_fields=["name", "name_en", "description", "is_active", "is_edited"])
    return row


def _free_slug(name: str) -> str:
    base = (slugify(name).replace("-", "_") or "kategori")[: LONGEST_SLUG - 4]
    taken = set(Category.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}_{n}" for n in range(2, 1000))) if slug not in taken)
