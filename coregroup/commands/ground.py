"""What must stand before pages can be served: a database in its newest form, static files, people.

Each function looks first and does nothing where nothing is missing, because every start passes here.
"""

import fcntl
import hashlib
import importlib
import importlib.util
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

SETTINGS = "coregroup.config.settings"
LOADING = "fictional-authorities-loading"


class CannotServe(Exception):
    """Serving is impossible; its text is the one sentence that the person at the terminal reads."""


def data_folder() -> Path:
    """Return the folder of the database and the files: COREGROUP_DATA, or `data` beside the code."""
    beside = Path(__file__).resolve().parents[2] / "data"
    return Path(os.environ.get("COREGROUP_DATA") or beside).expanduser().absolute()


def wake_django() -> None:
    """Load the settings and the application; settings that are wrong are one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    os.environ["COREGROUP_DATA"] = str(data_folder())
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise CannotServe(f"The settings are not right: {_one_line(error)}") from error


@contextmanager
def alone(data: Path, *, say: Callable[[str], None]) -> Iterator[None]:
    """Let only one start at a time make things ready in a data folder; a second one waits and says so."""
    with (data / "starting.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another start is making this data folder ready; waiting for it ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_ready(data: Path, *, say: Callable[[str], None], demo: bool) -> None:
    """Bring the database and the static files up to date, and fill an empty database when `demo` is true."""
    from django.db.utils import Error

    began = time.monotonic()
    try:
        if demo:
            _set_aside_half_loaded(data, say)
        migrate(say)
        collect_static(data, say)
        if demo:
            load_demo(data, say)
    except Error as error:
        raise CannotServe(f"The database does not answer as it should: {_one_line(error)}") from error
    except OSError as error:
        raise CannotServe(
            f"A file could not be written: {error.strerror or error} ({error.filename or data})."
        ) from error
    took = time.monotonic() - began
    if took > 2:
        say(f"made ready in {took:.0f} s")


def migrate(say: Callable[[str], None]) -> None:
    """Apply the migrations that the database lacks, and make the table of the shared cache."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        say(f"bringing the database up to date ({len(plan)} steps) ...")
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def collect_static(data: Path, say: Callable[[str], None]) -> None:
    """Gather the static files under hashed, compressed names when a source changed since the last time."""
    from django.conf import settings
    from django.core.management import call_command

    if not settings.STATIC_ROOT:
        return
    root = Path(settings.STATIC_ROOT)
    stamp = root.with_name(root.name + ".stamp")
    now = _fingerprint(_static_sources())
    try:
        if stamp.read_text(encoding="ascii") == now and root.is_dir():
            return
    except OSError:
        pass
    say("gathering and compressing the pages' files ...")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(now, encoding="ascii")


def _static_sources() -> Iterable[Path]:
    from django.contrib.staticfiles.finders import get_finders

    for finder in get_finders():
        for path, storage in finder.list([]):
            yield Path(storage.path(path))


def _fingerprint(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in sorted(files):
        about = file.stat()
        digest.update(f"{file} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def load_demo(data: Path, say: Callable[[str], None]) -> None:
    """Tell the fictional authorities the first time, and show who can sign in whenever they are there.

    A mark lies in the data folder while they are told, so that a start cut short is noticed by the next one.
    """
    demo = _demo()
    if demo is None:
        return
    if _nobody_yet():
        mark = data / LOADING
        mark.touch()
        say("telling the fictional authorities and families ...")
        demo.load(say)
        mark.unlink()
    if _anybody_of(demo.people()):
        say("")
        show_people(demo.people(), say)


def _demo() -> ModuleType | None:
    """Give the module of the fictional authorities, imported only here: it is large."""
    if importlib.util.find_spec("coregroup.commands.demo") is None:
        return None
    return importlib.import_module("coregroup.commands.demo")


def _nobody_yet() -> bool:
    from django.contrib.auth import get_user_model

    return not get_user_model()._default_manager.exists()


def _anybody_of(people: list[dict[str, str]]) -> bool:
    from django.contrib.auth import get_user_model

    emails = [person["email"] for person in people[:1]]
    return get_user_model()._default_manager.filter(email__in=emails).exists()


def show_people(people: list[dict[str, str]], say: Callable[[str], None]) -> None:
    """Print who can sign in, as a table: the fictional people only, whose passwords are no secret."""
    columns = ("email", "password", "name", "role", "agency", "authority")
    rows = [[str(person.get(column, "")) for column in columns] for person in people]
    widths = [max(len(row[at]) for row in [list(columns), *rows]) for at in range(len(columns))]
    say("Fictional people who can sign in:")
    for row in [[column.capitalize() for column in columns], *rows]:
        say("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _set_aside_half_loaded(data: Path, say: Callable[[str], None]) -> None:
    """Put a database aside whose fictional families were only half told, so that they can be told again.

    Only the embedded database in our own data folder, and only while the mark of an unfinished telling lies
    beside it: nobody has worked in such a database yet.
    """
    from django.db import connection

    mark = data / LOADING
    if not mark.exists():
        return
    name = connection.settings_dict["NAME"]
    if connection.vendor != "sqlite" or Path(str(name)).parent.resolve() != data.resolve():
        raise CannotServe(
            "The fictional authorities were told only in part last time, and the database is not the "
            f"embedded one: empty it, remove {mark}, then start again."
        )
    say("the last start was cut short while it told the fictional families; beginning them anew ...")
    connection.close()
    for end in ("", "-wal", "-shm"):
        file = Path(f"{name}{end}")
        if file.exists():
            file.replace(file.with_name(f"{file.name}.cut-short"))
    mark.unlink()


def application() -> Callable[..., object]:
    """Return the WSGI application with all its pages, loaded once before its processes are made."""
    from django.urls import get_resolver

    loaded: Callable[..., object] = importlib.import_module("coregroup.config.wsgi").application
    get_resolver().url_patterns  # noqa: B018 (looking is what loads them)
    return loaded


def close_connections() -> None:
    """Close this process's database connections: those who answer make their own."""
    from django.db import connections

    connections.close_all()


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
