"""What somebody reads who is invited, and what joining asks of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from coregroup.access.doors import Case, open_group
from coregroup.access.lines import write_line
from coregroup.casefile import clocks
from coregroup.casefile.audiences import Cut, cut_of
from coregroup.casefile.dated import dated_of
from coregroup.records.models import AccountPerson, Invitation, JoiningStep, LeadAppointment, Person, ReadMark
from coregroup.rules import book
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed
from coregroup.rules.procedure import Procedure, Unknown, say
from coregroup.rules.registration import Dated

REVIEW = "review_conference"


@dataclass(frozen=True)
class Invited:
    """An invitation as the holder of its link reads it: no name of any family in it.

    `name` is empty for a family person: who they are shows once they have signed in.
    """

    group: UUID
    person: UUID
    name: str
    professional: bool
    email: str
    authority: str
    inviter: str
    inviter_agency: str
    core_group_word: str
    has_account: bool
    expires_at: datetime
    language: str


@dataclass(frozen=True)
class Step:
    """A step of the joining list; `done_at` None: still to do."""

    code: str
    title: str
    text: str
    done_at: datetime | None


@dataclass(frozen=True)
class JoiningSheet:
    """The joining page: role guide, steps, the review date with its reason, one's own contact details."""

    group: UUID
    procedure: str
    children: tuple[str, ...]
    role: str
    guide_title: str
    guide: tuple[str, ...]
    guide_read_at: datetime | None
    outline_read_at: datetime | None
    steps: tuple[Step, ...]
    review_on: date | None
    review_why: str
    review_source: str
    first_meeting_on: date | None
    manager: str
    phone: str
    email: str
    professional: bool

    @property
    def done(self) -> bool:
        return all(step.done_at for step in self.steps)

    def step(self, code: str) -> Step | None:
        return next((step for step in self.steps if step.code == code), None)


def invited(*, digest: str, by: Actor) -> Invited:
    """The invitation of this digest. Closed for one that is unknown, used, too old or no longer meant. R2."""
    rows = Invitation.objects.filter(digest=digest, used_at__isnull=True, expires_at__gt=timezone.now())
    rows = rows.select_related("membership__person", "group__authority")
    found = rows.filter(membership__until__isnull=True).first() if digest else None
    write_line(
        by, Capability.FOLLOW_LINK, group=found.group_id if found else None, allowed=found is not None,
        what="invitation",
    )  # fmt: skip
    if found is None:
        raise Closed
    person = found.membership.person
    lead = LeadAppointment.objects.filter(group=found.group, until__isnull=True).exclude(person=person)
    inviter = lead.select_related("person__agency").order_by("since", "id").first()
    professional = person.kind == Person.PROFESSIONAL
    return Invited(
        group=found.group_id, person=person.id, name=person.name if professional else "",
        professional=professional, email=person.email, authority=found.group.authority.name,
        inviter=inviter.person.name if inviter else "",
        inviter_agency=inviter.person.agency.name if inviter and inviter.person.agency else "",
        core_group_word=book.load(found.group.procedure).word("core_group", person.language),
        has_account=AccountPerson.objects.filter(person=person).exists(), expires_at=found.expires_at,
        language=person.language,
    )  # fmt: skip


def joining(*, group: UUID | str, lang: str = "en", by: Actor) -> JoiningSheet:
    """The actor's own joining page. Closed to whoever is no member. R2, R40, R45 to R47."""
    case = open_group(group, by=by, to=Capability.JOIN, what="joining")
    membership = case.member(by.person)
    if membership is None:
        raise Closed
    procedure = book.load(case.group.procedure)
    cut = cut_of(case)
    dated = dated_of({case.group.id: cut}, {case.group.id: case.group.authority_id})[case.group.id]
    ticked = dict(JoiningStep.objects.filter(membership=membership).values_list("code", "done_at"))
    marks = ReadMark.objects.filter(group=case.group, person_id=membership.person_id)
    read = dict(marks.values_list("what", "read_at"))
    today = timezone.localdate()
    review, why, source = _review(case, cut, dated, today, lang)
    meeting = dated.next_meeting(today)
    person, kind = membership.person, by.agency_kind if by.professional else "family"
    title, guide = _guide(procedure, kind, lang)
    manager = Person.objects.filter(id=person.manager_id).first() if person.manager_id else None
    return JoiningSheet(
        group=case.group.id, procedure=case.group.procedure,
        children=tuple(one.person.name for one in case.children if one.id in cut.reader.children),
        role=membership.role, guide_title=title, guide=guide, guide_read_at=read.get("guide"),
        outline_read_at=read.get("outline"), steps=_steps(procedure, by, ticked, read, lang),
        review_on=review, review_why=why, review_source=source,
        first_meeting_on=meeting.planned_on if meeting else None, manager=manager.name if manager else "",
        phone=person.phone, email=person.email, professional=by.professional,
    )  # fmt: skip


def _steps(
    procedure: Procedure, by: Actor, ticked: dict[str, datetime], read: dict[str, datetime], lang: str
) -> tuple[Step, ...]:
    """The procedure's list. What is only for those who work there is not asked of the family."""
    for_family = {"read_outline", "noted_review"}
    return tuple(
        Step(
            item.code,
            say(item.title, lang),
            say(item.text, lang) if item.text else "",
            ticked.get(item.code) or (read.get("outline") if item.code == "read_outline" else None),
        )  # fmt: skip
        for item in procedure.joining
        if by.professional or item.code in for_family
    )


def _guide(procedure: Procedure, kind: str, lang: str) -> tuple[str, tuple[str, ...]]:
    try:
        return procedure.guide_title(kind, lang), procedure.guide(kind, lang)
    except Unknown:
        return procedure.guide_title("other", lang), procedure.guide("other", lang)


def _review(case: Case, cut: Cut, dated: Dated, today: date, lang: str) -> tuple[date | None, str, str]:
    """The planned review conference, and the sentence of the rule that it must keep (R45)."""
    planned = dated.next_review(today)
    rules = book.load(case.group.procedure).rules
    for child in (one for one in case.children if one.id in cut.reader.children):
        rows = clocks.rows_of(case.group.procedure, dated, child.id, today)
        limits = [row for row in clocks.running(rows) if REVIEW in rules[row.rule].met_by and row.latest]
        limit = min(limits, key=lambda row: row.latest or date.max, default=None)
        if limit is not None:
            shown = clocks.line(limit, lang)
            return (planned.planned_on if planned else None), shown.why, shown.source
    return (planned.planned_on if planned else None), "", ""
