"""Who may chair a core group and who takes the minutes, by its procedure, and whose turn it is.

A procedure names a fixed chair, the lead worker, or any professional of the group (R49, R75, R90); a member's
line manager where it reviews the plan (R115); a fallback where the lead worker is away, for that does not
cancel a meeting (R55). The turn goes round (R104), and chair and minute taker are two people where the
procedure says so (R50).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coregroup.rules.procedure import Procedure, Role

FITS, WITH_REASON, NEVER = "fits", "with_reason", "never"
NOBODY = "none"  # the code of a procedure that needs no minute taker


@dataclass(frozen=True)
class Sitter:
    """Somebody who may sit at the head of the table or keep the record.

    `named` is as what a guest of this meeting was named (`chair`, `minute_taker`, `representative`).
    `practice_lead` stands for the practice leader or practice lead of the lead worker's team. `away`: they
    have given apologies. `chaired` and `minuted` are the days on which they did so.
    """

    id: UUID
    member: bool = False
    lead: bool = False
    line_manager: bool = False
    practice_lead: bool = False
    named: str = ""
    away: bool = False
    chaired: tuple[date, ...] = ()
    minuted: tuple[date, ...] = ()


@dataclass(frozen=True)
class Table:
    """Those who may sit, under one procedure. `first`: nothing is reviewed yet, it is the first meeting."""

    procedure: Procedure
    sitters: tuple[Sitter, ...]
    first: bool = False
    # Somebody named to chair, or to take the minutes, who is in no list and has no account.
    named_outside: frozenset[str] = frozenset()

    def sitter(self, person: UUID | None) -> Sitter | None:
        return next((one for one in self.sitters if one.id == person), None)

    @property
    def lead_away(self) -> bool:
        """Every lead worker has given apologies, or there is none."""
        return all(one.away for one in self.sitters if one.lead)


_WHO: Mapping[str, Callable[[Sitter], bool]] = {
    "any_professional": lambda one: one.member or one.named == "representative",
    "shared": lambda one: one.member or one.named == "representative",
    "lead": lambda one: one.lead,
    # Whoever was named to chair is taken to be the one whom the document means: no list of ours knows better.
    "practice_lead": lambda one: one.practice_lead or one.named == "chair",
    "practice_leader": lambda one: one.practice_lead or one.named == "chair",
    "member_or_line_manager": lambda one: one.member or one.line_manager,
}


def _fills(role: Role, one: Sitter) -> bool:
    return _WHO.get(role.who, _WHO["any_professional"])(one)


def chairing_roles(table: Table) -> tuple[Role, ...]:
    """The procedure's roles any of which the chair may fill without a reason."""
    roles = table.procedure.roles
    chair = roles["chair"]
    if chair.strictness == "must":
        return (chair,)
    own = roles.get("fallback_chair", chair) if table.lead_away else chair
    review = roles.get("review_chair")
    return (own,) if table.first or review is None else (own, review)


def may_chair(table: Table, one: Sitter) -> str:
    """Whether somebody may chair: FITS, WITH_REASON (it departs from a should-rule), or NEVER.

    A fixed chair (must) gives way only to the procedure's own fallback, and then with the reason.
    """
    roles = chairing_roles(table)
    if any(_fills(role, one) for role in roles):
        return FITS
    if roles[0].strictness != "must":
        return WITH_REASON
    fallback = table.procedure.roles.get("fallback_chair")
    return WITH_REASON if fallback and _fills(fallback, one) else NEVER


def may_minute(table: Table, one: Sitter, chair: UUID | None) -> str:
    """Whether somebody may take the minutes beside this chair: FITS, WITH_REASON or NEVER."""
    role = table.procedure.roles["minute_taker"]
    if role.not_chair and one.id == chair:
        return NEVER if role.strictness == "must" else WITH_REASON
    return FITS


def minutes_needed(procedure: Procedure) -> bool:
    """Does the procedure want a minute taker at all? One does not: what changes is written where it lives."""
    return procedure.roles["minute_taker"].who != NOBODY


def chairs_in_turn(table: Table) -> tuple[Sitter, ...]:
    """Those who may chair without a reason, whose turn it is first: least often, then longest ago."""
    able = [one for one in table.sitters if not one.away and may_chair(table, one) == FITS]
    preferred = chairing_roles(table)[0]
    return _in_turn(able, lambda one: one.chaired, lambda one: not _fills(preferred, one))


def minute_takers_in_turn(table: Table, chair: UUID | None) -> tuple[Sitter, ...]:
    """Those who may take the minutes, whose turn it is first; none where none are needed."""
    if not minutes_needed(table.procedure):
        return ()
    able = [one for one in table.sitters if not one.away and one.id != chair and _keeps(one)]
    return _in_turn(able, lambda one: one.minuted, lambda one: one.named != "minute_taker")


def suggested(
    table: Table, chair: UUID | None = None, minute_taker: UUID | None = None
) -> tuple[UUID | None, UUID | None]:
    """Chair and minute taker as the procedure and the turn have it; what is settled already stays."""
    if chair is None and "chair" not in table.named_outside:
        chair = next((one.id for one in chairs_in_turn(table) if one.id != minute_taker), None)
    if minute_taker is None and "minute_taker" not in table.named_outside:
        minute_taker = next((one.id for one in minute_takers_in_turn(table, chair)), None)
    return chair, minute_taker


def faults(
    table: Table, chair: UUID | None, minute_taker: UUID | None, because: str
) -> tuple[tuple[str, str], ...]:
    """What is wrong with a choice, as (field, code).

    Codes: `no_chair`, `unknown`, `not_this_chair`, `no_minute_taker`, `same`, `why`.
    """
    found: list[tuple[str, str]] = []
    wants_reason = False
    for field, person, judge in (
        ("chair", chair, may_chair),
        ("minute_taker", minute_taker, lambda t, one: may_minute(t, one, chair)),
    ):
        if person is None:
            continue
        one = table.sitter(person)
        judged = judge(table, one) if one else NEVER
        if one is None or judged == NEVER:
            found.append((field, _never(field, one)))
        wants_reason = wants_reason or judged == WITH_REASON
    if chair is None:
        outsider = Sitter(UUID(int=0), named="chair")
        named = "chair" in table.named_outside
        found += [] if named else [("chair", "no_chair")]
        wants_reason = wants_reason or (named and may_chair(table, outsider) == WITH_REASON)
    if minute_taker is None and "minute_taker" not in table.named_outside:
        missing, reason = _none_taken(table.procedure)
        found += [("minute_taker", "no_minute_taker")] if missing else []
        wants_reason = wants_reason or reason
    if wants_reason and not because.strip():
        found.append(("because", "why"))
    return tuple(found)


def _none_taken(procedure: Procedure) -> tuple[bool, bool]:
    """Whether a meeting without a minute taker is refused, and whether it needs a reason."""
    role = procedure.roles["minute_taker"]
    if not minutes_needed(procedure):
        return False, False
    return role.strictness == "must", role.strictness != "must"


def _never(field: str, one: Sitter | None) -> str:
    if one is None:
        return "unknown"
    return "not_this_chair" if field == "chair" else "same"


def _keeps(one: Sitter) -> bool:
    return one.member or one.named in ("minute_taker", "representative")


def _in_turn(
    able: Iterable[Sitter], done: Callable[[Sitter], Sequence[date]], after: Callable[[Sitter], bool]
) -> tuple[Sitter, ...]:
    """Least often first, then whoever did it longest ago; the order given decides the rest."""
    return tuple(sorted(able, key=lambda one: (after(one), len(done(one)), max(done(one), default=date.min))))
