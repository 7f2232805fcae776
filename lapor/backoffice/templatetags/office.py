"""For templates of desk and office: the sections that the signed-in person may enter; none for most officers."""

from __future__ import annotations

from typing import Any

from django import template

from ..sections import Section, sections
from ..session import manager_of

register = template.Library()


@register.simple_tag(takes_context=True)
def office_sections(context: dict[str, Any]) -> list[Section]:
    """`{% office_sections as sections %}`"""
    request = context.get("request")
    manager = manager_of(request) if request is not None else None
    return sections(manager, request.path) if request is not None and manager is not None else []
