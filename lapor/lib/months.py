"""Arithmetic of calendar months, each named by its first day."""

from __future__ import annotations

from datetime import date


def shifted(day: date, by: int) -> date:
    """The month that lies `by` months after that of the day, before it where `by` is negative."""
    number = day.year * 12 + day.month - 1 + by
    return date(number // 12, number % 12 + 1, 1)
