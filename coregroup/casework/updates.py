"""A member's update for one meeting: written, checked by their manager, given, changed (R16, R17, R108)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import AudienceChoice, audience_row, standing_audience, value_of
from coregroup.casework.consequences import settle
from coregroup.casework.guests import stands_for
from coregroup.casework.meeting_sheet import meeting_row
from coregroup.casework.meeting_words import spoken_audience, working_audience
from coregroup.casework.plan_people import sees
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import (
    Audience,
    Meeting,
    MemberUpdate,
    OutcomeRating,
    Person,
    UpdatePart,
)
from coregroup.rules import moves, update_fields
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Clash, Closed, Problem, Problems, Refused
from coregroup.rules.happenings_meetings import UpdateForManager, UpdateGiven, UpdateReturned
from coregroup.rules.meeting_entries import join, tidy
from coregroup.rules.update_fields import ALL, FAMILY, SAYS_SOMETHING, UNDER_WAY, form_name

Parts = Mapping[str, Mapping[str, Any]]


def save_update(
    *,
    group: UUID,
    meeting: UUID,
    parts: Parts,
    base: int = 0,
    audience: AudienceChoice | None = None,
    by: Actor,
    once: str | None = None,
) -> int:
    """Keeps what a member writes for a meeting, and gives the number of the saving; nobody else reads it yet.

    `parts` are the fields that were touched, by what they are about: `all`, `family`, or a child's id
    (`rules.update_fields`). `base` is the number of the saving that was being read (0: none): what the member
    changed since on another device is joined field by field, and where both changed one field, nothing is
    kept and Clash brings both texts. `audience` None leaves who may see it as it was: the whole group, once
    it is given. A representative writes the update of the member for whom they stand.

    Raises Closed, Refused once it is given or the meeting is over, Problems at the fields
    (`update_fields.form_name`) or `audience`.
    """
    with act(group, by=by, to=Capability.GIVE_UPDATE, once=once, what=f"update for {meeting}") as case:
        row = _own_row(case, meeting)
        row.state = moves.after(
            moves.UPDATE, row.state, "save_update",
            _("This update is given. Say first that you want to change it."),
        )  # fmt: skip
        told = _checked(case, parts)
        row.save()
        number = _write(case, row, told, base, audience)
        note_outcome(once, number)
    return number


def ask_manager(*, group: UUID, meeting: UUID, by: Actor, once: str | None = None) -> None:
    """Asks the member's line manager to look at the update before it is given (R16).

    Raises Closed, Refused, and Problem where nothing is written or no line manager is known.
    """
    with act(group, by=by, to=Capability.GIVE_UPDATE, once=once, what=f"update for {meeting}") as case:
        row = _written_row(case, meeting)
        row.state = moves.after(
            moves.UPDATE, row.state, "ask_manager", _("This update is with your manager, or given already.")
        )
        manager = Person.objects.filter(id=row.person_id).values_list("manager_id", flat=True).first()
        if manager is None:
            raise Problem(None, _("No line manager is known for you. Give the update without this check."))
        row.checker_id, row.checked_at, row.checker_said = manager, None, ""
        row.save()
        settle(
            UpdateForManager(meeting=row.meeting_id, person=row.person_id), case=case,
            audience=working_audience(case),
        )  # fmt: skip


def pass_update(
    *, group: UUID, meeting: UUID, person: UUID, said: str = "", by: Actor, once: str | None = None
) -> None:
    """The manager has read the update and has nothing against it; the member gives it themselves (R16).

    Raises Closed for an update that is not of the manager's own staff, or was not put before them.
    """
    _answer(group, meeting, person, said.strip(), True, by, once)


def return_update(
    *, group: UUID, meeting: UUID, person: UUID, said: str, by: Actor, once: str | None = None
) -> None:
    """The manager returns the update with what they say to it (R16). Problems at `said`; Closed as above."""
    _answer(group, meeting, person, said.strip(), False, by, once)


def give_update(*, group: UUID, meeting: UUID, by: Actor, once: str | None = None) -> None:
    """Gives the update: from now on it is on the table, as each reader may see it.

    The family read it once it was shared with them, or the meeting has begun (R17). Raises Problem where it
    says nothing yet, Problems where the sharing lacks something, Refused, Closed.
    """
    with act(group, by=by, to=Capability.GIVE_UPDATE, once=once, what=f"give update for {meeting}") as case:
        row = _written_row(case, meeting)
        row.state = moves.after(moves.UPDATE, row.state, "give_update", _("This update is given already."))
        row.given_at = timezone.now()
        row.save()
        said = UpdateGiven(meeting=row.meeting_id, person=row.person_id)
        settle(said, case=case, audience=standing_audience(case))


def change_update(*, group: UUID, meeting: UUID, by: Actor, once: str | None = None) -> None:
    """Takes a given update back to be changed, until the meeting is closed. Raises Refused, Closed."""
    with act(group, by=by, to=Capability.GIVE_UPDATE, once=once, what=f"change update for {meeting}") as case:
        row = _own_row(case, meeting)
        row.state = moves.after(moves.UPDATE, row.state, "change_update", _("This update is not given yet."))
        row.given_at = None
        row.save()


def _own_row(case: Case, meeting: UUID) -> MemberUpdate:
    """The update of the actor, or of the member for whom they stand; one that is just begun is not stored."""
    of = meeting_row(case, meeting)
    _refuse_over(of)
    person = stands_for(case)
    row = MemberUpdate.objects.filter(meeting=of, person=person).first()
    if row is not None:
        return row
    return MemberUpdate(
        authority=case.group.authority, group=case.group, meeting=of, person_id=person, state=moves.START,
        audience=spoken_audience(case, None),
    )  # fmt: skip


def _refuse_over(meeting: Meeting) -> None:
    if meeting.state not in UNDER_WAY:
        raise Refused(_("This meeting is over, or is not held. Nothing can be added for it."))


def _written_row(case: Case, meeting: UUID) -> MemberUpdate:
    row = _own_row(case, meeting)
    contents = {about: part.content for about, part in _latest(row).items()} if row.state else {}
    says = any(str(content.get(name, "")).strip() for content in contents.values() for name in SAYS_SOMETHING)
    nothing_new = contents.get(ALL, {}).get("nothing_new") == "yes"
    rated = OutcomeRating.objects.filter(meeting_id=row.meeting_id, person_id=row.person_id)
    if not (says or nothing_new or rated.exists()) or not row.state:
        raise Problem(None, _("Nothing is written yet that the others could read."))
    return row


def _checked(case: Case, parts: Parts) -> dict[str, dict[str, Any]]:
    """The contents as they are kept. Closed for a child or a field that there is not."""
    sentences = {
        "unknown_choice": _("Choose from the list."), "not_a_date": _("Enter a date."),
        "too_long": _("This is too long to be kept."), "no_on": _("Enter the day on which you shared it."),
        "no_how": _("Say how you shared it."), "no_because": _("Say why you have not shared it."),
    }  # fmt: skip
    told: dict[str, dict[str, Any]] = {}
    found: list[tuple[str | None, str]] = []
    for about, content in parts.items():
        about = about if about in (ALL, FAMILY) else str(case.child(about).id)
        told[about] = tidy(content)
        codes = update_fields.faults(about, told[about])
        if any(code == "unknown_field" for _name, code in codes):
            raise Closed
        codes += update_fields.lacking(told[about]) if about == FAMILY else []
        found += [(form_name(about, name), sentences[code]) for name, code in codes]
    shared = parse_date(str(told.get(FAMILY, {}).get("on") or "")) if not found else None
    if shared and shared > timezone.localdate():
        found.append(("on", _("The date must be today or in the past.")))
    if found:
        raise Problems(found)
    return told


def _latest(row: MemberUpdate, up_to: int | None = None) -> dict[str, UpdatePart]:
    rows = UpdatePart.objects.filter(update=row).select_related("audience", "by").order_by("number")
    if up_to is not None:
        rows = rows.filter(number__lte=up_to)
    return {part.about: part for part in rows}


def _write(case: Case, row: MemberUpdate, told: Parts, base: int, audience: AudienceChoice | None) -> int:
    """The next saving of the parts that changed; all parts of one saving bear its number."""
    latest = _latest(row)
    last = max((part.number for part in latest.values()), default=0)
    children = {about: None if about in (ALL, FAMILY) else case.child(about) for about in told}
    if any(about in latest and not sees(case, latest[about].audience, children[about]) for about in told):
        raise Closed
    read = latest if base >= last else _latest(row, base)
    joined = {about: _joined(about, read, latest, content, last) for about, content in told.items()}
    number = last
    for about, content in joined.items():
        before = latest.get(about)
        seen_by = _audience(case, about, before, audience)
        if before is not None and content == before.content and seen_by.id == before.audience_id:
            continue
        if not sees(case, seen_by, children[about]):
            raise Problem("audience", _("You would shut yourself out: name yourself as well."))
        number = last + 1
        UpdatePart.objects.create(
            authority=case.group.authority, group=case.group, update=row, child=children[about], about=about,
            number=number, content=content, audience=seen_by, by_id=case.by.who,
        )  # fmt: skip
        if about == FAMILY:
            _mirror(row, content, seen_by)
    return number


def _joined(
    about: str, read: Mapping[str, UpdatePart], latest: Mapping[str, UpdatePart],
    content: Mapping[str, Any], number: int,
) -> dict[str, Any]:  # fmt: skip
    if about not in latest:
        return dict(content)
    now = latest[about]
    joined = join(read[about].content if about in read else {}, now.content, content)
    if joined.both:
        raise Clash(
            {form_name(about, name): now.content.get(name, "") for name in joined.both},
            {form_name(about, name): content[name] for name in joined.both},
            number,
            now.by.name,
        )
    return dict(joined.content)


def _audience(case: Case, about: str, before: UpdatePart | None, choice: AudienceChoice | None) -> Audience:
    """Who may see a part: what the family said is kept from adults kept apart, whatever was chosen."""
    if about == FAMILY:
        return before.audience if before else spoken_audience(case, None)
    if choice is None:
        return before.audience if before else standing_audience(case)
    if before is not None and value_of(before.audience) == choice.value():
        return before.audience
    return audience_row(case, choice)


def _mirror(row: MemberUpdate, content: Mapping[str, Any], audience: Audience) -> None:
    """What was said of sharing it with the family, as the update itself carries it (R17)."""
    shared = content.get("shared")
    row.shared_on = parse_date(str(content.get("on") or "")) if shared == "yes" else None
    row.shared_how = content.get("how", "") if shared == "yes" else ""
    row.not_shared_because = content.get("because", "") if shared == "no" else ""
    row.family_said = content.get("said", "") if shared == "yes" else ""
    row.audience = audience
    row.save()


def _answer(
    group: UUID, meeting: UUID, person: UUID, said: str, passed: bool, by: Actor, once: str | None
) -> None:
    with act(group, by=by, to=Capability.CHECK_UPDATE, once=once, what=f"check update of {person}") as case:
        of = meeting_row(case, meeting)
        row = MemberUpdate.objects.filter(meeting=of, person=person).select_related("person").first()
        if row is None or row.checker_id is None or row.person.manager_id != by.person:
            raise Closed
        verb = "pass_update" if passed else "return_update"
        row.state = moves.after(moves.UPDATE, row.state, verb, _("This update does not wait for you."))
        if not passed and not said:
            raise Problems([("said", _("Say what you want them to look at again."))])
        row.checker_id, row.checked_at, row.checker_said = by.who, timezone.now(), said
        row.save()
        settle(
            UpdateReturned(meeting=of.id, person=row.person_id, passed=passed), case=case,
            audience=working_audience(case),
        )  # fmt: skip
