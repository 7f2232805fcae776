"""What every page knows about this installation: whether it is a demonstration, and its own address."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, bool | str]:
    """Lets templates show the demonstration banner and name the site's own address."""
    return {"LAPOR_DEMO": settings.LAPOR_DEMO, "LAPOR_PUBLIC_URL": settings.LAPOR_PUBLIC_URL}
