"""A PostgreSQL cluster to throw away: made for one run of the tests, gone afterwards whatever happens."""

import os
import pwd
import random
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from steps.places import LOGS
from steps.say import Trouble, line, quietly, step

# Speed over safety: nothing in this cluster is meant to survive.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "autovacuum": "off",
    "log_statement": "none",
}


@contextmanager
def throwaway() -> Iterator[str]:
    """Start a cluster as a user other than root and give its DATABASE_URL; stop and remove it always."""
    programs = _programs()
    as_user, owner = _user()
    home = Path(tempfile.mkdtemp(prefix="coregroup-pg-", dir="/tmp"))
    try:
        password = secrets.token_urlsafe(18)
        port = free_port()
        (home / "password").write_text(password + "\n", encoding="ascii")
        if owner is not None:
            for place in (home, home / "password"):
                os.chown(place, owner.pw_uid, owner.pw_gid)
        with step("making a PostgreSQL cluster to throw away"):
            _make(programs, as_user, home)
            _start(programs, as_user, home, port)
        try:
            yield f"postgres://coregroup:{password}@127.0.0.1:{port}/postgres"
        finally:
            _stop(programs, as_user, home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _programs() -> Path:
    """Return the folder of the newest PostgreSQL that Debian installed; its programs are not on the PATH."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if not found:
        raise Trouble("There is no PostgreSQL under /usr/lib/postgresql: install the package postgresql.")
    return max(found, key=lambda folder: int("".join(filter(str.isdigit, folder.parent.name)) or 0))


def _user() -> tuple[list[str], pwd.struct_passwd | None]:
    """Return the start of a command that runs as somebody other than root, and who that is."""
    if os.geteuid() != 0:
        return [], None
    for name in ("postgres", "nobody"):
        try:
            return ["runuser", "-u", name, "--"], pwd.getpwnam(name)
        except KeyError:
            continue
    raise Trouble("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as.")


def free_port() -> int:
    """Return a free port below the range from which the system gives out its own."""
    for number in random.sample(range(20000, 32000), 50):
        with socket.socket() as trial:
            try:
                trial.bind(("127.0.0.1", number))
            except OSError:
                continue
            return number
    raise Trouble("No free port was found between 20000 and 32000 for PostgreSQL.")


def _make(programs: Path, as_user: Sequence[str], home: Path) -> None:
    quietly(
        [*as_user, programs / "initdb", "--pgdata", home / "data", "--username", "coregroup",
         "--pwfile", home / "password", "--auth", "scram-sha-256", "--encoding", "UTF8",
         "--locale", "C.UTF-8", "--no-sync"],
        log=LOGS / "initdb.txt",
        failed="A PostgreSQL cluster could not be made",
        cwd=home,
    )  # fmt: skip


def _start(programs: Path, as_user: Sequence[str], home: Path, port: int) -> None:
    options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
    quietly(
        [*as_user, programs / "pg_ctl", "start", "--pgdata", home / "data", "--wait", "--timeout", "60",
         "--log", home / "server.txt", "--options", f"-p {port} {options}"],
        log=LOGS / "postgres-start.txt",
        failed="The PostgreSQL cluster did not start",
        cwd=home,
    )  # fmt: skip


def _stop(programs: Path, as_user: Sequence[str], home: Path) -> None:
    done = subprocess.run(
        [*as_user, str(programs / "pg_ctl"), "stop", "--pgdata", str(home / "data"), "--mode", "immediate",
         "--wait", "--timeout", "30"],
        capture_output=True,
        cwd=home,
        start_new_session=True,
    )  # fmt: skip
    if done.returncode and (home / "data" / "postmaster.pid").exists():
        line(f"the PostgreSQL cluster in {home} did not stop: end it by hand")
