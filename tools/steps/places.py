"""Where things lie, and the checks that cost nothing and therefore come before the long work."""

import fcntl
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from steps.say import Trouble, line

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
BUILD = ROOT / "build"
LOGS = BUILD / "log"
PYTHON = VENV / "bin" / "python"

DEFAULT_PORT = 8000


def data_folder() -> Path:
    """Return the folder of the database and the files: COREGROUP_DATA, or `data` beside the code."""
    return Path(os.environ.get("COREGROUP_DATA") or ROOT / "data").expanduser().absolute()


def check_writable(*folders: Path) -> None:
    """Raise Trouble unless a file can be written in each folder; a folder that is missing is made."""
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700 if folder == data_folder() else 0o777)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            raise Trouble(
                f"The folder {folder} cannot be written ({error.strerror}): "
                "make it writable, or put the project where you may write."
            ) from error


def port(text: str | None) -> int:
    """Return the port to serve on, from the PORT given, or raise Trouble when it is not one."""
    if not text:
        return DEFAULT_PORT
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise Trouble(f"PORT must be a whole number from 1 to 65535, and it is {text!r}.")
    return int(text)


def check_port_free(number: int, host: str = "127.0.0.1") -> None:
    """Raise Trouble when the port is taken or not ours to take, before anybody waits for an installation."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, number))
            trial.listen(1)
        except PermissionError as error:
            raise Trouble(
                f"Port {number} needs an administrator's right: choose one above 1023, "
                "as in `make run PORT=8000`."
            ) from error
        except OSError as error:
            raise Trouble(
                f"Port {number} is already in use: stop what listens there, or choose another, "
                f"as in `make run PORT={number + 1 if number < 65535 else 8000}`."
            ) from error


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let only one command at a time set things up in this folder; a second one waits and says so."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with (BUILD / "setting-up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            line("another command is setting up in this folder; waiting for it ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
