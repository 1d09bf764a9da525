"""Who may do what, and who may see which item. Pure: values in, answers out.

Three questions are kept apart. May this *person* do it: a table of relation by capability, here. Does the
*state* allow it: `rules.moves`. May they *see* this item: an audience and a reader, here as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from coregroup.rules.errors import Closed


class Relation(StrEnum):
    """In what relation an actor stands to a case, or to the whole service."""

    LEAD = "lead"
    MEMBER = "member"
    CONFERENCE_CHAIR = "conference_chair"
    MANAGER = "manager"
    FAMILY = "family"
    CHILD = "child"
    # For one meeting only:
    REPRESENTATIVE = "representative"
    COMPANION = "companion"
    GUEST_CHAIR = "guest_chair"
    # Without a case:
    PROFESSIONAL = "professional"
    LEAD_DUTY = "lead_duty"
    CHAIR_DUTY = "chair_duty"
    MANAGER_DUTY = "manager_duty"
    ADMINISTRATOR = "administrator"
    CLOCK = "clock"
    SIGNED_IN = "signed_in"


class Capability(StrEnum):
    """What can be done. Every URL and every verb names one."""

    # On a case
    SEE_CASE = "see_case"
    SEE_OUTLINE = "see_outline"
    SEE_PLAN = "see_plan"
    SEE_CONTACT_SHEET = "see_contact_sheet"
    SEE_FACE_SHEET = "see_face_sheet"
    SEE_FILE = "see_file"
    SEE_DISTRIBUTION = "see_distribution"
    SEE_AUDIT = "see_audit"
    EDIT_CASE = "edit_case"
    MANAGE_MEMBERS = "manage_members"
    APPOINT_LEAD = "appoint_lead"
    JOIN = "join"
    BRING_IN_OUTLINE = "bring_in_outline"
    BUILD_PLAN = "build_plan"
    ANSWER_ACTION = "answer_action"
    GIVE_VIEW = "give_view"
    PUT_IN_FORCE = "put_in_force"
    HAND_OUT = "hand_out"
    ADD_FILE = "add_file"
    RESTRICT = "restrict"
    RECORD_CONTACT = "record_contact"
    BOOK_MEETING = "book_meeting"
    RECORD_FACT = "record_fact"
    SEE_MEETING = "see_meeting"
    SEE_BOARD = "see_board"
    ASK_MEETING = "ask_meeting"
    SAY_BEFOREHAND = "say_beforehand"
    GIVE_UPDATE = "give_update"
    CHECK_UPDATE = "check_update"
    UPDATE_ACTION = "update_action"
    ADD_ENTRY = "add_entry"
    TAKE_PART = "take_part"
    CLOSE_MEETING = "close_meeting"
    RECOMMEND = "recommend"
    CORRECT_RECORD = "correct_record"
    WRITE_TO_LEAD = "write_to_lead"
    # Without a case
    SEE_HOME = "see_home"
    SEE_GUIDANCE = "see_guidance"
    OPEN_GROUP = "open_group"
    OVERSEE_PLANS = "oversee_plans"
    OVERSEE_STAFF = "oversee_staff"
    ADMINISTER = "administer"
    KEEP_DRAFT = "keep_draft"
    KEEP_CLOCK = "keep_clock"
    # Not signed in: what a one-time link opens, and nothing else. In no row of the table.
    FOLLOW_LINK = "follow_link"


_C = Capability
_SEE_AS_PROFESSIONAL = frozenset(
    {_C.SEE_CASE, _C.SEE_OUTLINE, _C.SEE_PLAN, _C.SEE_CONTACT_SHEET, _C.SEE_FACE_SHEET, _C.SEE_FILE}
    | {_C.SEE_DISTRIBUTION, _C.SEE_MEETING, _C.SEE_BOARD, _C.WRITE_TO_LEAD}
)
_MEMBER = _SEE_AS_PROFESSIONAL | {
    _C.JOIN, _C.BUILD_PLAN, _C.ANSWER_ACTION, _C.ADD_FILE, _C.RESTRICT, _C.RECORD_CONTACT, _C.GIVE_VIEW,
    _C.RECORD_FACT, _C.ASK_MEETING, _C.SAY_BEFOREHAND, _C.GIVE_UPDATE, _C.UPDATE_ACTION, _C.ADD_ENTRY,
    _C.TAKE_PART, _C.CLOSE_MEETING, _C.RECOMMEND, _C.CORRECT_RECORD,
}  # fmt: skip
_LEAD = _MEMBER | {
    _C.EDIT_CASE, _C.MANAGE_MEMBERS, _C.APPOINT_LEAD, _C.BRING_IN_OUTLINE, _C.PUT_IN_FORCE, _C.HAND_OUT,
    _C.BOOK_MEETING, _C.SEE_AUDIT,
}  # fmt: skip
_FAMILY = frozenset(
    {_C.SEE_CASE, _C.SEE_OUTLINE, _C.SEE_PLAN, _C.SEE_CONTACT_SHEET, _C.ANSWER_ACTION, _C.SEE_FILE, _C.JOIN}
    | {_C.SEE_FACE_SHEET, _C.SEE_MEETING, _C.SEE_BOARD, _C.SAY_BEFOREHAND, _C.UPDATE_ACTION}
    | {_C.CORRECT_RECORD, _C.WRITE_TO_LEAD}
)
# Who comes to one meeting only sees the case as it stands on the table there, and nothing after it.
_GUEST = frozenset({_C.SEE_CASE, _C.SEE_OUTLINE, _C.SEE_PLAN, _C.SEE_MEETING, _C.SEE_BOARD, _C.WRITE_TO_LEAD})
_AT_THE_TABLE = _GUEST | {
    _C.TAKE_PART, _C.BUILD_PLAN, _C.CLOSE_MEETING, _C.ADD_ENTRY, _C.UPDATE_ACTION
}  # fmt: skip

# The access table. A policy starts from "no": what is not written here is refused.
TABLE: Mapping[Relation, frozenset[Capability]] = {
    Relation.LEAD: frozenset(_LEAD),
    Relation.MEMBER: frozenset(_MEMBER),
    Relation.CONFERENCE_CHAIR: _SEE_AS_PROFESSIONAL | {_C.SEE_AUDIT, _C.JOIN, _C.APPOINT_LEAD},
    # A lead may be away: no child stays without, and no meeting is lost.
    Relation.MANAGER: _SEE_AS_PROFESSIONAL | {_C.APPOINT_LEAD, _C.CHECK_UPDATE, _C.BOOK_MEETING},
    Relation.FAMILY: _FAMILY,
    # Whoever has an action in their name answers for it, a young person too.
    Relation.CHILD: frozenset(
        {_C.SEE_CASE, _C.SEE_PLAN, _C.ANSWER_ACTION, _C.UPDATE_ACTION, _C.JOIN, _C.WRITE_TO_LEAD}
    ),
    Relation.REPRESENTATIVE: _AT_THE_TABLE | {_C.GIVE_UPDATE, _C.RECOMMEND},
    Relation.COMPANION: _GUEST,
    Relation.GUEST_CHAIR: _AT_THE_TABLE,
    Relation.SIGNED_IN: frozenset({_C.SEE_HOME, _C.KEEP_DRAFT}),
    Relation.PROFESSIONAL: frozenset({_C.SEE_HOME, _C.SEE_GUIDANCE, _C.KEEP_DRAFT}),
    Relation.LEAD_DUTY: frozenset({_C.OPEN_GROUP}),
    Relation.CHAIR_DUTY: frozenset({_C.OVERSEE_PLANS, _C.OPEN_GROUP}),
    Relation.MANAGER_DUTY: frozenset({_C.OVERSEE_STAFF}),
    Relation.ADMINISTRATOR: frozenset({_C.ADMINISTER, _C.SEE_GUIDANCE}),
    Relation.CLOCK: frozenset({_C.KEEP_CLOCK}),
}

# Duties are held by a person in an authority; they open pages without a case, and never a case.
DUTIES: Mapping[str, Relation] = {
    "lead_worker": Relation.LEAD_DUTY,
    "conference_chair": Relation.CHAIR_DUTY,
    "manager": Relation.MANAGER_DUTY,
    "administrator": Relation.ADMINISTRATOR,
    "clock": Relation.CLOCK,  # no person's: the one of the job that watches the dates
}


@dataclass(frozen=True)
class Actor:
    """The person who acts or asks, as every verb and every reading is told.

    `person` is None for a system actor (the clock, a set-up command), which names itself in `name` and
    holds just the capabilities of its `duties`.
    """

    person: UUID | None
    authority: UUID | None
    name: str
    professional: bool = True
    agency: UUID | None = None
    agency_name: str = ""
    agency_kind: str = ""
    duties: frozenset[str] = frozenset()
    account: UUID | None = None
    language: str = "en"
    system: bool = False
    others: tuple[tuple[UUID, str], ...] = ()  # the other persons whom the same account serves

    @property
    def who(self) -> UUID:
        """The person who acts, where only a person can. Raises Closed for a system actor."""
        if self.person is None:
            raise Closed
        return self.person

    @property
    def home(self) -> UUID:
        """The authority in which the actor acts. Raises Closed for one who acts in none."""
        if self.authority is None:
            raise Closed
        return self.authority

    def relations(self) -> frozenset[Relation]:
        """The relations that need no case."""
        if self.person is None and not self.system:
            return frozenset()
        held = {DUTIES[duty] for duty in self.duties if duty in DUTIES}
        held.add(Relation.SIGNED_IN)
        if self.professional:
            held.add(Relation.PROFESSIONAL)
        return frozenset(held)


# Somebody who is not signed in and holds a one-time link. Opens no door by itself.
VISITOR = Actor(None, None, "visitor", professional=False)


def allowed(relations: Iterable[Relation], capability: Capability) -> bool:
    """May somebody standing in these relations do this?"""
    return any(capability in TABLE.get(relation, frozenset()) for relation in relations)


def may(actor: Actor, capability: Capability) -> bool:
    """May this actor do what needs no case (start page, opening a group, administration)?"""
    return allowed(actor.relations(), capability)


class Base(StrEnum):
    """The base of an audience, from the widest to the narrowest."""

    GROUP = "group"
    PROFESSIONALS = "professionals"
    NAMED = "named"


_NARROWER = {Base.GROUP: 0, Base.PROFESSIONALS: 1, Base.NAMED: 2}


@dataclass(frozen=True)
class Audience:
    """Who may see an item: a base, persons named, persons shut out. Persons, never accounts or ranks (R57).

    Restricting (any base but the group, or anybody shut out) carries a reason, who gave permission and,
    for named persons, a review date: `rules.access.faults` checks that.
    """

    base: Base = Base.GROUP
    named: frozenset[UUID] = frozenset()
    shut_out: frozenset[UUID] = frozenset()

    @property
    def restricted(self) -> bool:
        return self.base is not Base.GROUP or bool(self.shut_out)


EVERYONE = Audience()

# The child's file is read by colleagues who are not named anywhere: it holds what any professional may see.
THE_FILE = UUID(int=0)


@dataclass(frozen=True)
class Reader:
    """Whose cut it is: a person in a case, and the children of it whom they may know about.

    `limited` where there are children of the case whom they may not know about.
    """

    person: UUID | None
    professional: bool
    children: frozenset[UUID] = field(default_factory=frozenset)
    limited: bool = False


def may_see(audience: Audience, reader: Reader, *, child: UUID | None = None) -> bool:
    """May this reader see an item of this audience, about this child (None: about the whole group)?"""
    if reader.person is None or reader.person in audience.shut_out:
        return False
    if child is not None and child not in reader.children:
        return False
    if audience.base is Base.NAMED:
        return reader.person in audience.named
    if audience.base is Base.PROFESSIONALS:
        return reader.professional
    return True


def strictest(*audiences: Audience) -> Audience:
    """The audience of a text made from other texts: it never shows to more than each source would."""
    base = max((audience.base for audience in audiences), key=_NARROWER.__getitem__, default=Base.GROUP)
    named_sets = [audience.named for audience in audiences if audience.base is Base.NAMED]
    named = frozenset.intersection(*named_sets) if named_sets else frozenset()
    shut_out = frozenset().union(*(audience.shut_out for audience in audiences))
    return Audience(base, named, shut_out)


def faults(
    audience: Audience, *, reason: str, permitted_by: str, review_on: object | None
) -> tuple[str, ...]:
    """What a restriction lacks, as codes: `reason`, `permission`, `review_date`, `nobody_named`."""
    if not audience.restricted:
        return ()
    found = []
    if not reason.strip():
        found.append("reason")
    if audience.base is Base.NAMED:
        if not permitted_by.strip():
            found.append("permission")
        if review_on is None:
            found.append("review_date")
        if not audience.named - audience.shut_out:
            found.append("nobody_named")
    return tuple(found)
