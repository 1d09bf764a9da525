"""A child's detailed plan as its reader may see it: on one page, by version, and over the whole group."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from coregroup.access.doors import Case, open_group
from coregroup.casefile import plans_load as load
from coregroup.casefile.action_states import states_of
from coregroup.casefile.audiences import Cut, cut_of
from coregroup.casefile.plans_content import content_of, missing_of, related_adults
from coregroup.casefile.plans_load import Desk
from coregroup.casefile.plans_shapes import Line, PlanSheet, PlanState
from coregroup.records.models import Child, PlanRevision, PlanVersion
from coregroup.rules import book
from coregroup.rules.access import THE_FILE, Actor, Capability, Reader
from coregroup.rules.errors import Closed

__all__ = ["PlanSheet", "desk_of", "plan_overview", "plan_sheet", "sheet_of"]


def plan_sheet(
    *, group: UUID, child: UUID, version: int | None = None, reader: UUID | None = None, by: Actor
) -> PlanSheet:
    """One child's plan on one page, cut for `reader` (by default whoever asks).

    Takes a version's number; None shows the latest text of everything, in force or not. A reader other than
    the asker is a person of the group; the sheet then holds no more than both may see. Raises Closed for
    what the asker may not open: a stranger, another child, a version that there is not. R10, R11, R57, R80.
    """
    case = open_group(group, by=by, to=Capability.SEE_PLAN, what=f"plan of {child}")
    return sheet_of(desk_of(case, child, reader=reader), version)


def desk_of(case: Case, child: UUID, *, reader: UUID | None = None) -> Desk:
    """The case opened for one child's plan and one reader, in the language in use (one query)."""
    row = case.child(child)
    cut = cut_of(case, _reader(case, reader))
    return Desk(case, row, cut, load.language())


def _reader(case: Case, reader: UUID | None) -> Reader | None:
    if reader is None or reader == case.by.person:
        return None
    if not case.by.professional:  # a cut of somebody else's says what is kept from whom
        raise Closed
    if reader == THE_FILE:
        return Reader(THE_FILE, True, frozenset(child.id for child in case.children))
    people = [member.person for member in case.members]
    people += [row.adult.person for row in case.relationships] + [child.person for child in case.children]
    for person in people:
        if person.id == reader:
            return case.reader(person)
    raise Closed


def sheet_of(desk: Desk, version: int | None = None) -> PlanSheet:
    """The sheet of an opened plan. Five queries, whatever the number of items."""
    versions = load.versions_of(desk.child)
    shown = next((one for one in versions if one.number == version), None)
    if version is not None and shown is None:
        raise Closed
    every = (
        load.version_rows(desk.child, shown.number)
        if shown
        else load.latest_rows(desk.child, agreed=not desk.professional)
    )
    rows = [row for row in every if desk.sees(row)]
    outline = [row for row in load.outline_rows(desk.child) if desk.cut.sees(row.audience_id, desk.child.id)]
    answers = load.answers_of(desk.child)
    parts = load.parts_of(desk)
    by_id = {row.id: row for row in outline}
    standing = shown is None or shown is versions[-1]  # how far actions are is told of what holds today
    states = states_of(desk.child) if standing else None
    lines = [load.line_of(desk, row, by_id, answers, parts, states) for row in rows]
    sheet = replace(_head(desk, versions, shown), withheld=_withheld(desk, every))
    if desk.professional and not shown:
        sheet = replace(sheet, meeting=load.meeting_in_session(every))
        taken = {row.outline_id for row in rows}
        waiting = [row for row in outline if row.id not in taken and not row.set_aside_because]
        sheet = replace(
            sheet,
            missing=missing_of(desk, content_of(desk, rows, answers, outline)),
            family=related_adults(desk),
            outline_open=tuple(load.outline_shape(desk, row, taken) for row in waiting),
        )
    return replace(_body(sheet, lines), parts=tuple(parts.items()))


def _withheld(desk: Desk, rows: list[PlanRevision]) -> bool:
    """Whether a preview keeps something back that its asker sees: said *that*, never what."""
    withheld = getattr(desk.cut, "withheld", None)
    return withheld is not None and any(withheld(row.audience_id, desk.child.id) for row in rows)


def _head(desk: Desk, versions: tuple[PlanVersion, ...], shown: PlanVersion | None) -> PlanSheet:
    procedure = book.load(desk.case.group.procedure)
    own = desk.cut.reader.person == desk.case.by.person
    return PlanSheet(
        group=desk.case.group.id,
        child=desk.child.id,
        child_name=desk.child.person.name,
        born=desk.child.date_of_birth is not None,
        procedure=procedure.identifier,
        plan_name=procedure.word("plan_name", desk.lang),
        version=load.version_shape(desk, shown) if shown else None,
        in_force=versions[-1].number if versions else None,
        passed=load.version_shape(desk, versions[0]).passed if versions else (),
        can_build=own and desk.case.can(Capability.BUILD_PLAN),
        can_force=own and desk.case.can(Capability.PUT_IN_FORCE),
        reader=desk.cut.reader.person,
    )


def _body(sheet: PlanSheet, lines: list[Line]) -> PlanSheet:
    concerns, loose = load.nested(lines)
    of = {
        kind: tuple(line for line in lines if line.kind == kind)
        for kind in ("contact", "contingency", "view")
    }
    pages = [line for line in lines if line.kind == "family_page"]
    return replace(
        sheet, concerns=concerns, loose=loose, contacts=of["contact"], contingencies=of["contingency"],
        views=of["view"], family_page=pages[0] if pages else None,
    )  # fmt: skip


def plan_overview(*, group: UUID, by: Actor) -> tuple[PlanState, ...]:
    """How far each child's plan is, for the children whom the asker may know of. A fixed number of queries.

    Raises Closed to a stranger. R11, R80.
    """
    case = open_group(group, by=by, to=Capability.SEE_PLAN, what="plans")
    return overview_of(case)


def overview_of(case: Case) -> tuple[PlanState, ...]:
    """The same for a case already opened. Four queries."""
    cut = cut_of(case)
    seen = [child for child in case.children if child.id in cut.reader.children]
    versions: dict[UUID, PlanVersion] = {}
    for row in PlanVersion.objects.filter(plan__child__in=seen).select_related("plan").order_by("number"):
        versions[row.plan.child_id] = row
    later = PlanRevision.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    latest = PlanRevision.objects.filter(item__plan__child__in=seen, withdrawn_because="")
    if not cut.reader.professional:
        later, latest = load.without_proposed(later), load.without_proposed(latest)
    rows = list(latest.filter(~Exists(later)).select_related("item__plan"))
    return tuple(
        _state(child, versions.get(child.id), [row for row in rows if _seen(cut, row, child)])
        for child in seen
    )


def _seen(cut: Cut, row: PlanRevision, child: Child) -> bool:
    return row.item.plan.child_id == child.id and cut.sees(row.audience_id, child.id)


def _state(child: Child, version: PlanVersion | None, rows: list[PlanRevision]) -> PlanState:
    state = "in_force" if version else "building" if rows else "none"
    since = timezone.localdate(version.at) if version else None
    return PlanState(
        child.id, child.person.name, state, version.number if version else None, since, items=len(rows)
    )
