"""From what a person typed to the place or body that is meant, with a choice to offer where it is not clear."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext

from lapor.agencies.models import Agency, Region
from lapor.agencies.picker import region_or_none, search_agencies, search_regions

NONE_OF_THEM = "none"
OFFERED = 8
LONGEST = 200


def typed(form: forms.Form, name: str) -> str:
    """What stands in a field before it is checked, fit to be looked for."""
    return str(form[name].value() or "").replace("\0", " ")[:LONGEST]


def region_choices(typed: str) -> list[tuple[str, str]]:
    """Places that the typed text may mean, best first, each with the path above it."""
    found = search_regions(typed, limit=OFFERED) if typed.strip() else []
    return [(hit.code, f"{hit.name}, {hit.label}" if hit.label else hit.name) for hit in found]


def settled_region(typed: str, *, code: str, choice: str) -> Region | None:
    """The place: the one chosen from the list, the one the picker wrote, or the only one that fits.

    A code counts only with its own name beside it: without JavaScript a person may change the text alone.
    """
    named = region_or_none(code) if code else None
    if named is not None and typed.strip() in {str(named), named.name}:
        return named
    offered = region_choices(typed)
    if choice and choice in dict(offered):
        return region_or_none(choice)
    for part in (str, _bare):
        same = [found for found, name in offered if _same(typed, part(name))]
        if len(same) == 1:
            return region_or_none(same[0])
    return region_or_none(offered[0][0]) if len(offered) == 1 else None


def agency_choices(typed: str, region: str) -> list[tuple[str, str]]:
    """Bodies that the typed text may mean, those of the place first, and a way to say that it is none of them."""
    if not typed.strip():
        return []
    near = search_agencies(typed, region=region or None, limit=OFFERED)
    found = near or search_agencies(typed, limit=OFFERED)
    choices = [(agency.slug, agency.name) for agency in found]
    return [*choices, (NONE_OF_THEM, gettext("Bukan salah satu dari ini; carikan untuk saya"))] if choices else []


def settled_agency(typed: str, *, slug: str) -> Agency | None:
    """The body chosen from the list, or the one with exactly this name."""
    active = Agency.objects.filter(is_active=True)
    if slug:
        return active.filter(slug=slug).first()
    found = list(active.filter(name__iexact=" ".join(typed.split()))[:2])
    return found[0] if len(found) == 1 else None


def _bare(name: str) -> str:
    """ "Samarinda Utara" of "Samarinda Utara, Kota Samarinda, Kalimantan Timur"."""
    return name.partition(",")[0]


def _same(typed: str, name: str) -> bool:
    typed = " ".join(typed.casefold().replace(",", " ").split())
    return typed == " ".join(name.casefold().replace(",", " ").split())
