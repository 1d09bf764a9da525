"""Tells one family's story: opening, outline plan, joining, detailed plans, answers, meetings, reviews."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from coregroup.casefile.opening import desk, opened
from coregroup.casework import (
    answers,
    conferences,
    contact,
    forcing,
    joining,
    meetings,
    members,
    opening,
    outline,
    plans,
)
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.opening_nouns import NewDeparture, NewMember, Opening
from coregroup.commands.fiction.cast import PASSWORD, parent
from coregroup.commands.fiction.clock import Days, told_on
from coregroup.commands.fiction.founding import Founded, account_of, family_actor
from coregroup.commands.fiction.nouns import Child, others
from coregroup.rules.access import VISITOR, Actor
from coregroup.rules.links import digest_of


@dataclass
class Story:
    """A family whose core group is open. Everything is told on the day that is named."""

    home: Founded
    days: Days
    group: UUID = field(init=False)
    conference_on: date = field(init=False)
    lead: Actor = field(init=False)
    children: dict[str, UUID] = field(default_factory=dict)  # first name -> child
    people: dict[str, Actor] = field(default_factory=dict)  # professionals by key, family by first name
    outline: dict[str, list[UUID]] = field(default_factory=dict)
    items: dict[str, plans.Saved] = field(default_factory=dict)  # "Leo:action:0:1" -> as saved last
    begun: dict[str, date] = field(default_factory=dict)
    said: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)

    def open(
        self,
        told: Mapping[str, Any],
        *,
        held_on: date,
        lead: str,
        chair: str,
        roles: Mapping[str, str],
        departure: NewDeparture | None = None,
    ) -> None:
        """Opens the core group on the day of its conference; the review is planned within its limit."""
        self.conference_on, self.lead = held_on, self.home.actors[lead]
        self.people |= self.home.actors
        with told_on(held_on, time(16)):
            limits = desk(by=self.lead, held_on=held_on).limits
            found = Opening(
                held_on=held_on,
                members=tuple(NewMember(self._person(key), role) for key, role in roles.items()),
                lead=self.lead.person,
                chair=self._person(chair),
                review_on=limits["first_review"].meet_by,
                departures={"first_core_group": departure} if departure else {},
                **told,
            )
            self.group = opening.open_core_group(opening=found, by=self.lead)
            made = opened(group=self.group, by=self.lead)
        for row in made.children:
            self.children[row.name.split()[0]] = row.id
        for row in (*made.children, *made.adults):
            self.people[row.name.split()[0]] = family_actor(row.person, self.home.id, row.name)
        self._adults = {row.name: row for row in made.adults}

    def _person(self, key: str) -> UUID:
        person = self.people.get(key) or self.home.actors[key]
        assert person.person
        return person.person

    def bring_in_outline(self, told: Mapping[str, Child], *, on: date) -> None:
        """The conference's outline plan: a row for each concern of each child. The lead has read it."""
        rows, belongs = [], []
        for name, child in told.items():
            for concern in child.concerns:
                first = concern.actions[0]
                rows.append(outline.NewOutlineItem(
                    (self.children[name],), concern.worry, concern.change, first.what,
                    self.people[first.owner].name, on + timedelta(days=first.days)))  # fmt: skip
                belongs.append(name)
        with told_on(on):
            ids = outline.bring_in_outline(group=self.group, items=rows, by=self.lead)
            for step in ("told_manager", "read_outline", "noted_review"):
                joining.tick_step(group=self.group, code=step, by=self.lead)
        for name, item in zip(belongs, ids, strict=True):
            self.outline.setdefault(name, []).append(item)

    def join(self, *keys: str, on: date, steps: Sequence[str] = ()) -> None:
        """Members are invited, join, and tick steps of the joining list."""
        with told_on(on):
            for key in keys:
                person = self.people[key]
                invited = members.invite_member(
                    group=self.group, membership=self._membership(person), by=self.lead
                )
                joining.join(digest=digest_of(invited.token), by=person)
                for step in steps:
                    joining.tick_step(group=self.group, code=step, by=person)

    def invite(self, *keys: str, on: date) -> None:
        """Members are invited, and have not followed their link yet."""
        with told_on(on):
            for key in keys:
                membership = self._membership(self.people[key])
                members.invite_member(group=self.group, membership=membership, by=self.lead)

    def _membership(self, person: Actor) -> UUID:
        from coregroup.casefile.members import members as listed

        sheet = listed(group=self.group, by=self.lead)
        return next(row.id for row in sheet.members if row.person == person.person)

    def welcome(self, name: str, *, on: date) -> None:
        """An adult of the family becomes a member with an account of their own."""
        known = parent(name)
        adult = self._adults[name]
        with told_on(on):
            membership = members.add_family_member(group=self.group, adult=adult.id, by=self.lead)
            invited = members.invite_member(
                group=self.group, membership=membership, send_to=known.email, by=self.lead
            )
            joining.join_with_new_account(
                digest=digest_of(invited.token), email=known.email, password=PASSWORD, by=VISITOR
            )
        first = name.split()[0]
        self.people[first] = family_actor(adult.person, self.home.id, name)
        account_of(known.email)  # they can sign in now

    def build(self, told: Mapping[str, Child], *, on: date, but: Sequence[str] = ()) -> None:
        """The detailed plan of each child, item by item, by the lead. `but` leaves kinds out."""
        with told_on(on):
            for name, child in told.items():
                self.begun[name] = on
                self._concerns(name, child)
                for number, values in enumerate(others(child, on, self.lead.name)):
                    kind, who, content = values
                    if kind not in but:
                        self.save(name, f"{kind}:{number}", kind, content, owner=who)

    def _concerns(self, name: str, child: Child) -> None:
        on, traced = self.begun[name], self.outline.get(name, [])
        for number, concern in enumerate(child.concerns):
            item = traced[number] if number < len(traced) else None
            new: dict[str, Any] = {
                "outline": item,
                "new_because": "" if item else "Seen since the conference.",
            }
            above = self.save(name, f"concern:{number}", "concern", {"worry": concern.worry}, **new)
            change = {
                "change": concern.change, "by_how_much": concern.by_how_much, "baseline": concern.baseline,
                "measure": concern.measure, "evidence": concern.evidence,
            }  # fmt: skip
            outcome = self.save(
                name, f"outcome:{number}", "outcome", change, under=above.item,
                by_when=on + timedelta(days=concern.days), **new,
            )  # fmt: skip
            for place, act in enumerate(concern.actions):
                self.save(
                    name, f"action:{number}:{place}", "action", {"what": act.what}, owner=act.owner,
                    by_when=on + timedelta(days=act.days), part=act.part, under=outcome.item, **new,
                )  # fmt: skip

    def save(
        self, name: str, key: str, kind: str, content: dict[str, Any], *, owner: str = "",
        audience: AudienceChoice | None = None, **more: Any,
    ) -> plans.Saved:  # fmt: skip
        """Saves one item of a child's plan; keeps what was said, for a later change."""
        told = {**more, "owner": self._person(owner) if owner else None}
        saved = plans.save_item(
            group=self.group, child=self.children[name], kind=kind, content=content, audience=audience,
            by=self.lead, **told,
        )  # fmt: skip
        self.items[f"{name}:{key}"] = saved
        self.said[f"{name}:{key}"] = (kind, {"content": content, **told})
        return saved

    def change(self, name: str, key: str, *, on: date, **changes: Any) -> None:
        """Changes an item of a plan: once the plan is in force, that makes its next version."""
        kind, told = self.said[f"{name}:{key}"]
        earlier = self.items[f"{name}:{key}"]
        told = {**told, "content": {**told["content"], **changes.pop("content", {})}, **changes}
        if "owner" in changes:
            told["owner"] = self._person(changes["owner"])
        told.pop("under", None)
        with told_on(on):
            saved = plans.save_item(
                group=self.group, child=self.children[name], kind=kind, item=earlier.item,
                base=earlier.revision, by=self.lead, **told,
            )  # fmt: skip
        self.items[f"{name}:{key}"], self.said[f"{name}:{key}"] = saved, (kind, told)

    def answer(
        self, name: str, *, on: date, declined: Mapping[str, str] | None = None, silent: Sequence[str] = ()
    ) -> None:
        """Every owner answers for their actions: accepted, or declined with the reason given by key."""
        refused = declined or {}
        with told_on(on):
            for key, saved in self.items.items():
                if not key.startswith(f"{name}:action:") or key in silent:
                    continue
                owner = self._owner(key)
                if owner.account is None and not owner.professional and not self._signs_in(owner):
                    self._answer(saved, self.lead, "accepted", "Said so at the core group.")
                elif key in refused:
                    self._answer(saved, owner, "declined", refused[key])
                else:
                    self._answer(saved, owner, "accepted", "")

    def _answer(self, saved: plans.Saved, by: Actor, answer: str, reason: str) -> None:
        answers.answer_action(
            group=self.group, item=saved.item, revision=saved.revision, answer=answer, reason=reason, by=by
        )

    def _owner(self, key: str) -> Actor:
        owner = self.said[key][1]["owner"]
        return next(person for person in self.people.values() if person.person == owner)

    def _signs_in(self, person: Actor) -> bool:
        from coregroup.commands.fiction.cast import PARENTS

        return any(one.name == person.name for one in PARENTS)

    def force(self, name: str, *, on: date, met_on: date, passed: Mapping[str, str] | None = None) -> None:
        """The plan comes into force; the core group that agreed it is marked as held."""
        with told_on(on, time(15)):
            forcing.put_in_force(
                group=self.group, child=self.children[name], on=on, met_on=met_on, passed=passed, by=self.lead
            )

    def first_met(self, *, on: date) -> None:
        """The first core group was held on its day; the plan is not in force yet."""
        with told_on(on, time(16)):
            first = opened(group=self.group, by=self.lead).meeting
            assert first
            meetings.record_held(group=self.group, meeting=first, on=on, by=self.lead)

    def meet(
        self, *, booked_on: date, on: date, at: time, venue: str, held: bool = True, **more: Any
    ) -> UUID:
        """A further core group: planned on one day, and held on another if it was. Gives its id."""
        place = meetings.NewMeeting(on=on, at=at, venue=venue, **{"private": True, **more})
        with told_on(booked_on, time(15, 30)):
            meeting = meetings.book_meeting(group=self.group, meeting=place, by=self.lead)
        if held:
            with told_on(on, time(16)):
                meetings.record_held(group=self.group, meeting=meeting, on=on, by=self.lead)
        return meeting

    def review(self, *, on: date, next_on: date) -> None:
        """A review conference was held, and the plan goes on."""
        with told_on(on, time(13)):
            conferences.record_review(group=self.group, on=on, next_on=next_on, by=self.lead)

    def miss(self, name: str, who: str, *, on: date, reason: str, kind: str = "missed", **more: Any) -> None:
        """Agreed contact was missed, or cannot be kept."""
        with told_on(on, time(17)):
            contact.record_missed_contact(
                group=self.group, child=self.children[name], kind=kind, on=on, reason=reason,
                by=self.people[who], **more,
            )  # fmt: skip
