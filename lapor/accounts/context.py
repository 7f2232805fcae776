"""What every page knows about this installation: whether it is a demonstration."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, bool]:
    """Lets templates show the demonstration banner."""
    return {"LAPOR_DEMO": settings.LAPOR_DEMO}
