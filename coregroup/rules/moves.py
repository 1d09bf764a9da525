"""Which state may follow which: of a meeting, its record, an action, a member's update."""

from __future__ import annotations

from dataclasses import dataclass

from coregroup.rules.errors import Refused


@dataclass(frozen=True, slots=True)
class Move:
    """One legal move: from a state by a verb to a state, and by whom; `needs` is what it must come with."""

    before: str
    verb: str
    after: str
    who: str
    needs: str = ""


START = ""  # before there was one

MEETING: tuple[Move, ...] = (
    Move(START, "book", "planned", "lead"),
    Move("planned", "rearrange", "planned", "lead", "a reason, and an approver after the limit"),
    Move("planned", "cancel", "cancelled", "lead", "a reason, an authoriser, a replacement or a departure"),
    Move("planned", "begin", "in_session", "member", "a chair and a minute taker by the procedure"),
    Move("planned", "record_held", "held", "lead", "the day it was held"),
    Move("in_session", "close", "closed", "chair, minute taker or lead", "the closing guards"),
    Move("in_session", "abandon", "abandoned", "chair or lead", "a reason"),
    Move("closed", "confirm", "confirmed", "chair or lead"),
)

RECORD: tuple[Move, ...] = (
    Move(START, "close", "issued", "chair, minute taker or lead"),
    Move("issued", "correct", "issued", "member", "a reason; the earlier text stays readable"),
    Move("issued", "add_correction", "issued", "member", "beside what is no entry of the meeting"),
    Move("issued", "confirm", "confirmed", "chair or lead"),
    Move("confirmed", "add_correction", "confirmed", "member", "it stands beside, never in its place"),
)

ACTION: tuple[Move, ...] = tuple(
    Move(before, "set_action_state", after, "owner, or the meeting", "why" if reason else "")
    for before, afters in {
        "not_started": ("under_way", "done", "cannot_yet", "not_needed"),
        "under_way": ("not_started", "done", "cannot_yet", "not_needed"),
        "cannot_yet": ("not_started", "under_way", "done", "not_needed"),
        "done": ("under_way", "not_started"),
        "not_needed": ("not_started", "under_way"),
    }.items()
    for after in afters
    for reason in (after in ("cannot_yet", "not_needed") or before in ("done", "not_needed"),)
)

UPDATE: tuple[Move, ...] = (
    Move(START, "save_update", "draft", "member"),
    Move("draft", "save_update", "draft", "member"),
    Move("draft", "ask_manager", "with_manager", "member"),
    Move("with_manager", "save_update", "with_manager", "member"),
    Move("with_manager", "return_update", "returned", "manager", "what the manager said"),
    Move("with_manager", "pass_update", "draft", "manager"),
    Move("with_manager", "give_update", "given", "member"),
    Move("returned", "save_update", "returned", "member"),
    Move("returned", "ask_manager", "with_manager", "member"),
    Move("returned", "give_update", "given", "member"),
    Move("draft", "give_update", "given", "member"),
    Move("given", "change_update", "draft", "member", "until the meeting is closed"),
)

TABLES = {"meeting": MEETING, "record": RECORD, "action": ACTION, "update": UPDATE}

ACTION_STATES = ("not_started", "under_way", "done", "cannot_yet", "not_needed")
OPEN_ACTION_STATES = ("not_started", "under_way", "cannot_yet")
# A meeting of these states took place; the record of the first two was written here.
TOOK_PLACE = ("closed", "confirmed", "held")


def can_move(table: tuple[Move, ...], before: str, verb: str) -> bool:
    """Does the state allow this verb?"""
    return any(move.before == before and move.verb == verb for move in table)


def after(table: tuple[Move, ...], before: str, verb: str, sentence: str, to: str = "") -> str:
    """The state that follows; Refused with the sentence where the state does not allow the verb.

    `to` chooses where a verb leads to several states (`set_action_state`).
    """
    for move in table:
        if move.before == before and move.verb == verb and to in ("", move.after):
            return move.after
    raise Refused(sentence)
