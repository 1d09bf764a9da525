"""Migrates the tests' database once for each state of the migrations, and copies it from then on.

Migrations are run whole by the first process that needs a database; what came of them is kept under
build/migrated, by a digest of every migration, and every later process takes it from there: on SQLite as a
copy of the file, on PostgreSQL by the statements that were sent.
"""

from __future__ import annotations

import fcntl
import hashlib
import pickle
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "build" / "migrated"


def pytest_configure(config: pytest.Config) -> None:
    """Let every test database that is made be migrated through here."""
    from django.core import management
    from django.db.backends.base.creation import BaseDatabaseCreation

    make, run = BaseDatabaseCreation.create_test_db, management.call_command
    if hasattr(make, "_kept"):
        return

    def call_command(name: Any, *arguments: Any, **options: Any) -> Any:
        if name != "migrate":
            return run(name, *arguments, **options)
        return _migrated(lambda: run(name, *arguments, **options))

    def create_test_db(self: Any, *arguments: Any, **options: Any) -> Any:
        management.call_command = call_command
        try:
            return make(self, *arguments, **options)
        finally:
            management.call_command = run

    create_test_db._kept = True  # type: ignore[attr-defined]
    BaseDatabaseCreation.create_test_db = create_test_db  # type: ignore[method-assign]


def migrate() -> None:
    """Migrates the database of a process that is no test, and takes the same way round."""
    from django.core.management import call_command

    _migrated(lambda: call_command("migrate", verbosity=0))


def copy_into(folder: Path) -> None:
    """Puts a migrated database into a data folder, where there is one to copy."""
    import django

    django.setup()
    place = KEPT / f"sqlite-{_digest()}"
    if place.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(place, folder / "coregroup.sqlite3")


def _migrated(migrate: Any) -> None:
    from django.db import connection

    KEPT.mkdir(parents=True, exist_ok=True)
    place = KEPT / f"{connection.vendor}-{_digest()}"
    with _alone(place.with_suffix(".lock")):
        if connection.vendor == "sqlite":
            _copied(connection, place, migrate)
        else:
            _told_again(connection, place, migrate)


def _digest() -> str:
    """Of every migration of every app, and of what makes them."""
    import django
    from django.apps import apps

    told = hashlib.sha256(django.__version__.encode())
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path).glob("migrations/*.py")):
            told.update(file.name.encode() + file.read_bytes())
    told.update((ROOT / "coregroup" / "records" / "fields.py").read_bytes())  # which they import
    return told.hexdigest()[:20]


def _copied(connection: Any, place: Path, migrate: Any) -> None:
    connection.ensure_connection()
    if place.exists():
        source = sqlite3.connect(place)
        source.backup(connection.connection)
        source.close()
        return
    migrate()
    part = place.with_suffix(".part")
    part.unlink(missing_ok=True)
    target = sqlite3.connect(part)
    connection.connection.backup(target)
    target.close()
    part.rename(place)


def _told_again(connection: Any, place: Path, migrate: Any) -> None:
    if place.exists():
        from django.db import transaction

        with transaction.atomic(), connection.cursor() as cursor:
            for sql, params in pickle.loads(place.read_bytes()):
                cursor.execute(sql, params)
        return
    sent: list[tuple[str, Any]] = []

    def remember(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        assert not many, "a statement for many rows cannot be kept"
        if not str(sql).lstrip().upper().startswith("SELECT"):
            sent.append((str(sql), params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(remember):
        migrate()
    place.write_bytes(pickle.dumps(sent))


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One process at a time; the second finds what the first has made."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
