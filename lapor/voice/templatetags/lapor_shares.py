"""Shares and quarters as people read them."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext

register = template.Library()


@register.filter
def percent(share: float) -> str:
    """A share of one in whole per cent."""
    return f"{number_format(round(share * 100), 0)}%"


@register.filter
def quarter(first_day: date) -> str:
    """The quarter that begins on this day."""
    return gettext("Triwulan %(n)s %(year)s") % {"n": (first_day.month + 2) // 3, "year": first_day.year}
