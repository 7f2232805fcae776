"""Which rows an actor may see, and what they may do to one: both answers come from the one table below.

A report that may not be seen and a report that does not exist give the same answer. Domain rules: roles of the service
(administrators' manual; PermenPANRB 62/2018 as replaced by 5/2025).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from lapor.agencies.models import Role
from lapor.agencies.people import Post

from .actors import Actor, Clock, Officer, Reporter, System
from .lifecycle import Move, MoveRefused, is_legal
from .models import Assignment, Report, Visibility


class NotFound(Exception):
    """No such report for this actor: it does not exist, or it is not theirs to see."""


UNSEALED = ~Q(visibility=Visibility.SEALED)
SEALED = Q(visibility=Visibility.SEALED)


def _contributes(post: Post) -> Q:
    return Q(
        Exists(
            Assignment.objects.filter(report=OuterRef("pk"), responsible=post.agency_id, ended_at=None, is_lead=False)
        )
    )


def _of_unit(post: Post) -> Q:
    mine = Q(responsible=post.agency_id) | _contributes(post)
    if post.unit_id is not None:
        mine = Q(responsible=post.agency_id, unit=post.unit_id)
    return UNSEALED & mine


def _of_agency(post: Post) -> Q:
    return UNSEALED & (Q(responsible=post.agency_id) | _contributes(post))


def _of_admin(post: Post) -> Q:
    agency = post.agency_id
    return UNSEALED & (Q(verifier=agency) | Q(guardian=agency) | Q(holder=agency) | Q(responsible=agency))


def _everything_unsealed(post: Post) -> Q:
    return UNSEALED


def _sealed_here(post: Post) -> Q:
    agency = post.agency_id
    return SEALED & (Q(verifier=agency) | Q(guardian=agency) | Q(holder=agency) | Q(responsible=agency))


def _nothing(post: Post) -> Q:
    return Q(pk__in=[])


DRAFTING = frozenset({Move.DRAFT, Move.START, Move.HOLD, Move.FOLLOW_UP, Move.NOTE, Move.CONTRIBUTE})
ANSWERING = DRAFTING | {
    Move.SEND_ANSWER,
    Move.RETURN_DRAFT,
    Move.ASSIGN_UNIT,
    Move.REASSIGN,
    Move.HAND_BACK,
    Move.EXTEND,
    Move.HAND_OVER,
    Move.RAISE_SECRECY,
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
        Move.NOTE,
        Move.ACCEPT_OBJECTION,
        Move.REJECT_OBJECTION,
        Move.RAISE_SECRECY,
    }
)
ADMIN = TRIAGE | ANSWERING


@dataclass(frozen=True)
class Rights:
    """The rows a role sees (given one post) and the moves it may make on them, where the hands condition holds."""

    rows: Callable[[Post], Q]
    moves: frozenset[Move]


TABLE: dict[Role, Rights] = {
    Role.COUNTER: Rights(_nothing, frozenset()),
    Role.OPERATOR: Rights(_of_unit, DRAFTING),
    Role.LIAISON: Rights(_of_agency, ANSWERING),
    Role.ADMIN: Rights(_of_admin, ADMIN),
    Role.NATIONAL: Rights(_everything_unsealed, ADMIN),
    Role.CUSTODIAN: Rights(_nothing, frozenset()),
    Role.INVESTIGATOR: Rights(_sealed_here, ADMIN - {Move.MERGE, Move.SPLIT, Move.ADD_CONTRIBUTOR}),
    Role.OVERSEER: Rights(_everything_unsealed, frozenset()),
    Role.AUDITOR: Rights(_nothing, frozenset()),
    Role.PPID: Rights(_of_agency, ANSWERING),
}

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
    }
)
CLOCK_MOVES = frozenset({Move.WARN, Move.ESCALATE, Move.EXPIRE_HOLD, Move.EXPIRE_ANSWER, Move.RECOMPUTE})


def _in_hand(move: Move, post: Post, report: Report) -> bool:
    """A move of triage belongs to the body that verifies or decides, a move of answering to the one that
    must answer.
    """
    here = post.agency_id
    if move in {Move.NOTE, Move.RAISE_SECRECY, Move.CONTRIBUTE}:
        return True
    if post.role == Role.NATIONAL and move in TRIAGE:
        return True
    if move in {Move.ACCEPT_OBJECTION, Move.REJECT_OBJECTION, Move.HOLD}:
        return report.holder_id == here
    if move in {Move.VERIFY, Move.ARCHIVE, Move.PASS_ON}:  # also of the body that lateness climbed to
        return here in {report.holder_id, report.guardian_id}
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
            rows = Q(pk__in=[])
            for post in actor.posts:
                rows |= TABLE[Role(post.role)].rows(post)
            return Report.objects.filter(rows)


def find(actor: Actor, code: str) -> Report:
    """The report with this code, or `NotFound` (missing and forbidden alike)."""
    report = visible(actor).filter(code=code).first()
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
        case Officer():
            allowed = frozenset(
                move
                for post in actor.posts
                if _sees(post, report)
                for move in TABLE[Role(post.role)].moves
                if _in_hand(move, post, report)
            )
    return frozenset(move for move in allowed if is_legal(move, report.state))


def _sees(post: Post, report: Report) -> bool:
    return Report.objects.filter(TABLE[Role(post.role)].rows(post), pk=report.pk).exists()


def may(actor: Actor, move: Move, report: Report) -> bool:
    return move in moves(actor, report)


def require(actor: Actor, move: Move, report: Report) -> None:
    """Refuses with `NotFound` what the actor may not see, with `MoveRefused` what they may not do."""
    if not visible(actor).filter(pk=report.pk).exists():
        raise NotFound(report.code)
    if not is_legal(move, report.state):
        raise MoveRefused(move, "not_from_here")
    if not may(actor, move, report):
        raise MoveRefused(move, "not_yours")


def may_see_identity(actor: Actor, report: Report) -> bool:
    """A name may be seen by officers who handle an open report, never for an anonymous or sealed one."""
    match actor:
        case Reporter(report_id=report_id):
            return report_id == report.pk
        case Officer():
            if report.is_anonymous or report.visibility == Visibility.SEALED:
                return False
            handling = {Role.LIAISON, Role.OPERATOR, Role.ADMIN, Role.NATIONAL, Role.PPID}
            return (
                visible(
                    Officer(
                        user_id=actor.user_id,
                        posts=tuple(post for post in actor.posts if Role(post.role) in handling),
                    )
                )
                .filter(pk=report.pk)
                .exists()
            )
        case _:
            return True
