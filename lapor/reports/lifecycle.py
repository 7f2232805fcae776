"""States and moves on one page: from where each move may start and where it leads. Rights are in `access`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .models import State

(
    RECEIVED,
    ON_HOLD,
    VERIFIED,
    ASSIGNED,
    IN_PROGRESS,
    ANSWERED,
    OBJECTED,
    CLOSED,
    ARCHIVED,
    WITHDRAWN,
    MERGED,
) = State

BEFORE_ANSWER = frozenset({RECEIVED, VERIFIED, ASSIGNED, IN_PROGRESS})
WITH_AGENCY = frozenset({ASSIGNED, IN_PROGRESS})
OPEN = frozenset({*BEFORE_ANSWER, ON_HOLD, ANSWERED, OBJECTED})
ENDED = frozenset({CLOSED, ARCHIVED, WITHDRAWN})
ANY = frozenset(State)


class Move(StrEnum):
    """Everything that may be done to a report, in the words of the trade."""

    VERIFY = "verify"
    CORRECT = "correct"
    HOLD = "hold"
    PASS_ON = "pass_on"  # noqa: S105
    ARCHIVE = "archive"
    ASSIGN = "assign"
    ADD_CONTRIBUTOR = "add_contributor"
    CONTRIBUTE = "contribute"
    ASSIGN_UNIT = "assign_unit"
    REASSIGN = "reassign"
    START = "start"
    FOLLOW_UP = "follow_up"
    DRAFT = "draft"
    SEND_ANSWER = "send_answer"
    RETURN_DRAFT = "return_draft"
    HAND_BACK = "hand_back"
    HAND_OVER = "hand_over"
    EXTEND = "extend"
    NOTE = "note"
    MERGE = "merge"
    SPLIT = "split"
    DECIDE_MASS = "decide_mass"
    ACCEPT_OBJECTION = "accept_objection"
    REJECT_OBJECTION = "reject_objection"
    DECIDE_LATENESS = "decide_lateness"
    SEND_BACK = "send_back"
    RECOMMEND = "recommend"
    ANSWER_ADVICE = "answer_advice"
    CHASE_ADVICE = "chase_advice"
    TAKE_FILE = "take_file"
    RAISE_SECRECY = "raise_secrecy"
    ASK_IDENTITY = "ask_identity"
    SEE_IDENTITY = "see_identity"
    ACCUSE = "accuse"
    WITHDRAW_NAMING = "withdraw_naming"
    STEP_ASIDE = "step_aside"
    BRING_BACK = "bring_back"
    SEAL = "seal"  # of the reporter too
    # of the reporter
    REPLY = "reply"
    AGREE = "agree"
    OBJECT = "object"
    OBJECT_TO_ARCHIVE = "object_to_archive"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    RATE = "rate"
    ASK_SECRECY = "ask_secrecy"
    LIFT_SECRECY = "lift_secrecy"
    TAKE_RECEIPT = "take_receipt"
    CORRECT_IDENTITY = "correct_identity"
    ERASE_IDENTITY = "erase_identity"
    ERASE_FILES = "erase_files"
    LEAVE_ACCOUNT = "leave_account"
    # of the clock
    WARN = "warn"
    ESCALATE = "escalate"
    EXPIRE_HOLD = "expire_hold"
    EXPIRE_ANSWER = "expire_answer"
    RECOMPUTE = "recompute"
    ASK_VOICE = "ask_voice"
    # of the service itself
    REHOME = "rehome"
    RECORD_IDENTITY = "record_identity"
    QUARANTINE = "quarantine"


@dataclass(frozen=True)
class Rule:
    """A move starts in one of `sources`; `target` is the state it leads to, or None where it stays or is computed. A
    quiet one leaves no mark on what others see of the report's liveliness.
    """

    sources: frozenset[State]
    target: State | None = None
    is_quiet: bool = False


TABLE: dict[Move, Rule] = {
    Move.VERIFY: Rule(frozenset({RECEIVED}), VERIFIED),
    Move.CORRECT: Rule(BEFORE_ANSWER | {ON_HOLD}),
    Move.HOLD: Rule(BEFORE_ANSWER, ON_HOLD),
    Move.PASS_ON: Rule(frozenset({RECEIVED, VERIFIED}), RECEIVED),
    Move.ARCHIVE: Rule(frozenset({RECEIVED, VERIFIED}), ARCHIVED),
    Move.ASSIGN: Rule(frozenset({VERIFIED, ASSIGNED, IN_PROGRESS}), ASSIGNED),
    Move.ADD_CONTRIBUTOR: Rule(WITH_AGENCY),
    Move.CONTRIBUTE: Rule(WITH_AGENCY | {ON_HOLD}),
    Move.ASSIGN_UNIT: Rule(WITH_AGENCY),
    Move.REASSIGN: Rule(OPEN),
    Move.START: Rule(frozenset({ASSIGNED}), IN_PROGRESS),
    Move.FOLLOW_UP: Rule(WITH_AGENCY, IN_PROGRESS),
    Move.DRAFT: Rule(WITH_AGENCY, IN_PROGRESS),
    Move.SEND_ANSWER: Rule(frozenset({IN_PROGRESS}), ANSWERED),
    Move.RETURN_DRAFT: Rule(frozenset({IN_PROGRESS})),
    Move.HAND_BACK: Rule(WITH_AGENCY, VERIFIED),
    Move.HAND_OVER: Rule(WITH_AGENCY),
    Move.EXTEND: Rule(WITH_AGENCY),
    Move.NOTE: Rule(ANY),
    Move.MERGE: Rule(BEFORE_ANSWER, MERGED),
    Move.SPLIT: Rule(BEFORE_ANSWER),
    Move.DECIDE_MASS: Rule(OPEN),
    Move.ACCEPT_OBJECTION: Rule(frozenset({OBJECTED})),
    Move.REJECT_OBJECTION: Rule(frozenset({OBJECTED})),
    Move.DECIDE_LATENESS: Rule(OPEN),
    Move.SEND_BACK: Rule(frozenset({ANSWERED, CLOSED}), IN_PROGRESS),
    Move.RECOMMEND: Rule(ANY),
    Move.ANSWER_ADVICE: Rule(ANY),
    Move.CHASE_ADVICE: Rule(ANY, is_quiet=True),
    Move.TAKE_FILE: Rule(ANY, is_quiet=True),
    Move.RAISE_SECRECY: Rule(ANY),
    Move.ASK_IDENTITY: Rule(ANY, is_quiet=True),
    Move.SEE_IDENTITY: Rule(ANY, is_quiet=True),
    Move.ACCUSE: Rule(ANY),
    Move.WITHDRAW_NAMING: Rule(ANY),
    Move.STEP_ASIDE: Rule(OPEN),
    Move.BRING_BACK: Rule(ANY),
    Move.SEAL: Rule(ANY),
    Move.REPLY: Rule(OPEN | {MERGED}),
    Move.AGREE: Rule(frozenset({ANSWERED}), CLOSED),
    Move.OBJECT: Rule(frozenset({ANSWERED}), OBJECTED),
    Move.OBJECT_TO_ARCHIVE: Rule(frozenset({ARCHIVED}), OBJECTED),
    Move.WITHDRAW: Rule(OPEN | {MERGED}, WITHDRAWN),
    Move.REOPEN: Rule(frozenset({WITHDRAWN}), RECEIVED),
    Move.RATE: Rule(frozenset({ANSWERED, CLOSED, OBJECTED})),
    Move.ASK_SECRECY: Rule(ANY),
    Move.LIFT_SECRECY: Rule(ANY),
    Move.TAKE_RECEIPT: Rule(ANY),
    Move.CORRECT_IDENTITY: Rule(ANY, is_quiet=True),
    Move.ERASE_IDENTITY: Rule(ANY, is_quiet=True),
    Move.ERASE_FILES: Rule(ENDED, is_quiet=True),
    Move.LEAVE_ACCOUNT: Rule(ANY, is_quiet=True),
    Move.WARN: Rule(OPEN),
    Move.ESCALATE: Rule(OPEN),
    Move.EXPIRE_HOLD: Rule(frozenset({ON_HOLD}), WITHDRAWN),
    Move.EXPIRE_ANSWER: Rule(frozenset({ANSWERED}), CLOSED),
    Move.RECOMPUTE: Rule(OPEN),
    Move.ASK_VOICE: Rule(frozenset({CLOSED}), is_quiet=True),
    Move.REHOME: Rule(OPEN),
    Move.RECORD_IDENTITY: Rule(ANY, is_quiet=True),
    Move.QUARANTINE: Rule(ANY),
}


class MoveRefused(Exception):
    """The move is not legal from where the report is, or not open to this actor. `reason` is a stable key."""

    def __init__(self, move: Move, reason: str) -> None:
        super().__init__(f"{move}: {reason}")
        self.move = move
        self.reason = reason


def is_legal(move: Move, state: str) -> bool:
    return state in TABLE[move].sources


def target(move: Move, state: str) -> State:
    """Where the move leads from `state`. Refuses a move that may not start there."""
    rule = TABLE[move]
    if state not in rule.sources:
        raise MoveRefused(move, "not_from_here")
    return rule.target or State(state)
