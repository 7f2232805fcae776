"""The steps that lives are made of. A step that takes time is a generator: each `yield` says when it goes on."""

from __future__ import annotations

import re
from functools import cache

from django.utils import timezone

from lapor.agencies.models import Agency, Category, Unit
from lapor.reports import actions
from lapor.reports.models import Visibility

from . import wording
from .case import Case
from .filing import file
from .play import NEVER, Life

_WATER = re.compile(r"parit|drainase|gorong|saluran|banjir|genangan|siring", re.IGNORECASE)
_OF_WATER = "Bidang Sumber Daya Air"
_ANSWERS_LETTERS = 0.65


def verified(case: Case, least: int = 0, most: int = 1) -> Life:
    """Filed, and read by the administrator within some working days."""
    file(case)
    yield case.workdays(least, most)
    verify(case)


def verify(case: Case) -> None:
    """Verified with a title that sums it up; a wrong category is corrected."""
    is_sealed = case.report.visibility == Visibility.SEALED
    title = "" if case.report.title or is_sealed else wording.titles().get(case.sample.id, "")
    case.do(actions.verify, by=case.admin, title=title)
    if case.report.category_id != case.sample.category and not is_sealed:
        case.do(actions.correct, by=case.admin, category=categories()[case.sample.category])


def assigned(case: Case) -> Life:
    """Verified, then disposed to the body that is competent."""
    yield from verified(case)
    yield case.minutes(3, 40)
    assign(case)


def assign(case: Case, to: Agency | None = None) -> None:
    """Disposed to this body, else to the one that the sample names."""
    hint = wording.say("instruction", case) if case.dice.random() < 0.15 else ""
    case.do(actions.assign, by=case.admin, to=to or competent(case), instruction=hint)


def taken_up(case: Case) -> Life:
    """The body gives it to a unit and begins; or writes the letter to a body that is not connected."""
    if case.report.agency_id != case.report.responsible_id:
        yield from by_letter(case)
        return
    takes_long = case.dice.random() < 0.7
    yield case.workdays(1, 3) if takes_long else case.workdays(0, 1)
    give_to_unit(case)
    if takes_long:  # who cannot answer within days says at least how it goes
        follow_up(case)


def by_letter(case: Case) -> Life:
    """Handed over by letter to a body that is not connected, until its reply comes; to some it never does."""
    yield case.workdays(1, 2)
    letter = case.do(actions.hand_over, by=case.liaison)
    case.do(actions.follow_up, by=case.liaison, text=wording.say("letter_sent", case))
    yield case.workdays(3, 8) if case.dice.random() < _ANSWERS_LETTERS else NEVER
    case.report = actions.record_hand_over_reply(
        letter_id=letter.pk,
        text=wording.say("hand_over_reply", case),
        replied_on=timezone.localdate(case.now),
        actor=case.liaison,
        now=case.now,
    )


def give_to_unit(case: Case) -> None:
    """The liaison officer chooses the unit, where the body has operators: water to one, all else to another."""
    if not case.operators:
        return
    is_water = bool(_WATER.search(case.sample.title + case.sample.text))
    found = [(person, units()[unit]) for person, unit in case.operators if unit is not None]
    person, unit = next((pair for pair in found if (pair[1].name == _OF_WATER) == is_water), found[0])
    case.do(actions.assign_unit, by=case.liaison, unit=unit, officer_id=person.user_id)


def follow_up(case: Case) -> None:
    """The reporter hears how it goes."""
    case.do(actions.follow_up, by=case.operator, text=wording.say("follow_up", case))


def drafted(case: Case, *, most: int = 5, is_better: bool = False) -> Life:
    """An answer of substance, ready to be approved within so many working days."""
    yield case.workdays(1, most)
    draft(case, is_better=is_better)


def draft(case: Case, *, is_better: bool = False) -> None:
    """Writes the draft now."""
    text = wording.better_answer(case) if is_better else wording.answer(case)
    case.do(
        actions.draft, by=case.operator, text=text, done_by=wording.done_by(case), done_on=case.today, is_ready=True
    )


def answered(case: Case) -> Life:
    """From the first word to the answer."""
    yield from assigned(case)
    yield from taken_up(case)
    yield from drafted(case, most=5 if case.report.responded_at else 2)
    yield from sent(case)


def sent(case: Case) -> Life:
    """Another person approves the draft and sends it."""
    yield case.minutes(20, 200)
    case.do(actions.send_answer, by=case.liaison)


def agreed(case: Case) -> Life:
    """The reporter agrees and says how good it was."""
    yield case.days(0.3, 7)
    case.do(actions.agree, by=case.reporter)
    rate(case)


def rate(case: Case) -> None:
    """Mostly content, sometimes not."""
    stars = case.dice.choices((1, 2, 3, 4, 5), (4, 7, 17, 38, 34))[0]
    case.do(actions.rate, by=case.reporter, stars=stars, dealt_with=stars > 2)


def objected(case: Case) -> Life:
    """The reporter objects, within the days there are for it."""
    yield case.days(0.5, 7)
    case.do(actions.object_to_answer, by=case.reporter, text=wording.say("objection", case))


def asked(case: Case) -> Life:
    """Filed, and something is missing: the administrator asks."""
    file(case)
    yield case.workdays(0, 1)
    case.do(actions.hold, by=case.admin, question=wording.say("question", case))


def competent(case: Case) -> Agency:
    """Who must answer: the body that the sample names, else the proposal; a sealed report stays where it is."""
    named = agencies().get(case.sample.agency)
    if named is not None and case.report.visibility != Visibility.SEALED:
        return named
    holder = case.report.holder
    assert holder is not None  # an open report has one: database constraint
    proposed = case.report.proposed_agency
    return holder if proposed is None or case.report.visibility == Visibility.SEALED else proposed


@cache
def agencies() -> dict[str, Agency]:
    """Every body by its name, its abbreviation and its slug."""
    found: dict[str, Agency] = {}
    for agency in Agency.objects.filter(is_active=True).select_related("region", "parent"):
        found[agency.name] = found[agency.slug] = agency
        found.setdefault(agency.short, agency)
    return found


def office(region_code: str | None, field: str) -> Agency:
    """The office of a region for one field."""
    return next(body for body in agencies().values() if body.region_id == region_code and body.field == field)


@cache
def categories() -> dict[str, Category]:
    return Category.objects.in_bulk()


@cache
def units() -> dict[int, Unit]:
    return Unit.objects.in_bulk()


def forget() -> None:
    """Drops what was read, for the next load in the same process."""
    wording.forget()
    for held in (agencies, categories, units):
        held.cache_clear()
