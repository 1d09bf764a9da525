"""Apologies are never bare: an update, a report, a representative, or nothing to report, because (R22)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import WHOLE_GROUP, AudienceChoice, standing_audience
from coregroup.casework.consequences import settle
from coregroup.casework.documents import add_within
from coregroup.casework.guests import NewGuest, coming_meeting, end_within, name_within, refuse_guest
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import Apology, Meeting, MeetingGuest, Membership, StoredFile
from coregroup.rules.access import Actor, Capability, Relation
from coregroup.rules.errors import Closed, Problem, Problems, Refused
from coregroup.rules.happenings_meetings import ApologyGiven

UPDATE, REPORT, REPRESENTATIVE, NOTHING = "update", "report", "representative", "nothing"
INSTEAD = (UPDATE, REPORT, REPRESENTATIVE, NOTHING)


@dataclass(frozen=True)
class NewReport:
    """A written report: its file, who may see it, the child whom alone it concerns (None: all)."""

    name: str
    content: bytes
    title: str = ""
    child: UUID | None = None
    audience: AudienceChoice = WHOLE_GROUP


def give_apology(
    *,
    group: UUID,
    meeting: UUID,
    instead: str,
    reason: str = "",
    nothing_because: str = "",
    report: NewReport | None = None,
    guest: NewGuest | None = None,
    person: UUID | None = None,
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Records that a member cannot come, and what they send instead; gives its id (R22, R54).

    With `update` it counts once their update is given; `report` needs the file, `representative` who comes in
    their place (to this meeting only), `nothing` the reason why there is nothing to report. The lead worker
    may record one of another member (`person`) that came by telephone. One given before is replaced.

    Raises Problems at `instead`, `nothing_because`, `file`, `title`, `person`, `name` or `audience`; Refused,
    Closed, AlreadyDone.
    """
    with act(group, by=by, to=Capability.GIVE_UPDATE, once=once, what=f"apology for {meeting}") as case:
        refuse_guest(case)
        row = coming_meeting(case, meeting)
        member = _member(case, person)
        _check(instead, nothing_because)
        _end_standing(row, member.person_id)
        apology = Apology.objects.create(
            authority=case.group.authority, group=case.group, meeting=row, person_id=member.person_id,
            reason=reason.strip(), instead=instead,
            nothing_because=nothing_because.strip() if instead == NOTHING else "",
            file=_file(case, report) if instead == REPORT else None,
            guest=_guest(case, row, guest, member) if instead == REPRESENTATIVE else None,
            recorded_by_id=by.who, audience=standing_audience(case),
        )  # fmt: skip
        said = ApologyGiven(meeting=row.id, person=member.person_id, instead=instead)
        settle(said, case=case, audience=apology.audience)
        note_outcome(once, apology.id)
    return apology.id


def withdraw_apology(*, group: UUID, apology: UUID, by: Actor, once: str | None = None) -> None:
    """Withdraws an apology: they come after all. A representative's access ends at once.

    Whose apology it is, who recorded it, and the lead worker can. Raises Closed, Refused.
    """
    with act(group, by=by, to=Capability.GIVE_UPDATE, once=once, what=f"withdraw apology {apology}") as case:
        refuse_guest(case)
        row = Apology.objects.filter(group=case.group, id=apology, withdrawn_at__isnull=True).first()
        if row is None:
            raise Closed
        coming_meeting(case, row.meeting_id)
        if Relation.LEAD not in case.relations and by.person not in (row.person_id, row.recorded_by_id):
            raise Refused(_("Only whose apology it is, or the lead worker, can withdraw it."))
        _end(row)


def _member(case: Case, person: UUID | None) -> Membership:
    """The member who cannot come: the actor, or for the lead worker another one."""
    if person in (None, case.by.person):
        found = case.member(case.by.person)
    else:
        if Relation.LEAD not in case.relations:
            raise Refused(_("Only the lead worker records the apologies of somebody else."))
        found = case.member(person)
    if found is None or found.part != Membership.MEMBER:
        raise Closed
    return found


def _check(instead: str, nothing_because: str) -> None:
    if instead not in INSTEAD:
        raise Problems([("instead", _("Say what you send instead of coming."))])
    if instead == NOTHING and not nothing_because.strip():
        raise Problems([("nothing_because", _("Say why there is nothing to report."))])


def _end_standing(meeting: Meeting, person: UUID) -> None:
    earlier = Apology.objects.filter(meeting=meeting, person=person, withdrawn_at__isnull=True).first()
    if earlier is not None:
        _end(earlier)


def _end(row: Apology) -> None:
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    if row.guest_id:
        guest = MeetingGuest.objects.filter(id=row.guest_id, ended_at__isnull=True).first()
        if guest is not None:
            end_within(guest)


def _file(case: Case, report: NewReport | None) -> StoredFile:
    if report is None:
        raise Problems([("file", _("Choose the file of the written report."))])
    return add_within(
        case, name=report.name, content=report.content, title=report.title or _("Report for a meeting"),
        child=report.child, audience=_for_all_children(case, report),
    )  # fmt: skip


def _for_all_children(case: Case, report: NewReport) -> AudienceChoice:
    """A report that tells of all the children is kept from whoever may not know of each of them."""
    if report.child is not None:
        return report.audience
    people = [member.person for member in case.members]
    people += [row.adult.person for row in case.relationships]
    limited = frozenset(one.id for one in people if case.reader(one).limited) - {case.by.who}
    if not limited - report.audience.shut_out:
        return report.audience
    told = report.audience
    reason = told.reason or _("It tells of all the children of the family.")
    return replace(told, shut_out=told.shut_out | limited, reason=reason)


def _guest(case: Case, meeting: Meeting, guest: NewGuest | None, member: Membership) -> MeetingGuest:
    if guest is None or (guest.person is None and not guest.name.strip()):
        raise Problem("person", _("Say who comes in your place."))
    office = member.person.agency.name if member.person.agency else ""
    named = guest if guest.agency_name.strip() else replace(guest, agency_name=office)
    return name_within(case, meeting, REPRESENTATIVE, named, beside=member.person_id)
