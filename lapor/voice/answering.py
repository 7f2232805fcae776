"""What a reporter answers: any of the questions, none of them required, changed as often as they like for thirty days.

The first question is the rating, which lies with the report and is seen by the body that answered; all others are only
ever shown as counts. Days are kept, never hours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from lapor.reports import access, actions
from lapor.reports.actors import Reporter
from lapor.reports.lifecycle import Move
from lapor.reports.models import Report, State, Visibility

from .models import Answer, Asked
from .questions import DEALT_WITH, RATED, Question, questions, version_on

OPEN_FOR: Final = timedelta(days=30)


class SurveyOver(Exception):
    """There is no survey of this report, or its thirty days are over."""


class NoSuchAnswer(Exception):
    """A question that was not asked, or a value that it does not offer."""


@dataclass(frozen=True, kw_only=True)
class Survey:
    """An open survey as its reporter sees it."""

    version: str
    questions: tuple[Question, ...]
    given: Mapping[str, int]
    until: date


def until(asked_on: date) -> date:
    """The last day on which answers are taken and changed."""
    return asked_on + OPEN_FOR


def survey_of(report: Report, *, now: datetime) -> Survey | None:
    """The survey of a report that is closed, while it is open; None else. One that is sealed has none."""
    if report.state != State.CLOSED or report.visibility == Visibility.SEALED or report.closed_at is None:
        return None
    asked = Asked.objects.filter(pk=report.pk).first()
    day = asked.asked_on if asked else timezone.localdate(report.closed_at)
    if timezone.localdate(now) > until(day):
        return None
    version = asked.version if asked else version_on(day)
    return Survey(version=version, questions=questions()[version], given=given(report.pk), until=until(day))


def given(report_id: int) -> dict[str, int]:
    """Every answer that is kept with this report, for its reporter."""
    return dict(Answer.objects.filter(asked=report_id).values_list("question", "value"))


def give(*, report_id: int, answers: Mapping[str, int], actor: Reporter, now: datetime) -> None:
    """Keeps these answers in place of earlier ones; those not named stay. A rating goes to the report as well.

    Refuses with `SurveyOver`, `NoSuchAnswer`, and as `actions.rate` does.
    """
    with transaction.atomic():
        report = Report.objects.select_for_update(of=("self",)).filter(pk=report_id).first()
        if report is None:
            raise access.NotFound(report_id)
        access.require(actor, Move.RATE, report)
        survey = survey_of(report, now=now)
        if survey is None:
            raise SurveyOver
        offered = {question.key: question.choices for question in survey.questions}
        if any(value not in offered.get(key, {}) for key, value in answers.items()):
            raise NoSuchAnswer
        if RATED in answers:
            stars = answers[RATED]
            dealt_with = answers[DEALT_WITH] == max(offered[DEALT_WITH]) if DEALT_WITH in answers else stars > 2
            actions.rate(report_id=report_id, stars=stars, dealt_with=dealt_with, actor=actor, now=now)
        keep(_asked(report, survey), answers, on=timezone.localdate(now))


def keep(asked: Asked, answers: Mapping[str, int], *, on: date) -> None:
    """Puts answers into their places, while the survey is open; what comes later is left out of the figures."""
    if not answers or on > until(asked.asked_on):
        return
    Answer.objects.bulk_create(
        [Answer(asked=asked, question=key, value=value) for key, value in answers.items()],
        update_conflicts=True,
        unique_fields=["asked", "question"],
        update_fields=["value"],
    )
    Asked.objects.filter(pk=asked.pk, answered_on=None).update(answered_on=on)


def _asked(report: Report, survey: Survey) -> Asked:
    """The row of the survey; made here when the reporter is faster than the consumer."""
    day = survey.until - OPEN_FOR
    defaults = {"agency_id": report.responsible_id, "version": survey.version, "asked_on": day}
    return Asked.objects.get_or_create(report=report, defaults=defaults)[0]
