"""Everything that must hold before a core group opens, all faults said at once, each at its field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.casework.opening_nouns import NewAdult, NewChild, Opening
from coregroup.records import models as m
from coregroup.rules import book, face_sheet
from coregroup.rules.access import Actor
from coregroup.rules.dates import OutOfTable, table_starts
from coregroup.rules.errors import Closed, Problems
from coregroup.rules.timescales import Event, timetable

Fault = tuple[str | None, str]
_TERM = timedelta(days=300)  # no pregnancy is expected to end later than this after a conference


def authority_of(by: Actor) -> m.Authority:
    """The authority for which somebody acts. Closed where there is none."""
    found = m.Authority.objects.filter(id=by.authority).first() if by.authority else None
    if found is None:
        raise Closed
    return found


def late_limits(opening: Opening, authority: m.Authority) -> dict[str, date]:
    """The rules that this opening does not keep, each with its latest day."""
    limits = proposed_limits(opening.held_on, authority)
    late = {}
    if opening.first_meeting and limits.get("first_core_group", date.max) < opening.first_meeting.on:
        late["first_core_group"] = limits["first_core_group"]
    if opening.review_on and limits.get("first_review", date.max) < opening.review_on:
        late["first_review"] = limits["first_review"]
    return late


def proposed_limits(held_on: date, authority: m.Authority) -> dict[str, date]:
    """The latest days for the first core group and the first review, by the authority's procedure."""
    closed = set(m.ClosureDay.objects.filter(authority=authority).values_list("day", flat=True))
    try:
        rows = timetable(
            book.load(authority.procedure), [Event("initial_conference", held_on)], closure_days=closed
        )
    except OutOfTable:  # said at the conference's date
        return {}
    wanted = ("first_core_group", "first_review")
    return {row.rule: row.latest for row in rows if row.rule in wanted and row.latest}


def check_opening(opening: Opening, *, by: Actor) -> None:
    """Raises Problems with every fault found; the fields are dotted paths into the opening."""
    authority = authority_of(by)
    faults = [
        *_conference(opening),
        *_children(opening, authority),
        *_adults(opening),
        *_people(opening, by),
        *_dates(opening, authority),
    ]
    if faults:
        raise Problems(faults)


def _conference(opening: Opening) -> Iterator[Fault]:
    today = timezone.localdate()
    if not opening.family_label.strip():
        yield "family_label", _("Enter the family's name.")
    if opening.held_on > today:
        yield "held_on", _("The date of the initial conference must be today or in the past.")
    if opening.held_on < table_starts():
        yield "held_on", _("The date of the initial conference is too long ago to be right.")
    talked = opening.strategy_discussion_on
    if talked and talked > opening.held_on:
        yield "strategy_discussion_on", _("The strategy discussion must be before the initial conference.")
    keys = {child.key for child in opening.children}
    for index, decision in enumerate(opening.decisions):
        if not decision.words.strip():
            yield f"decisions.{index}.words", _("Enter what the conference decided.")
        if decision.child and decision.child not in keys:
            yield f"decisions.{index}.child", _("Choose one of the children.")


def _children(opening: Opening, authority: m.Authority) -> Iterator[Fault]:
    if not opening.children:
        yield "children", _("Enter at least one child.")
    procedure = book.load(authority.procedure)
    known = {category.code for category in procedure.categories}
    for index, child in enumerate(opening.children):
        for field, sentence in _child(child, opening.held_on):
            yield f"children.{index}.{field}", sentence
        if set(child.categories) - known:
            yield f"children.{index}.categories", _("Choose the categories from the list.")
        # Scotland no longer asks for a category; the other nations' forms do.
        if not child.categories and procedure.nation != "scotland":
            yield (
                f"children.{index}.categories",
                _("Choose at least one category for %(name)s.")
                % {"name": child.given_name or _("this child")},
            )
        yield from _facts(f"children.{index}", child.facts)


def _child(child: NewChild, held_on: date) -> Iterator[tuple[str, str]]:
    name = child.given_name.strip() or _("this child")
    if not child.given_name.strip() and child.date_of_birth:
        yield "given_name", _("Enter the child's first name.")
    if child.date_of_birth and child.expected_on:
        yield (
            "expected_on",
            _("Give either a date of birth or an expected date for %(name)s.") % {"name": name},
        )
    if not child.date_of_birth and not child.expected_on:
        yield (
            "date_of_birth",
            _("Enter the date of birth of %(name)s, or the expected date if not yet born.") % {"name": name},
        )
    if child.date_of_birth and child.date_of_birth > held_on:
        yield (
            "date_of_birth",
            _(
                "The date of birth of %(name)s is after the conference on %(day)s. For a child not yet "
                "born then, give the expected date instead."
            )
            % {"name": name, "day": _day(held_on)},
        )
    if child.date_of_birth and child.date_of_birth < held_on - timedelta(days=19 * 366):
        yield (
            "date_of_birth",
            _("%(name)s would be over 18 at the conference: check the date of birth.") % {"name": name},
        )
    if child.expected_on and not held_on - timedelta(days=42) <= child.expected_on <= held_on + _TERM:
        yield (
            "expected_on",
            _("The expected date of %(name)s does not fit a conference on %(day)s.")
            % {
                "name": name,
                "day": _day(held_on),
            },
        )


def _day(day: date) -> str:
    from django.utils import formats

    return formats.date_format(day, "j F Y")


def _facts(path: str, facts: tuple) -> Iterator[Fault]:
    for index, fact in enumerate(facts):
        if fact.kind not in face_sheet.KINDS:
            yield f"{path}.facts.{index}.kind", _("Choose what this fact is from the list.")
        if not fact.value.strip():
            yield f"{path}.facts.{index}.value", _("Enter the fact, or leave its row out.")


def _adults(opening: Opening) -> Iterator[Fault]:
    keys = {child.key for child in opening.children}
    for index, adult in enumerate(opening.adults):
        for field, sentence in _adult(adult, keys):
            yield f"adults.{index}.{field}", sentence
        yield from _facts(f"adults.{index}", adult.facts)


def _adult(adult: NewAdult, children: set[str]) -> Iterator[tuple[str, str]]:
    name = adult.given_name.strip() or _("this adult")
    if not adult.given_name.strip():
        yield "given_name", _("Enter the adult's first name.")
    if not adult.relationships:
        yield "relationships", _("Say what %(name)s is to at least one of the children.") % {"name": name}
    for link in adult.relationships:
        if link.child not in children or link.kind not in face_sheet.RELATIONSHIPS:
            yield "relationships", _("Choose what %(name)s is to each child from the list.") % {"name": name}
    if adult.attends not in face_sheet.ATTENDANCE:
        yield "attends", _("Choose whether %(name)s comes to meetings.") % {"name": name}
    elif adult.attends != "yes" and not adult.attends_reason.strip():
        yield (
            "attends_reason",
            _("Say why %(name)s does not come to the whole meeting with the others.") % {"name": name},
        )
    if adult.must_not_learn and not adult.must_not_learn_reason.strip():
        yield "must_not_learn_reason", _("Say why %(name)s must not learn this.") % {"name": name}
    if adult.must_not_learn - set(face_sheet.HIDINGS):
        yield "must_not_learn", _("Choose from the list what %(name)s must not learn.") % {"name": name}


def _people(opening: Opening, by: Actor) -> Iterator[Fault]:
    wanted = {member.person for member in opening.members} | set(opening.leads.values())
    wanted |= {person for person in (opening.lead, opening.chair) if person}
    people = _professionals(wanted, by)
    members = [member.person for member in opening.members]
    if len(set(members)) != len(members):
        yield "members", _("Each member can be named only once.")
    if len(set(members)) < 2:
        yield "members", _("Name at least one member beside the lead worker.")
    if opening.lead is None:
        yield "lead", _("Name the lead worker: a core group cannot be opened without one.")
    for key in (child.key for child in opening.children):
        lead = opening.lead_of(key)
        if lead is not None and lead not in members:
            yield "lead", _("The lead worker must be one of the members.")
            break
    for index, member in enumerate(opening.members):
        if member.person not in people:
            yield f"members.{index}.person", _("Choose a person who works for one of your agencies.")
        if not member.role.strip():
            yield f"members.{index}.role", _("Say in plain words what this member does for the family.")
    if opening.chair and (opening.chair not in people or opening.chair in members):
        yield "chair", _("Choose a conference chair who is not a member of the core group.")


def _professionals(ids: set[UUID], by: Actor) -> dict[UUID, m.Person]:
    rows = m.Person.objects.filter(id__in=ids, kind=m.Person.PROFESSIONAL, agency__serves=by.authority)
    return {person.id: person for person in rows}


def _dates(opening: Opening, authority: m.Authority) -> Iterator[Fault]:
    if opening.review_on is None:
        yield "review_on", _("Enter the date of the first review conference.")
    elif opening.review_on <= opening.held_on:
        yield "review_on", _("The review conference must be after the initial conference.")
    first = opening.first_meeting
    if first is None:
        yield "first_meeting.on", _("Enter date, time and venue of the first core group.")
    else:
        if first.on < opening.held_on:
            yield "first_meeting.on", _("The first core group cannot be before the initial conference.")
        if first.at is None:
            yield "first_meeting.at", _("Enter the time of the first core group.")
        if not first.venue.strip():
            yield "first_meeting.venue", _("Enter the venue of the first core group.")
        if first.access - set(face_sheet.VENUE_ACCESS):
            yield "first_meeting.access", _("Choose what the venue offers from the list.")
    for rule, limit in late_limits(opening, authority).items():
        departure = opening.departures.get(rule)
        if departure is None or not departure.reason.strip():
            yield (
                f"departures.{rule}.reason",
                _("This is after the limit, %(day)s. Say why it will be late.") % {"day": _day(limit)},
            )
        if departure is None or not departure.approved_by.strip():
            yield (
                f"departures.{rule}.approved_by",
                _("Say who approved going past the limit of %(day)s.") % {"day": _day(limit)},
            )
