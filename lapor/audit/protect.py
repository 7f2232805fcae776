"""Triggers that make a table append-only: the application itself cannot edit or delete history."""

from __future__ import annotations

import pgtrigger

append_only = [
    pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
]
