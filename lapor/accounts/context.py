"""What every page knows: whether this is a demonstration, the site's own address, how long an elevation still runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.http import HttpRequest

from .elevation import minutes_left


def site(request: HttpRequest) -> dict[str, bool | str | Callable[[], int]]:
    """For the demonstration banner, for links that leave the site, and for the header of the desk."""
    return {
        "LAPOR_DEMO": settings.LAPOR_DEMO,
        "LAPOR_PUBLIC_URL": settings.LAPOR_PUBLIC_URL,
        "elevation_minutes": partial(minutes_left, request),
    }
