"""`coregroup doctor`: looks for what is wrong with this installation, and says what to do about it.

It changes nothing. Each check is a line; the exit code is 1 when one of them found something.
"""

import argparse
import datetime
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from coregroup.commands import ground

ENOUGH_DISK = 500 * 1024 * 1024


def run(argv: Sequence[str]) -> int:
    """Look at everything and print what was found; a check that itself fails counts as a finding."""
    argparse.ArgumentParser(prog="coregroup doctor", description="Look for what is wrong.").parse_args(argv)
    if not ground.data_folder().is_dir():
        print(f"data folder: {ground.data_folder()} is not there: `coregroup serve` makes it")
        return 1
    found = 0
    for name, check in CHECKS.items():
        try:
            faults = list(check())
        except Exception as error:
            faults = [f"could not be looked at: {type(error).__name__}: {error}"]
        found += len(faults)
        for fault in faults or ["well"]:
            print(f"{name}: {fault}", flush=True)
    return 1 if found else 0


def data_folder() -> Iterator[str]:
    """Whether the data folder can be written, is private and has room."""
    folder = ground.data_folder()
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        yield f"{folder} cannot be written ({error.strerror})"
    free = shutil.disk_usage(folder).free
    if free < ENOUGH_DISK:
        yield f"only {free // 2**20} MB are free on the disk of {folder}"
    for private in [folder / "secret.key", *folder.glob("*.sqlite3")]:
        if private.exists() and stat.S_IMODE(private.stat().st_mode) & 0o004:
            yield f"{private} can be read by everyone on this machine: `chmod o-r {private}`"


def database() -> Iterator[str]:
    """Whether the database answers and is in its newest form."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    ground.wake_django()
    if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).exists():
        yield "there is none yet: `coregroup serve` makes it"
        return
    executor = MigrationExecutor(connection)
    behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if behind:
        yield f"it lacks {len(behind)} steps: run `coregroup manage migrate`"


def settings() -> Iterator[str]:
    """Whether Django's own checks of a deployment find an error."""
    from django.core import checks

    ground.wake_django()
    for message in checks.run_checks():
        if message.level >= checks.WARNING and not message.is_silenced():
            yield f"{message.msg} ({message.id})"


def procedures() -> Iterator[str]:
    """Whether every procedure, an authority's own too, can be read."""
    from coregroup.rules import book

    for identifier in book.identifiers():
        try:
            book.load(identifier)
        except ValueError as error:
            yield str(error)


def bank_holidays() -> Iterator[str]:
    """Whether the table of bank holidays reaches a year ahead."""
    from coregroup.rules import dates

    if dates.table_ends() < datetime.date.today() + datetime.timedelta(days=366):
        yield f"the table ends on {dates.table_ends():%-d %B %Y}: install a newer version"


def environment() -> Iterator[str]:
    """Whether a variable that names a folder names one that is there."""
    for name in ("COREGROUP_DATA", "COREGROUP_PROCEDURES"):
        folder = os.environ.get(name)
        if folder and not Path(folder).is_dir():
            yield f"{name} names {folder}, which is not a folder"


CHECKS: dict[str, Callable[[], Iterator[str]]] = {
    "data folder": data_folder,
    "environment": environment,
    "settings": settings,
    "database": database,
    "procedures": procedures,
    "bank holidays": bank_holidays,
}
