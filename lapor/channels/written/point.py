"""The point on a map, as a device gives it or a person pastes it: two numbers, or a link that holds them."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from django import forms
from django.utils.translation import gettext_lazy as _

# Indonesia with its seas.
_LATITUDES, _LONGITUDES = (Decimal(-12), Decimal(7)), (Decimal(94), Decimal(142))
_MARK = re.compile(
    r"!3d(-?\d{1,2}\.\d+)!4d(-?\d{1,3}\.\d+)"
)  # of the place itself; the rest of a link is where one looked
_DECIMAL = re.compile(r"-?\d{1,3}\.\d{2,}")
_COMMA = re.compile(r"(?<=\d),(?=\d{2})")


def read_point(text: str) -> tuple[Decimal, Decimal] | None:
    """Latitude and longitude with five decimals (a metre): the first pair that lies in Indonesia, or None."""
    if marked := _MARK.search(text):
        text = " ".join(marked.groups())
    if "." not in text:
        text = _COMMA.sub(".", text)
    numbers = [Decimal(number) for number in _DECIMAL.findall(text)]
    for latitude, longitude in pairwise(numbers):
        if _LATITUDES[0] <= latitude <= _LATITUDES[1] and _LONGITUDES[0] <= longitude <= _LONGITUDES[1]:
            return round(latitude, 5), round(longitude, 5)
    return None


class PointField(forms.CharField):
    """Cleans to "latitude, longitude", or to nothing."""

    def clean(self, value: object) -> str:
        typed: str = super().clean(value)
        if not typed:
            return ""
        point = read_point(typed)
        if point is None:
            raise forms.ValidationError(
                _("Titik ini tidak dapat dibaca. Tempel angka seperti -0.50213, 117.15360, atau kosongkan.")
            )
        return f"{point[0]}, {point[1]}"
