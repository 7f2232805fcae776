"""Texts that an answer may start from: of one agency, or of all."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from lapor.agencies.models import Agency

from .models import AnswerTemplate


def templates(*, of: Collection[int], with_general: bool) -> QuerySet[AnswerTemplate]:
    """The templates of these agencies and, if wanted, the general ones; closed ones last."""
    wanted = Q(agency__in=of)
    if with_general:
        wanted |= Q(agency=None)
    return (
        AnswerTemplate.objects.filter(wanted).select_related("agency").order_by("-is_active", "agency__name", "title")
    )


def add_template(*, agency: Agency | None, title: str, text: str) -> AnswerTemplate:
    """A new template of an agency, or of all when there is none."""
    return AnswerTemplate.objects.create(agency=agency, title=title, text=text)


def change_template(template: AnswerTemplate, *, title: str, text: str, is_active: bool) -> AnswerTemplate:
    """Other words, or no longer offered; answers written from it stay as they are."""
    template.title, template.text, template.is_active = title, text, is_active
    template.save(update_fields=["title", "text", "is_active"])
    return template
