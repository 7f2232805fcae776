"""Reading what another system sent as JSON: what is not there, or of another kind than promised, is empty."""

from __future__ import annotations

from typing import Any


def at(value: Any, *path: str | int) -> Any:
    """What stands at the end of the path; None where it breaks off."""
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and -len(value) <= step < len(value):
            value = value[step]
        else:
            return None
    return value


def text_at(value: Any, *path: str | int) -> str:
    """A text there; a number is one too, as ids come both ways."""
    found = at(value, *path)
    return found if isinstance(found, str) else str(found) if type(found) is int else ""


def list_at(value: Any, *path: str | int) -> list[Any]:
    """A list there."""
    found = at(value, *path)
    return found if isinstance(found, list) else []


def point_of(latitude: Any, longitude: Any) -> str:
    """A position as it is kept; empty for anything that is none on Earth."""
    if not (isinstance(latitude, int | float) and isinstance(longitude, int | float)):
        return ""
    return f"{latitude:.6f},{longitude:.6f}" if abs(latitude) <= 90 and abs(longitude) <= 180 else ""
