"""Names for what figures are divided by, for doors that do not know reports."""

from __future__ import annotations

from django.utils.functional import Promise

from lapor.reports.models import Channel


def channels() -> list[tuple[str, str | Promise]]:
    return [(str(key), words) for key, words in Channel.choices]
