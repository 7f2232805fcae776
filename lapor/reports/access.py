"""Which rows an actor may see, and what they may do to one: both answers come from the one table below.

A report that may not be seen and a report that does not exist give the same answer. Domain rules: roles of the service
(administrators' manual; PermenPANRB 62/2018 as replaced by 5/2025).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from lapor.agencies.models import Role
from lapor.agencies.people import Post
from lapor.deadlines.ladder import Office

from . import accused, remits
from .actors import Actor, Clock, Officer, Reporter, System
from .lifecycle import Move, MoveRefused, is_legal
from .models import Assignment, Recommendation, Report, Visibility
from .models import Clock as RunningClock


class NotFound(Exception):
    """No such report for this actor: it does not exist, or it is not theirs to see."""


Rows = tuple[Q, ...]

UNSEALED = ~Q(visibility=Visibility.SEALED)
SEALED = Q(visibility=Visibility.SEALED)
HANDS = ("verifier", "guardian", "holder", "responsible")


def _contributes(post: Post) -> Q:
    given = Assignment.objects.filter(responsible=post.agency_id, ended_at=None, is_lead=False)
    return Q(pk__in=given.values("report"))


# Each function below gives alternatives: a row is in reach when one of them holds. They stay apart, since a database
# finds the rows of each by an index, but those of "this or that" only by reading every row.
def _of_unit(post: Post) -> Rows:
    if post.unit_id is not None:
        return (UNSEALED & Q(responsible=post.agency_id, unit=post.unit_id),)
    return _of_agency(post)


def _of_agency(post: Post) -> Rows:
    return (UNSEALED & Q(responsible=post.agency_id), UNSEALED & _contributes(post))


def _of_admin(post: Post) -> Rows:
    return tuple(UNSEALED & Q(**{body: post.agency_id}) for body in HANDS)


def _of_head(post: Post) -> Rows:
    """Of a unit its reports; of a body those it answers or holds, and those whose lateness climbed to it."""
    if post.unit_id is not None:
        return _of_unit(post)
    climbed = Q(pk__in=_on_rungs(post).values("report"))
    return (*_of_agency(post), UNSEALED & Q(holder=post.agency_id), UNSEALED & climbed)


def _on_rungs(post: Post) -> QuerySet[RunningClock]:
    """The late clocks on which this post must decide (`ladder`)."""
    offices = DECIDE_AS.get(Role(post.role), ())
    on = RunningClock.objects.filter(stopped_at=None, rung__isnull=False, escalated_to=post.agency_id)
    return on.filter(office__in=offices, rung_unit=post.unit_id if post.role == Role.HEAD else None)


def _everything_unsealed(post: Post) -> Rows:
    return (UNSEALED,)


def _of_overseer(post: Post) -> Rows:
    """What lies in the remit of the overseeing body (`remits`)."""
    remit = remits.of_post(post)
    if remit is None:
        return ()
    return (UNSEALED,) if remit.is_everything else (UNSEALED & remit.condition(),)


def _sealed_here(post: Post) -> Rows:
    return tuple(SEALED & Q(**{body: post.agency_id}) for body in HANDS)


def _nothing(post: Post) -> Rows:
    return ()


DRAFTING = frozenset(
    {
        Move.DRAFT,
        Move.START,
        Move.HOLD,
        Move.FOLLOW_UP,
        Move.NOTE,
        Move.CONTRIBUTE,
        Move.ACCUSE,
        Move.STEP_ASIDE,
    }
)
ANSWERING = DRAFTING | {
    Move.SEND_ANSWER,
    Move.RETURN_DRAFT,
    Move.ASSIGN_UNIT,
    Move.REASSIGN,
    Move.HAND_BACK,
    Move.EXTEND,
    Move.HAND_OVER,
    Move.RAISE_SECRECY,
    Move.SEAL,
    Move.ANSWER_ADVICE,
}
TRIAGE = frozenset(
    {
        Move.VERIFY,
        Move.CORRECT,
        Move.HOLD,
        Move.PASS_ON,
        Move.ARCHIVE,
        Move.ASSIGN,
        Move.ADD_CONTRIBUTOR,
        Move.REASSIGN,
        Move.MERGE,
        Move.SPLIT,
        Move.DECIDE_MASS,
        Move.NOTE,
        Move.ACCEPT_OBJECTION,
        Move.REJECT_OBJECTION,
        Move.SEND_BACK,
        Move.RAISE_SECRECY,
        Move.WITHDRAW_NAMING,
        Move.BRING_BACK,
        Move.SEAL,
    }
)
DISCLOSURE = frozenset({Move.ASK_IDENTITY, Move.SEE_IDENTITY})  # what it takes besides is in the room `disclosure`
ADMIN = TRIAGE | ANSWERING | DISCLOSURE
# As which office of the ladder a role decides on lateness.
DECIDE_AS: dict[Role, tuple[Office, ...]] = {
    Role.HEAD: (Office.UNIT_HEAD, Office.SUPERIOR, Office.GOVERNMENT),
    Role.ADMIN: (Office.INSPECTORATE,),
    Role.NATIONAL: (Office.INSPECTORATE, Office.NATIONAL),
    Role.INVESTIGATOR: (Office.INSPECTORATE, Office.NATIONAL),
    Role.OVERSEER: (Office.OMBUDSMAN,),
}
# An overseer looks on: what they say of a report changes nothing in it, and binds by law, not by this table.
OVERSEEING = frozenset({Move.RECOMMEND, Move.TAKE_FILE})
DECIDING = frozenset({Move.DECIDE_LATENESS})


# What would carry a sealed report to somebody without its key, or change words that only a key can read.
NEVER_SEALED = frozenset(
    {
        Move.MERGE,
        Move.SPLIT,
        Move.DECIDE_MASS,
        Move.SEND_BACK,
        Move.ADD_CONTRIBUTOR,
        Move.CONTRIBUTE,
        Move.HAND_OVER,
        Move.CORRECT,
        Move.RAISE_SECRECY,
        Move.SEAL,
    }
)


@dataclass(frozen=True)
class Rights:
    """The rows a role sees (given one post) and the moves it may make on them, where the hands condition holds."""

    rows: Callable[[Post], Rows]
    moves: frozenset[Move]


TABLE: dict[Role, Rights] = {
    Role.COUNTER: Rights(_nothing, frozenset()),
    Role.OPERATOR: Rights(_of_unit, DRAFTING | DISCLOSURE),
    Role.LIAISON: Rights(_of_agency, ANSWERING | DISCLOSURE),
    Role.HEAD: Rights(_of_head, ANSWERING | DECIDING),
    Role.ADMIN: Rights(_of_admin, ADMIN | DECIDING),
    Role.NATIONAL: Rights(_everything_unsealed, ADMIN | DECIDING),
    Role.CUSTODIAN: Rights(_nothing, frozenset()),
    Role.INVESTIGATOR: Rights(_sealed_here, (ADMIN | DECIDING) - NEVER_SEALED),
    Role.OVERSEER: Rights(_of_overseer, OVERSEEING),
    Role.AUDITOR: Rights(_nothing, frozenset()),
    Role.PPID: Rights(_of_agency, ANSWERING | DISCLOSURE),
}

ENTERING = frozenset({Role.COUNTER, Role.LIAISON, Role.ADMIN})  # type for others what these say; see nothing by it

REPORTER_MOVES = frozenset(
    {
        Move.REPLY,
        Move.AGREE,
        Move.OBJECT,
        Move.OBJECT_TO_ARCHIVE,
        Move.WITHDRAW,
        Move.REOPEN,
        Move.RATE,
        Move.ASK_SECRECY,
        Move.LIFT_SECRECY,
        Move.ACCUSE,
        Move.SEAL,
        Move.TAKE_RECEIPT,
        Move.CORRECT_IDENTITY,
        Move.ERASE_IDENTITY,
        Move.ERASE_FILES,
        Move.LEAVE_ACCOUNT,
    }
)
# Nothing is left to raise or to lower of a sealed report, and a number of stars would tell how it went.
_NOT_SEALED = frozenset({Move.ASK_SECRECY, Move.LIFT_SECRECY, Move.RATE, Move.SEAL, Move.CORRECT_IDENTITY})
# Only the service itself makes these; it may make every other move too.
SYSTEM_MOVES = frozenset({Move.REHOME, Move.QUARANTINE, Move.RECORD_IDENTITY})
CLOCK_MOVES = frozenset(
    {
        Move.WARN,
        Move.ESCALATE,
        Move.EXPIRE_HOLD,
        Move.EXPIRE_ANSWER,
        Move.RECOMPUTE,
        Move.ASK_VOICE,
        Move.CHASE_ADVICE,
    }
)


def _in_hand(move: Move, post: Post, report: Report) -> bool:
    """A move of triage belongs to the body that verifies or decides, a move of answering to the one that
    must answer.
    """
    here = post.agency_id
    if move in OVERSEEING:
        return True
    if move == Move.ANSWER_ADVICE:
        has_it = here in {report.holder_id, report.responsible_id}  # also where the one it was for is connected no more
        waiting = Recommendation.objects.filter(report=report.pk, answer=None)
        return (waiting if has_it else waiting.filter(to=here)).exists()
    if move in {Move.NOTE, Move.RAISE_SECRECY, Move.SEAL, Move.CONTRIBUTE, Move.STEP_ASIDE}:
        return True
    if move in DISCLOSURE:  # who handles it, not who only may read it
        return here in {report.holder_id, report.responsible_id, report.verifier_id, report.guardian_id}
    if move == Move.ACCUSE:  # whoever handles it or may dispose, not one who only contributes
        return post.role == Role.NATIONAL or here in {getattr(report, f"{hand}_id") for hand in HANDS}
    if move == Move.DECIDE_LATENESS:
        return _on_rungs(post).filter(report=report.pk, is_paused=False).exists()
    if move in {Move.WITHDRAW_NAMING, Move.BRING_BACK}:
        return report.guardian_id == here
    if move == Move.SEND_BACK:  # who guards the quality, never of their own answer
        return report.responsible_id != here and (
            post.role == Role.NATIONAL or here in {report.verifier_id, report.guardian_id}
        )
    if post.role == Role.NATIONAL and move in TRIAGE:
        return True
    if move in {Move.ACCEPT_OBJECTION, Move.REJECT_OBJECTION, Move.HOLD}:
        return report.holder_id == here
    if move in {Move.VERIFY, Move.ARCHIVE, Move.PASS_ON}:  # also of the body that lateness climbed to
        return here in {report.holder_id, report.guardian_id}
    if move == Move.REASSIGN and report.responsible_id == here:
        return True
    if move in ANSWERING and move not in TRIAGE:
        return report.holder_id == here and report.responsible_id == here
    return here in {report.holder_id, report.verifier_id, report.guardian_id}


def visible(actor: Actor) -> QuerySet[Report]:
    """The reports this actor may see."""
    match actor:
        case System() | Clock():
            return Report.objects.all()
        case Reporter(report_id=report_id):
            return Report.objects.filter(pk=report_id)
        case Officer():
            return Report.objects.filter(_one_of(_rows(actor)), accused.open_to(actor))


def awaiting(actor: Officer) -> QuerySet[RunningClock]:
    """The late clocks on which this actor must decide, of reports they may see."""
    none = RunningClock.objects.none()
    found = reduce(or_, (_on_rungs(post) for post in actor.posts if Role(post.role) in DECIDE_AS), none)
    return found.filter(is_paused=False, report__in=visible(actor))


def unanswered(actor: Officer) -> QuerySet[Recommendation]:
    """The late answers to recommendations that this actor must see to, of reports they may see."""
    waiting = Recommendation.objects.filter(answer=None, rung__isnull=False, report__in=visible(actor))
    mine = [
        waiting.filter(escalated_to=post.agency_id, office__in=DECIDE_AS[Role(post.role)])
        for post in actor.posts
        if Role(post.role) in DECIDE_AS and not (post.role == Role.HEAD and post.unit_id is not None)
    ]
    return reduce(or_, mine, Recommendation.objects.none())


def decides(actor: Officer) -> bool:
    """Whether lateness can climb to this actor at all."""
    return any(Role(post.role) in DECIDE_AS for post in actor.posts)


def rungs_of(actor: Officer, report: Report) -> QuerySet[RunningClock]:
    """Those of one report."""
    return awaiting(actor).filter(report=report.pk)


def alternatives(actor: Officer) -> Rows:
    """The same reach in parts, for lists that must be fast where there are a million reports. No part twice."""
    return tuple(part & accused.open_to(actor) for part in _rows(actor))


def _rows(actor: Officer) -> Rows:
    return tuple(dict.fromkeys(part for post in actor.posts for part in TABLE[Role(post.role)].rows(post)))


def reads_all(actor: Officer) -> bool:
    """Whether the actor looks through all reports, so that a search must not read back to the first."""
    return UNSEALED in _rows(actor)


def _one_of(rows: Rows) -> Q:
    return reduce(or_, rows, Q(pk__in=[]))


def could(actor: Officer, move: Move) -> bool:
    """Whether the actor may make this move on some report, so that a page offers it at all."""
    return any(move in TABLE[Role(post.role)].moves for post in actor.posts)


def acts_for(actor: Officer) -> frozenset[int]:
    """The bodies in whose name the actor does something; one who only looks on acts for none."""
    return frozenset(post.agency_id for post in actor.posts if TABLE[Role(post.role)].moves - OVERSEEING)


def may_enter(actor: Officer) -> bool:
    """Whether the actor may type reports for visitors and letter writers."""
    return any(Role(post.role) in ENTERING for post in actor.posts)


def only_enters(actor: Officer) -> bool:
    """Whether that is all they do, so that their work begins at the counter."""
    return bool(actor.posts) and {Role(post.role) for post in actor.posts} == {Role.COUNTER}


def require_entering(actor: Officer) -> None:
    """Refuses with `NotFound` whoever may not."""
    if not may_enter(actor):
        raise NotFound("counter")


def find(actor: Actor, code: str, *, related: Sequence[str] = ()) -> Report:
    """The report with this code, and these rows that it refers to; or `NotFound` (missing and forbidden alike)."""
    found = visible(actor).filter(code=code)
    report = (found.select_related(*related) if related else found).first()
    if report is None:
        raise NotFound(code)
    return report


def moves(actor: Actor, report: Report) -> frozenset[Move]:
    """Everything this actor may do to this report as it stands now."""
    match actor:
        case System():
            return frozenset(Move)
        case Clock():
            allowed = CLOCK_MOVES
        case Reporter():
            allowed = REPORTER_MOVES if report.pk == actor.report_id else frozenset()
            allowed -= _NOT_SEALED if report.visibility == Visibility.SEALED else {Move.TAKE_RECEIPT}
        case Officer():
            allowed = frozenset(
                move
                for post in actor.posts
                if _sees(actor, post, report)
                for move in Move
                if _grants(post, move, report)
            )
    return frozenset(move for move in allowed if is_legal(move, report.state))


def _grants(post: Post, move: Move, report: Report) -> bool:
    return move in TABLE[Role(post.role)].moves and _in_hand(move, post, report)


def _sees(actor: Officer, post: Post, report: Report) -> bool:
    """Through this post; what keeps the person from a report counts whichever post they come with."""
    reach = _one_of(TABLE[Role(post.role)].rows(post))
    return Report.objects.filter(reach, accused.open_to(actor), pk=report.pk).exists()


def sees(actor: Actor, report: Report) -> bool:
    """Whether the actor may see this report."""
    match actor:
        case System() | Clock():
            return True
        case Reporter(report_id=report_id):
            return report.pk == report_id
        case Officer():
            return any(_sees(actor, post, report) for post in actor.posts)


def may(actor: Actor, move: Move, report: Report) -> bool:
    """Whether `move` is one of the actor's `moves`; costs an officer one question to the database, others none."""
    if not isinstance(actor, Officer):
        return move in moves(actor, report)
    return is_legal(move, report.state) and any(
        _grants(post, move, report) and _sees(actor, post, report) for post in actor.posts
    )


def require(actor: Actor, move: Move, report: Report) -> None:
    """Refuses with `NotFound` what the actor may not see, with `MoveRefused` what they may not do."""
    if may(actor, move, report):
        return
    if not sees(actor, report):
        raise NotFound(report.code)
    raise MoveRefused(move, "not_yours" if is_legal(move, report.state) else "not_from_here")


def may_see_identity(actor: Actor, report: Report) -> bool:
    """A name may be seen by officers who handle an open report, never for an anonymous or sealed one."""
    match actor:
        case Reporter(report_id=report_id):
            return report_id == report.pk
        case Officer():
            if report.is_anonymous or report.visibility == Visibility.SEALED:
                return False
            handling = {Role.LIAISON, Role.OPERATOR, Role.ADMIN, Role.NATIONAL, Role.PPID}
            posts = tuple(post for post in actor.posts if Role(post.role) in handling)
            return visible(replace(actor, posts=posts)).filter(pk=report.pk).exists()
        case _:
            return True
