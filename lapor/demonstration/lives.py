"""What happens to a report, told as lives, and which sample lives which: `data/lives.csv`, else by its dice.

A life that lies partly ahead of today is played as far as it has come; so reports stand in every state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from lapor.reports import actions
from lapor.reports.lifecycle import BEFORE_ANSWER, ON_HOLD
from lapor.reports.models import Kind

from . import steps, wording
from .case import Case
from .filing import file
from .play import Life
from .samples import Sample

Tell = Callable[[Case], Life]


def filed(case: Case) -> Life:
    file(case)
    return
    yield


def verified(case: Case) -> Life:
    """Read, and waiting to be disposed."""
    yield from steps.verified(case)


def assigned(case: Case) -> Life:
    yield from steps.assigned(case)


def started(case: Case) -> Life:
    yield from steps.assigned(case)
    yield case.workdays(0, 1)
    steps.give_to_unit(case)
    case.do(actions.start, by=case.operator)


def followed_up(case: Case) -> Life:
    yield from started(case)
    yield case.workdays(1, 2)
    steps.follow_up(case)
    case.do(actions.note, by=case.operator, text=wording.say("note", case))


def drafted(case: Case) -> Life:
    yield from started(case)
    yield from steps.drafted(case)


def draft_returned(case: Case) -> Life:
    yield from drafted(case)
    yield case.workdays(0, 1)
    case.do(actions.return_draft, by=case.liaison, remark=wording.say("draft_remark", case))


def stuck(case: Case) -> Life:
    """Nobody takes it up: the clock warns, marks and climbs."""
    yield from steps.assigned(case)


def answered(case: Case) -> Life:
    """Answered, and the reporter says nothing: in time the clock closes it."""
    yield from steps.answered(case)


def answered_soon(case: Case) -> Life:
    """Answered within days, so that whoever loads the demonstration finds it waiting for its reporter."""
    yield from steps.assigned(case)
    yield case.workdays(1, 1)
    steps.follow_up(case)
    yield from steps.drafted(case, most=1)
    yield from steps.sent(case)


def settled(case: Case) -> Life:
    yield from steps.answered(case)
    yield from steps.agreed(case)


def objected(case: Case) -> Life:
    yield from steps.answered(case)
    yield from steps.objected(case)


def objection_accepted(case: Case) -> Life:
    yield from objected(case)
    yield case.workdays(2, 6)
    case.do(actions.accept_objection, by=case.admin, explanation=wording.say("accepted", case))
    yield from steps.drafted(case, is_better=True)
    yield from steps.sent(case)
    yield from steps.agreed(case)


def objection_rejected(case: Case) -> Life:
    yield from objected(case)
    yield case.workdays(2, 6)
    case.do(actions.reject_objection, by=case.admin, explanation=wording.say("rejected", case))


def held(case: Case) -> Life:
    """A question waits for the reporter; after 30 days without a word it counts as withdrawn."""
    yield from steps.asked(case)


def held_resumed(case: Case) -> Life:
    yield from steps.asked(case)
    yield case.days(0.5, 6)
    case.do(actions.reply, by=case.reporter, text=wording.say("reply", case))
    yield case.workdays(0, 1)
    steps.verify(case)
    steps.assign(case)
    yield from steps.taken_up(case)
    yield from steps.drafted(case)
    yield from steps.sent(case)
    yield from steps.agreed(case)


def extended(case: Case) -> Life:
    yield from started(case)
    yield case.workdays(6, 9)
    case.do(actions.extend, by=case.liaison, reason=wording.say("extension", case))
    yield case.workdays(3, 8)
    steps.draft(case)
    yield from steps.sent(case)
    yield from steps.agreed(case)


def with_contributor(case: Case) -> Life:
    yield from steps.verified(case)
    lead = steps.competent(case)
    helper = steps.office(lead.region_id, "perumahan")
    case.do(actions.assign, by=case.admin, to=lead, contributors=(helper,))
    yield from steps.taken_up(case)
    yield case.workdays(1, 3)
    case.do(actions.contribute, by=case.liaison_of(helper.pk), text=wording.say("contribution", case))


def handed_back(case: Case) -> Life:
    """Bodies that are not competent hand it back with their reasons; the second time it climbs."""
    yield from steps.verified(case)
    for row in hand_backs().get(case.sample.id, []):
        steps.assign(case, to=steps.agencies()[row["slug"]])
        yield case.workdays(1, 2)
        case.do(actions.hand_back, by=case.liaison, reason=row["reason"])
        yield case.workdays(0, 1)
    steps.assign(case)
    yield from steps.taken_up(case)
    yield from steps.drafted(case)
    yield from steps.sent(case)
    yield from steps.agreed(case)


def returned(case: Case) -> Life:
    """Handed back once, and waiting to be disposed again."""
    yield from steps.verified(case)
    row = hand_backs()[case.sample.id][0]
    steps.assign(case, to=steps.agencies()[row["slug"]])
    yield case.workdays(1, 1)
    case.do(actions.hand_back, by=case.liaison, reason=row["reason"])


def withdrawn(case: Case) -> Life:
    yield from steps.assigned(case)
    yield case.days(1, 4)
    case.do(actions.withdraw, by=case.reporter, reason=wording.say("withdrawal", case))


def reopened(case: Case) -> Life:
    yield from withdrawn(case)
    yield case.days(12, 18)
    case.do(actions.reopen, by=case.reporter, text="Ternyata terulang lagi minggu ini, mohon diperiksa.")
    yield case.workdays(0, 1)
    steps.verify(case)
    steps.assign(case)


def split(case: Case) -> Life:
    """Two matters in one report: the administrator makes a second one of the second."""
    yield from steps.verified(case)
    second = case.sample.text.split(". ")[-2].strip() + "."
    case.do(actions.split, by=case.admin, text=second, title="Hal kedua dari laporan yang sama")
    steps.assign(case)
    yield from steps.taken_up(case)


def made_secret(case: Case) -> Life:
    """The administrator sees that the text gives somebody away and closes it to the public."""
    file(case)
    yield case.workdays(0, 1)
    case.do(actions.raise_secrecy, by=case.admin)
    steps.verify(case)
    steps.assign(case)
    yield from steps.taken_up(case)
    yield from steps.drafted(case)
    yield from steps.sent(case)


def archived(case: Case) -> Life:
    file(case)
    yield case.workdays(0, 1)
    reason, explanation = wording.archive_reason(case)
    case.do(actions.archive, by=case.admin, reason=reason, explanation=explanation)


def archive_objected(case: Case) -> Life:
    yield from archived(case)
    yield case.days(1, 3)
    case.do(actions.object_to_archive, by=case.reporter, text="Saya sungguh meminta perhatian, jangan diarsipkan.")
    yield case.workdays(2, 4)
    case.do(actions.reject_objection, by=case.admin, explanation=wording.say("rejected", case))


def merged(case: Case) -> Life:
    """The same matter as an earlier report: joined to it while that one waits for its answer."""
    file(case)
    yield case.workdays(0, 1)
    lead = case.lead.report if case.lead is not None and case.lead.is_filed else None
    if lead is not None and lead.state in BEFORE_ANSWER | {ON_HOLD} and lead.visibility == case.report.visibility:
        case.do(actions.merge, by=case.admin, into=lead)
        return
    steps.verify(case)
    steps.assign(case)
    yield from steps.taken_up(case)
    yield from steps.drafted(case)
    yield from steps.sent(case)


def sealed(case: Case) -> Life:
    """Read and examined by investigators alone."""
    yield from steps.verified(case, 1, 2)
    steps.assign(case)
    yield case.workdays(2, 4)
    case.do(actions.follow_up, by=case.liaison, text=wording.say("follow_up", case))
    yield case.workdays(10, 25)
    steps.draft(case)
    yield from steps.sent(case)


LIVES: Mapping[str, Tell] = {
    tell.__name__: tell
    for tell in (
        filed, verified, assigned, started, followed_up, drafted, draft_returned, stuck, answered, answered_soon,
        settled, objected, objection_accepted, objection_rejected, held, held_resumed, extended, with_contributor,
        handed_back, returned, withdrawn, reopened, split, made_secret, archived, archive_objected, merged, sealed,
    )
} | {"silence": answered, "held_silent": held}  # fmt: skip

# How often samples without a line in lives.csv live which life: an old report has mostly come to its end.
_OLD = {settled: 44, answered: 24, objection_accepted: 5, objection_rejected: 4, held_resumed: 8, held: 5, extended: 6}
_YOUNG = {settled: 34, answered: 24, objected: 6, held: 9, started: 6, drafted: 12, stuck: 5, filed: 4}
_OLD_AFTER = 25


def life_of(sample: Sample, *, days_ago: float) -> Tell | None:
    """The life of this sample, always the same; None for one that no door would take."""
    if len(sample.text) < 20:
        return None
    if sample.id in table():
        return LIVES[table()[sample.id]["life"]]
    if sample.is_empty_talk:
        return archived
    if sample.kind == Kind.WHISTLEBLOWING:
        return sealed
    if sample.duplicate_of:
        return merged
    weights = _OLD if days_ago > _OLD_AFTER else _YOUNG
    return sample.dice("life").choices(list(weights), list(weights.values()))[0]


@cache
def table() -> dict[str, dict[str, str]]:
    """lives.csv by sample."""
    return {row["id"]: row for row in wording.rows("lives.csv")}


@cache
def hand_backs() -> dict[str, list[dict[str, str]]]:
    """hand_backs.csv by sample, in the order of the file."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in wording.rows("hand_backs.csv"):
        found.setdefault(row["id"], []).append(row)
    return found
