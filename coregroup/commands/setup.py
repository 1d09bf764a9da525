"""`coregroup setup`: a real authority from nothing. Each step looks first, so that it can be run again."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from coregroup.commands import ground

EPILOG = """\
Lists are CSV files whose first row names the columns. People: given name, family name, e-mail, agency,
job title, telephone, manager e-mail, duties (lead worker, conference chair, manager, administrator).
Agencies: name, kind, named professional, contact, out of hours. Closure days: date, reason.
A list is taken whole or not at all; what is wrong is said with its row.
"""


class Stopped(Exception):
    """Setting up cannot go on; its text is what the person at the terminal reads."""


def run(argv: Sequence[str]) -> int:
    """Set up an authority from arguments and answers; 1 and a clear sentence for what cannot be taken."""
    options = _parser().parse_args(argv)
    try:
        ground.data_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        ground.wake_django()
        ground.migrate(_say)
        _set_up(options)
    except (Stopped, ground.CannotServe) as reason:
        print(reason, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"A file could not be read or written: {error.strerror or error}.", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        print("\nStopped. What was said to be done is done; run it again to go on.", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="coregroup setup",
        description="Set up an authority: procedure, agencies, people, closure days, first administrator.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--authority", metavar="NAME", help="the authority's name")
    parser.add_argument("--procedure", metavar="ID", help="the procedure that new core groups follow")
    parser.add_argument(
        "--administrator", metavar='"GIVEN FAMILY"', help="the first administrator: given name, family name"
    )
    parser.add_argument("--email", help="the administrator's e-mail address")
    parser.add_argument("--agency", metavar="NAME", help="the administrator's agency (default: social care)")
    parser.add_argument("--agencies", type=Path, metavar="FILE", help="a list of agencies")
    parser.add_argument("--people", type=Path, metavar="FILE", help="a list of people")
    parser.add_argument("--closure-days", type=Path, metavar="FILE", help="a list of closure days")
    return parser


def _say(text: str) -> None:
    print(text, flush=True)


def _set_up(options: argparse.Namespace) -> None:
    from coregroup.access.actors import system_actor
    from coregroup.casework import setup

    founder = system_actor("coregroup setup", duties=frozenset({"administrator"}))
    name = _answer(options.authority, "--authority", "Name of the authority")
    procedure = _answer(options.procedure, "--procedure", f"Procedure ({_procedures()})")
    authority = _told(lambda: setup.found_authority(name=name, procedure=procedure, by=founder))
    _say(f"Authority: {name}, procedure {procedure}.")
    by = system_actor("coregroup setup", duties=frozenset({"administrator"}), authority=authority)
    if options.agencies:
        _take("Agencies", _agencies(options.agencies, by))
    person = _administrator(options, by)
    if options.people:
        _take("People", _people(options.people, by))
    if options.closure_days:
        _take("Closure days", _days(options.closure_days, by))
    _show_link(person, by)


def _procedures() -> str:
    from coregroup.rules import book

    return ", ".join(book.identifiers())


def _answer(given: str | None, option: str, question: str) -> str:
    """What was given, or what the person at the terminal answers."""
    if given:
        return given
    if not sys.stdin.isatty():
        raise Stopped(f"{option} is needed: {question.lower()}.")
    while not (said := input(f"{question}: ").strip()):
        pass
    return said


def _administrator(options: argparse.Namespace, by: Any) -> UUID:
    """The first administrator, in an agency that is made if there is none of its name."""
    from coregroup.casefile import people
    from coregroup.casework import setup
    from coregroup.casework.setup_nouns import AgencyDetails, PersonDetails

    name = _answer(options.administrator, "--administrator", "Administrator's given and family name")
    email = _answer(options.email, "--email", "Administrator's e-mail address")
    given, _space, family = name.strip().partition(" ")
    known = {row.email.lower(): row for row in people.people(by=by)}.get(email.strip().lower())
    agency = options.agency or (known.agency_name if known else "Children's social care")
    if agency.lower() not in {row.name.lower() for row in people.agencies(by=by)}:
        _told(lambda: setup.save_agency(details=AgencyDetails(agency, "social_care"), by=by))
        _say(f"Agency: {agency}.")
    details = PersonDetails(
        given_name=given, family_name=family, email=email,
        agency=agency,
        job_title=known.job_title if known else "", phone=known.phone if known else "",
        manager_email=known.manager_email if known else "",
        duties=tuple({*(known.duties if known else ()), "administrator"}),
    )  # fmt: skip
    person = _told(lambda: setup.save_person(details=details, person=known.id if known else None, by=by))
    _say(f"Administrator: {name}, {email}.")
    return UUID(str(person))


def _agencies(file: Path, by: Any) -> Callable[[], Any]:
    from coregroup.casework import setup, setup_lists
    from coregroup.intake import lists

    rows = _rows(file, lists.read_agencies)
    return lambda: setup.import_agencies(rows=setup_lists.agencies_from(_plain(rows)), by=by)


def _people(file: Path, by: Any) -> Callable[[], Any]:
    from coregroup.casework import setup, setup_lists
    from coregroup.intake import lists

    rows = _rows(file, lists.read_people)
    return lambda: setup.import_people(rows=setup_lists.people_from(_plain(rows)), by=by)


def _days(file: Path, by: Any) -> Callable[[], Any]:
    from coregroup.casework import setup
    from coregroup.casework.setup_nouns import DayDetails
    from coregroup.intake import lists

    rows = _rows(file, lists.read_days)
    told = [(row.number, DayDetails(row.day, row.values["reason"])) for row in rows]
    return lambda: setup.import_closure_days(rows=told, by=by)


def _plain(rows: Any) -> list[tuple[int, Any]]:
    return [(row.number, row.values) for row in rows]


def _rows(file: Path, read: Callable[..., Any]) -> Any:
    from coregroup.intake.problems import IntakeProblem

    try:
        return read(file.read_bytes(), name=file.name)
    except FileNotFoundError:
        raise Stopped(f"There is no file {file}.") from None
    except IntakeProblem as fault:
        raise Stopped(f"{file.name}: {fault.sentence} Nothing of this list was taken.") from None


def _take(what: str, take: Callable[[], Any]) -> None:
    taken = _told(take)
    _say(f"{what}: {taken.new} new, {taken.changed} changed, {taken.same} as before.")


def _told(verb: Callable[[], Any]) -> Any:
    """What a verb gives; its faults, each on its line, where it cannot be done."""
    from coregroup.rules.errors import Problem, Problems

    try:
        return verb()
    except Problem as fault:
        raise Stopped(fault.sentence) from None
    except Problems as several:
        said = [sentence for _field, sentence in several.faults]
        raise Stopped("\n".join([*said[:50], "Nothing of this was taken."])) from None


def _show_link(person: UUID, by: Any) -> None:
    """The administrator's link to a first password, unless they can sign in already."""
    from django.conf import settings

    from coregroup.casework import people
    from coregroup.rules.errors import Problem

    try:
        token = people.make_sign_in_link(person=person, by=by)
    except Problem as said:
        _say(said.sentence)
        return
    _say("")
    _say("The administrator sets a password here. The link works once, for 7 days:")
    _say(f"  {settings.ADDRESS}/set-password/{token}/")
