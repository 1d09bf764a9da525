"""`coregroup demo`: tell the fictional authorities into an empty database, or list who can sign in.

`load` is also what the first `coregroup serve` calls. Nobody in these stories is real, and their passwords
are no secret.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from coregroup.commands import ground
from coregroup.commands.fiction.cast import PARENTS, PASSWORD, TOWNS, role_of

Say = Callable[[str], None]


class AlreadyTold(Exception):
    """The fictional authorities are there already."""


def run(argv: Sequence[str]) -> int:
    """Tell the stories (0), or refuse kindly where they are told already (1); `--people` lists who is who."""
    options = _parser().parse_args(argv)
    if options.people:
        _show_people(options.format)
        return 0
    try:
        ground.data_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        ground.wake_django()
        ground.migrate(_say)
        load(_say)
    except (AlreadyTold, ground.CannotServe) as reason:
        print(reason, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"A file could not be read or written: {error.strerror or error}.", file=sys.stderr)
        return 1
    _say("")
    ground.show_people(people(), _say)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="coregroup demo",
        description="Tell the fictional authorities and families into an empty database.",
    )
    parser.add_argument("--people", action="store_true", help="list who can sign in, and load nothing")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how --people answers")
    return parser


def _say(text: str) -> None:
    print(text, flush=True)


def _show_people(form: str) -> None:
    if form == "json":
        print(json.dumps(people(), ensure_ascii=False, indent=2))
    else:
        ground.show_people(people(), _say)


def people() -> list[dict[str, str]]:
    """Who can sign in: e-mail address, password, role, agency, name and authority, professionals first."""
    found = [
        {
            "email": town.email(worker), "password": PASSWORD, "role": role_of(worker),
            "agency": town.office(worker.office).name, "name": worker.name, "authority": town.name,
        }
        for town in TOWNS for worker in town.workers
    ]  # fmt: skip
    found += [
        {"email": one.email, "password": PASSWORD, "role": one.role, "agency": "", "name": one.name,
         "authority": one.town}
        for one in PARENTS
    ]  # fmt: skip
    return found


def load(say: Say) -> None:
    """Tells everything. Raises AlreadyTold, with one kind sentence, where it is told already."""
    from django.db import transaction

    from coregroup.casework.fiction import anybody_told
    from coregroup.commands.fiction.founding import found_all, founder
    from coregroup.commands.fiction.stories import tell_all

    if anybody_told(by=founder()):
        raise AlreadyTold(
            "The fictional authorities are here already: nothing was changed. "
            "`coregroup demo --people` says who can sign in."
        )
    with transaction.atomic(), _light_passwords():  # all of it or nothing
        founded = found_all(say)
        tell_all(founded, say)


@contextmanager
def _light_passwords() -> Iterator[None]:
    """Known passwords need no costly hash; each is hashed at full cost when its person first signs in."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    kept = {name: getattr(Argon2PasswordHasher, name) for name in ("time_cost", "memory_cost", "parallelism")}
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = 1, 1024
    Argon2PasswordHasher.parallelism = 1
    try:
        yield
    finally:
        for name, value in kept.items():
            setattr(Argon2PasswordHasher, name, value)
