"""What each agency recommends: given alone and sealed, opened together (R64, R105)."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import AudienceChoice, audience_row, value_of
from coregroup.casework.consequences import settle
from coregroup.casework.meeting_sheet import meeting_row
from coregroup.casework.plan_people import sees
from coregroup.casework.present import SEATED, attendance
from coregroup.casework.sessions import meeting_in_session, refuse_who_does_not_run_it
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import Audience, Child, Meeting, Membership, Recommendation
from coregroup.rules import recommending
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Problem, Problems, Refused
from coregroup.rules.happenings_meetings import RecommendationGiven, RecommendationsOpened


def recommend(
    *,
    group: UUID,
    meeting: UUID,
    child: UUID,
    opinion: str,
    reason: str,
    person: UUID | None = None,
    audience: AudienceChoice | None = None,
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Keeps what a member recommends about one child (`rules.recommending`), sealed until all are opened.

    Beforehand or in the meeting; given again it is the next number, until they are opened. Whoever stands for
    a member gives that member's. `person` names a member who is there without a device of their own: then the
    chair, the minute taker or the lead worker writes down what they say, or that they give none, and why.
    `audience` None: the group's, or as it was.

    Raises Closed for what the actor may not see, Refused where it is opened or not theirs to say, Problems at
    `opinion` or `reason`.
    """
    to = Capability.TAKE_PART if person else Capability.RECOMMEND
    with act(group, by=by, to=to, once=once, what=f"recommendation for {child}") as case:
        row, whose = meeting_row(case, meeting), case.child(child)
        seat = _written_for(case, row, person) if person else _own_seat(case)
        if whose.id not in case.reader(seat.person).children:
            raise Closed
        _refuse_state(row)
        _check(opinion, reason.strip())
        latest = _latest(row, whose, seat)
        _refuse_in_place_of(case, seat, latest)
        seen_by = _audience(case, whose, seat, latest, audience)
        kept = _write(row, whose, seat, latest, (opinion, reason.strip()), seen_by, by)
        given = RecommendationGiven(child=whose.id, meeting=row.id, person=seat.person_id)
        settle(given, case=case, audience=seen_by)
        note_outcome(once, kept.id)
    return kept.id


def open_recommendations(*, group: UUID, meeting: UUID, by: Actor, once: str | None = None) -> None:
    """Opens all recommendations of a meeting in session, once everybody present has given theirs.

    Only the chair, the minute taker or the lead worker can. Members who are not there keep nobody waiting:
    what they have not given shows as missing. Raises Problem naming who is still to give one, Refused.
    """
    with act(group, by=by, to=Capability.TAKE_PART, once=once, what=f"open {meeting}") as case:
        row = meeting_in_session(case, meeting)
        refuse_who_does_not_run_it(case, row)
        if row.recommendations_opened_at:
            raise Problem(None, _("They have been opened already."))
        seats = _seats(case, row)
        if not seats:
            raise Problem(None, _("First say who is here."))
        if waited_for := _still_missing(case, row, seats):
            raise Problem(
                None, _("Still to give a recommendation: %(names)s.") % {"names": "; ".join(waited_for)}
            )
        row.recommendations_opened_at = timezone.now()
        row.save(update_fields=["recommendations_opened_at"])
        settle(RecommendationsOpened(meeting=row.id), case=case, audience=row.audience)


def _write(
    meeting: Meeting, child: Child, seat: Membership, latest: Recommendation | None,
    said: tuple[str, str], audience: Audience, by: Actor,
) -> Recommendation:  # fmt: skip
    """The next number of this member about this child; `said` is the opinion and the reason."""
    return Recommendation.objects.create(
        authority_id=meeting.authority_id, group_id=meeting.group_id, meeting=meeting, child=child,
        person_id=seat.person_id, agency_id=seat.person.agency_id, number=latest.number + 1 if latest else 1,
        opinion=said[0], reason=said[1], audience=audience, recorded_by_id=by.who,
    )  # fmt: skip


def _own_seat(case: Case) -> Membership:
    """The membership for which the actor speaks: their own, or that of whom they stand for."""
    seat = case.member(case.guest.beside_id if case.guest else case.by.person)
    if seat is None or seat.part != Membership.MEMBER:
        raise Refused(_("Recommendations are given by the members of the core group."))
    return seat


def _written_for(case: Case, meeting: Meeting, person: UUID | None) -> Membership:
    """The membership of somebody in the room for whom it is written down."""
    if meeting.state != "in_session":
        raise Refused(_("Beforehand, everybody gives their own recommendation."))
    refuse_who_does_not_run_it(case, meeting)
    seat = case.member(person)
    if seat is None or seat.part != Membership.MEMBER:
        raise Closed
    if person != case.by.person and attendance(meeting).get(seat.person_id) not in SEATED:
        raise Refused(_("Only what somebody who is here says can be written down for them."))
    return seat


def _refuse_state(meeting: Meeting) -> None:
    if meeting.recommendations_opened_at:
        raise Refused(_("The recommendations have been opened. What was given stands."))
    if meeting.state not in ("planned", "in_session"):
        raise Refused(_("This meeting is over. Recommendations are given before or in a meeting."))


def _check(opinion: str, reason: str) -> None:
    faults: list[tuple[str | None, str]] = []
    if opinion not in recommending.GIVEN:
        faults.append(("opinion", _("Choose what is recommended.")))
    if not reason:
        faults.append(("reason", _("Give the reason.")))
    if faults:
        raise Problems(faults)


def _latest(meeting: Meeting, child: Child, seat: Membership) -> Recommendation | None:
    rows = Recommendation.objects.filter(meeting=meeting, child=child, person=seat.person_id)
    return rows.select_related("audience").order_by("-number").first()


def _refuse_in_place_of(case: Case, seat: Membership, latest: Recommendation | None) -> None:
    """Nobody writes over what a member gave themselves."""
    own = latest is not None and latest.recorded_by_id == latest.person_id
    if own and seat.person_id != case.by.person:
        name = {"name": seat.person.name}
        raise Refused(_("%(name)s has given a recommendation. Only they can change it.") % name)


def _audience(
    case: Case, child: Child, seat: Membership, latest: Recommendation | None, choice: AudienceChoice | None
) -> Audience:
    if latest and (choice is None or choice.value() == value_of(latest.audience)):
        row = latest.audience
    else:
        row = audience_row(case, choice or AudienceChoice())
    if not sees(case, row, child, seat.person):
        raise Problem("audience", _("Whose recommendation it is must be able to read it."))
    return row


def _seats(case: Case, meeting: Meeting) -> tuple[Membership, ...]:
    """The members who have a voice in this meeting: present, or represented."""
    how = attendance(meeting)
    members = [one for one in case.members if one.part == Membership.MEMBER]
    return tuple(one for one in members if how.get(one.person_id) in SEATED)


def _still_missing(case: Case, meeting: Meeting, seats: tuple[Membership, ...]) -> list[str]:
    """Each member who is to give one yet, with the children concerned as far as the actor knows of them."""
    given = set(Recommendation.objects.filter(meeting=meeting).values_list("person_id", "child_id"))
    known, found = case.reader().children, []
    for seat in seats:
        theirs = case.reader(seat.person).children
        lacking = [
            child for child in case.children if child.id in theirs and (seat.person_id, child.id) not in given
        ]
        if lacking:
            names = [child.person.given_name for child in lacking if child.id in known]
            for_whom = " (" + ", ".join(names) + ")" if names and len(case.children) > 1 else ""
            found.append(seat.person.name + for_whom if theirs & known else _("one more member"))
    return found
