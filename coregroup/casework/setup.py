"""Setting up an authority: its name and procedure, agencies, people, closure days, one by one or by list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from coregroup.casework.people import addresses, checked_email, home_of
from coregroup.casework.setup_nouns import AgencyDetails, DayDetails, PersonDetails, Taken
from coregroup.casework.verbs import act_alone
from coregroup.records.models import Agency, Authority, ClosureDay, Person
from coregroup.rules import book
from coregroup.rules.access import DUTIES, Actor, Capability
from coregroup.rules.agency_kinds import KINDS
from coregroup.rules.errors import Closed, Problem, Problems

Fault = tuple[str | None, str]


def found_authority(*, name: str, procedure: str, by: Actor) -> UUID:
    """Makes an authority, or finds the one of this name; gives its id. Nothing but the name and the procedure
    for new core groups is set. Problem at `name` or `procedure`."""
    with act_alone(by=by, to=Capability.ADMINISTER, what="found authority"):
        name = _line(name)
        if not name:
            raise Problem("name", _("Enter the authority's name."))
        _check_procedure(procedure)
        row, made = Authority.objects.get_or_create(name=name, defaults={"procedure": procedure})
        if not made and row.procedure != procedure:
            row.procedure = procedure
            row.save(update_fields=["procedure"])
    return row.id


def change_authority(*, name: str, procedure: str, by: Actor) -> None:
    """Changes the authority's name, and the procedure that new core groups follow; groups keep their own."""
    with act_alone(by=by, to=Capability.ADMINISTER, what="change authority"):
        name = _line(name)
        if not name:
            raise Problem("name", _("Enter the authority's name."))
        if Authority.objects.filter(name=name).exclude(id=home_of(by)).exists():
            raise Problem("name", _("There is another authority of this name."))
        _check_procedure(procedure)
        Authority.objects.filter(id=home_of(by)).update(name=name, procedure=procedure)


def save_agency(*, details: AgencyDetails, agency: UUID | None = None, by: Actor) -> UUID:
    """Adds an agency that serves this authority, or changes one of its own. Problems; Closed."""
    with act_alone(by=by, to=Capability.ADMINISTER, what="save agency"):
        faults = _agency_faults(details)
        home = home_of(by)
        twin = Agency.objects.filter(authority_id=home, name__iexact=_line(details.name)).first()
        if twin and twin.id != agency:
            faults.append(("name", _("There is an agency of this name already.")))
        if faults:
            raise Problems(faults)
        row = (
            Agency.objects.filter(id=agency, authority_id=home).first()
            if agency
            else Agency(authority_id=home)
        )
        if row is None:
            raise Closed
        _write_agency(row, details, home)
    return row.id


def save_person(*, details: PersonDetails, person: UUID | None = None, by: Actor) -> UUID:
    """Adds a professional person, or changes one of this authority. Problems at the fields; Closed."""
    with act_alone(by=by, to=Capability.ADMINISTER, what="save person"):
        lists = _Lists(home_of(by), by)
        row = Person.objects.filter(id=person, authority_id=lists.home).first() if person else None
        if person and row is None:
            raise Closed
        faults = lists.person_faults(details, {})
        twin = lists.people.get(details.email.strip().lower())
        if not faults and twin is not None and twin != person:
            faults.append(("email", _("Somebody else in the list has this address.")))
        if faults:
            raise Problems(_capitals(faults))
        row = row or Person(authority_id=lists.home, kind=Person.PROFESSIONAL)
        lists.write_person(row, details)
        _link_manager(row, details, lists)
    return row.id


def import_agencies(
    *, rows: Sequence[tuple[int, AgencyDetails]], by: Actor, check_only: bool = False
) -> Taken:
    """Takes a list of agencies, each row with its number in the file; all of them or none (R1).

    An agency of the same name is changed. `check_only` says what would come of it and saves nothing, here and
    in the other lists. Raises Problems, each sentence beginning with its row.
    """
    with act_alone(by=by, to=Capability.ADMINISTER, what="import agencies"):
        home = home_of(by)
        faults, seen = [], set[str]()
        for number, details in rows:
            faults += [_at(number, sentence) for _field, sentence in _agency_faults(details)]
            faults += _twice(number, details.name, seen)
        _refuse(faults)
        known = {_key(row.name): row for row in Agency.objects.filter(authority_id=home)}
        taken = Taken()
        for _number, details in rows:
            row = known.get(_key(details.name))
            taken = taken.plus(_write_agency(row or Agency(authority_id=home), details, home))
        transaction.set_rollback(check_only)
    return taken


def import_people(*, rows: Sequence[tuple[int, PersonDetails]], by: Actor, check_only: bool = False) -> Taken:
    """Takes a list of people, each row with its number in the file; all of them or none.

    Somebody with the same e-mail address is changed, so that the same list can be taken again. A manager may
    stand further down in the list. Raises Problems, each sentence beginning with its row.
    """
    with act_alone(by=by, to=Capability.ADMINISTER, what="import people"):
        lists = _Lists(home_of(by), by)
        in_list = {details.email.strip().lower(): number for number, details in rows}
        faults, seen = [], set[str]()
        for number, details in rows:
            faults += [_at(number, sentence) for _field, sentence in lists.person_faults(details, in_list)]
            faults += _twice(number, details.email, seen)
        _refuse(faults)
        taken, written = Taken(), []
        known = Person.objects.in_bulk(list(lists.people.values()))
        for _number, details in rows:
            row = known.get(lists.people.get(details.email.strip().lower()))
            row = row or Person(authority_id=lists.home, kind=Person.PROFESSIONAL)
            written.append((row, details, lists.write_person(row, details)))
        for row, details, what in written:
            linked = _link_manager(row, details, lists)
            taken = taken.plus("changed" if what == "same" and linked else what)
        transaction.set_rollback(check_only)
    return taken


def import_closure_days(
    *, rows: Sequence[tuple[int, DayDetails]], by: Actor, check_only: bool = False
) -> Taken:
    """Takes a list of closure days, each row with its number in the file; all of them or none."""
    with act_alone(by=by, to=Capability.ADMINISTER, what="import closure days"):
        home = home_of(by)
        faults, seen = [], set[str]()
        for number, details in rows:
            if not _line(details.reason):
                faults.append(_at(number, _("say why the offices are closed.")))
            faults += _twice(number, details.day.isoformat(), seen)
        _refuse(faults)
        taken = Taken()
        known = {row.day: row for row in ClosureDay.objects.filter(authority_id=home)}
        for _number, details in rows:
            taken = taken.plus(_write_day(known.get(details.day), details, home))
        transaction.set_rollback(check_only)
    return taken


def remove_closure_day(*, day: UUID, by: Actor) -> None:
    """Takes a closure day out again: it is a working day from now on. Closed for another authority's."""
    with act_alone(by=by, to=Capability.ADMINISTER, what="remove closure day"):
        removed, _each = ClosureDay.objects.filter(id=day, authority_id=home_of(by)).delete()
        if not removed:
            raise Closed


class _Lists:
    """The authority's agencies and people, by the names under which lists speak of them."""

    def __init__(self, home: UUID, by: Actor) -> None:
        self.home, self.by = home, by
        serving = Agency.objects.filter(Q(authority_id=home) | Q(serves=home)).distinct()
        self.agencies = {_key(row.name): row for row in serving}
        self.people = addresses(home)

    def person_faults(self, details: PersonDetails, in_list: dict[str, int]) -> list[Fault]:
        """What is wrong with a person's details; `in_list` are the addresses that come with the same list."""
        faults: list[Fault] = []
        if not _line(details.given_name):
            faults.append(("given_name", _("enter a given name.")))
        if not _line(details.family_name):
            faults.append(("family_name", _("enter a family name.")))
        try:
            checked_email(details.email)
        except Problem:
            faults.append(("email", _("“%(text)s” is not an e-mail address.") % {"text": details.email}))
        if _key(details.agency) not in self.agencies:
            faults.append(("agency", _("there is no agency “%(name)s”.") % {"name": details.agency}))
        for duty in details.duties:
            if duty not in DUTIES:
                faults.append(("duties", _("there is no duty “%(name)s”.") % {"name": duty}))
        manager = details.manager_email.strip().lower()
        if manager and manager not in self.people and manager not in in_list:
            sentence = _("nobody in the list has the manager's address “%(text)s”.")
            faults.append(("manager_email", sentence % {"text": details.manager_email}))
        if manager and manager == details.email.strip().lower():
            faults.append(("manager_email", _("nobody is their own line manager.")))
        elif self._names_themselves(manager, details):
            # A line manager sees the cases of their staff: nobody gives that to themselves.
            faults.append(("manager_email", _("somebody else must name you as a line manager.")))
        return faults

    def _names_themselves(self, manager: str, details: PersonDetails) -> bool:
        """Does who acts make themselves the line manager of somebody whose manager they are not yet?"""
        if not manager or not self.by.person or self.people.get(manager) != self.by.person:
            return False
        staff = self.people.get(details.email.strip().lower())
        return staff is None or not Person.objects.filter(id=staff, manager_id=self.by.person).exists()

    def write_person(self, row: Person, details: PersonDetails) -> str:
        """Writes a person that was checked, but for the manager. Gives new, changed or same."""
        values = {
            "given_name": _line(details.given_name), "family_name": _line(details.family_name),
            "email": checked_email(details.email), "job_title": _line(details.job_title),
            "duties": sorted(set(details.duties)), "agency": self.agencies[_key(details.agency)],
        }  # fmt: skip
        if details.phone.strip() or row._state.adding:
            values["phone"] = details.phone.strip()  # a list without numbers leaves those that people gave
        what = _write(row, values)
        self.people[str(values["email"])] = row.id
        return what


def _link_manager(row: Person, details: PersonDetails, lists: _Lists) -> bool:
    manager = (
        lists.people.get(details.manager_email.strip().lower()) if details.manager_email.strip() else None
    )
    if row.manager_id == manager:
        return False
    row.manager_id = manager
    row.save(update_fields=["manager"])
    return True


def _agency_faults(details: AgencyDetails) -> list[Fault]:
    faults: list[Fault] = []
    if not _line(details.name):
        faults.append(("name", _("enter the agency's name.")))
    if details.kind not in KINDS:
        faults.append(("kind", _("there is no kind of agency “%(name)s”.") % {"name": details.kind}))
    return faults


def _write_agency(row: Agency, details: AgencyDetails, home: UUID) -> str:
    values = {
        "name": _line(details.name), "kind": details.kind,
        "named_professional": _line(details.named_professional),
        "named_professional_contact": _line(details.named_professional_contact),
        "out_of_hours": _line(details.out_of_hours),
    }  # fmt: skip
    what = _write(row, values)
    row.serves.add(Authority.objects.get(id=home))
    return what


def _write_day(row: ClosureDay | None, details: DayDetails, home: UUID) -> str:
    return _write(row or ClosureDay(authority_id=home, day=details.day), {"reason": _line(details.reason)})


def _write(row: Agency | Person | ClosureDay, values: dict[str, Any]) -> str:
    """Saves a row if it is new or differs; gives new, changed or same."""
    new = row._state.adding
    differs = [name for name, value in values.items() if getattr(row, name) != value]
    for name in differs:
        setattr(row, name, values[name])
    if new or differs:
        row.save()
    return "new" if new else "changed" if differs else "same"


def _check_procedure(procedure: str) -> None:
    if procedure not in book.identifiers():
        raise Problem(
            "procedure",
            _("There is no procedure “%(name)s”. There are: %(names)s.")
            % {"name": procedure, "names": ", ".join(book.identifiers())},
        )


def _capitals(faults: list[Fault]) -> list[Fault]:
    """The same sentences where no row stands before them."""
    return [(field, sentence[:1].upper() + sentence[1:]) for field, sentence in faults]


def _at(number: int, sentence: str) -> Fault:
    return None, _("Row %(number)d: %(sentence)s") % {"number": number, "sentence": sentence}


def _twice(number: int, text: str, seen: set[str]) -> list[Fault]:
    key = _key(text)
    if key in seen:
        return [_at(number, _("“%(text)s” stands in the list twice.") % {"text": _line(text)})]
    if key:
        seen.add(key)
    return []


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise Problems(faults)


def _line(text: str) -> str:
    return " ".join(text.split())[:200]


def _key(text: str) -> str:
    """What two spellings of one name have in common: capitals, spaces and apostrophes aside."""
    return _line(text).casefold().replace("’", "'")
