"""Every change of a report is one function here. Each locks the row, asks `access`, obeys `lifecycle`,
appends an event.
"""

from .accusing import accuse, bring_back, step_aside, withdraw_naming
from .entry import submit
from .handling import (
    assign_unit,
    contribute,
    draft,
    extend,
    follow_up,
    hand_back,
    hand_over,
    needs_four_eyes,
    note,
    raise_secrecy,
    record_hand_over_reply,
    return_draft,
    send_answer,
    start,
)
from .identity import ask_identity, record_identity, see_identity
from .intake import deadlines_for
from .joined import merge, split
from .lateness import decide_lateness
from .mass import decline_mass, open_mass
from .overseeing import answer_advice, recommend, take_file
from .own_data import correct_identity, erase_files, erase_identity, leave_account, same_person
from .passing import reassign
from .raising import seal, take_receipt
from .reporter import (
    agree,
    ask_secrecy,
    ask_voice,
    lift_secrecy,
    object_to_answer,
    object_to_archive,
    rate,
    reopen,
    reply,
    withdraw,
)
from .review import accept_objection, reject_objection, send_back
from .sealed_intake import sealed_receipt
from .spread import go_on
from .triage import (
    ARCHIVE_REASONS,
    add_contributor,
    archive,
    assign,
    correct,
    hold,
    pass_on,
    verify,
)

__all__ = [
    "ARCHIVE_REASONS",
    "accept_objection",
    "accuse",
    "add_contributor",
    "agree",
    "answer_advice",
    "archive",
    "ask_identity",
    "ask_secrecy",
    "ask_voice",
    "assign",
    "assign_unit",
    "bring_back",
    "contribute",
    "correct",
    "correct_identity",
    "deadlines_for",
    "decide_lateness",
    "decline_mass",
    "draft",
    "erase_files",
    "erase_identity",
    "extend",
    "follow_up",
    "go_on",
    "hand_back",
    "hand_over",
    "hold",
    "leave_account",
    "lift_secrecy",
    "merge",
    "needs_four_eyes",
    "note",
    "object_to_answer",
    "object_to_archive",
    "open_mass",
    "pass_on",
    "raise_secrecy",
    "rate",
    "reassign",
    "recommend",
    "record_hand_over_reply",
    "record_identity",
    "reject_objection",
    "reopen",
    "reply",
    "return_draft",
    "same_person",
    "seal",
    "sealed_receipt",
    "see_identity",
    "send_answer",
    "send_back",
    "split",
    "start",
    "step_aside",
    "submit",
    "take_file",
    "take_receipt",
    "verify",
    "withdraw",
    "withdraw_naming",
]
