"""Opens a core group from an initial conference: all of it in one transaction, or none of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from coregroup.access.doors import Case, load_unlocked, open_house
from coregroup.casework.audiences import audience_row, standing_audience
from coregroup.casework.consequences import settle
from coregroup.casework.opening_checks import authority_of, check_opening, late_limits
from coregroup.casework.opening_nouns import NewAdult, NewChild, NewFact, Opening
from coregroup.casework.verbs import claim, note_outcome
from coregroup.records import models as m
from coregroup.rules.access import Actor, Capability, Relation
from coregroup.rules.face_sheet import hidden_from
from coregroup.rules.happenings import GroupOpened, LeadAppointed, LimitDeparted, MemberAdded
from coregroup.rules.happenings_meetings import MeetingBooked


def open_core_group(*, opening: Opening, by: Actor, once: str | None = None) -> UUID:
    """Opens a core group from the record of an initial conference; gives the group's id (R4, R41, R95, R116).

    Cannot be done without lead worker, members, first core group and review date. A first core group or
    review after its limit needs a reason and an approver, kept as a departure. Raises Problems, each with
    the field as a dotted path (`children.0.date_of_birth`), and saves nothing then; Closed; AlreadyDone.
    """
    open_house(by=by, to=Capability.OPEN_GROUP, what="open core group")
    with transaction.atomic():
        claim(once, by)
        check_opening(opening, by=by)
        case = _Builder(opening, by).build()
        note_outcome(once, case.group.id)
    return case.group.id


@dataclass
class _Made:
    """What has been made so far, by the opening's own keys."""

    children: dict[str, m.Child]
    adults: dict[str, m.Adult]


class _Builder:
    """Writes an opening that has been checked, room by room."""

    def __init__(self, opening: Opening, by: Actor) -> None:
        self.opening = opening
        self.by = by
        self.made = _Made({}, {})
        self.authority = authority_of(by)

    def build(self) -> Case:
        opening = self.opening
        family = m.Family.objects.create(authority=self.authority, label=opening.family_label.strip())
        self.group = m.CoreGroup.objects.create(
            authority=self.authority, family=family, procedure=self.authority.procedure,
            out_of_hours=opening.out_of_hours, opened_on=timezone.localdate(), opened_by_id=self.by.who,
        )  # fmt: skip
        self.case = Case(self.group, (), (), self.by, frozenset({Relation.LEAD}))
        self.open_to_all = standing_audience(self.case)
        self._children()
        self._adults()
        self._facts()
        self._members()
        self._conference()
        self._settle()
        return self.case

    def _row(self, **values: object) -> dict[str, object]:
        return {"authority": self.authority, "group": self.group, **values}

    def _person(self, given: str, surname: str, language: str) -> m.Person:
        return m.Person.objects.create(
            authority=self.authority, kind=m.Person.FAMILY, family=self.group.family,
            given_name=given.strip(), family_name=surname.strip(), language=language,
        )  # fmt: skip

    def _children(self) -> None:
        for position, new in enumerate(self.opening.children):
            person = self._person(new.given_name, new.family_name, new.language)
            child = m.Child.objects.create(
                **self._row(
                    person=person,
                    date_of_birth=new.date_of_birth,
                    expected_on=new.expected_on,
                    position=position,
                )  # fmt: skip
            )
            self.made.children[new.key] = child
            m.Plan.objects.create(**self._row(child=child))

    def _adults(self) -> None:
        for new in self.opening.adults:
            adult = m.Adult.objects.create(
                **self._row(
                    person=self._person(new.given_name, new.family_name, new.language),
                    attends=new.attends,
                    attends_reason=new.attends_reason.strip(),
                    must_not_learn=sorted(new.must_not_learn),
                    must_not_learn_reason=new.must_not_learn_reason.strip(),
                    audience=self.open_to_all,
                )  # fmt: skip
            )
            self.made.adults[new.key] = adult
            for link in new.relationships:
                m.Relationship.objects.create(
                    **self._row(
                        child=self.made.children[link.child],
                        adult=adult,
                        kind=link.kind,
                        responsibility=link.responsibility,
                        lives_with=link.lives_with,
                        audience=self.open_to_all,
                    )  # fmt: skip
                )

    def _facts(self) -> None:
        for child in self.opening.children:
            row = self.made.children[child.key]
            self._facts_of(child, row.person, row)
        for adult in self.opening.adults:
            self._facts_of(adult, self.made.adults[adult.key].person, None)
        for fact in self.opening.family_facts:
            self._fact(fact, None, None)

    def _facts_of(self, new: NewChild | NewAdult, person: m.Person, child: m.Child | None) -> None:
        for fact in new.facts:
            self._fact(fact, person, child)

    def _fact(self, fact: NewFact, person: m.Person | None, child: m.Child | None) -> None:
        shut_out = {
            self.made.adults[adult.key].person_id
            for adult in self.opening.adults
            if hidden_from(fact.kind, adult.must_not_learn)
            and (person is None or self.made.adults[adult.key].person_id != person.id)
        }
        shut_out |= {self.made.adults[key].person_id for key in fact.not_to}
        choice = fact.audience(frozenset(shut_out), self._why_hidden(fact))
        m.Fact.objects.create(
            **self._row(
                about=person,
                child=child,
                kind=fact.kind,
                value=fact.value.strip(),
                since=fact.since,
                source=fact.source.strip(),
                audience=audience_row(self.case, choice),
                recorded_by_id=self.by.who,
            )  # fmt: skip
        )

    def _why_hidden(self, fact: NewFact) -> str:
        reasons = [
            adult.must_not_learn_reason
            for adult in self.opening.adults
            if hidden_from(fact.kind, adult.must_not_learn)
        ]
        return fact.reason or "; ".join(reasons)

    def _members(self) -> None:
        opening, today = self.opening, timezone.localdate()
        for new in opening.members:
            m.Membership.objects.create(
                **self._row(
                    person_id=new.person,
                    part=m.Membership.MEMBER,
                    role=new.role.strip(),
                    since=today,
                    limited_to=[str(self.made.children[key].id) for key in new.only_children],
                )  # fmt: skip
            )
        if opening.chair:
            m.Membership.objects.create(
                **self._row(person_id=opening.chair, part=m.Membership.CHAIR, since=today)
            )
        for key, child in self.made.children.items():
            m.LeadAppointment.objects.create(
                **self._row(child=child, person_id=opening.lead_of(key), since=opening.held_on)
            )

    def _conference(self) -> None:
        opening = self.opening
        conference = m.Conference.objects.create(
            **self._row(
                kind="initial",
                planned_on=opening.held_on,
                held_on=opening.held_on,
                chair_id=opening.chair,
                strategy_discussion_on=opening.strategy_discussion_on,
            )  # fmt: skip
        )
        for position, decision in enumerate(opening.decisions):
            m.ConferenceDecision.objects.create(
                **self._row(
                    conference=conference,
                    words=decision.words.strip(),
                    position=position,
                    child=self.made.children[decision.child] if decision.child else None,
                    audience=self.open_to_all,
                )  # fmt: skip
            )
        for new in opening.children:
            m.Registration.objects.create(
                **self._row(
                    child=self.made.children[new.key],
                    conference=conference,
                    began_on=opening.held_on,
                    categories=list(new.categories),
                )  # fmt: skip
            )
        m.Conference.objects.create(
            **self._row(kind="review", planned_on=opening.review_on, chair_id=opening.chair)
        )
        first = opening.first_meeting
        assert first and opening.review_on  # checked before anything is made
        m.Meeting.objects.create(
            **self._row(
                planned_on=first.on,
                starts_at=first.at,
                venue=first.venue.strip(),
                venue_address=first.address.strip(),
                venue_access=sorted(first.access),
                venue_private=first.private,
                venue_notes=first.notes.strip(),
                audience=self.open_to_all,
            )  # fmt: skip
        )

    def _settle(self) -> None:
        """Reads the case as it now stands, so that notices find their members, and settles what happened."""
        opening = self.opening
        assert opening.first_meeting
        self.case = load_unlocked(self.group.id, self.by)
        for rule in late_limits(opening, self.authority):
            m.Departure.objects.create(
                **self._row(
                    rule=rule,
                    anchor_on=opening.held_on,
                    reason=opening.departures[rule].reason.strip(),
                    decided_by_id=self.by.who,
                    approved_by=opening.departures[rule].approved_by.strip(),
                    approved_on=opening.departures[rule].approved_on,
                    audience=self.open_to_all,
                )  # fmt: skip
            )
            settle(LimitDeparted(rule=rule), case=self.case)
        settle(
            GroupOpened(conference_on=opening.held_on, first_meeting_on=opening.first_meeting.on),
            case=self.case,
        )
        for child in self.case.children:
            assert child.lead_person_id is not None  # `check_opening` has seen to it
            settle(LeadAppointed(person=child.lead_person_id, child=child.id), case=self.case)
        for member in opening.members:
            settle(MemberAdded(person=member.person), case=self.case)
        settle(MeetingBooked(on=opening.first_meeting.on), case=self.case)
